//! The journal: who did what and when, as a chain of hashes that the database refuses to change. The chain holds
//! pseudonymous ids and hashes; the values before and after sit beside it, bound by hash and erasable
//! (architecture, invariant 5; REL-20).

mod attestation;
mod chain;
mod gestures;
mod keeper;
mod rows;
mod single;

pub use attestation::{Attestation, Mismatch, SigningKey, compare};
pub use chain::{Defect, Mark, Part, hex, verify, verify_part};
pub use gestures::{decided, gesture, gestures};
pub use keeper::{export, keep};
pub use rows::{Event, Page, count_since, history, last};

use crate::clock::{Clock, Moment};
use crate::db::{DbConn, DbError};

/// Who acts.
#[derive(Clone, Debug)]
pub struct Author {
    /// `compte`, `jeton`, `public` or `systeme`.
    pub kind: &'static str,
    /// Pseudonymous id: of the account or of the token; empty for the public.
    pub id: String,
    /// Active role; empty for the public.
    pub role: &'static str,
    /// Correlation id of the request.
    pub request: String,
}

impl Author {
    /// Somebody who is not signed in.
    pub fn public(request: impl Into<String>) -> Self {
        Self { kind: "public", id: String::new(), role: "", request: request.into() }
    }

    /// The program itself (demonstration data, jobs).
    pub fn system(what: impl Into<String>) -> Self {
        Self { kind: "systeme", id: String::new(), role: "", request: what.into() }
    }
}

/// Something that happened.
#[derive(Debug)]
pub struct Entry {
    /// What was done: `demande.creee`.
    pub action: &'static str,
    /// Kind of object: `demande`.
    pub object: &'static str,
    /// Its id.
    pub object_id: String,
    /// Values before and after, JSON; may hold personal data.
    pub values: String,
}

/// Takes the end of the chain until the transaction ends: whoever changes shared counters takes it first, so that two
/// servers never wait for each other.
pub fn hold(conn: &mut DbConn) -> Result<(), DbError> {
    rows::lock_head(conn).map(drop)
}

/// Adds what one author did to the chain, in the caller's transaction.
pub fn append(
    conn: &mut DbConn,
    clock: &Clock,
    author: &Author,
    now: Moment,
    entries: Vec<Entry>,
) -> Result<(), DbError> {
    append_each(conn, clock, entries.into_iter().map(|entry| (author, now, entry)).collect())
}

/// The same for what several did, each at its time.
pub fn append_each(conn: &mut DbConn, clock: &Clock, entries: Vec<(&Author, Moment, Entry)>) -> Result<(), DbError> {
    if entries.is_empty() {
        return Ok(());
    }
    let mut head = rows::lock_head(conn)?;
    let mut chained = Vec::with_capacity(entries.len());
    let mut values = Vec::with_capacity(entries.len());
    for (author, now, entry) in entries {
        let (row, data) = chain::seal(&mut head, author, now, clock.bytes::<16>(), entry);
        chained.push(row);
        values.push(data);
    }
    rows::write(conn, &chained, &values, &head)
}
