//! The waiting lists of envelopes: who entered first is served first.

use diesel::prelude::*;

use crate::db::schema::demande;
use crate::db::{DbConn, DbError};

/// The demandes that wait for the money of an envelope, in the order in which they entered.
pub fn in_turn(conn: &mut DbConn, envelope: &str, limit: usize) -> Result<Vec<String>, DbError> {
    let waiting = demande::table.filter(demande::enveloppe_id.eq(envelope)).filter(demande::attente.gt(0));
    Ok(waiting
        .filter(demande::supprimee.eq(false))
        .order((demande::attente, demande::rang))
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(demande::id)
        .load(conn)?)
}
