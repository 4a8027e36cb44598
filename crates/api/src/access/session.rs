//! Browser sessions: an opaque random id in a `__Host-` cookie, stored hashed.

use actix_web::cookie::time::Duration as CookieDuration;
use actix_web::cookie::{Cookie, SameSite};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::clock::{Clock, Moment};
use crate::db::schema::session;
use crate::db::{DbConn, DbError};
use crate::journal::hex;

/// Name of the cookie.
pub const COOKIE: &str = "__Host-session";
/// How long a session lasts, in hours.
const HOURS: i64 = 12;

/// Hash under which a session id is stored.
pub fn hash(id: &str) -> String {
    hex(&Sha256::digest(id))
}

/// Opens a session and returns its id.
pub fn open(conn: &mut DbConn, clock: &Clock, account: &str, now: Moment) -> Result<String, DbError> {
    let id = hex(&clock.bytes::<32>());
    diesel::delete(session::table.filter(session::expire_le.le(now))).execute(conn)?;
    diesel::insert_into(session::table)
        .values((
            session::empreinte.eq(hash(&id)),
            session::compte_id.eq(account),
            session::expire_le.eq(now + chrono::Duration::hours(HOURS)),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Closes a session.
pub fn close(conn: &mut DbConn, id: &str) -> Result<(), DbError> {
    diesel::delete(session::table.filter(session::empreinte.eq(hash(id)))).execute(conn)?;
    Ok(())
}

/// The cookie that carries a session id; an empty one takes it back.
pub fn cookie(id: &str) -> Cookie<'static> {
    let life = if id.is_empty() { CookieDuration::ZERO } else { CookieDuration::hours(HOURS) };
    Cookie::build(COOKIE, id.to_owned())
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(life)
        .finish()
}
