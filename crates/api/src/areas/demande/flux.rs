//! What has changed since an entry of the journal, for those who follow the table: ids and versions within reach, never values. The
//! journal is the feed, so that it is the same on every server.

use diesel::prelude::*;
use domain::demande::lot::{ChangementDemande, Changements};

use crate::access::Perimeter;
use crate::db::schema::{demande, journal};
use crate::db::{DbConn, DbError};

/// Changes told one by one; beyond, the list is to be read again.
pub const TOLD: usize = 200;

/// The changes after an entry, and the entry they go up to.
pub fn since(conn: &mut DbConn, perimeter: &Perimeter, after: i64) -> Result<(i64, Changements), DbError> {
    let last = crate::journal::last(conn)?;
    if last <= after {
        return Ok((last, Changements::default()));
    }
    let mut ids: Vec<String> = journal::table
        .filter(journal::numero.gt(after).and(journal::numero.le(last)))
        .filter(journal::objet.eq("demande"))
        .order(journal::numero)
        .limit(i64::try_from(TOLD + 1).unwrap_or(i64::MAX))
        .select(journal::objet_id)
        .load(conn)?;
    if ids.len() > TOLD {
        return Ok((last, Changements { tout: true, ..Changements::default() }));
    }
    ids.sort_unstable();
    ids.dedup();
    let found: Vec<(String, i64, Option<String>)> = demande::table
        .filter(demande::id.eq_any(&ids))
        .select((demande::id, demande::version, demande::enveloppe_id))
        .load(conn)?;
    let within = found.into_iter().filter(|(_, _, envelope)| perimeter.holds(envelope.as_deref()));
    let demandes = within.map(|(id, version, _)| ChangementDemande { id, version }).collect();
    Ok((last, Changements { demandes, ..Changements::default() }))
}
