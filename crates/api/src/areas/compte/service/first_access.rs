//! The first access of an account: a single-use link prepares an application, and a code of it ends the link. Until
//! then the link may be opened again, so that a page closed too early costs nothing.

use diesel::prelude::*;
use domain::error::ErrorCode;
use domain::permission::Role;
use domain::values::CodeOtp;
use serde_json::json;

use super::sign_in::Context;
use super::{accounts, recovery};
use crate::clock::{Clock, Moment};
use crate::db::DbConn;
use crate::db::schema::compte;
use crate::error::AppError;
use crate::http::limit::Quota;
use crate::journal::{self, Author, Entry};
use crate::otp::{self, Pairing};
use crate::single_use::{self, Purpose};
use crate::throttle;

/// How long the link is good, in hours.
pub const FIRST_ACCESS_HOURS: i64 = 24;

/// Creates the account of a national administrator, or takes the one of this address, and returns the secret of its link.
pub fn create_admin(
    conn: &mut DbConn,
    clock: &Clock,
    email: &str,
    name: &str,
    now: Moment,
) -> Result<String, AppError> {
    let known: Option<(String, String)> =
        compte::table.filter(compte::email.eq(email)).select((compte::id, compte::etat)).first(conn).optional()?;
    let id = match known {
        Some((_, state)) if state == "desactive" => {
            return Err(AppError::detail(ErrorCode::ConflitEtat, crate::text::command::ACCOUNT_DISABLED));
        }
        Some((id, _)) => id,
        None => accounts::insert(conn, clock, email, name)?,
    };
    accounts::give_role(conn, &id, Role::Anct)?;
    single_use::revoke(conn, now, Purpose::FirstAccess, &id)?;
    let life = chrono::Duration::hours(FIRST_ACCESS_HOURS);
    let new = single_use::New { purpose: Purpose::FirstAccess, subject: &id, client: "", life };
    let secret = single_use::issue(conn, clock, now, &new)?;
    let author = Author::system("parcours admin create");
    record(conn, clock, &author, now, "compte.administrateur_cree", &id)?;
    Ok(secret)
}

/// What preparing or ending a first access gives, or what is left to the address when the link is not good.
pub type Outcome<T> = Result<T, Quota>;

/// Prepares the application of the account of a link.
pub fn prepare(conn: &mut DbConn, context: &Context, secret: &str) -> Result<Outcome<(String, Pairing)>, AppError> {
    let quota = context.count(conn, throttle::LINK, context.per_address, &context.address)?;
    let Some(account) = usable(conn, context, quota, secret)? else { return Ok(Err(quota)) };
    let email: String = compte::table.find(&account).select(compte::email).first(conn)?;
    let pairing = recovery::pair(conn, &context.keys, &context.clock, (&account, &email))?;
    Ok(Ok((email, pairing)))
}

/// The account of a link that is good, unless it was deactivated.
fn usable(conn: &mut DbConn, context: &Context, quota: Quota, secret: &str) -> Result<Option<String>, AppError> {
    if quota.left.is_none() {
        return Ok(None);
    }
    let Some(account) = single_use::peek(conn, context.now, Purpose::FirstAccess, secret)? else { return Ok(None) };
    let live = compte::table.filter(compte::id.eq(&account).and(compte::etat.ne("desactive")));
    Ok(live.select(compte::id).first(conn).optional()?)
}

/// Ends the first access: the code is one of the prepared application, the link has served, the account is active.
/// `Ok(false)`: the code is wrong, and the link may still be used.
pub fn confirm(
    conn: &mut DbConn,
    context: &Context,
    secret: &str,
    code: Option<&CodeOtp>,
) -> Result<Outcome<bool>, AppError> {
    let quota = context.count(conn, throttle::LINK, context.per_address, &context.address)?;
    let Some(account) = usable(conn, context, quota, secret)? else { return Ok(Err(quota)) };
    let Some(code) = code else { return Ok(Ok(false)) };
    if !otp::confirm(conn, &context.keys, &account, code, context.now)? {
        return Ok(Ok(false));
    }
    if single_use::consume(conn, context.now, Purpose::FirstAccess, secret, "")?.is_none() {
        return Ok(Err(quota));
    }
    single_use::revoke(conn, context.now, Purpose::WelcomeCode, &account)?;
    diesel::update(compte::table.find(&account)).set(compte::etat.eq("actif")).execute(conn)?;
    let email: String = compte::table.find(&account).select(compte::email).first(conn)?;
    recovery::tell_new_means(conn, &context.clock, context.now, &email)?;
    let author = Author::public(context.request.clone());
    record(conn, &context.clock, &author, context.now, "compte.moyen_confirme", &account)?;
    Ok(Ok(true))
}

fn record(
    conn: &mut DbConn,
    clock: &Clock,
    author: &Author,
    now: Moment,
    action: &'static str,
    account: &str,
) -> Result<(), AppError> {
    let entry = Entry { action, object: "compte", object_id: account.to_owned(), values: json!({}).to_string() };
    Ok(journal::append(conn, clock, author, now, vec![entry])?)
}
