//! Reads of accounts.

pub mod directory;

use diesel::prelude::*;
use domain::permission::Role;

use crate::clock::Moment;
use crate::db::schema::{
    boite_envoi, compte, compte_enveloppe, compte_organisme, compte_role, compte_structure, enveloppe, journal,
    journal_donnees, moyen_otp, organisme, structure,
};
use crate::db::{DbConn, DbError};
use crate::otp::{Kind, Means};
use crate::seal::Sealed;

/// Mails that a demonstration instance shows.
const SHOWN_MAILS: i64 = 50;
/// Accounts that a demonstration instance lists.
const SHOWN_ACCOUNTS: i64 = 40;

/// The account of an address, whatever its state, with its means of giving codes.
#[derive(Debug)]
pub struct Candidate {
    /// Id.
    pub id: String,
    /// Whether it may sign in.
    pub active: bool,
    /// Whether it waits for its first access.
    pub awaiting: bool,
    /// Its means.
    pub means: Vec<Means>,
}

type MeansRow = (String, String, String, String, i64);

/// The account of an address. One statement, whether it exists or not.
pub fn candidate(conn: &mut DbConn, email: &str) -> Result<Option<Candidate>, DbError> {
    let usable = moyen_otp::compte_id.eq(compte::id.nullable()).and(moyen_otp::etat.eq("actif"));
    let rows: Vec<(String, String, Option<MeansRow>)> = compte::table
        .left_join(moyen_otp::table.on(usable))
        .filter(compte::email.eq(email))
        .order(moyen_otp::id)
        .limit(10)
        .select((
            compte::id,
            compte::etat,
            (moyen_otp::id, moyen_otp::genre, moyen_otp::graine, moyen_otp::cle_id, moyen_otp::derive).nullable(),
        ))
        .load(conn)?;
    let Some((id, state, _)) = rows.first().cloned() else { return Ok(None) };
    let means = rows.into_iter().filter_map(|(_, _, row)| means_of(row?)).collect();
    Ok(Some(Candidate { id, active: state == "actif", awaiting: state == "a_confirmer", means }))
}

fn means_of((id, kind, text, key, drift): MeansRow) -> Option<Means> {
    Some(Means { id, kind: Kind::parse(&kind)?, seed: Sealed { key, text }, drift })
}

/// The active means of an account.
pub fn means(conn: &mut DbConn, account: &str) -> Result<Vec<Means>, DbError> {
    let rows: Vec<MeansRow> = moyen_otp::table
        .filter(moyen_otp::compte_id.eq(account).and(moyen_otp::etat.eq("actif")))
        .order(moyen_otp::id)
        .limit(10)
        .select((moyen_otp::id, moyen_otp::genre, moyen_otp::graine, moyen_otp::cle_id, moyen_otp::derive))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(means_of).collect())
}

/// An account that may act.
#[derive(Clone, Debug)]
pub struct Account {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Its roles, in the order of the matrix.
    pub roles: Vec<Role>,
}

type AccountRow = (String, String, String, String);

/// Rows of accounts × roles, gathered by account in their order.
fn gather(rows: Vec<AccountRow>) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    for (id, name, email, role) in rows {
        if accounts.last().is_none_or(|last| last.id != id) {
            accounts.push(Account { id, name, email, roles: Vec::new() });
        }
        if let (Some(account), Some(role)) = (accounts.last_mut(), Role::parse(&role)) {
            account.roles.push(role);
        }
    }
    for account in &mut accounts {
        account.roles.sort_by_key(|role| Role::ALL.iter().position(|listed| listed == role));
    }
    accounts
}

/// The account of this id, if it is active and has a role.
pub fn active(conn: &mut DbConn, id: &str) -> Result<Option<Account>, DbError> {
    let rows = compte::table
        .inner_join(compte_role::table.on(compte_role::compte_id.eq(compte::id)))
        .filter(compte::id.eq(id).and(compte::etat.eq("actif")))
        .select((compte::id, compte::nom, compte::email, compte_role::role))
        .load(conn)?;
    Ok(gather(rows).into_iter().next())
}

/// The accounts of a demonstration instance, in the order of their creation.
pub fn demonstration(conn: &mut DbConn) -> Result<Vec<Account>, DbError> {
    let rows = compte::table
        .inner_join(compte_role::table.on(compte_role::compte_id.eq(compte::id)))
        .filter(compte::etat.eq("actif").and(compte::email.like(format!("%{}", super::service::DEMONSTRATION_DOMAIN))))
        .order((compte::id, compte_role::role))
        .limit(SHOWN_ACCOUNTS)
        .select((compte::id, compte::nom, compte::email, compte_role::role))
        .load(conn)?;
    Ok(gather(rows))
}

/// A queued mail: id, moment and content.
pub type Mail = (String, Moment, String);

/// The last mails queued, last first.
pub fn mails(conn: &mut DbConn) -> Result<Vec<Mail>, DbError> {
    Ok(boite_envoi::table
        .filter(boite_envoi::sujet.eq(crate::outbox::MAIL))
        .order((boite_envoi::cree_le.desc(), boite_envoi::id.desc()))
        .limit(SHOWN_MAILS)
        .select((boite_envoi::id, boite_envoi::cree_le, boite_envoi::charge))
        .load(conn)?)
}

/// An organisation of an account: the role held in it, and its name.
pub type Organisation = (String, String);
/// Organisations shown of each kind.
const SHOWN_ORGANISATIONS: i64 = 100;

/// The organisations of an account: envelopes, structures, training bodies.
pub fn organisations(conn: &mut DbConn, account: &str) -> Result<Vec<Organisation>, DbError> {
    let envelopes: Vec<String> = compte_enveloppe::table
        .inner_join(enveloppe::table.on(enveloppe::id.eq(compte_enveloppe::enveloppe_id)))
        .filter(compte_enveloppe::compte_id.eq(account))
        .order(enveloppe::libelle)
        .limit(SHOWN_ORGANISATIONS)
        .select(enveloppe::libelle)
        .load(conn)?;
    let structures: Vec<Organisation> = compte_structure::table
        .inner_join(structure::table.on(structure::id.eq(compte_structure::structure_id)))
        .filter(compte_structure::compte_id.eq(account))
        .order((compte_structure::role, structure::nom))
        .limit(SHOWN_ORGANISATIONS)
        .select((compte_structure::role, structure::nom))
        .load(conn)?;
    let bodies: Vec<Organisation> = compte_organisme::table
        .inner_join(organisme::table.on(organisme::id.eq(compte_organisme::organisme_id)))
        .filter(compte_organisme::compte_id.eq(account))
        .order((compte_organisme::role, organisme::nom))
        .limit(SHOWN_ORGANISATIONS)
        .select((compte_organisme::role, organisme::nom))
        .load(conn)?;
    let envelopes = envelopes.into_iter().map(|name| (Role::Recipiendaire.as_str().to_owned(), name));
    Ok(envelopes.chain(structures).chain(bodies).collect())
}

/// A sign-in or an attempt: moment, action, values unless erased.
pub type SignIn = (Moment, String, Option<String>);
/// Sign-ins shown.
const SHOWN_SIGN_INS: i64 = 20;

/// The last sign-ins of an account and the attempts that were refused, last first.
pub fn sign_ins(conn: &mut DbConn, account: &str) -> Result<Vec<SignIn>, DbError> {
    Ok(journal::table
        .left_join(journal_donnees::table.on(journal_donnees::numero.eq(journal::numero)))
        .filter(journal::objet_id.eq(account))
        .filter(journal::action.eq_any(["session.ouverte", "connexion.refusee"]))
        .order(journal::numero.desc())
        .limit(SHOWN_SIGN_INS)
        .select((journal::date, journal::action, journal_donnees::valeurs.nullable()))
        .load(conn)?)
}
