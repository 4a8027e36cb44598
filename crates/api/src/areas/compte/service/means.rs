//! The means of codes of the signed-in person. Whatever changes them ends the other sessions (SEC-22) and is told to the
//! owner by mail, in the same transaction; codes are counted before they are verified.

use domain::error::ErrorCode;
use domain::values::CodeOtp;
use serde_json::json;

use super::sign_in::Context;
use crate::access::{Identity, session, stamp};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Entry};
use crate::otp::holder::{self, Held, Pair};
use crate::otp::{self, Kind, Pairing};
use crate::{outbox, text, throttle};

/// Where one manages one's means: the link of the mails.
const PAGE: &str = "/mon-compte";

/// The signed-in person and the session that acts.
pub struct Holder {
    /// Who.
    pub who: Identity,
    /// Id of the session.
    pub session: String,
}

/// What became of the codes shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coded {
    /// Right, and done.
    Done,
    /// Not the right ones.
    Wrong,
    /// Too many were tried.
    TooMany,
}

/// What became of a means to remove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// Removed.
    Done,
    /// It is the last one.
    Last,
    /// There is no such one.
    Unknown,
}

/// Prepares an app of this name; it serves once a code of it is shown.
pub fn prepare_app(conn: &mut DbConn, context: &Context, holder: &Holder, name: &str) -> Result<Pairing, AppError> {
    let account = &holder.who.id;
    holder::lock(conn, account)?;
    room(conn, account)?;
    let seed = otp::prepare(conn, &context.keys, &context.clock, account)?;
    holder::name_prepared(conn, account, name)?;
    let pairing = otp::pairing(&holder.who.email, seed.as_slice());
    pairing.ok_or_else(|| AppError::Internal("no QR code for this address".to_owned()))
}

fn room(conn: &mut DbConn, account: &str) -> Result<(), AppError> {
    if holder::held(conn, account)?.len() < holder::AT_MOST {
        return Ok(());
    }
    Err(AppError::detail(ErrorCode::ConflitEtat, text::too_many_means(holder::AT_MOST)))
}

/// What is left when too many codes were tried.
fn counted(conn: &mut DbConn, context: &Context, holder: &Holder) -> Result<Option<Coded>, DbError> {
    let quota = context.count(conn, throttle::STEP_UP, context.per_account, &holder.who.id)?;
    Ok(quota.left.is_none().then_some(Coded::TooMany))
}

/// Adds the prepared app, by a code it shows.
pub fn add_app(
    conn: &mut DbConn,
    context: &Context,
    holder: &Holder,
    code: Option<&CodeOtp>,
) -> Result<Coded, AppError> {
    if let Some(refused) = counted(conn, context, holder)? {
        return Ok(refused);
    }
    let account = &holder.who.id;
    holder::lock(conn, account)?;
    let (Some(code), Some(name)) = (code, holder::prepared_name(conn, account)?) else { return Ok(Coded::Wrong) };
    room(conn, account)?;
    if !otp::confirm(conn, &context.keys, account, code, context.now)? {
        return Ok(Coded::Wrong);
    }
    changed(conn, context, holder, "ajoute", &text::means(Kind::App, &name, None))?;
    Ok(Coded::Done)
}

/// Attaches a card in stock, by two codes in a row.
pub fn attach_card(
    conn: &mut DbConn,
    context: &Context,
    holder: &Holder,
    serial: &str,
    codes: Option<&Pair>,
) -> Result<Coded, AppError> {
    if let Some(refused) = counted(conn, context, holder)? {
        return Ok(refused);
    }
    let account = &holder.who.id;
    holder::lock(conn, account)?;
    room(conn, account)?;
    let Some(codes) = codes else { return Ok(Coded::Wrong) };
    if !holder::attach(conn, &context.keys, account, serial, codes, context.now)? {
        return Ok(Coded::Wrong);
    }
    changed(conn, context, holder, "ajoute", &text::means(Kind::Card, "", Some(serial)))?;
    Ok(Coded::Done)
}

/// Finds the clock of one's card again, by two codes in a row.
pub fn relocate_card(
    conn: &mut DbConn,
    context: &Context,
    holder: &Holder,
    id: &str,
    codes: Option<&Pair>,
) -> Result<Coded, AppError> {
    if let Some(refused) = counted(conn, context, holder)? {
        return Ok(refused);
    }
    let Some(codes) = codes else { return Ok(Coded::Wrong) };
    if !holder::relocate(conn, &context.keys, &holder.who.id, id, codes, context.now)? {
        return Ok(Coded::Wrong);
    }
    record(conn, context, holder, "compte.carte_recalee", &json!({ "moyen": id }))?;
    Ok(Coded::Done)
}

/// Renames a means; false when there is no such one.
pub fn rename(conn: &mut DbConn, context: &Context, holder: &Holder, id: &str, name: &str) -> Result<bool, AppError> {
    let renamed = holder::rename(conn, &holder.who.id, id, name)?;
    if renamed {
        record(conn, context, holder, "compte.moyen_renomme", &json!({ "moyen": id, "nom": name }))?;
    }
    Ok(renamed)
}

/// Removes a means, unless it is the last one.
pub fn remove(conn: &mut DbConn, context: &Context, holder: &Holder, id: &str) -> Result<Removed, AppError> {
    let account = &holder.who.id;
    holder::lock(conn, account)?;
    let all = holder::held(conn, account)?;
    let Some(means) = all.iter().find(|means| means.id == id) else { return Ok(Removed::Unknown) };
    if all.len() == 1 {
        return Ok(Removed::Last);
    }
    holder::remove(conn, account, means)?;
    changed(conn, context, holder, "retire", &label(means))?;
    Ok(Removed::Done)
}

fn label(means: &Held) -> String {
    let kind = Kind::parse(&means.genre).unwrap_or(Kind::App);
    text::means(kind, &means.nom, means.serie.as_deref())
}

/// What every change of the means has in common: the other sessions and the keys made so far end, the owner
/// is told, the journal keeps it.
fn changed(
    conn: &mut DbConn,
    context: &Context,
    holder: &Holder,
    change: &'static str,
    means: &str,
) -> Result<(), AppError> {
    let closed = session::close_others(conn, &holder.who.id, &holder.session)?;
    stamp::renew(conn, &holder.who.id)?;
    let mail = json!({
        "modele": "moyen_change",
        "a": holder.who.email,
        "changement": change,
        "moyen": means,
        "chemin": PAGE,
    });
    outbox::push(conn, &context.clock, context.now, outbox::MAIL, &mail)?;
    let action = if change == "ajoute" { "compte.moyen_ajoute" } else { "compte.moyen_retire" };
    record(conn, context, holder, action, &json!({ "moyen": means, "sessions_fermees": closed }))
}

fn record(
    conn: &mut DbConn,
    context: &Context,
    holder: &Holder,
    action: &'static str,
    values: &serde_json::Value,
) -> Result<(), AppError> {
    let author = holder.who.author(&context.request);
    let entry = Entry { action, object: "compte", object_id: author.id.clone(), values: values.to_string() };
    Ok(journal::append(conn, &context.clock, &author, context.now, vec![entry])?)
}
