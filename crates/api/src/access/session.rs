//! Browser sessions: an opaque random id in a `__Host-` cookie, stored hashed, with an idle and an absolute limit. The
//! id changes at sign-in, when a code is given again and when the role changes (SEC-20).

use actix_web::cookie::time::Duration as CookieDuration;
use actix_web::cookie::{Cookie, SameSite};
use diesel::prelude::*;
use domain::permission::Role;
use sha2::{Digest, Sha256};

use crate::clock::{Clock, Moment};
use crate::db::schema::session;
use crate::db::{DbConn, DbError};
use crate::journal::hex;

/// Cookie of a session.
pub const COOKIE: &str = "__Host-session";
/// Cookie that binds the mailed link to the browser that asked for it (RT-08).
pub const LINK_COOKIE: &str = "__Host-connexion";
/// Cookie of a browser that an account has signed in from: its attempts are counted apart from those of strangers.
pub const DEVICE_COOKIE: &str = "__Host-appareil";
/// How long a session lasts at most, in hours.
pub const HOURS: i64 = 12;
/// How long a session lasts without being used, in minutes.
pub const IDLE_MINUTES: i64 = 90;
/// How long the mailed link is good, in minutes.
pub const LINK_MINUTES: i64 = 5;
/// How long a browser stays known, in days.
pub const DEVICE_DAYS: i64 = 180;
/// The last use is written at most once in this time, in seconds.
const SEEN_SECONDS: i64 = 60;

/// Hash under which a session id is stored.
pub fn hash(id: &str) -> String {
    hex(&Sha256::digest(id))
}

/// Sessions last seen before this have been idle for too long.
pub fn idle_since(now: Moment) -> Moment {
    now - chrono::Duration::minutes(IDLE_MINUTES)
}

/// Whether the last use is old enough to be written again.
pub fn is_stale(seen: Moment, now: Moment) -> bool {
    now - seen >= chrono::Duration::seconds(SEEN_SECONDS)
}

/// A session to open.
pub struct New<'a> {
    /// Whose.
    pub account: &'a str,
    /// Active role.
    pub role: Role,
    /// Browser and system.
    pub device: &'a str,
    /// When the last one-time code was given.
    pub otp: Moment,
}

/// An open session.
#[derive(Queryable, Selectable, Debug)]
#[diesel(table_name = session)]
pub struct Row {
    /// Hash of its cookie.
    pub empreinte: String,
    /// Its name.
    pub id: String,
    /// Active role.
    pub role: String,
    /// Browser and system.
    pub appareil: String,
    /// When it was opened.
    pub cree_le: Moment,
    /// When it last served.
    pub vue_le: Moment,
    /// When it ends at the latest.
    pub expire_le: Moment,
    /// When the last one-time code was given.
    pub otp_le: Moment,
}

/// Opens a session and returns its id.
pub fn open(conn: &mut DbConn, clock: &Clock, new: &New<'_>, now: Moment) -> Result<String, DbError> {
    let over = session::expire_le.le(now).or(session::vue_le.le(idle_since(now)));
    diesel::delete(session::table.filter(over)).execute(conn)?;
    let id = hex(&clock.bytes::<32>());
    diesel::insert_into(session::table)
        .values((
            session::empreinte.eq(hash(&id)),
            session::id.eq(clock.id()),
            session::compte_id.eq(new.account),
            session::role.eq(new.role.as_str()),
            session::appareil.eq(new.device),
            session::cree_le.eq(now),
            session::vue_le.eq(now),
            session::expire_le.eq(now + chrono::Duration::hours(HOURS)),
            session::otp_le.eq(new.otp),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Gives a session another role, hence another id; `None` when it is no longer open.
pub fn switch(conn: &mut DbConn, clock: &Clock, id: &str, role: Role, now: Moment) -> Result<Option<String>, DbError> {
    let next = hex(&clock.bytes::<32>());
    let open = session::table.filter(session::empreinte.eq(hash(id)).and(session::expire_le.gt(now)));
    let changed = diesel::update(open)
        .set((session::empreinte.eq(hash(&next)), session::role.eq(role.as_str()), session::vue_le.eq(now)))
        .execute(conn)?;
    Ok((changed == 1).then_some(next))
}

/// Records that a session has given a code again, hence another id; `None` when it is no longer open.
pub fn renew(conn: &mut DbConn, clock: &Clock, id: &str, now: Moment) -> Result<Option<String>, DbError> {
    let next = hex(&clock.bytes::<32>());
    let open = session::table.filter(session::empreinte.eq(hash(id)).and(session::expire_le.gt(now)));
    let changed = diesel::update(open)
        .set((session::empreinte.eq(hash(&next)), session::otp_le.eq(now), session::vue_le.eq(now)))
        .execute(conn)?;
    Ok((changed == 1).then_some(next))
}

/// Writes that a session has just served.
pub fn seen(conn: &mut DbConn, id: &str, now: Moment) -> Result<(), DbError> {
    let row = session::table.filter(session::empreinte.eq(hash(id)));
    diesel::update(row).set(session::vue_le.eq(now)).execute(conn)?;
    Ok(())
}

/// The open sessions of an account, the last opened first.
pub fn list(conn: &mut DbConn, account: &str, now: Moment) -> Result<Vec<Row>, DbError> {
    Ok(session::table
        .filter(session::compte_id.eq(account))
        .filter(session::expire_le.gt(now).and(session::vue_le.gt(idle_since(now))))
        .order((session::cree_le.desc(), session::id.desc()))
        .limit(100)
        .select(Row::as_select())
        .load(conn)?)
}

/// Closes the session of this cookie.
pub fn close(conn: &mut DbConn, id: &str) -> Result<(), DbError> {
    diesel::delete(session::table.find(hash(id))).execute(conn)?;
    Ok(())
}

/// Closes one of the sessions of an account; false when it has no such one.
pub fn close_one(conn: &mut DbConn, account: &str, id: &str) -> Result<bool, DbError> {
    let row = session::table.filter(session::compte_id.eq(account).and(session::id.eq(id)));
    Ok(diesel::delete(row).execute(conn)? == 1)
}

/// Closes every session of an account and says how many.
pub fn close_all(conn: &mut DbConn, account: &str) -> Result<usize, DbError> {
    Ok(diesel::delete(session::table.filter(session::compte_id.eq(account))).execute(conn)?)
}

/// Closes every session of an account but that of this cookie, and says how many.
pub fn close_others(conn: &mut DbConn, account: &str, id: &str) -> Result<usize, DbError> {
    let others = session::compte_id.eq(account).and(session::empreinte.ne(hash(id)));
    Ok(diesel::delete(session::table.filter(others)).execute(conn)?)
}

/// A cookie that only our own pages and no script can use; an empty one takes it back.
pub fn cookie(name: &'static str, value: &str, life: CookieDuration) -> Cookie<'static> {
    Cookie::build(name, value.to_owned())
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(if value.is_empty() { CookieDuration::ZERO } else { life })
        .finish()
}

/// The cookie that carries a session id; an empty one takes it back.
pub fn session_cookie(id: &str) -> Cookie<'static> {
    cookie(COOKIE, id, CookieDuration::hours(HOURS))
}
