//! What administrators do to accounts: make them, change their roles and organisations, close and reopen them. Whatever
//! moves a right ends the sessions of the account at once (SEC-22); closing it also stops every link that was on its
//! way (RT-04), and the keys that it made (RT-13).

use diesel::prelude::*;
use domain::compte::{CompteModification, CompteNouveau, EtatCompte, GenreOrganisation, RattachementSaisi};
use domain::error::{ErrorCode, FieldError};
use domain::permission::Role;
use domain::values::{Email, NomPersonne, plier};
use serde_json::{Value, json};

use crate::access::{session, stamp};
use crate::areas::compte::queries::directory::{self, AccountRow};
use crate::areas::enveloppe::gestion as enveloppe;
use crate::clock::{Clock, Moment};
use crate::db::schema::{
    compte, compte_enveloppe, compte_organisme, compte_role, compte_structure, invitation, moyen_otp,
};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Author, Entry};
use crate::single_use;
use crate::text::accounts as text;

/// Most roles or organisations of one request.
const LIST_MAX: usize = 100;

/// Who administers, and when.
#[derive(Clone)]
pub struct Admin {
    /// Now and random.
    pub clock: Clock,
    /// The present moment.
    pub now: Moment,
    /// Who.
    pub author: Author,
}

impl Admin {
    /// Adds an entry about an account to the journal.
    pub fn record(
        &self,
        conn: &mut DbConn,
        action: &'static str,
        account: &str,
        values: &Value,
    ) -> Result<(), AppError> {
        let entry = Entry { action, object: "compte", object_id: account.to_owned(), values: values.to_string() };
        Ok(journal::append(conn, &self.clock, &self.author, self.now, vec![entry])?)
    }

    /// Nobody changes its own rights, nor those of the account it acts for.
    pub fn not_oneself(&self, account: &str) -> Result<(), AppError> {
        if self.author.kind == "compte" && self.author.id == account {
            return Err(AppError::detail(ErrorCode::NonAutorise, text::OWN_ACCOUNT));
        }
        Ok(())
    }
}

/// The words by which an account is searched and sorted.
pub fn search_words(name: &str, email: &str) -> String {
    format!("{} {email}", plier(name))
}

/// Adds an account that waits for its first access, and gives its id.
pub fn insert(conn: &mut DbConn, clock: &Clock, email: &str, name: &str) -> Result<String, DbError> {
    let id = clock.id();
    diesel::insert_into(compte::table)
        .values((
            compte::id.eq(&id),
            compte::email.eq(email),
            compte::nom.eq(name),
            compte::etat.eq(EtatCompte::AConfirmer.as_str()),
            compte::recherche.eq(search_words(name, email)),
        ))
        .execute(conn)?;
    Ok(id)
}

/// A name and an address that are ones, or the refusals by field.
pub fn person(name: &str, email: &str) -> Result<(String, String), AppError> {
    let (name, email) = (NomPersonne::parse(name), Email::parse(email));
    match (name, email) {
        (Ok(name), Ok(email)) => Ok((name.as_str().to_owned(), email.as_str().to_owned())),
        (name, email) => {
            let refused = [name.err().map(|no| no.au_champ("/nom")), email.err().map(|no| no.au_champ("/email"))];
            Err(AppError::fields(refused.into_iter().flatten().collect()))
        }
    }
}

fn refused(field: &str, code: &str, message: &str) -> AppError {
    AppError::fields(vec![FieldError::new(field, code, message)])
}

/// Roles and organisations that fit together, organisations that exist.
fn check_rights(
    conn: &mut DbConn,
    (email, now): (&str, Moment),
    roles: &[Role],
    held: &[RattachementSaisi],
) -> Result<(), AppError> {
    if roles.len().max(held.len()) > LIST_MAX {
        return Err(refused("/rattachements", "trop_nombreux", text::TOO_MANY));
    }
    if roles.contains(&Role::Usager) {
        return Err(refused("/roles", "role_refuse", text::NO_SUCH_ROLE));
    }
    for (place, one) in held.iter().enumerate() {
        let field = format!("/rattachements/{place}");
        if !roles.contains(&one.role) {
            return Err(refused(&format!("{field}/role"), "role_manquant", text::ROLE_FIRST));
        }
        check_organisation(conn, one.role, &one.id, &format!("{field}/id"))?;
        if one.role == Role::Recipiendaire {
            enveloppe::check_access(conn, &one.id, email, now, &format!("{field}/id"))?;
        }
    }
    Ok(())
}

/// The name of the organisation of a role; refused at `field` when the role has none or there is no such one.
pub fn check_organisation(conn: &mut DbConn, role: Role, id: &str, field: &str) -> Result<String, AppError> {
    let Some(kind) = GenreOrganisation::du_role(role) else {
        return Err(refused(field, "sans_organisation", text::NO_ORGANISATION));
    };
    directory::organisation(conn, kind, id)?
        .ok_or_else(|| refused(field, "organisation_inconnue", text::UNKNOWN_ORGANISATION))
}

/// Makes an account that waits for its first access.
pub fn create(conn: &mut DbConn, admin: &Admin, new: &CompteNouveau) -> Result<String, AppError> {
    let (name, email) = person(&new.nom, &new.email)?;
    check_rights(conn, (&email, admin.now), &new.roles, &new.rattachements)?;
    let id = insert(conn, &admin.clock, &email, &name)?;
    replace_rights(conn, &id, &new.roles, &new.rattachements)?;
    admin.record(
        conn,
        "compte.cree",
        &id,
        &json!({ "apres": { "nom": name, "email": email, "roles": new.roles, "rattachements": new.rattachements } }),
    )?;
    Ok(id)
}

/// Changes an account that was read at `expected`.
pub fn change(
    conn: &mut DbConn,
    admin: &Admin,
    (id, expected): (&str, i64),
    wanted: &CompteModification,
) -> Result<(), AppError> {
    let account = existing(conn, id)?;
    if wanted.etat.is_some() || wanted.roles.is_some() || wanted.rattachements.is_some() {
        admin.not_oneself(id)?;
    }
    let administered = administrators(conn, Some(id))? > 0;
    advance(conn, id, expected)?;
    let mut values = json!({});
    rename(conn, &account, wanted.nom.as_deref(), &mut values)?;
    let moved = change_rights(conn, (id, (&account.email, admin.now)), wanted, &mut values)?;
    let closed = change_state(conn, admin, &account, wanted.etat, &mut values)?;
    if moved || closed {
        session::close_all(conn, id)?;
    }
    admin.record(conn, "compte.modifie", id, &values)?;
    // After the entry: it locks the journal, so that two administrators cannot remove each other at once.
    if administered && administrators(conn, None)? == 0 {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::LAST_ADMINISTRATOR));
    }
    Ok(())
}

/// The account of this id, or the refusal.
pub fn existing(conn: &mut DbConn, id: &str) -> Result<AccountRow, AppError> {
    directory::find(conn, id)?.ok_or_else(|| AppError::new(ErrorCode::Introuvable))
}

/// The next version, when `expected` is the present one.
fn advance(conn: &mut DbConn, id: &str, expected: i64) -> Result<(), AppError> {
    let read = compte::table.filter(compte::id.eq(id).and(compte::version.eq(expected)));
    match diesel::update(read).set(compte::version.eq(expected + 1)).execute(conn)? {
        1 => Ok(()),
        _ => Err(AppError::detail(ErrorCode::VersionPerimee, text::STALE)),
    }
}

fn rename(conn: &mut DbConn, account: &AccountRow, wanted: Option<&str>, values: &mut Value) -> Result<(), AppError> {
    let Some(wanted) = wanted else { return Ok(()) };
    let name = NomPersonne::parse(wanted).map_err(|no| AppError::fields(vec![no.au_champ("/nom")]))?;
    let words = search_words(name.as_str(), &account.email);
    let row = compte::table.find(&account.id);
    diesel::update(row).set((compte::nom.eq(name.as_str()), compte::recherche.eq(words))).execute(conn)?;
    values["nom"] = json!({ "avant": account.nom, "apres": name.as_str() });
    Ok(())
}

/// Replaces roles and organisations; false when none was asked for.
fn change_rights(
    conn: &mut DbConn,
    (id, who): (&str, (&str, Moment)),
    wanted: &CompteModification,
    values: &mut Value,
) -> Result<bool, AppError> {
    if wanted.roles.is_none() && wanted.rattachements.is_none() {
        return Ok(false);
    }
    let roles_before = directory::roles(conn, &[id.to_owned()])?.remove(id).unwrap_or_default();
    let held_before: Vec<RattachementSaisi> =
        directory::memberships(conn, id)?.into_iter().map(|(_, id, _, role)| RattachementSaisi { id, role }).collect();
    let roles = wanted.roles.clone().unwrap_or_else(|| roles_before.clone());
    let held = wanted
        .rattachements
        .clone()
        .unwrap_or_else(|| held_before.iter().filter(|one| roles.contains(&one.role)).cloned().collect());
    check_rights(conn, who, &roles, &held)?;
    replace_rights(conn, id, &roles, &held)?;
    values["roles"] = json!({ "avant": roles_before, "apres": roles });
    values["rattachements"] = json!({ "avant": held_before, "apres": held });
    Ok(true)
}

fn replace_rights(conn: &mut DbConn, id: &str, roles: &[Role], held: &[RattachementSaisi]) -> Result<(), DbError> {
    diesel::delete(compte_role::table.filter(compte_role::compte_id.eq(id))).execute(conn)?;
    diesel::delete(compte_enveloppe::table.filter(compte_enveloppe::compte_id.eq(id))).execute(conn)?;
    diesel::delete(compte_structure::table.filter(compte_structure::compte_id.eq(id))).execute(conn)?;
    diesel::delete(compte_organisme::table.filter(compte_organisme::compte_id.eq(id))).execute(conn)?;
    for role in Role::COMPTES.into_iter().filter(|role| roles.contains(role)) {
        give_role(conn, id, role)?;
    }
    let mut given: Vec<&RattachementSaisi> = Vec::new();
    for one in held {
        if !given.contains(&one) {
            give_membership(conn, id, one.role, &one.id)?;
            given.push(one);
        }
    }
    Ok(())
}

/// Gives a role that the account does not have.
pub fn give_role(conn: &mut DbConn, id: &str, role: Role) -> Result<(), DbError> {
    let held: i64 = compte_role::table.find((id, role.as_str())).count().get_result(conn)?;
    if held == 0 {
        let row = (compte_role::compte_id.eq(id), compte_role::role.eq(role.as_str()));
        diesel::insert_into(compte_role::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Gives a role in an organisation, unless the account has it.
pub fn give_membership(conn: &mut DbConn, id: &str, role: Role, organisation: &str) -> Result<(), DbError> {
    let held = directory::memberships(conn, id)?;
    if held.iter().any(|(_, known, _, known_role)| known == organisation && *known_role == role) {
        return Ok(());
    }
    let role_code = role.as_str();
    match GenreOrganisation::du_role(role) {
        Some(GenreOrganisation::Enveloppe) => {
            let row = (compte_enveloppe::compte_id.eq(id), compte_enveloppe::enveloppe_id.eq(organisation));
            diesel::insert_into(compte_enveloppe::table).values(row).execute(conn)?;
        }
        Some(GenreOrganisation::Structure) => {
            let row = (compte_structure::compte_id.eq(id), compte_structure::structure_id.eq(organisation));
            diesel::insert_into(compte_structure::table)
                .values((row.0, row.1, compte_structure::role.eq(role_code)))
                .execute(conn)?;
        }
        Some(GenreOrganisation::Organisme) => {
            let row = (compte_organisme::compte_id.eq(id), compte_organisme::organisme_id.eq(organisation));
            diesel::insert_into(compte_organisme::table)
                .values((row.0, row.1, compte_organisme::role.eq(role_code)))
                .execute(conn)?;
        }
        None => {}
    }
    Ok(())
}

/// Closes or reopens the account; false when it was so already or nothing was asked for.
fn change_state(
    conn: &mut DbConn,
    admin: &Admin,
    account: &AccountRow,
    wanted: Option<EtatCompte>,
    values: &mut Value,
) -> Result<bool, AppError> {
    let Some(wanted) = wanted else { return Ok(false) };
    let present = EtatCompte::parse(&account.etat);
    let next = match (wanted, present) {
        (EtatCompte::AConfirmer, _) => return Err(refused("/etat", "etat_refuse", text::STATE)),
        (EtatCompte::Desactive, _) => EtatCompte::Desactive,
        (EtatCompte::Actif, Some(EtatCompte::Desactive)) if directory::means(conn, &account.id)?.is_empty() => {
            EtatCompte::AConfirmer
        }
        (EtatCompte::Actif, Some(EtatCompte::AConfirmer)) => EtatCompte::AConfirmer,
        (EtatCompte::Actif, _) => EtatCompte::Actif,
    };
    if present == Some(next) {
        return Ok(false);
    }
    diesel::update(compte::table.find(&account.id)).set(compte::etat.eq(next.as_str())).execute(conn)?;
    if next == EtatCompte::Desactive {
        stamp::renew(conn, &account.id)?;
        stop_links(conn, admin.now, account)?;
    }
    values["etat"] = json!({ "avant": account.etat, "apres": next.as_str() });
    Ok(true)
}

/// Stops everything that was on its way to this person and could be redeemed later, even once reactivated (RT-04).
fn stop_links(conn: &mut DbConn, now: Moment, account: &AccountRow) -> Result<(), AppError> {
    single_use::revoke_all(conn, now, &account.id)?;
    let sent: Vec<String> = invitation::table
        .filter(invitation::email.eq(&account.email))
        .filter(invitation::acceptee_le.is_null().and(invitation::retiree_le.is_null()))
        .select(invitation::id)
        .limit(1_000)
        .load(conn)?;
    for id in &sent {
        single_use::revoke_all(conn, now, id)?;
    }
    diesel::update(invitation::table.filter(invitation::id.eq_any(&sent)))
        .set(invitation::retiree_le.eq(now))
        .execute(conn)?;
    let prepared = moyen_otp::table.filter(moyen_otp::compte_id.eq(&account.id).and(moyen_otp::etat.eq("a_confirmer")));
    diesel::delete(prepared).execute(conn)?;
    Ok(())
}

/// The active national administrators, or one account if it is one of them.
fn administrators(conn: &mut DbConn, only: Option<&str>) -> Result<i64, DbError> {
    let mut query = compte::table
        .inner_join(compte_role::table.on(compte_role::compte_id.eq(compte::id)))
        .filter(compte::etat.eq("actif").and(compte_role::role.eq(Role::Anct.as_str())))
        .select(diesel::dsl::count_star())
        .into_boxed();
    if let Some(id) = only {
        query = query.filter(compte::id.eq(id.to_owned()));
    }
    Ok(query.first(conn)?)
}
