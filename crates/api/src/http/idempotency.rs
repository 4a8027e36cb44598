//! `Idempotency-Key` (API-06, REL-09): the answer is kept with the effect, in the same transaction, for 24 hours.

use actix_web::HttpRequest;
use diesel::prelude::*;
use domain::error::ErrorCode;
use sha2::{Digest, Sha256};

use crate::clock::Moment;
use crate::db::DbConn;
use crate::db::schema::idempotence;
use crate::error::AppError;
use crate::journal::hex;

/// Hours an answer is kept.
pub const HOURS: i64 = 24;

/// A key and what it was used for.
#[derive(Clone, Debug)]
pub struct Key {
    /// Operation and caller: two callers may use the same key.
    scope: String,
    key: String,
    /// Hash of the body.
    fingerprint: String,
}

/// An answer, first or replayed.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON body.
    pub body: String,
    /// Whether it had been given before.
    pub replayed: bool,
}

impl Key {
    /// The key of a request, if it has one. The header is a structured string (quotes included); a bare one is accepted.
    pub fn read(req: &HttpRequest, scope: impl Into<String>, body: &[u8]) -> Result<Option<Self>, AppError> {
        let Some(header) = req.headers().get("idempotency-key") else { return Ok(None) };
        let text = header.to_str().unwrap_or("").trim();
        let key = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
        let well_formed = (8..=128).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'));
        if !well_formed {
            return Err(AppError::parameter("Idempotency-Key", "cle_invalide", crate::text::IDEMPOTENCY_KEY));
        }
        Ok(Some(Self { scope: scope.into(), key: key.to_owned(), fingerprint: hex(&Sha256::digest(body)) }))
    }

    /// The key of a request that must have one.
    pub fn require(req: &HttpRequest, scope: impl Into<String>, body: &[u8]) -> Result<Self, AppError> {
        Self::read(req, scope, body)?.ok_or_else(|| AppError::new(ErrorCode::CleIdempotenceManquante))
    }
}

/// Does the work once per key: a repeated request gets the first answer again.
pub fn once(
    conn: &mut DbConn,
    key: Option<&Key>,
    now: Moment,
    work: impl FnOnce(&mut DbConn) -> Result<(u16, String), AppError>,
) -> Result<Answer, AppError> {
    let Some(key) = key else {
        let (status, body) = work(conn)?;
        return Ok(Answer { status, body, replayed: false });
    };
    diesel::delete(idempotence::table.filter(idempotence::expire_le.le(now))).execute(conn)?;
    let known: Option<(String, i64, String)> = idempotence::table
        .find((&key.scope, &key.key))
        .select((idempotence::empreinte, idempotence::statut, idempotence::corps))
        .first(conn)
        .optional()?;
    if let Some((fingerprint, status, body)) = known {
        if fingerprint != key.fingerprint {
            return Err(AppError::new(ErrorCode::CleIdempotenceReutilisee));
        }
        return Ok(Answer { status: u16::try_from(status).unwrap_or(200), body, replayed: true });
    }
    let (status, body) = work(conn)?;
    diesel::insert_into(idempotence::table)
        .values((
            idempotence::portee.eq(&key.scope),
            idempotence::cle.eq(&key.key),
            idempotence::empreinte.eq(&key.fingerprint),
            idempotence::statut.eq(i64::from(status)),
            idempotence::corps.eq(&body),
            idempotence::expire_le.eq(now + chrono::Duration::hours(HOURS)),
        ))
        .execute(conn)?;
    Ok(Answer { status, body, replayed: false })
}
