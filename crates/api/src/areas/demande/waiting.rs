//! The waiting lists of envelopes: who entered first is served first.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::db::schema::demande;
use crate::db::{DbConn, DbError};

/// Those that wait; to the letter the condition of the index `demande_par_attente`.
const WAITS: &str = "attente > 0";

/// How many demandes wait for the money of an envelope.
pub fn count(conn: &mut DbConn, envelope: &str) -> Result<i64, DbError> {
    let waiting = demande::table.filter(demande::enveloppe_id.eq(envelope)).filter(sql::<Bool>(WAITS));
    Ok(waiting.filter(demande::supprimee.eq(false)).count().get_result(conn)?)
}

/// The demandes that wait for the money of an envelope, in the order in which they entered.
pub fn in_turn(conn: &mut DbConn, envelope: &str, limit: usize) -> Result<Vec<String>, DbError> {
    let waiting = demande::table.filter(demande::enveloppe_id.eq(envelope)).filter(sql::<Bool>(WAITS));
    Ok(waiting
        .filter(demande::supprimee.eq(false))
        .order((demande::attente, demande::rang))
        .limit(i64::try_from(limit).unwrap_or(i64::MAX))
        .select(demande::id)
        .load(conn)?)
}
