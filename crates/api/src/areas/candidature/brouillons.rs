//! Drafts of candidatures: kept for whoever holds their secret, which is stored hashed; forgotten when nobody saves them any more.

use chrono::Duration;
use diesel::prelude::*;
use domain::candidature::brouillon::JOURS;
use domain::candidature::{BrouillonSaisie, BrouillonVue};
use domain::error::ErrorCode;
use domain::session::JETON_MAX;
use sha2::{Digest, Sha256};

use crate::clock::{Clock, Moment, iso_date};
use crate::db::schema::brouillon;
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::hex;
use crate::text;

/// Most drafts kept at once: what nobody is known to write must not fill the disk.
const MOST: i64 = 10_000;

fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

fn unknown() -> AppError {
    AppError::detail(ErrorCode::Introuvable, text::DRAFT_GONE)
}

/// Keeps a draft, a new one or in place of the one of its secret.
///
/// # Errors
/// 404 when the secret opens none any more; 503 when too many are kept.
pub fn keep(conn: &mut DbConn, clock: &Clock, now: Moment, typed: BrouillonSaisie) -> Result<BrouillonVue, AppError> {
    forget_old(conn, now)?;
    let expires = now + Duration::days(JOURS);
    let secret = match &typed.jeton {
        Some(secret) => {
            let row = diesel::update(brouillon::table.find(hash(secret)));
            let saved = row.set((brouillon::contenu.eq(&typed.contenu), brouillon::expire_le.eq(expires)));
            if saved.execute(conn)? == 0 {
                return Err(unknown());
            }
            secret.clone()
        }
        None => {
            if brouillon::table.count().get_result::<i64>(conn)? >= MOST {
                return Err(AppError::detail(ErrorCode::Indisponible, text::DRAFTS_FULL));
            }
            let secret = hex(&clock.bytes::<32>());
            let row = (
                brouillon::empreinte.eq(hash(&secret)),
                brouillon::contenu.eq(&typed.contenu),
                brouillon::expire_le.eq(expires),
            );
            diesel::insert_into(brouillon::table).values(row).execute(conn)?;
            secret
        }
    };
    Ok(BrouillonVue { jeton: secret, expire_le: iso_date(expires), contenu: typed.contenu })
}

fn forget_old(conn: &mut DbConn, now: Moment) -> Result<(), DbError> {
    diesel::delete(brouillon::table.filter(brouillon::expire_le.le(now))).execute(conn)?;
    Ok(())
}

/// The draft of a secret.
///
/// # Errors
/// 404 when there is none, or none any more.
pub fn find(conn: &mut DbConn, now: Moment, secret: String) -> Result<BrouillonVue, AppError> {
    let kept = brouillon::table.find(hash(&secret)).filter(brouillon::expire_le.gt(now));
    let found: Option<(String, Moment)> =
        kept.select((brouillon::contenu, brouillon::expire_le)).first(conn).optional()?;
    let (contenu, expires) = found.ok_or_else(unknown)?;
    Ok(BrouillonVue { jeton: secret, expire_le: iso_date(expires), contenu })
}

/// Forgets the draft of a secret, if there is one.
///
/// # Errors
/// 404 when this is longer than any secret.
pub fn erase(conn: &mut DbConn, secret: &str) -> Result<(), AppError> {
    if secret.len() > JETON_MAX {
        return Err(unknown());
    }
    diesel::delete(brouillon::table.find(hash(secret))).execute(conn)?;
    Ok(())
}
