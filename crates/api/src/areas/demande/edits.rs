//! Edits of demandes, one row each by one person. Those that wait for the writer at the same time are made together
//! (docs/adr/0011): read by one statement, weighed one by one, written by a few. What reaches beyond its row is made by itself.

use std::collections::HashMap;

use diesel::Connection;
use domain::demande::{Colonne, DemandeSaisie, Ligne};

use super::change::{is_alone, replace_alone, work_out};
use super::queries::{self, Stored};
use super::service::{self, Context, replace, validate};
use super::suivi;
use crate::access::Perimeter;
use crate::db::{DbConn, Together};
use crate::error::AppError;
use crate::journal;

/// An edit of a demande that was read.
pub struct Edit {
    /// Who does it, and when.
    pub context: Context,
    /// What is within reach of its author.
    pub perimeter: Perimeter,
    /// The demande.
    pub id: String,
    /// The version that was read.
    pub expected: i64,
    /// What was typed.
    pub typed: DemandeSaisie,
}

/// The edits that wait for the writer.
pub type Edits = Together<Edit, Stored, AppError>;

/// No edit yet.
pub fn none() -> Edits {
    Together::new(make)
}

impl Edit {
    /// The demande with what was typed, in order.
    ///
    /// # Errors
    /// 404 beyond reach, 409 deleted, 412 changed since it was read, 422 naming the fields.
    fn apply(&self, stored: &Stored) -> Result<Ligne, AppError> {
        service::within(&self.perimeter, stored)?;
        let mut line = service::open(stored, self.expected)?;
        self.typed.appliquer(&mut line);
        validate(line)
    }

    fn make(&self, conn: &mut DbConn) -> Result<Stored, AppError> {
        let stored = service::get(conn, &self.perimeter, &self.id)?;
        let line = self.apply(&stored)?;
        suivi::check_change(conn, &stored.line, &line)?;
        replace(conn, &self.context, "demande.modifiee", stored, line)
    }
}

type Made = Result<Stored, AppError>;

/// Makes edits; one that is refused leaves nothing written.
fn make(conn: &mut DbConn, edits: Vec<Edit>) -> Vec<Made> {
    if let [only] = edits.as_slice() {
        return vec![only.make(conn)];
    }
    // If together is not possible, one of them being in the way of all, each is made by itself.
    let mut made = conn.transaction(|conn| together(conn, &edits)).unwrap_or_else(|error: AppError| {
        tracing::warn!(error = %error, edits = edits.len(), "edits.made_one_by_one");
        HashMap::new()
    });
    let by_itself =
        |(place, edit): (usize, &Edit)| made.remove(&place).unwrap_or_else(|| conn.transaction(|conn| edit.make(conn)));
    edits.iter().enumerate().map(by_itself).collect()
}

/// Makes the edits that stay within their row, by place; those that are left out are to be made one by one.
fn together(conn: &mut DbConn, edits: &[Edit]) -> Result<HashMap<usize, Made>, AppError> {
    let Some(first) = edits.first() else { return Ok(HashMap::new()) };
    // Taken before the rows: two servers then never wait for each other.
    journal::hold(conn)?;
    let ids: Vec<String> = edits.iter().map(|edit| edit.id.clone()).collect();
    let mut known: HashMap<String, Stored> =
        queries::find_all(conn, &ids)?.into_iter().map(|stored| (stored.id.clone(), stored)).collect();
    let mut made = HashMap::new();
    let (mut places, mut before, mut after) = (Vec::new(), Vec::new(), Vec::new());
    for (place, edit) in edits.iter().enumerate() {
        // A second edit of the same demande comes after the first.
        let Some(stored) = known.remove(&edit.id) else { continue };
        match edit.apply(&stored) {
            Ok(line) if line.get(Colonne::SuiviPar) != stored.line.get(Colonne::SuiviPar) => {}
            Ok(line) => {
                places.push(place);
                after.push(Stored { line, ..stored.clone() });
                before.push(stored);
            }
            Err(refused) => drop(made.insert(place, Err(refused))),
        }
    }
    work_out(conn, &first.context.territories, &mut after)?;
    let alone: Vec<bool> = before.iter().zip(&mut after).map(|(before, after)| is_alone(before, after)).collect();
    keep(&mut places, &alone);
    keep(&mut before, &alone);
    keep(&mut after, &alone);
    let authors =
        places.iter().filter_map(|place| edits.get(*place)).map(|edit| (&edit.context.author, edit.context.now));
    replace_alone(conn, &first.context.clock, &authors.collect::<Vec<_>>(), &before, &mut after)?;
    made.extend(places.into_iter().zip(after.into_iter().map(Ok)));
    Ok(made)
}

/// Keeps those that are chosen.
fn keep<T>(all: &mut Vec<T>, chosen: &[bool]) {
    let mut chosen = chosen.iter();
    all.retain(|_| chosen.next() == Some(&true));
}
