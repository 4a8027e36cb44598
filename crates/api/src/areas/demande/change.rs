//! Writing over demandes that exist: their columns, their being deleted, and what the journal keeps of it.

use std::collections::BTreeMap;

use domain::demande::{Colonne, Ligne};
use domain::error::ErrorCode;
use serde::Serialize;

use super::queries::{self, Stored};
use super::service::{Context, compute, entry, facts_of};
use crate::areas::structure;
use crate::db::DbConn;
use crate::error::AppError;
use crate::journal;
use crate::preuves::facts::Proofs;

/// What the program does when a proof from the outside changes a verdict.
pub const VERIFIED: &str = "demande.verifiee";

/// What is done to demandes that exist, as the journal tells it.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// `demande.modifiee`.
    pub action: &'static str,
    /// The gesture that it undoes.
    pub undoes: Option<&'a str>,
}

impl Deed<'_> {
    /// One that undoes nothing.
    pub const fn plain(action: &'static str) -> Self {
        Self { action, undoes: None }
    }
}

/// The columns that differ, before and after.
fn difference(before: &Ligne, after: &Ligne) -> (BTreeMap<&'static str, String>, BTreeMap<&'static str, String>) {
    let changed = before.iter().zip(after.iter()).filter(|((_, old), (_, new))| old != new);
    changed.map(|((column, old), (_, new))| ((column.nom(), old.to_owned()), (column.nom(), new.to_owned()))).unzip()
}

/// What the journal keeps of a change.
#[derive(Serialize)]
struct Changed<'a> {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    avant: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    apres: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annule: Option<&'a str>,
}

/// Replaces the columns of a demande by a valid line; see [`replace_all`].
pub fn replace(
    conn: &mut DbConn,
    context: &Context,
    action: &'static str,
    stored: Stored,
    line: Ligne,
) -> Result<Stored, AppError> {
    let replaced = replace_all(conn, context, Deed::plain(action), vec![(stored, line)])?.pop();
    replaced.ok_or_else(|| AppError::Internal("a demande vanished while it was replaced".to_owned()))
}

/// Replaces the columns of demandes by valid lines; the computed ones follow. Answers the demandes as they then are, in the
/// same order; nothing is written of one that does not change.
///
/// # Errors
/// 412 when somebody else was quicker with one of them.
pub fn replace_all(
    conn: &mut DbConn,
    context: &Context,
    deed: Deed,
    changes: Vec<(Stored, Ligne)>,
) -> Result<Vec<Stored>, AppError> {
    let (before, mut after): (Vec<Stored>, Vec<Stored>) =
        changes.into_iter().map(|(stored, line)| (stored.clone(), Stored { line, ..stored })).unzip();
    attach(conn, context, &before, &mut after)?;
    let facts = facts_of(conn, &after)?;
    let proofs = Proofs::of(conn, after.iter().map(|stored| &stored.line))?;
    let mut entries = Vec::with_capacity(after.len());
    for ((before, after), internal) in before.iter().zip(&mut after).zip(facts) {
        let external = proofs.facts(&context.territories, &after.line);
        compute(&mut after.line, &external, &internal);
        let (avant, apres) = difference(&before.line, &after.line);
        if apres.is_empty() {
            continue;
        }
        if !queries::update(conn, before, after)? {
            return Err(AppError::new(ErrorCode::VersionPerimee));
        }
        after.version += 1;
        entries.push(entry(deed.action, &after.id, &Changed { avant, apres, annule: deed.undoes })?);
    }
    journal::append(conn, &context.clock, &context.author, context.now, entries)?;
    Ok(after)
}

/// Finds or creates the structures and the people of the demandes that change theirs.
fn attach(conn: &mut DbConn, context: &Context, before: &[Stored], after: &mut [Stored]) -> Result<(), AppError> {
    let moved = moved(before, after, &[Colonne::Siret]);
    if moved.iter().any(|moved| *moved) {
        let structures = structure::ensure_structures(conn, context, lines(after, &moved))?;
        for stored in chosen(after, &moved) {
            if let Some(structure) = structures.get(stored.line.get(Colonne::Siret)) {
                stored.structure.clone_from(structure);
            }
        }
    }
    let moved = self::moved(before, after, &[Colonne::Email, Colonne::Nom, Colonne::Prenom]);
    if moved.iter().any(|moved| *moved) {
        let people = structure::ensure_people(conn, &context.clock, lines(after, &moved))?;
        for stored in chosen(after, &moved) {
            if let Some(person) = people.id(&stored.line) {
                person.clone_into(&mut stored.person);
            }
        }
    }
    Ok(())
}

/// Whether one of these columns differs, demande by demande.
fn moved(before: &[Stored], after: &[Stored], columns: &[Colonne]) -> Vec<bool> {
    let differs = |(before, after): (&Stored, &Stored)| {
        columns.iter().any(|column| before.line.get(*column) != after.line.get(*column))
    };
    before.iter().zip(after).map(differs).collect()
}

/// The lines of those that are chosen.
fn lines<'a>(all: &'a [Stored], chosen: &'a [bool]) -> impl Iterator<Item = &'a Ligne> + Clone {
    all.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(stored, _)| &stored.line)
}

/// Those that are chosen.
fn chosen<'a>(all: &'a mut [Stored], chosen: &'a [bool]) -> impl Iterator<Item = &'a mut Stored> {
    all.iter_mut().zip(chosen).filter(|(_, chosen)| **chosen).map(|(stored, _)| stored)
}

/// Marks a demande deleted or not, and says so in the journal.
pub fn mark(conn: &mut DbConn, context: &Context, stored: &Stored, deleted: bool) -> Result<(), AppError> {
    mark_all(conn, context, None, &[(stored, deleted)])
}

/// Marks demandes deleted or not, and says so in the journal, with the gesture that this undoes.
///
/// # Errors
/// 412 when somebody else was quicker with one of them.
pub fn mark_all(
    conn: &mut DbConn,
    context: &Context,
    undoes: Option<&str>,
    marks: &[(&Stored, bool)],
) -> Result<(), AppError> {
    let mut entries = Vec::with_capacity(marks.len());
    for (stored, deleted) in marks {
        if !queries::set_deleted(conn, &stored.id, stored.version, *deleted)? {
            return Err(AppError::new(ErrorCode::VersionPerimee));
        }
        let action = if *deleted { "demande.supprimee" } else { "demande.restauree" };
        let nothing = BTreeMap::new();
        entries.push(entry(action, &stored.id, &Changed { avant: nothing.clone(), apres: nothing, annule: undoes })?);
    }
    Ok(journal::append(conn, &context.clock, &context.author, context.now, entries)?)
}

/// Whether nobody has changed a demande since it had this version: what the program verified meanwhile does not count.
pub fn untouched_since(conn: &mut DbConn, stored: &Stored, version: i64) -> Result<bool, AppError> {
    /// Verifications that are looked through; a demande that had more is held for changed.
    const MOST: i64 = 50;
    let since = stored.version - version;
    if since <= 0 || since > MOST {
        return Ok(since == 0);
    }
    // Each version has its entry.
    let events = journal::history(conn, &stored.id, &journal::Page { before: None, limit: since })?;
    Ok(events.iter().all(|event| event.action == VERIFIED))
}
