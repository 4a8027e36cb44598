//! Exact totals that were counted already. A total holds as long as the journal has not grown, since every change of a
//! demande adds an entry to it in the same transaction (architecture, invariant 5): one short statement tells.

use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use super::queries;
use super::selection::Selection;
use crate::db::{DbConn, DbError};
use crate::journal;

/// Totals kept, the least used making way.
const KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(2_047);

/// A total, and the last entry of the journal when it was counted.
#[derive(Clone, Copy)]
struct Counted {
    entry: i64,
    total: u64,
}

/// The totals kept by this server.
pub struct Totals(Mutex<LruCache<String, Counted>>);

impl Default for Totals {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(KEPT)))
    }
}

impl Totals {
    fn kept(&self) -> MutexGuard<'_, LruCache<String, Counted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Exact number of rows of a selection, counted again only if something has changed.
    pub fn count(&self, conn: &mut DbConn, selection: &Selection) -> Result<u64, DbError> {
        let entry = journal::last(conn)?;
        let key = selection.scope();
        if let Some(known) = self.kept().get(&key).copied().filter(|known| known.entry == entry) {
            return Ok(known.total);
        }
        let total = queries::count(conn, selection)?;
        // A change made meanwhile may or may not be in the count.
        if journal::last(conn)? == entry {
            self.kept().put(key, Counted { entry, total });
        }
        Ok(total)
    }
}
