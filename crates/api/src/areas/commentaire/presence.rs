//! Who has a demande open now. Each open panel says so from time to time; who says nothing any more has left.

use chrono::Duration;
use diesel::prelude::*;
use domain::demande::lot::PresenceDemande;

use super::service::Context;
use crate::access::Perimeter;
use crate::areas::demande::service;
use crate::clock::Moment;
use crate::db::schema::{compte, demande, presence};
use crate::db::{DbConn, DbError, on_backend};
use crate::error::AppError;

/// Seconds after which somebody who said nothing has left: more than two of the pauses of a panel.
const GONE: i64 = 50;
/// Most names told.
const NAMES: i64 = 20;
/// Most people told around a table.
const AROUND: i64 = 200;

/// Says that the caller has a demande open, and who else has.
pub fn tell(conn: &mut DbConn, context: &Context, id: &str) -> Result<Vec<String>, AppError> {
    let stored = service::get(conn, &context.perimeter, id)?;
    let now = context.now;
    let gone = now - Duration::seconds(GONE);
    diesel::delete(presence::table.filter(presence::vu_le.lt(gone))).execute(conn).map_err(DbError::from)?;
    on_backend!(conn, |c| diesel::insert_into(presence::table)
        .values(
            (presence::demande_id.eq(&stored.id), presence::compte_id.eq(&context.who.id), presence::vu_le.eq(now),)
        )
        .on_conflict((presence::demande_id, presence::compte_id))
        .do_update()
        .set(presence::vu_le.eq(now))
        .execute(c))
    .map_err(DbError::from)?;
    let others = presence::table
        .inner_join(compte::table.on(compte::id.eq(presence::compte_id)))
        .filter(presence::demande_id.eq(&stored.id).and(presence::compte_id.ne(&context.who.id)))
        .order((compte::nom, compte::id))
        .limit(NAMES)
        .select(compte::nom)
        .load(conn)
        .map_err(DbError::from)?;
    Ok(others)
}

/// The demandes within reach that others than this account have open now, with their names.
pub fn around(
    conn: &mut DbConn,
    (perimeter, account): (&Perimeter, &str),
    now: Moment,
) -> Result<Vec<PresenceDemande>, DbError> {
    let mut query = presence::table
        .inner_join(compte::table.on(compte::id.eq(presence::compte_id)))
        .inner_join(demande::table.on(demande::id.eq(presence::demande_id)))
        .filter(presence::vu_le.ge(now - Duration::seconds(GONE)).and(presence::compte_id.ne(account)))
        .into_boxed();
    if let Perimeter::Envelopes(own) = perimeter {
        query = query.filter(demande::enveloppe_id.eq_any(own).assume_not_null());
    }
    let rows: Vec<(String, String)> = query
        .order((presence::demande_id, compte::nom, compte::id))
        .limit(AROUND)
        .select((presence::demande_id, compte::nom))
        .load(conn)?;
    let mut open: Vec<PresenceDemande> = Vec::new();
    for (id, name) in rows {
        match open.last_mut().filter(|last| last.id == id) {
            Some(last) => last.noms.push(name),
            None => open.push(PresenceDemande { id, noms: vec![name] }),
        }
    }
    Ok(open)
}
