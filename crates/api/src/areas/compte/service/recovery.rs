//! What administrators do when somebody has lost something: close sessions, take back a means, send a first access
//! again. Recovery never drops the second factor (SEC-10).

use diesel::prelude::*;
use domain::compte::EtatCompte;
use domain::error::ErrorCode;
use serde_json::json;

use super::accounts::{Admin, existing};
use crate::access::{session, stamp};
use crate::areas::compte::queries::directory::{self, AccountRow};
use crate::clock::{Clock, Moment};
use crate::db::schema::{moyen_otp, session as sessions};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::seal::Keys;
use crate::single_use::{self, Purpose};
use crate::text::accounts as text;
use crate::{otp, outbox};

/// Where a first access begins.
pub const FIRST_ACCESS_PAGE: &str = "/premier-acces";
/// How long the mailed link of a first access is good, in hours.
pub const MAILED_ACCESS_HOURS: i64 = 72;

/// Closes the sessions of somebody: all of them, or the one of this id; false when there is no such one.
pub fn close_sessions(
    conn: &mut DbConn,
    admin: &Admin,
    account: &str,
    session_id: Option<&str>,
) -> Result<(), AppError> {
    existing(conn, account)?;
    let mut of_account = sessions::table.filter(sessions::compte_id.eq(account.to_owned())).into_boxed();
    if let Some(id) = session_id {
        of_account = of_account.filter(sessions::id.eq(id.to_owned()));
    }
    let ids: Vec<String> = of_account.select(sessions::id).limit(10_000).load(conn)?;
    if ids.is_empty() && session_id.is_some() {
        return Err(AppError::new(ErrorCode::Introuvable));
    }
    diesel::delete(sessions::table.filter(sessions::id.eq_any(&ids))).execute(conn)?;
    // A sign-in under way would open another one.
    single_use::revoke(conn, admin.now, Purpose::SignIn, account)?;
    admin.record(conn, "compte.sessions_fermees", account, &json!({ "nombre": ids.len() }))
}

/// Takes back a means of somebody, at once: its codes, the sessions and the links they opened (SEC-14), the keys of the
/// account (RT-13).
pub fn revoke_means(conn: &mut DbConn, admin: &Admin, account: &str, means: &str) -> Result<(), AppError> {
    admin.not_oneself(account)?;
    let holder = existing(conn, account)?;
    let row = moyen_otp::table
        .filter(moyen_otp::id.eq(means).and(moyen_otp::compte_id.eq(account)).and(moyen_otp::etat.eq("actif")));
    if diesel::update(row).set(moyen_otp::etat.eq("desactive")).execute(conn)? == 0 {
        return Err(AppError::new(ErrorCode::Introuvable));
    }
    session::close_all(conn, account)?;
    stamp::renew(conn, account)?;
    single_use::revoke(conn, admin.now, Purpose::SignIn, account)?;
    outbox::push(conn, &admin.clock, admin.now, outbox::MAIL, &json!({ "modele": "moyen_retire", "a": holder.email }))?;
    admin.record(conn, "compte.moyen_revoque", account, &json!({ "moyen": means }))
}

/// An account that has no means any more, and may be given its first one.
pub(super) fn without_means(conn: &mut DbConn, account: &str) -> Result<AccountRow, AppError> {
    let holder = existing(conn, account)?;
    if holder.etat == EtatCompte::Desactive.as_str() {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::DEACTIVATED));
    }
    if !directory::means(conn, account)?.is_empty() {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::HAS_MEANS));
    }
    Ok(holder)
}

/// Mails a first access: who has lost the means sets another one, as the first time. The second factor is never dropped
/// (SEC-10): while the account has a means, none is added by mail alone.
pub fn send_first_access(conn: &mut DbConn, admin: &Admin, account: &str) -> Result<(), AppError> {
    let holder = without_means(conn, account)?;
    mail_first_access(conn, &admin.clock, admin.now, &holder)?;
    admin.record(conn, "compte.premier_acces_envoye", account, &json!({}))
}

/// Queues the link of a first access; the former ones serve no more.
fn mail_first_access(conn: &mut DbConn, clock: &Clock, now: Moment, holder: &AccountRow) -> Result<(), AppError> {
    single_use::revoke(conn, now, Purpose::FirstAccess, &holder.id)?;
    let new = single_use::New {
        purpose: Purpose::FirstAccess,
        subject: &holder.id,
        client: "",
        life: chrono::Duration::hours(MAILED_ACCESS_HOURS),
    };
    let secret = single_use::issue(conn, clock, now, &new)?;
    let mail = json!({
        "modele": "premier_acces",
        "a": holder.email,
        "chemin": format!("{FIRST_ACCESS_PAGE}#{secret}"),
        "heures": MAILED_ACCESS_HOURS,
    });
    Ok(outbox::push(conn, clock, now, outbox::MAIL, &mail)?)
}

/// Tells the owner that a means was added (SEC-08).
pub fn tell_new_means(conn: &mut DbConn, clock: &Clock, now: Moment, email: &str) -> Result<(), DbError> {
    outbox::push(conn, clock, now, outbox::MAIL, &json!({ "modele": "moyen_ajoute", "a": email }))
}

/// Prepares the application of an account.
pub fn pair(
    conn: &mut DbConn,
    keys: &Keys,
    clock: &Clock,
    (account, email): (&str, &str),
) -> Result<otp::Pairing, AppError> {
    let seed = otp::prepare(conn, keys, clock, account)?;
    otp::pairing(email, seed.as_slice()).ok_or_else(|| AppError::Internal("no QR code for this address".to_owned()))
}
