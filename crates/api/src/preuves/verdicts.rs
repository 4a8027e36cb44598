//! Taking an answer into the verdicts of the demandes of its structure: so many at a time, each time in one transaction with
//! its journal entries and how far it went. Demandes that are deleted follow too, lest they come back with an old verdict.

use diesel::prelude::*;
use domain::demande::Colonne;

use crate::areas::demande::queries as demandes;
use crate::areas::demande::service::{Context, Deed, VERIFIED, replace_all};
use crate::db::schema::{demande, preuve};
use crate::db::{DbConn, DbError};
use crate::error::AppError;

/// Demandes of one transaction.
const BATCH: i64 = 200;

/// Structures whose verdicts have something to take in.
pub fn waiting(conn: &mut DbConn, most: i64) -> Result<Vec<String>, DbError> {
    let waiting = preuve::table.filter(preuve::a_appliquer.is_not_null());
    Ok(waiting.select(preuve::siret).distinct().order(preuve::siret).limit(most).load(conn)?)
}

/// Evaluates the next demandes of a structure again; answers how many there were. What has not changed is not written.
///
/// # Errors
/// 412 when somebody changed one of them meanwhile: the next pass takes them up again.
pub fn follow(conn: &mut DbConn, context: &Context, siret: &str) -> Result<usize, AppError> {
    let pending = preuve::table.filter(preuve::siret.eq(siret).and(preuve::a_appliquer.is_not_null()));
    // Holds these rows until the commit: another server neither follows them meanwhile, nor keeps an answer that would be missed.
    diesel::update(pending).set(preuve::a_appliquer.eq(preuve::a_appliquer)).execute(conn)?;
    let from: Option<Option<i64>> =
        pending.select(preuve::a_appliquer).order(preuve::a_appliquer).first(conn).optional()?;
    let Some(from) = from.flatten() else { return Ok(0) };
    let ranks: Vec<i64> = demande::table
        .filter(demande::siret.eq(siret).and(demande::supprimee.eq_any([false, true])))
        .filter(demande::rang.gt(from))
        .select(demande::rang)
        .order(demande::rang)
        .limit(BATCH)
        .load(conn)?;
    if !ranks.is_empty() {
        let stored =
            demandes::find_ranks(conn, &ranks)?.into_iter().filter(|one| one.line.get(Colonne::Siret) == siret);
        let same = stored.map(|one| (one.clone(), one.line)).collect();
        replace_all(conn, context, Deed::plain(VERIFIED), same)?;
    }
    let more = i64::try_from(ranks.len()).is_ok_and(|count| count == BATCH);
    let reached = ranks.last().copied().filter(|_| more);
    diesel::update(pending).set(preuve::a_appliquer.eq(reached)).execute(conn)?;
    Ok(ranks.len())
}
