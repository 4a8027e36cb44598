//! The welcome kit of a référent (S13): a printed six-digit code stands for the means of codes that the account does not have
//! yet, at its first sign-in. The mailed link is needed as always; the code has served once the session opens, so that a
//! link left unopened costs nothing.

use diesel::prelude::*;
use domain::compte::{CodeAccueil, EtatCompte};
use domain::error::ErrorCode;
use domain::permission::Role;
use domain::values::CodeOtp;
use serde_json::json;

use super::accounts::Admin;
use super::recovery::without_means;
use super::sign_in::Context;
use crate::areas::compte::queries::directory;
use crate::clock::rfc3339;
use crate::db::schema::compte;
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::seal::Keys;
use crate::single_use::{self, Purpose};
use crate::text::accounts as text;

/// How long the code is good, in days: a kit travels by post.
pub const WELCOME_DAYS: i64 = 60;
/// Six digits.
const CODES: u64 = 1_000_000;

/// What a code is looked for by: bound to its account, and keyed, for a million codes are tried in no time.
fn secrets(keys: &Keys, account: &str, code: &str) -> Vec<String> {
    keys.fingerprints(&format!("{account}\u{0}{code}"))
}

/// Makes the code of the kit of a référent who has no means yet; a former one serves no more.
pub fn make(conn: &mut DbConn, keys: &Keys, admin: &Admin, account: &str) -> Result<CodeAccueil, AppError> {
    let holder = without_means(conn, account)?;
    let roles = directory::roles(conn, &[account.to_owned()])?.remove(account).unwrap_or_default();
    if !roles.iter().any(|role| matches!(role, Role::Referent | Role::CoReferent)) {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::NO_REFERENT));
    }
    single_use::revoke(conn, admin.now, Purpose::WelcomeCode, account)?;
    let code = format!("{:06}", u64::from_be_bytes(admin.clock.bytes()) % CODES);
    let life = chrono::Duration::days(WELCOME_DAYS);
    let new = single_use::New { purpose: Purpose::WelcomeCode, subject: account, client: "", life };
    let secret = secrets(keys, account, &code).into_iter().next().unwrap_or_default();
    single_use::keep(conn, admin.now, &new, &secret)?;
    let awaiting = compte::etat.eq(EtatCompte::AConfirmer.as_str());
    diesel::update(compte::table.find(account)).set(awaiting).execute(conn)?;
    admin.record(conn, "compte.code_accueil_cree", &holder.id, &json!({}))?;
    Ok(CodeAccueil { code, expire_le: rfc3339(admin.now + life) })
}

/// Whether this is the code of the kit of this account. Nobody's, for no account: at the same cost.
pub fn matches(conn: &mut DbConn, context: &Context, account: &str, code: Option<&CodeOtp>) -> Result<bool, DbError> {
    let mut found = false;
    for secret in secrets(&context.keys, account, code.map_or("", CodeOtp::as_str)) {
        found |= single_use::peek(conn, context.now, Purpose::WelcomeCode, &secret)?.is_some();
    }
    Ok(found)
}

/// Activates an account that signs in with its kit: the code has served, as has every other link it was asked for. False
/// when there is no code to use up.
pub fn activate(conn: &mut DbConn, context: &Context, account: &str) -> Result<bool, DbError> {
    if single_use::revoke(conn, context.now, Purpose::WelcomeCode, account)? == 0 {
        return Ok(false);
    }
    single_use::revoke(conn, context.now, Purpose::SignIn, account)?;
    let awaiting = compte::table.filter(compte::id.eq(account).and(compte::etat.eq(EtatCompte::AConfirmer.as_str())));
    Ok(diesel::update(awaiting).set(compte::etat.eq(EtatCompte::Actif.as_str())).execute(conn)? > 0)
}
