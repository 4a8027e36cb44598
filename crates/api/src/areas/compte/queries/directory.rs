//! Reads of accounts and invitations for those who administer them.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::compte::GenreOrganisation;
use domain::permission::Role;

use crate::access::session;
use crate::clock::Moment;
use crate::db::schema::{
    compte, compte_enveloppe, compte_organisme, compte_role, compte_structure, enveloppe, invitation, moyen_otp,
    organisme, structure,
};
use crate::db::{DbConn, DbError};

/// Most organisations of a kind that are read of one account.
const ORGANISATIONS: i64 = 1_000;
/// Most means that are read of one account.
const MEANS: i64 = 20;

/// An account as it is stored.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = compte)]
#[expect(missing_docs, reason = "the migration documents the columns")]
pub struct AccountRow {
    pub id: String,
    pub nom: String,
    pub email: String,
    pub etat: String,
    pub version: i64,
    pub recherche: String,
}

/// Which accounts to list.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Words of the name or the address, folded.
    pub words: String,
    /// Code of a state; any when empty.
    pub state: String,
    /// Only after this one: its search words and its id.
    pub after: Option<(String, String)>,
    /// Most rows.
    pub limit: i64,
}

/// A page of accounts, by name.
pub fn list(conn: &mut DbConn, wanted: &Wanted) -> Result<Vec<AccountRow>, DbError> {
    let mut query = compte::table.into_boxed();
    for word in wanted.words.split_whitespace() {
        query = query.filter(compte::recherche.like(format!("%{}%", escape(word))).escape('\\'));
    }
    if !wanted.state.is_empty() {
        query = query.filter(compte::etat.eq(wanted.state.clone()));
    }
    if let Some((words, id)) = &wanted.after {
        let same = compte::recherche.eq(words.clone()).and(compte::id.gt(id.clone()));
        query = query.filter(compte::recherche.gt(words.clone()).or(same));
    }
    let order = (compte::recherche, compte::id);
    Ok(query.order(order).limit(wanted.limit).select(AccountRow::as_select()).load(conn)?)
}

/// A word in which `%` and `_` stand for themselves.
fn escape(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// One account.
pub fn find(conn: &mut DbConn, id: &str) -> Result<Option<AccountRow>, DbError> {
    Ok(compte::table.find(id).select(AccountRow::as_select()).first(conn).optional()?)
}

/// The account of an address.
pub fn of_email(conn: &mut DbConn, email: &str) -> Result<Option<AccountRow>, DbError> {
    Ok(compte::table.filter(compte::email.eq(email)).select(AccountRow::as_select()).first(conn).optional()?)
}

/// The roles of these accounts, in the order of the matrix.
pub fn roles(conn: &mut DbConn, accounts: &[String]) -> Result<HashMap<String, Vec<Role>>, DbError> {
    let rows: Vec<(String, String)> = compte_role::table
        .filter(compte_role::compte_id.eq_any(accounts))
        .select((compte_role::compte_id, compte_role::role))
        .load(conn)?;
    let mut roles: HashMap<String, Vec<Role>> = HashMap::new();
    for role in Role::COMPTES {
        for (account, _) in rows.iter().filter(|(_, code)| code == role.as_str()) {
            roles.entry(account.clone()).or_default().push(role);
        }
    }
    Ok(roles)
}

/// An organisation of an account: kind, id, name, role held there.
pub type Membership = (GenreOrganisation, String, String, Role);

/// The organisations of an account, by kind.
pub fn memberships(conn: &mut DbConn, account: &str) -> Result<Vec<Membership>, DbError> {
    let envelopes: Vec<(String, String)> = compte_enveloppe::table
        .inner_join(enveloppe::table.on(enveloppe::id.eq(compte_enveloppe::enveloppe_id)))
        .filter(compte_enveloppe::compte_id.eq(account))
        .order(enveloppe::libelle)
        .limit(ORGANISATIONS)
        .select((enveloppe::id, enveloppe::libelle))
        .load(conn)?;
    let structures: Vec<(String, String, String)> = compte_structure::table
        .inner_join(structure::table.on(structure::id.eq(compte_structure::structure_id)))
        .filter(compte_structure::compte_id.eq(account))
        .order(structure::nom)
        .limit(ORGANISATIONS)
        .select((structure::id, structure::nom, compte_structure::role))
        .load(conn)?;
    let bodies: Vec<(String, String, String)> = compte_organisme::table
        .inner_join(organisme::table.on(organisme::id.eq(compte_organisme::organisme_id)))
        .filter(compte_organisme::compte_id.eq(account))
        .order(organisme::nom)
        .limit(ORGANISATIONS)
        .select((organisme::id, organisme::nom, compte_organisme::role))
        .load(conn)?;
    let named = |kind: GenreOrganisation, rows: Vec<(String, String, String)>| {
        rows.into_iter().filter_map(move |(id, name, role)| Some((kind, id, name, Role::parse(&role)?)))
    };
    let own = envelopes.into_iter().map(|(id, name)| (GenreOrganisation::Enveloppe, id, name, Role::Recipiendaire));
    let own: Vec<Membership> = own.collect();
    Ok(own
        .into_iter()
        .chain(named(GenreOrganisation::Structure, structures))
        .chain(named(GenreOrganisation::Organisme, bodies))
        .collect())
}

/// The name of an organisation, when there is one of this id.
pub fn organisation(conn: &mut DbConn, kind: GenreOrganisation, id: &str) -> Result<Option<String>, DbError> {
    Ok(match kind {
        GenreOrganisation::Enveloppe => enveloppe::table.find(id).select(enveloppe::libelle).first(conn).optional()?,
        GenreOrganisation::Structure => structure::table.find(id).select(structure::nom).first(conn).optional()?,
        GenreOrganisation::Organisme => organisme::table.find(id).select(organisme::nom).first(conn).optional()?,
    })
}

/// A means: id, kind, serial number, moment it was added.
pub type Means = (String, String, Option<String>, Moment);

/// The active means of an account.
pub fn means(conn: &mut DbConn, account: &str) -> Result<Vec<Means>, DbError> {
    Ok(moyen_otp::table
        .filter(moyen_otp::compte_id.eq(account).and(moyen_otp::etat.eq("actif")))
        .order(moyen_otp::id)
        .limit(MEANS)
        .select((moyen_otp::id, moyen_otp::genre, moyen_otp::serie, moyen_otp::cree_le))
        .load(conn)?)
}

/// The open sessions of an account.
pub fn sessions(conn: &mut DbConn, account: &str, now: Moment) -> Result<Vec<session::Row>, DbError> {
    session::list(conn, account, now)
}

/// An invitation as it is stored.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = invitation, treat_none_as_default_value = false)]
#[expect(missing_docs, reason = "the migration documents the columns")]
pub struct InvitationRow {
    pub id: String,
    pub email: String,
    pub nom: String,
    pub role: String,
    pub enveloppe_id: Option<String>,
    pub structure_id: Option<String>,
    pub organisme_id: Option<String>,
    pub auteur_genre: String,
    pub auteur_id: String,
    pub cree_le: Moment,
    pub expire_le: Moment,
    pub acceptee_le: Option<Moment>,
    pub retiree_le: Option<Moment>,
}

impl InvitationRow {
    /// The role it gives.
    pub fn role(&self) -> Option<Role> {
        Role::parse(&self.role)
    }

    /// The organisation of the role.
    pub fn organisation(&self) -> Option<(GenreOrganisation, &str)> {
        let kind = GenreOrganisation::du_role(self.role()?)?;
        let id = match kind {
            GenreOrganisation::Enveloppe => self.enveloppe_id.as_deref(),
            GenreOrganisation::Structure => self.structure_id.as_deref(),
            GenreOrganisation::Organisme => self.organisme_id.as_deref(),
        };
        Some((kind, id?))
    }
}

/// The invitations that somebody sent and that wait for their answer, last first, before the one of this id.
pub fn invitations(
    conn: &mut DbConn,
    before: Option<&str>,
    limit: i64,
    now: Moment,
) -> Result<Vec<InvitationRow>, DbError> {
    let mut query = invitation::table
        .filter(invitation::acceptee_le.is_null().and(invitation::retiree_le.is_null()))
        .filter(invitation::expire_le.gt(now).and(invitation::auteur_genre.ne("public")))
        .into_boxed();
    if let Some(id) = before {
        query = query.filter(invitation::id.lt(id.to_owned()));
    }
    Ok(query.order(invitation::id.desc()).limit(limit).select(InvitationRow::as_select()).load(conn)?)
}

/// One invitation, unless it was answered or taken back.
pub fn pending(conn: &mut DbConn, id: &str) -> Result<Option<InvitationRow>, DbError> {
    Ok(invitation::table
        .filter(invitation::id.eq(id))
        .filter(invitation::acceptee_le.is_null().and(invitation::retiree_le.is_null()))
        .select(InvitationRow::as_select())
        .first(conn)
        .optional()?)
}
