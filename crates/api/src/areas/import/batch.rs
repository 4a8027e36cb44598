//! Writing a batch of prepared lines: each is matched with what exists, then created, merged, left alone or refused; the
//! report goes into the same transaction, so that a stop loses nothing and repeats nothing.

use std::collections::{BTreeMap, HashMap};

use diesel::Connection;
use domain::demande::view::Changement;
use domain::demande::{Colonne, DemandeValide, Ligne};
use domain::import::{CleImport, ErreurCellule, LigneImport, StatutLigne};
use domain::permission::Role;
use domain::values::CodeDepartement;

use super::overrun;
use super::prepare::{self, Key, Prepared, Seen, Wanted, cell_errors, shortened};
use super::queries::{self, Counts};
use super::report::{self, Effect};
use super::rows::LotRow;
use super::text;
use crate::access::Perimeter;
use crate::areas::demande::queries::{self as demandes, Stored};
use crate::areas::demande::service::{self as demande, Context, Incoming};
use crate::areas::demande::suivi::{FOLLOWER, Followers};
use crate::db::DbConn;
use crate::error::AppError;

/// What every batch of an import needs to know.
pub struct Job {
    /// The import.
    pub id: String,
    /// Whether nothing is kept.
    pub rehearsal: bool,
    /// Role of the author, which decides what becomes of decisions.
    pub role: Role,
    /// What the author reaches.
    pub perimeter: Perimeter,
    /// The envelope asked for, already checked.
    pub envelope: Option<String>,
    /// How lines that name no demande are matched.
    pub key: CleImport,
    /// Open envelopes within reach by département; none where there are several.
    pub by_department: HashMap<String, Option<String>>,
}

/// Some lines of the file.
pub struct Batch {
    /// From 1.
    pub number: i64,
    /// In the order of the file.
    pub lines: Vec<Prepared>,
    /// Bytes of the file read with them.
    pub position: i64,
    /// Delimiter of the file of rejects.
    pub delimiter: u8,
}

/// What became of a line.
struct Outcome {
    status: StatutLigne,
    id: Option<String>,
    errors: Vec<ErreurCellule>,
    warnings: Vec<ErreurCellule>,
    changes: Vec<Changement>,
}

/// Lines to create: place in the batch, and what to add.
type Creations = Vec<(usize, Incoming)>;

/// What the batch finds in the database.
struct Known {
    key: CleImport,
    by_id: HashMap<String, Stored>,
    by_key: HashMap<Key, String>,
    /// Demandes that a line of the batch has already named.
    used: HashMap<String, u64>,
    /// Those who are to take care of demandes.
    followers: Followers,
}

impl Outcome {
    fn of(status: StatutLigne, id: Option<String>) -> Self {
        Self { status, id, errors: Vec::new(), warnings: Vec::new(), changes: Vec::new() }
    }

    fn refused(errors: Vec<ErreurCellule>) -> Self {
        Self { errors, ..Self::of(StatutLigne::Rejetee, None) }
    }
}

fn refusal(column: String, code: &str, message: &str, value: &str) -> Vec<ErreurCellule> {
    vec![ErreurCellule {
        colonne: column,
        code: code.to_owned(),
        message: message.to_owned(),
        valeur: shortened(value),
    }]
}

impl Job {
    /// The only open envelope of each département within reach.
    pub fn departments(open: Vec<(String, String)>) -> HashMap<String, Option<String>> {
        let mut only: HashMap<String, Option<String>> = HashMap::new();
        for (department, id) in open {
            only.entry(department).and_modify(|one| *one = None).or_insert(Some(id));
        }
        only
    }

    /// The envelope of a new demande: the one asked for, else the author's only one, else the only open one of the
    /// département. `None` when it is not clear for an author who must say; `anct` may leave it to wait.
    fn envelope_of(&self, row: &Ligne) -> Option<String> {
        if let Some(id) = &self.envelope {
            return Some(id.clone());
        }
        if let Perimeter::Envelopes(own) = &self.perimeter
            && let [only] = own.as_slice()
        {
            return Some(only.clone());
        }
        let found = self.by_department.get(row.get(Colonne::Departement)).cloned().flatten();
        match self.perimeter {
            Perimeter::All => Some(found.unwrap_or_default()),
            Perimeter::Envelopes(_) => found,
        }
    }
}

fn load(conn: &mut DbConn, job: &Job, batch: &Batch) -> Result<Known, AppError> {
    let wanted = || batch.lines.iter().filter_map(|line| line.wanted.as_ref().ok());
    let mut emails: Vec<String> =
        wanted().filter(|one| one.id.is_none()).map(|one| one.row.get(Colonne::Email).to_owned()).collect();
    emails.sort_unstable();
    emails.dedup();
    let mut by_key = HashMap::new();
    for named in queries::by_emails(conn, &job.perimeter, &emails)? {
        // The oldest wins, but for one that stands in the envelope asked for.
        let key = prepare::key(job.key, named.key);
        let preferred = job.envelope.as_ref().is_some_and(|id| *id == named.envelope);
        if preferred || !by_key.contains_key(&key) {
            by_key.insert(key, named.id);
        }
    }
    let keys: std::collections::HashSet<_> =
        wanted().filter(|one| one.id.is_none()).map(|one| one.key(job.key)).collect();
    by_key.retain(|key, _| keys.contains(key));
    let mut ids: Vec<String> = wanted().filter_map(|one| one.id.clone()).chain(by_key.values().cloned()).collect();
    ids.sort_unstable();
    ids.dedup();
    let stored = if ids.is_empty() { Vec::new() } else { demandes::find_all(conn, &ids)? };
    let by_id = stored.into_iter().filter(|one| job.perimeter.holds(one.envelope())).map(|one| (one.id.clone(), one));
    let followers = Followers::find(conn, wanted().map(|one| one.row.get(Colonne::SuiviPar)))?;
    Ok(Known { key: job.key, by_id: by_id.collect(), by_key, used: HashMap::new(), followers })
}

impl Known {
    /// The demande that a line names, or that it is a new one; refused when it cannot be changed by this line.
    fn target(&mut self, line: &Prepared, wanted: &Wanted) -> Result<Option<Stored>, Vec<ErreurCellule>> {
        let id = match &wanted.id {
            Some(id) => id.clone(),
            None => match self.by_key.get(&wanted.key(self.key)) {
                Some(id) => id.clone(),
                None => return Ok(None),
            },
        };
        if let Some(first) = self.used.get(&id) {
            return Err(refusal(line.layout.id_name(), "ligne_en_double", &text::duplicate(*first), &id));
        }
        let stored = self
            .by_id
            .remove(&id)
            .ok_or_else(|| refusal(line.layout.id_name(), "demande_introuvable", text::UNKNOWN_DEMANDE, &id))?;
        if stored.deleted {
            return Err(refusal(line.layout.id_name(), "demande_supprimee", text::DELETED_DEMANDE, &id));
        }
        self.used.insert(id, line.line);
        Ok(Some(stored))
    }
}

/// The stored line with the columns of the file, valid. The département follows the postal code it was derived from.
fn merge(stored: &Ligne, wanted: &Wanted, line: &Prepared) -> Result<Ligne, Vec<ErreurCellule>> {
    let mut merged = stored.clone();
    let derived = CodeDepartement::deviner(stored.get(Colonne::CodePostal)).map(|code| code.as_str());
    if derived == Some(stored.get(Colonne::Departement)) && wanted.given.has(Colonne::CodePostal) {
        merged.set(Colonne::Departement, "");
    }
    for column in Colonne::ALL.iter().filter(|column| wanted.given.has(**column)) {
        merged.set(*column, wanted.row.get(*column));
    }
    let before = merged.clone();
    DemandeValide::valider(merged)
        .map(DemandeValide::into_ligne)
        .map_err(|refusals| cell_errors(&line.layout, &before, &refusals))
}

/// Refuses a line that gives a demande to somebody who does not reach it.
fn followed(line: &Prepared, followers: &Followers, before: &Ligne, after: &Ligne) -> Result<(), Vec<ErreurCellule>> {
    let email = after.get(Colonne::SuiviPar);
    if email == before.get(Colonne::SuiviPar) || followers.admits(after) {
        return Ok(());
    }
    Err(refusal(line.layout.name(Colonne::SuiviPar), FOLLOWER, crate::text::lots::FOLLOWER, email))
}

/// Warnings about decisions that are kept as declared.
fn warnings(line: &Prepared, declared: &BTreeMap<String, String>) -> Vec<ErreurCellule> {
    let warn = |(name, value): (&String, &String)| {
        let column = Colonne::parse(name).map_or_else(|| name.clone(), |column| line.layout.name(column));
        ErreurCellule {
            colonne: column,
            code: "decision_declaree".to_owned(),
            message: text::DECLARED.to_owned(),
            valeur: value.clone(),
        }
    };
    declared.iter().map(warn).collect()
}

/// Changes a demande as its line says.
fn change(
    conn: &mut DbConn,
    context: &Context,
    (line, wanted, followers): (&Prepared, &Wanted, &Followers),
    stored: Stored,
    effects: &mut String,
) -> Result<Outcome, AppError> {
    let merged = merge(&stored.line, wanted, line)
        .and_then(|merged| followed(line, followers, &stored.line, &merged).map(|()| merged));
    let merged = match merged {
        Ok(merged) => merged,
        Err(errors) => return Ok(Outcome::refused(errors)),
    };
    let (id, version, before) = (stored.id.clone(), stored.version, stored.line.clone());
    let changes = merged != before;
    if changes && wanted.version.is_some_and(|read| read != version) {
        let read = wanted.version.unwrap_or_default().to_string();
        return Ok(Outcome::refused(refusal("version".to_owned(), "version_perimee", text::STALE, &read)));
    }
    let mut declared = wanted.declared.clone();
    declared.retain(|name, value| Colonne::parse(name).is_none_or(|column| before.get(column) != value));
    if !declared.is_empty() {
        let rows: Vec<_> = declared.iter().map(|(name, value)| (id.clone(), name.clone(), value.clone())).collect();
        demandes::declare(conn, &rows)?;
    }
    let mut outcome = Outcome::of(StatutLigne::Inchangee, Some(id.clone()));
    outcome.warnings = warnings(line, &declared);
    if changes {
        let after = match demande::replace(conn, context, "demande.importee", stored, merged) {
            Ok(after) => after,
            Err(error) => return overrun::refusal(line, error).map(Outcome::refused),
        };
        if after.version != version {
            let changed = before.iter().zip(after.line.iter()).filter(|((_, old), (_, new))| old != new);
            outcome.changes = changed
                .map(|((column, old), (_, new))| Changement {
                    colonne: column.nom().to_owned(),
                    avant: old.to_owned(),
                    apres: new.to_owned(),
                })
                .collect();
            let avant = outcome.changes.iter().map(|one| (one.colonne.clone(), one.avant.clone())).collect();
            report::push_json(effects, &Effect { id, version: after.version, avant: Some(avant) });
            outcome.status = StatutLigne::Modifiee;
        }
    }
    Ok(outcome)
}

/// Does what each line asks for; creations wait, to be done together.
fn decide(
    conn: &mut DbConn,
    context: &Context,
    job: &Job,
    batch: &Batch,
    touched: &mut Seen,
    effects: &mut String,
) -> Result<(Vec<Outcome>, Creations), AppError> {
    let mut known = load(conn, job, batch)?;
    let mut outcomes = Vec::with_capacity(batch.lines.len());
    let mut creations = Creations::new();
    for (place, line) in batch.lines.iter().enumerate() {
        let outcome = match &line.wanted {
            Err(errors) => Outcome::refused(errors.clone()),
            Ok(wanted) => match known.target(line, wanted) {
                Err(errors) => Outcome::refused(errors),
                Ok(Some(stored)) => match again(touched, wanted, &stored, line.line) {
                    Some(first) => {
                        let column = line.layout.id_name();
                        Outcome::refused(refusal(column, "ligne_en_double", &text::duplicate(first), &stored.id))
                    }
                    None => change(conn, context, (line, wanted, &known.followers), stored, effects)?,
                },
                Ok(None) => new_one(job, (line, wanted, &known.followers), place, &mut creations),
            },
        };
        outcomes.push(outcome);
    }
    Ok((outcomes, creations))
}

/// The earlier line that named this demande by its id. Only lines that name demandes by id can meet that way.
fn again(touched: &mut Seen, wanted: &Wanted, stored: &Stored, line: u64) -> Option<u64> {
    wanted.id.as_ref().and_then(|_| touched.first(&stored.id, line))
}

fn new_one(
    job: &Job,
    (line, wanted, followers): (&Prepared, &Wanted, &Followers),
    place: usize,
    creations: &mut Creations,
) -> Outcome {
    let Some(envelope) = job.envelope_of(&wanted.row) else {
        let department = wanted.row.get(Colonne::Departement);
        let column = line.layout.name(Colonne::Departement);
        return Outcome::refused(refusal(column, "enveloppe_a_preciser", text::WHICH_ENVELOPE, department));
    };
    let mut row = wanted.row.clone();
    row.set(Colonne::EnveloppeId, envelope);
    if let Err(errors) = followed(line, followers, &Ligne::default(), &row) {
        return Outcome::refused(errors);
    }
    creations.push((place, Incoming { line: row, declared: wanted.declared.clone() }));
    let warnings = warnings(line, &wanted.declared);
    Outcome { warnings, ..Outcome::of(StatutLigne::Creee, None) }
}

/// Writes the lines; what it takes to undo them goes into `effects`.
fn write(
    conn: &mut DbConn,
    context: &Context,
    job: &Job,
    batch: &Batch,
    touched: &mut Seen,
    effects: &mut String,
) -> Result<Vec<Outcome>, AppError> {
    let (mut outcomes, creations) = decide(conn, context, job, batch, touched, effects)?;
    let (places, incoming): (Vec<usize>, Vec<Incoming>) = creations.into_iter().unzip();
    let created = demande::create(conn, context, "demande.importee", incoming)?;
    for (place, one) in places.into_iter().zip(created) {
        report::push_json(effects, &Effect { id: one.id.clone(), version: 1, avant: None });
        if let Some(outcome) = outcomes.get_mut(place) {
            outcome.id = Some(one.id);
            if let Some(line) = batch.lines.get(place).filter(|_| one.overrun) {
                outcome.warnings.push(overrun::kept_as_declared(line));
            }
        }
    }
    Ok(outcomes)
}

/// Does the whole work of a rehearsal, then gives it up: the report is that of the real import.
fn rehearse(
    conn: &mut DbConn,
    context: &Context,
    job: &Job,
    batch: &Batch,
    touched: &mut Seen,
) -> Result<Vec<Outcome>, AppError> {
    let mut kept = None;
    let given_up: Result<(), AppError> = conn.transaction(|conn| {
        let mut effects = String::new();
        kept = Some(write(conn, context, job, batch, touched, &mut effects)?);
        Err(diesel::result::Error::RollbackTransaction.into())
    });
    let Some(mut outcomes) = kept else { return given_up.map(|()| Vec::new()) };
    for outcome in outcomes.iter_mut().filter(|outcome| outcome.status == StatutLigne::Creee) {
        outcome.id = None;
    }
    Ok(outcomes)
}

/// Writes a batch and its report.
pub fn apply(
    conn: &mut DbConn,
    context: &Context,
    job: &Job,
    batch: &Batch,
    touched: &mut Seen,
) -> Result<Counts, AppError> {
    let mut lot = LotRow { import_id: job.id.clone(), numero: batch.number, ..LotRow::default() };
    let outcomes = if job.rehearsal {
        rehearse(conn, context, job, batch, touched)?
    } else {
        write(conn, context, job, batch, touched, &mut lot.effets)?
    };
    let mut counts = Counts::default();
    for (line, outcome) in batch.lines.iter().zip(outcomes) {
        match outcome.status {
            StatutLigne::Creee => counts.created += 1,
            StatutLigne::Modifiee => counts.changed += 1,
            StatutLigne::Inchangee => counts.unchanged += 1,
            StatutLigne::Rejetee => {
                counts.rejected += 1;
                lot.rejets.push_str(&report::reject(&line.layout, &line.source, batch.delimiter, &outcome.errors));
            }
        }
        let Outcome { status, id, errors, warnings, changes } = outcome;
        let reported = LigneImport {
            ligne: line.line,
            statut: status,
            id,
            erreurs: errors,
            changements: changes,
            avertissements: warnings,
        };
        report::push_json(&mut lot.rapport, &reported);
    }
    queries::insert_lot(conn, &lot)?;
    queries::advance(conn, &job.id, counts, batch.position)?;
    Ok(counts)
}
