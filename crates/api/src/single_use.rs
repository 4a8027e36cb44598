//! Everything that serves once (architecture, invariant 7): links, codes, invitations. The purpose is part of what is
//! looked for, so that one cannot be used as another (RT-06); using is one conditional update, so that of any number
//! of simultaneous uses one succeeds (SEC-11).

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::clock::{Clock, Moment};
use crate::db::schema::usage_unique;
use crate::db::{DbConn, DbError};
use crate::journal::hex;

/// What a single-use object is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The mailed link that ends a sign-in; its subject is an account.
    SignIn,
    /// The link by which an account gets its first means of giving codes; its subject is an account.
    FirstAccess,
    /// The link that confirms an e-mail address; its subject is an account.
    EmailConfirmation,
    /// An invitation; its subject is the invitation.
    Invitation,
    /// The six-digit code of the welcome kit; its subject is an account.
    WelcomeCode,
}

impl Purpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "lien_connexion",
            Self::FirstAccess => "premier_acces",
            Self::EmailConfirmation => "confirmation_adresse",
            Self::Invitation => "invitation",
            Self::WelcomeCode => "code_accueil",
        }
    }
}

/// A new single-use object.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// Whom or what it is about.
    pub subject: &'a str,
    /// What the browser that asked must show again; empty when any browser may use it.
    pub client: &'a str,
    /// How long it is good.
    pub life: chrono::Duration,
}

fn fingerprint(purpose: Purpose, secret: &str) -> String {
    hex(&Sha256::new().chain_update(purpose.as_str()).chain_update([0]).chain_update(secret).finalize())
}

fn client_hash(client: &str) -> String {
    if client.is_empty() { String::new() } else { hex(&Sha256::digest(client)) }
}

/// Creates an object and returns its secret (256 bits), which is stored hashed.
pub fn issue(conn: &mut DbConn, clock: &Clock, now: Moment, new: &New<'_>) -> Result<String, DbError> {
    let secret = hex(&clock.bytes::<32>());
    keep(conn, now, new, &secret)?;
    Ok(secret)
}

/// Creates an object whose secret was made elsewhere: not one that can be guessed from its hash. What has expired is
/// swept away.
pub fn keep(conn: &mut DbConn, now: Moment, new: &New<'_>, secret: &str) -> Result<(), DbError> {
    diesel::delete(usage_unique::table.filter(usage_unique::expire_le.le(now))).execute(conn)?;
    diesel::insert_into(usage_unique::table)
        .values((
            usage_unique::empreinte.eq(fingerprint(new.purpose, secret)),
            usage_unique::genre.eq(new.purpose.as_str()),
            usage_unique::sujet.eq(new.subject),
            usage_unique::client.eq(client_hash(new.client)),
            usage_unique::cree_le.eq(now),
            usage_unique::expire_le.eq(now + new.life),
        ))
        .execute(conn)?;
    Ok(())
}

/// The subject of an object that would still serve, without using it.
pub fn peek(conn: &mut DbConn, now: Moment, purpose: Purpose, secret: &str) -> Result<Option<String>, DbError> {
    Ok(usage_unique::table
        .filter(usage_unique::empreinte.eq(fingerprint(purpose, secret)).and(usage_unique::client.eq("")))
        .filter(usage_unique::consomme_le.is_null().and(usage_unique::expire_le.gt(now)))
        .select(usage_unique::sujet)
        .first(conn)
        .optional()?)
}

/// Which of these secrets would still serve, whichever browser asked for them.
pub fn still_good(
    conn: &mut DbConn,
    now: Moment,
    purpose: Purpose,
    secrets: &[String],
) -> Result<HashSet<String>, DbError> {
    let by_hash: HashMap<String, &String> =
        secrets.iter().map(|secret| (fingerprint(purpose, secret), secret)).collect();
    let good: Vec<String> = usage_unique::table
        .filter(usage_unique::empreinte.eq_any(by_hash.keys()))
        .filter(usage_unique::consomme_le.is_null().and(usage_unique::expire_le.gt(now)))
        .select(usage_unique::empreinte)
        .load(conn)?;
    Ok(good.iter().filter_map(|hash| by_hash.get(hash).map(|secret| (*secret).clone())).collect())
}

/// Uses an object: its subject when it was good, was asked for by this browser and had not served; `None` otherwise.
pub fn consume(
    conn: &mut DbConn,
    now: Moment,
    purpose: Purpose,
    secret: &str,
    client: &str,
) -> Result<Option<String>, DbError> {
    let hash = fingerprint(purpose, secret);
    let usable = usage_unique::table
        .filter(usage_unique::empreinte.eq(&hash))
        .filter(usage_unique::client.eq_any([String::new(), client_hash(client)]))
        .filter(usage_unique::consomme_le.is_null().and(usage_unique::expire_le.gt(now)));
    let used = diesel::update(usable).set(usage_unique::consomme_le.eq(now)).execute(conn)?;
    if used == 0 {
        return Ok(None);
    }
    Ok(Some(usage_unique::table.find(&hash).select(usage_unique::sujet).first(conn)?))
}

/// Until when an object of this subject would still serve.
pub fn pending(conn: &mut DbConn, now: Moment, purpose: Purpose, subject: &str) -> Result<Option<Moment>, DbError> {
    Ok(usage_unique::table
        .filter(usage_unique::genre.eq(purpose.as_str()).and(usage_unique::sujet.eq(subject)))
        .filter(usage_unique::consomme_le.is_null().and(usage_unique::expire_le.gt(now)))
        .select(usage_unique::expire_le)
        .first(conn)
        .optional()?)
}

/// Takes back the objects of a subject that have not served, and says how many there were.
pub fn revoke(conn: &mut DbConn, now: Moment, purpose: Purpose, subject: &str) -> Result<usize, DbError> {
    let pending = usage_unique::table
        .filter(usage_unique::genre.eq(purpose.as_str()).and(usage_unique::sujet.eq(subject)))
        .filter(usage_unique::consomme_le.is_null());
    Ok(diesel::update(pending).set(usage_unique::consomme_le.eq(now)).execute(conn)?)
}

/// Takes back every object of a subject that has not served, whatever its purpose.
pub fn revoke_all(conn: &mut DbConn, now: Moment, subject: &str) -> Result<(), DbError> {
    let pending =
        usage_unique::table.filter(usage_unique::sujet.eq(subject)).filter(usage_unique::consomme_le.is_null());
    diesel::update(pending).set(usage_unique::consomme_le.eq(now)).execute(conn)?;
    Ok(())
}
