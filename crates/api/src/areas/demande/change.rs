//! Writing over demandes that exist: their columns, their being deleted, and what the journal keeps of it.

use std::collections::{BTreeMap, HashMap};

use domain::demande::{Colonne, Ligne};
use domain::enveloppe::{PESEES, Prise, Registre};
use domain::error::ErrorCode;
use domain::permission::{Role, may_read};
use domain::pilotage::{Compteurs, Jalons, Suivie};
use serde::Serialize;

use super::milestones;
use super::queries::{self, Stored};
use super::service::{Context, compute, entry, facts_of};
use super::updates;
use crate::areas::avis::suivies::{self, Moved};
use crate::areas::eligibilite::effets::{self, Effects};
use crate::areas::enveloppe::registre;
use crate::areas::financement::liberation::{self, Freed};
use crate::areas::referentiel::Territories;
use crate::areas::structure;
use crate::areas::tableau_de_bord::compteurs;
use crate::clock::{Clock, Moment, iso_date};
use crate::db::DbConn;
use crate::error::AppError;
use crate::journal::{self, Author, Entry};
use crate::preuves::facts::Proofs;

/// What the program does when a proof from the outside changes a verdict.
pub const VERIFIED: &str = "demande.verifiee";

/// What the program does when the list of habilitated people changes a verdict.
pub const REWEIGHED: &str = "demande.reevaluee";

/// Action of a decision on the eligibility.
pub const ELIGIBILITY: &str = "demande.eligibilite";

/// Action of a decision on the financing.
pub const FINANCING: &str = "demande.financement";

/// A day that no milestone bears.
const ANOTHER_DAY: &str = "?";

/// What a structure is known by.
const STRUCTURE: [Colonne; 1] = [Colonne::Siret];
/// What a person is known by.
const PERSON: [Colonne; 3] = [Colonne::Email, Colonne::Nom, Colonne::Prenom];

/// What is done to demandes that exist, as the journal tells it.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// `demande.modifiee`, [`FINANCING`].
    pub action: &'static str,
    /// The gesture that it undoes.
    pub undoes: Option<&'a str>,
    /// The reason that its author wrote.
    pub reason: Option<&'a str>,
}

impl Deed<'_> {
    /// One that undoes nothing.
    pub const fn plain(action: &'static str) -> Self {
        Self { action, undoes: None, reason: None }
    }
}

/// The columns that differ, before and after.
fn difference(before: &Ligne, after: &Ligne) -> (BTreeMap<&'static str, String>, BTreeMap<&'static str, String>) {
    let changed = before.iter().zip(after.iter()).filter(|((_, old), (_, new))| old != new);
    changed.map(|((column, old), (_, new))| ((column.nom(), old.to_owned()), (column.nom(), new.to_owned()))).unzip()
}

/// The columns that differ and that this role reads, as they now are.
pub fn changed(role: Role, before: &Ligne, after: &Ligne) -> BTreeMap<String, String> {
    let (_, after) = difference(before, after);
    let reads = |name: &str| Colonne::parse(name).is_some_and(|column| may_read(role, column));
    after.into_iter().filter(|(name, _)| reads(name)).map(|(name, value)| (name.to_owned(), value)).collect()
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
    #[serde(skip_serializing_if = "Option::is_none")]
    motif: Option<&'a str>,
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
/// 412 when somebody else was quicker with one of them; 409 when what they cost exceeds the amount of an envelope.
pub fn replace_all(
    conn: &mut DbConn,
    context: &Context,
    deed: Deed,
    changes: Vec<(Stored, Ligne)>,
) -> Result<Vec<Stored>, AppError> {
    let (before, mut after): (Vec<Stored>, Vec<Stored>) =
        changes.into_iter().map(|(stored, line)| (stored.clone(), Stored { line, ..stored })).unzip();
    attach(conn, context, &before, &mut after)?;
    work_out(conn, &context.territories, &mut after)?;
    let freed = charge(conn, &before, &mut after)?;
    let mut effects = eligible(conn, context, &before, &mut after)?;
    let day = iso_date(context.now);
    for (before, after) in before.iter().zip(&mut after) {
        after.milestones = before.milestones.suivre(&before.line, &after.line, &day, deed.reason);
    }
    let mut entries: Vec<Entry> = write(conn, deed, &before, &mut after)?.into_iter().flatten().collect();
    effects.write(conn, context, deed.reason)?;
    entries.append(&mut effects.entries);
    journal::append(conn, &context.clock, &context.author, context.now, entries)?;
    count(conn, &before, &after)?;
    liberation::tell(conn, &context.clock, context.now, &freed)?;
    suivies::follow(conn, context, before.iter().zip(&after).map(|(before, after)| told(before, after)))?;
    Ok(after)
}

/// Replaces the columns of demandes that change alone ([`is_alone`]), each by its author at its time, under
/// `demande.modifiee`; the computed ones have followed.
///
/// # Errors
/// 412 when somebody else was quicker with one of them.
pub fn replace_alone(
    conn: &mut DbConn,
    clock: &Clock,
    authors: &[(&Author, Moment)],
    before: &[Stored],
    after: &mut [Stored],
) -> Result<(), AppError> {
    let entries = write(conn, Deed::plain("demande.modifiee"), before, after)?;
    let entries = authors.iter().zip(entries).filter_map(|((author, now), entry)| Some((*author, *now, entry?)));
    journal::append_each(conn, clock, entries.collect())?;
    count(conn, before, after)
}

/// Whether a change stays within its row: it moves no structure, person, envelope, eligibility nor milestone, and nobody has to be
/// told. Most edits do.
pub fn is_alone(before: &Stored, after: &mut Stored) -> bool {
    let moves = |columns: &[Colonne]| differs(before, after, columns);
    let apart = moves(&STRUCTURE)
        || moves(&PERSON)
        || moves(&PESEES)
        || before.milestones.suivre(&before.line, &after.line, ANOTHER_DAY, None) != before.milestones
        || told(before, after).concerns().is_some();
    !apart && !effets::moves(&both(before, after))
}

/// Works out the computed columns of demandes, with all that is known beside them.
pub fn work_out(conn: &mut DbConn, territories: &Territories, after: &mut [Stored]) -> Result<(), AppError> {
    let facts = facts_of(conn, after)?;
    let proofs = Proofs::of(conn, after.iter().map(|stored| &stored.line))?;
    for (after, internal) in after.iter_mut().zip(facts) {
        let external = proofs.facts(territories, &after.line);
        compute(&mut after.line, &external, &internal);
    }
    Ok(())
}

/// Writes the rows that differ, which take their next version; answers what the journal is to keep of each.
fn write(
    conn: &mut DbConn,
    deed: Deed,
    before: &[Stored],
    after: &mut [Stored],
) -> Result<Vec<Option<Entry>>, AppError> {
    let mut entries = Vec::with_capacity(after.len());
    let mut changed = Vec::with_capacity(after.len());
    for (before, after) in before.iter().zip(after) {
        let (avant, apres) = difference(&before.line, &after.line);
        if apres.is_empty() {
            entries.push(None);
            continue;
        }
        let values = Changed { avant, apres, annule: deed.undoes, motif: deed.reason };
        entries.push(Some(entry(deed.action, &after.id, &values)?));
        after.version += 1;
        changed.push((before, &*after));
    }
    if updates::write(conn, &changed)? { Ok(entries) } else { Err(AppError::new(ErrorCode::VersionPerimee)) }
}

/// A change as those who take care of the demande are told of it.
fn told<'a>(before: &'a Stored, after: &'a Stored) -> Moved<'a> {
    Moved { id: &after.id, before: Some(&before.line), after: &after.line }
}

/// A change as what follows from an eligibility knows it.
fn both<'a>(before: &'a Stored, after: &'a mut Stored) -> effets::Change<'a> {
    effets::Change {
        id: &after.id,
        structure: &after.structure,
        person: &after.person,
        before: Some((&before.line, before.deleted)),
        line: &mut after.line,
        deleted: after.deleted,
    }
}

/// What follows from the eligibility that is decided, or no longer is.
fn eligible(
    conn: &mut DbConn,
    context: &Context,
    before: &[Stored],
    after: &mut [Stored],
) -> Result<Effects, AppError> {
    let changes = before.iter().zip(after).map(|(before, after)| both(before, after));
    Ok(effets::prepare(conn, context, changes.collect())?)
}

/// Enters the changes in the accounts of their envelopes: what is no longer financed gives its money back, what is dearer
/// takes more, in the same transaction (ENV-2). An edit that weighs nothing reads no account. Answers the envelopes that have
/// money again.
fn charge(conn: &mut DbConn, before: &[Stored], after: &mut [Stored]) -> Result<Vec<Freed>, AppError> {
    let weighed = moved(before, after, &PESEES);
    let sides = before.iter().zip(&*after).zip(&weighed).filter(|(_, weighed)| **weighed);
    let sides = sides.flat_map(|((before, after), _)| [before, after]);
    let counted = sides.filter(|one| Registre::concerne(&one.line, one.deleted));
    let mut registre = registre::load(conn, counted.filter_map(Stored::envelope).collect())?;
    for ((before, after), _) in before.iter().zip(after).zip(weighed).filter(|(_, weighed)| *weighed) {
        after.taken = registre.inscrire(Some(before.entered()), &after.line, after.deleted);
    }
    registre::settle(conn, &registre)?;
    Ok(liberation::freed(&registre))
}

/// Writes the milestones that have moved, then the counters of the dashboards: behind the journal, whose end holds back the other
/// servers.
fn count(conn: &mut DbConn, before: &[Stored], after: &[Stored]) -> Result<(), AppError> {
    let sides = || before.iter().zip(after);
    let dated: Vec<&Stored> =
        sides().filter(|(old, new)| old.milestones != new.milestones).map(|(_, new)| new).collect();
    milestones::write(conn, &dated)?;
    let mut counters = Compteurs::default();
    for (old, new) in sides().filter(|(old, new)| old.line != new.line || old.milestones != new.milestones) {
        counters.retirer(old.counted());
        counters.ajouter(new.counted());
    }
    Ok(compteurs::write(conn, counters)?)
}

/// Gives demandes the days on which they reached what they hold as decided, where somebody knows them.
pub fn date(conn: &mut DbConn, known: HashMap<String, Jalons>) -> Result<(), AppError> {
    journal::hold(conn)?;
    let ids: Vec<String> = known.keys().cloned().collect();
    let before = queries::find_all(conn, &ids)?;
    let dated = before.iter().map(|stored| {
        let milestones = known.get(&stored.id).cloned().unwrap_or_default();
        Stored { milestones, ..stored.clone() }
    });
    count(conn, &before, &dated.collect::<Vec<_>>())
}

/// Finds or creates the structures and the people of the demandes that change theirs.
fn attach(conn: &mut DbConn, context: &Context, before: &[Stored], after: &mut [Stored]) -> Result<(), AppError> {
    let moved = moved(before, after, &STRUCTURE);
    if moved.iter().any(|moved| *moved) {
        let structures = structure::ensure_structures(conn, context, lines(after, &moved))?;
        for stored in chosen(after, &moved) {
            if let Some(structure) = structures.get(stored.line.get(Colonne::Siret)) {
                stored.structure.clone_from(structure);
            }
        }
    }
    let moved = self::moved(before, after, &PERSON);
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
    before.iter().zip(after).map(|(before, after)| differs(before, after, columns)).collect()
}

fn differs(before: &Stored, after: &Stored, columns: &[Colonne]) -> bool {
    columns.iter().any(|column| before.line.get(*column) != after.line.get(*column))
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
/// 412 when somebody else was quicker with one of them; 409 when what is restored no longer fits in its envelope.
pub fn mark_all(
    conn: &mut DbConn,
    context: &Context,
    undoes: Option<&str>,
    marks: &[(&Stored, bool)],
) -> Result<(), AppError> {
    let counted = marks.iter().filter(|(stored, _)| Registre::concerne(&stored.line, false));
    let mut registre = registre::load(conn, counted.filter_map(|(stored, _)| stored.envelope()).collect())?;
    let taken: Vec<Prise> = marks
        .iter()
        .map(|(stored, deleted)| registre.inscrire(Some(stored.entered()), &stored.line, *deleted))
        .collect();
    registre::settle(conn, &registre)?;
    let before: Vec<Stored> = marks.iter().map(|(stored, _)| (*stored).clone()).collect();
    let mut after: Vec<Stored> =
        marks.iter().map(|(stored, deleted)| Stored { deleted: *deleted, ..(*stored).clone() }).collect();
    let mut effects = eligible(conn, context, &before, &mut after)?;
    let mut entries = Vec::with_capacity(marks.len());
    for ((stored, deleted), taken) in marks.iter().zip(taken) {
        if !updates::set_deleted(conn, stored, *deleted, taken)? {
            return Err(AppError::new(ErrorCode::VersionPerimee));
        }
        let action = if *deleted { "demande.supprimee" } else { "demande.restauree" };
        let nothing = BTreeMap::new();
        let changed = Changed { avant: nothing.clone(), apres: nothing, annule: undoes, motif: None };
        entries.push(entry(action, &stored.id, &changed)?);
    }
    effects.write(conn, context, None)?;
    entries.append(&mut effects.entries);
    journal::append(conn, &context.clock, &context.author, context.now, entries)?;
    let mut counters = Compteurs::default();
    for (stored, deleted) in marks {
        counters.retirer(stored.counted());
        counters.ajouter(Suivie { supprimee: *deleted, ..stored.counted() });
    }
    compteurs::write(conn, counters)?;
    Ok(liberation::tell(conn, &context.clock, context.now, &liberation::freed(&registre))?)
}

/// Whether nobody has changed a demande since it had this version: what the program weighed again meanwhile does not count.
pub fn untouched_since(conn: &mut DbConn, stored: &Stored, version: i64) -> Result<bool, AppError> {
    /// Verifications that are looked through; a demande that had more is held for changed.
    const MOST: i64 = 50;
    let since = stored.version - version;
    if since <= 0 || since > MOST {
        return Ok(since == 0);
    }
    // Each version has its entry.
    let events = journal::history(conn, &stored.id, &journal::Page { before: None, limit: since })?;
    Ok(events.iter().all(|event| event.action == VERIFIED || event.action == REWEIGHED))
}
