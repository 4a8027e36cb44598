//! Sealing the seeds again with the first key (SEC-61), batch by batch while the service runs: both keys open meanwhile.
//! What was done is done: an interrupted run is taken up by running it again.

use diesel::prelude::*;

use super::means::COLUMN;
use crate::clock::Clock;
use crate::db::schema::moyen_otp;
use crate::db::{DbConn, DbError};
use crate::seal::{Keys, Place, Sealed};

/// What became of the seeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rekeyed {
    /// Seeds sealed again.
    pub changed: usize,
    /// Means whose seed no known key opens.
    pub unreadable: Vec<String>,
}

/// Seals again the seeds that another key seals, `size` per transaction; `told` hears of the progress after each.
pub fn rekey(
    conn: &mut DbConn,
    keys: &Keys,
    clock: &Clock,
    size: i64,
    told: &mut dyn FnMut(&Rekeyed),
) -> Result<Rekeyed, DbError> {
    let (mut done, mut after) = (Rekeyed::default(), String::new());
    loop {
        conn.begin_write()?;
        let batch = batch(conn, keys, &after, size)?;
        let Some((last, ..)) = batch.last() else {
            conn.commit()?;
            return Ok(done);
        };
        after.clone_from(last);
        for (id, text, key) in batch {
            match seal_again(conn, keys, clock, &id, Sealed { key, text })? {
                Some(changed) => done.changed += usize::from(changed),
                None => done.unreadable.push(id),
            }
        }
        conn.commit()?;
        told(&done);
    }
}

fn batch(conn: &mut DbConn, keys: &Keys, after: &str, size: i64) -> Result<Vec<(String, String, String)>, DbError> {
    Ok(moyen_otp::table
        .filter(moyen_otp::cle_id.ne(keys.current_name()).and(moyen_otp::id.gt(after)))
        .order(moyen_otp::id)
        .limit(size)
        .select((moyen_otp::id, moyen_otp::graine, moyen_otp::cle_id))
        .load(conn)?)
}

/// `None` when no key opens it; false when it changed meanwhile.
fn seal_again(
    conn: &mut DbConn,
    keys: &Keys,
    clock: &Clock,
    id: &str,
    sealed: Sealed,
) -> Result<Option<bool>, DbError> {
    let place = Place { column: COLUMN, row: id };
    let Some(seed) = keys.open(place, &sealed) else { return Ok(None) };
    let again = keys.seal(clock, place, &seed);
    let row = moyen_otp::table.filter(moyen_otp::id.eq(id).and(moyen_otp::graine.eq(&sealed.text)));
    let changed =
        diesel::update(row).set((moyen_otp::graine.eq(&again.text), moyen_otp::cle_id.eq(&again.key))).execute(conn)?;
    Ok(Some(changed == 1))
}
