//! Who has a demande open now. Each open panel says so from time to time; who says nothing any more has left.

use chrono::Duration;
use diesel::prelude::*;

use super::service::Context;
use crate::areas::demande::service as demande;
use crate::db::schema::{compte, presence};
use crate::db::{DbConn, DbError, on_backend};
use crate::error::AppError;

/// Seconds after which somebody who said nothing has left: more than two of the pauses of a panel.
const GONE: i64 = 50;
/// Most names told.
const NAMES: i64 = 20;

/// Says that the caller has a demande open, and who else has.
pub fn tell(conn: &mut DbConn, context: &Context, id: &str) -> Result<Vec<String>, AppError> {
    let stored = demande::get(conn, &context.perimeter, id)?;
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
