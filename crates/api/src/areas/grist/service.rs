//! Records of Grist added, changed, found by a key and deleted. Each request is one transaction: all of it or nothing.

use std::collections::BTreeMap;

use domain::demande::colonne::Ecriture;
use domain::demande::{Colonne, DemandeValide, Ligne, Tri};
use domain::error::{ErrorCode, FieldError};
use domain::grist::{self, Choisies as Chosen};
use domain::import::jamais_vide;
use domain::permission::{Door, Role, may_write};
use serde_json::Value;

use super::wire::{ChangedRecord, Fields, KeyedRecord, NewRecord};
use crate::access::Perimeter;
use crate::areas::demande::queries::{self, Stored};
use crate::areas::demande::selection::Selection;
use crate::areas::demande::service::{self, Context, Incoming};
use crate::areas::demande::suivi;
use crate::areas::enveloppe::service as enveloppe;
use crate::clock::iso_date;
use crate::db::DbConn;
use crate::error::AppError;
use crate::text::grist as text;

/// The document that holds all that the caller reaches.
const WHOLE: &str = "parcours";
/// Most records of a request.
pub const MOST: usize = 1_000;

/// What may be done, by whom and where.
pub struct Work {
    /// Clock, territories, author.
    pub context: Context,
    /// Role of the author.
    pub role: Role,
    /// What is within reach in the document.
    pub perimeter: Perimeter,
}

/// What is within reach in a document: everything, or one envelope.
///
/// # Errors
/// 404 for an envelope out of reach, as for one that does not exist (SEC-41).
pub fn document(conn: &mut DbConn, perimeter: Perimeter, name: &str) -> Result<Perimeter, AppError> {
    if name == WHOLE {
        return Ok(perimeter);
    }
    match enveloppe::find(conn, name)?.filter(|envelope| perimeter.holds(Some(&envelope.id))) {
        Some(envelope) => Ok(Perimeter::Envelopes(vec![envelope.id])),
        None => Err(AppError::detail(ErrorCode::Introuvable, text::DOCUMENT)),
    }
}

/// The canonical cells that a record gives.
type Cells = Vec<(Colonne, String)>;

/// Where a field of a record stands in the body.
fn pointer(place: usize, part: &str, name: &str) -> String {
    format!("/records/{place}/{part}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The cells of a record that differ from what is read of the line; all that is wrong is said at once.
fn cells(fields: &Fields, line: &Ligne, at: impl Fn(&str) -> String) -> Result<Cells, Vec<FieldError>> {
    let mut cells = Cells::new();
    let mut errors = Vec::new();
    for (name, value) in &fields.0 {
        match cell(name, value, line) {
            Ok(Some(cell)) => cells.push(cell),
            Ok(None) => {}
            Err((code, message)) => errors.push(FieldError::new(at(name), code, message)),
        }
    }
    if errors.is_empty() { Ok(cells) } else { Err(errors) }
}

/// One cell; nothing when it is as it was read, so that a row may be sent back whole.
fn cell(name: &str, value: &Value, line: &Ligne) -> Result<Option<(Colonne, String)>, (&'static str, String)> {
    let column =
        grist::colonne(name).ok_or_else(|| ("colonne_inconnue", domain::text::fr_demande::colonne_grist(name)))?;
    if grist::valeur(column, line.get(column)) == *value {
        return Ok(None);
    }
    if column.description().ecriture == Ecriture::Calculee {
        return Err(("colonne_calculee", text::COMPUTED.to_owned()));
    }
    let cell = grist::cellule(column, value).map_err(|refus| (refus.code, refus.message.to_owned()))?;
    Ok((!cell.is_empty() || !jamais_vide(column)).then_some((column, cell)))
}

/// Puts cells in a line; what the author may not decide is given apart, to be kept as declared (product §3).
fn put(role: Role, line: &mut Ligne, cells: Cells) -> BTreeMap<String, String> {
    let mut declared = BTreeMap::new();
    for (column, cell) in cells {
        if may_write(role, column, Door::Import) {
            line.set(column, cell);
        } else if !cell.is_empty() {
            declared.insert(column.nom().to_owned(), cell);
        }
    }
    declared
}

/// A valid line, or its refusals as fields of the record.
fn validate(place: usize, line: Ligne) -> Result<Ligne, AppError> {
    let at = |column: Colonne| pointer(place, "fields", grist::identifiant(column));
    DemandeValide::valider(line).map(DemandeValide::into_ligne).map_err(|refusals| {
        AppError::fields(refusals.into_iter().map(|(column, refus)| refus.au_champ(at(column))).collect())
    })
}

/// Refuses a record that gives a demande to somebody who does not reach it.
fn followed(conn: &mut DbConn, place: usize, before: &Ligne, after: &Ligne) -> Result<(), AppError> {
    suivi::check_change(conn, before, after).map_err(|error| match error {
        AppError::Problem(mut problem) => {
            for field in &mut problem.errors {
                field.champ = pointer(place, "fields", grist::identifiant(Colonne::SuiviPar));
            }
            AppError::Problem(problem)
        }
        other => other,
    })
}

/// A record ready to be created.
fn incoming(conn: &mut DbConn, work: &Work, place: usize, cells: Cells) -> Result<Incoming, AppError> {
    let mut line = Ligne::default();
    let declared = put(work.role, &mut line, cells);
    if line.get(Colonne::DateDemande).is_empty() {
        line.set(Colonne::DateDemande, iso_date(work.context.now));
    }
    line.set(Colonne::Source, "import");
    let mut line = validate(place, line)?;
    let envelope = enveloppe::choose(conn, &work.perimeter, None, line.get(Colonne::Departement))?;
    line.set(Colonne::EnveloppeId, envelope.unwrap_or_default());
    followed(conn, place, &Ligne::default(), &line)?;
    Ok(Incoming { line, declared })
}

/// Adds records; answers their rows, in the same order.
pub fn add(conn: &mut DbConn, work: &Work, records: &[NewRecord]) -> Result<Vec<i64>, AppError> {
    let mut new = Vec::with_capacity(records.len());
    for (place, record) in records.iter().enumerate() {
        let cells = cells(&record.fields, &Ligne::default(), |name| pointer(place, "fields", name));
        new.push(incoming(conn, work, place, cells.map_err(AppError::fields)?)?);
    }
    let created = service::create(conn, &work.context, "demande.creee", new)?;
    let ids: Vec<String> = created.into_iter().map(|one| one.id).collect();
    let stored = queries::find_all(conn, &ids)?;
    let ranks: BTreeMap<&str, i64> = stored.iter().map(|one| (one.id.as_str(), one.rank)).collect();
    Ok(ids.iter().filter_map(|id| ranks.get(id.as_str()).copied()).collect())
}

/// Writes cells over a demande.
fn write(conn: &mut DbConn, work: &Work, place: usize, stored: Stored, cells: Cells) -> Result<(), AppError> {
    let mut line = stored.line.clone();
    let declared = put(work.role, &mut line, cells);
    if !declared.is_empty() {
        let rows = declared.into_iter().map(|(column, value)| (stored.id.clone(), column, value));
        queries::declare(conn, &rows.collect::<Vec<_>>())?;
    }
    let line = validate(place, line)?;
    followed(conn, place, &stored.line, &line)?;
    service::replace(conn, &work.context, "demande.modifiee", stored, line).map(drop)
}

/// The demandes of these rows within reach, each once; a row that is not there refuses all of them.
fn rows(conn: &mut DbConn, work: &Work, ranks: &[i64], at: impl Fn(usize) -> String) -> Result<Vec<Stored>, AppError> {
    let mut found: BTreeMap<i64, Stored> = queries::find_ranks(conn, ranks)?
        .into_iter()
        .filter(|stored| !stored.deleted && work.perimeter.holds(stored.envelope()))
        .map(|stored| (stored.rank, stored))
        .collect();
    let mut rows = Vec::with_capacity(ranks.len());
    let mut missing = Vec::new();
    for (place, rank) in ranks.iter().enumerate() {
        match found.remove(rank) {
            Some(stored) => rows.push(stored),
            None => missing.push(FieldError::new(at(place), "ligne_inconnue", text::NO_ROW)),
        }
    }
    if missing.is_empty() { Ok(rows) } else { Err(AppError::refused_fields(ErrorCode::Introuvable, missing)) }
}

/// Changes records.
pub fn change(conn: &mut DbConn, work: &Work, records: &[ChangedRecord]) -> Result<(), AppError> {
    let ranks: Vec<i64> = records.iter().map(|record| record.id).collect();
    let stored = rows(conn, work, &ranks, |place| format!("/records/{place}/id"))?;
    for (place, (record, stored)) in records.iter().zip(stored).enumerate() {
        let cells = cells(&record.fields, &stored.line, |name| pointer(place, "fields", name));
        write(conn, work, place, stored, cells.map_err(AppError::fields)?)?;
    }
    Ok(())
}

/// Which of the records found by a key are changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnMany {
    /// The one that came first.
    #[default]
    First,
    /// None of them.
    None,
    /// All of them.
    All,
}

/// How records are added or changed by key.
#[derive(Clone, Copy, Debug, Default)]
pub struct ByKey {
    /// Which of several are changed.
    pub on_many: OnMany,
    /// Whether nothing is added.
    pub no_add: bool,
    /// Whether nothing is changed.
    pub no_update: bool,
    /// Whether a key may be empty.
    pub allow_empty: bool,
}

/// Changes the records that are found by their key, adds the others.
pub fn put_by_key(conn: &mut DbConn, work: &Work, records: &[KeyedRecord], how: ByKey) -> Result<(), AppError> {
    for (place, record) in records.iter().enumerate() {
        if record.require.0.is_empty() && !how.allow_empty {
            return Err(refused_key(place, "cle_vide", text::NO_KEY));
        }
        let found = by_key(conn, work, place, &record.require, how.on_many)?;
        if found.is_empty() && !how.no_add {
            add_by_key(conn, work, place, record)?;
        } else if !how.no_update && (how.on_many != OnMany::None || found.len() == 1) {
            for stored in found {
                let cells = cells(&record.fields, &stored.line, |name| pointer(place, "fields", name));
                write(conn, work, place, stored, cells.map_err(AppError::fields)?)?;
            }
        }
    }
    Ok(())
}

fn refused_key(place: usize, code: &str, message: impl Into<String>) -> AppError {
    AppError::fields(vec![FieldError::new(format!("/records/{place}/require"), code, message)])
}

/// Adds the record that its key has not found: the key is a part of it.
fn add_by_key(conn: &mut DbConn, work: &Work, place: usize, record: &KeyedRecord) -> Result<(), AppError> {
    let new = Ligne::default();
    let key = cells(&record.require, &new, |name| pointer(place, "require", name)).map_err(AppError::fields)?;
    let fields = cells(&record.fields, &new, |name| pointer(place, "fields", name)).map_err(AppError::fields)?;
    let incoming = incoming(conn, work, place, key.into_iter().chain(fields).collect())?;
    service::create(conn, &work.context, "demande.creee", vec![incoming]).map(drop)
}

/// The demandes that a key finds, in the order of their arrival: the first, or all; two at most when several are none.
fn by_key(
    conn: &mut DbConn,
    work: &Work,
    place: usize,
    key: &Fields,
    on_many: OnMany,
) -> Result<Vec<Stored>, AppError> {
    let Chosen { filtre, rangs } = grist::cle(key.0.iter().map(|(name, value)| (name.as_str(), value)))
        .map_err(|error| refused_key(place, error.code, error.message))?;
    let selection = Selection {
        filter: filtre,
        sort: Tri::arrivee(),
        search: String::new(),
        perimeter: work.perimeter.clone(),
        ranks: rangs,
    };
    let most = match on_many {
        OnMany::First => 1,
        OnMany::None => 2,
        OnMany::All => MOST + 1,
    };
    let ids: Vec<String> = queries::page(conn, &selection, &[], None, most)?.into_iter().map(|row| row.id).collect();
    if ids.len() > MOST {
        return Err(refused_key(place, "trop_de_lignes", text::TOO_MANY_FOUND));
    }
    if ids.is_empty() { Ok(Vec::new()) } else { Ok(queries::find_all(conn, &ids)?) }
}

/// Deletes rows; they can be restored.
pub fn delete(conn: &mut DbConn, work: &Work, ranks: &[i64]) -> Result<(), AppError> {
    for stored in rows(conn, work, ranks, |place| format!("/{place}"))? {
        service::mark(conn, &work.context, &stored, true)?;
    }
    Ok(())
}
