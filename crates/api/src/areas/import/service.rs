//! What may be done with an import: registered, read, cancelled, undone, and run at once from the command line.

use std::collections::HashMap;
use std::path::Path;

use domain::error::ErrorCode;
use domain::import::{Correspondance, EtatImport, ImportVue, ReglagesImport};
use domain::permission::{Operation, Role};
use sha2::{Digest, Sha256};

use super::reader::{self, Charset, Format};
use super::receive::{Received, unreadable};
use super::rows::{ImportRow, LotRow, code};
use super::worker::Worker;
use super::{journal, prepare, queries, text};
use crate::access::{Identity, Perimeter};
use crate::areas::enveloppe;
use crate::areas::referentiel::Territories;
use crate::clock::{Clock, Moment};
use crate::config::Config;
use crate::db::{Db, DbConn, DbError};
use crate::error::AppError;
use crate::journal::{Author, hex};

/// How a file is to be imported.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Format of the file.
    pub format: Format,
    /// Whether nothing is kept.
    pub dry_run: bool,
    /// Envelope of the demandes that it creates.
    pub envelope: Option<String>,
    /// How its file is to be read.
    pub settings: ReglagesImport,
}

/// An import about to be registered.
fn new_row(id: String, author: &Author, asked: &Asked, file: String, bytes: u64, now: Moment) -> ImportRow {
    ImportRow {
        id,
        version: 1,
        etat: code(EtatImport::EnAttente).to_owned(),
        essai: asked.dry_run,
        format: asked.format.as_str().to_owned(),
        acteur_genre: author.kind.to_owned(),
        acteur_id: author.id.clone(),
        role: author.role.to_owned(),
        requete: author.request.clone(),
        enveloppe_id: asked.envelope.clone(),
        fichier: file,
        octets: i64::try_from(bytes).unwrap_or(i64::MAX),
        octets_lus: 0,
        lignes: 0,
        creees: 0,
        modifiees: 0,
        inchangees: 0,
        rejetees: 0,
        colonnes_inconnues: "[]".to_owned(),
        erreur: None,
        arret_demande: false,
        cree_le: now,
        termine_le: None,
        reglages: serde_json::to_string(&asked.settings).unwrap_or_default(),
        feuilles_ignorees: "[]".to_owned(),
    }
}

/// What registering an import needs beside the file.
pub struct Registration {
    /// Id of the import.
    pub id: String,
    /// Who sends it.
    pub author: Author,
    /// What the sender reaches.
    pub perimeter: Perimeter,
    /// How.
    pub asked: Asked,
    /// Now and random.
    pub clock: Clock,
    /// Headers of the file; none when its lines name their values themselves.
    pub headers: Vec<String>,
}

/// Whose choices are remembered together: those of each envelope, or of those who see everything.
fn organisations(perimeter: &Perimeter) -> Vec<String> {
    match perimeter {
        Perimeter::Envelopes(own) => own.clone(),
        Perimeter::All => vec!["national".to_owned()],
    }
}

/// What was chosen the last time for a file with these headers.
pub fn remembered(
    conn: &mut DbConn,
    perimeter: &Perimeter,
    headers: &[String],
) -> Result<Option<Correspondance>, DbError> {
    let found = queries::mapping(conn, &organisations(perimeter), &fingerprint(headers))?;
    Ok(found.and_then(|json| serde_json::from_str(&json).ok()))
}

fn fingerprint(headers: &[String]) -> String {
    let headers: Vec<&str> = headers.iter().map(|header| header.trim()).collect();
    hex(&Sha256::digest(headers.join("\u{1f}")))
}

/// Registers a received file; the envelope asked for must be within reach.
pub fn register(conn: &mut DbConn, new: &Registration, file: &Received) -> Result<ImportVue, AppError> {
    if let Some(id) = &new.asked.envelope {
        enveloppe::service::choose(conn, &new.perimeter, Some(id), "")?;
    }
    let now = new.clock.now();
    let row = new_row(new.id.clone(), &new.author, &new.asked, file.name.clone(), file.bytes, now);
    queries::insert(conn, &row)?;
    let chosen = &new.asked.settings.correspondance;
    if !new.asked.dry_run && !chosen.0.is_empty() && !new.headers.is_empty() {
        let json = serde_json::to_string(chosen).unwrap_or_default();
        for organisation in organisations(&new.perimeter) {
            queries::remember(conn, &organisation, &fingerprint(&new.headers), &json)?;
        }
    }
    journal::note(conn, &new.clock, &new.author, now, "import.recu", &row)?;
    Ok(row.view())
}

/// Whether an import is within reach: one's own, or any for who sees everything.
fn reached(who: &Identity, perimeter: &Perimeter, row: &ImportRow) -> bool {
    *perimeter == Perimeter::All || (row.acteur_genre == who.kind && row.acteur_id == who.id)
}

/// An import within reach; the others do not exist (SEC-41).
pub fn get(conn: &mut DbConn, who: &Identity, perimeter: &Perimeter, id: &str) -> Result<ImportRow, AppError> {
    let found = queries::find(conn, id)?.filter(|row| reached(who, perimeter, row));
    found.ok_or_else(|| AppError::new(ErrorCode::Introuvable))
}

/// The imports within reach that these requests sent: request and id.
pub fn of_requests(conn: &mut DbConn, who: &Identity, requests: &[String]) -> Result<HashMap<String, String>, DbError> {
    let Some(perimeter) = who.perimeter(Operation::ImportLire).ok().filter(|_| !requests.is_empty()) else {
        return Ok(HashMap::new());
    };
    let sent = queries::of_requests(conn, requests)?.into_iter().filter(|row| reached(who, &perimeter, row));
    Ok(sent.map(|row| (row.requete, row.id)).collect())
}

/// The imports within reach, the last first: one's own, or all for who sees everything.
pub fn list(
    conn: &mut DbConn,
    who: &Identity,
    perimeter: &Perimeter,
    (before, limit): (Option<(Moment, String)>, i64),
) -> Result<Vec<ImportRow>, DbError> {
    let author = (*perimeter != Perimeter::All).then(|| (who.kind, who.id.clone()));
    queries::list(conn, &queries::Listed { author, before, limit })
}

/// One part of the report of a batch, from 0; nothing after the last.
pub fn report_part(
    conn: &mut DbConn,
    id: &str,
    number: i64,
    part: fn(LotRow) -> String,
) -> Result<Option<String>, AppError> {
    Ok(queries::lot(conn, id, number)?.map(part))
}

/// Cancels an import that waits or runs. A running one stops before its next batch.
pub fn cancel(conn: &mut DbConn, clock: &Clock, author: &Author, row: &ImportRow) -> Result<ImportRow, AppError> {
    let now = clock.now();
    let waiting = queries::turn(conn, &row.id, EtatImport::EnAttente, EtatImport::Annule, Some(now))?;
    if !waiting {
        if row.state() != EtatImport::EnCours {
            return Err(AppError::detail(ErrorCode::ConflitEtat, text::ALREADY_OVER));
        }
        queries::ask_stop(conn, &row.id, true)?;
    }
    let after = queries::find(conn, &row.id)?.ok_or_else(|| AppError::new(ErrorCode::Introuvable))?;
    journal::note(conn, clock, author, now, "import.arret_demande", &after)?;
    Ok(after)
}

/// Asks for a finished import to be undone; the background thread does it.
pub fn ask_undo(conn: &mut DbConn, clock: &Clock, author: &Author, row: &ImportRow) -> Result<(), AppError> {
    if row.state() != EtatImport::Termine || row.essai {
        return Err(AppError::detail(ErrorCode::ConflitEtat, text::NOT_UNDOABLE));
    }
    queries::ask_stop(conn, &row.id, true)?;
    Ok(journal::note(conn, clock, author, clock.now(), "import.retour_demande", row)?)
}

/// A file of this machine to import.
pub struct FileImport<'a> {
    /// In whose name.
    pub author: Author,
    /// Role that decides what becomes of decisions.
    pub role: Role,
    /// What is within reach.
    pub perimeter: Perimeter,
    /// The file; its name tells its format.
    pub path: &'a Path,
    /// Whether nothing is kept.
    pub dry_run: bool,
}

/// Reads a file of this machine at once, on this thread (command line, bench).
///
/// # Errors
/// A file that cannot be read, or the database. A file that is found wrong later gives an import in state `echoue`.
pub fn import_file(
    db: &Db,
    clock: &Clock,
    territories: &Territories,
    config: &Config,
    request: FileImport<'_>,
) -> Result<ImportVue, AppError> {
    let FileImport { author, role, perimeter, path, dry_run } = request;
    let format = format_of(path).ok_or_else(|| AppError::detail(ErrorCode::TypeNonAccepte, text::MEDIA))?;
    let path = path.canonicalize().map_err(|error| unreadable(error.into()))?;
    let bytes = path.metadata().map_err(|error| unreadable(error.into()))?.len();
    let worker = Worker::new(db.clone(), clock.clone(), territories.clone(), config);
    let mut check =
        |header: &[String]| prepare::Layout::of_header(header.to_vec(), &Correspondance::default()).map(drop);
    reader::probe(&path, format, Charset::Unknown, worker.limits, &mut check).map_err(unreadable)?;
    let file = Received { name: path.to_string_lossy().into_owned(), path, bytes, hash: String::new() };
    let new = Registration {
        id: clock.id(),
        author: Author { role: role.as_str(), ..author.clone() },
        perimeter: perimeter.clone(),
        asked: Asked { format, dry_run, envelope: None, settings: ReglagesImport::default() },
        clock: clock.clone(),
        headers: Vec::new(),
    };
    let id = new.id.clone();
    db.write_blocking(move |conn| register(conn, &new, &file).map(drop))?;
    let find = |id: &str| {
        let found = db.read_blocking(|conn| Ok::<_, AppError>(queries::find(conn, id)?))?;
        found.ok_or_else(|| AppError::new(ErrorCode::Introuvable))
    };
    if let Err(error) = worker.run(&find(&id)?, &author, role, perimeter) {
        // No other run takes up a file given on the command line.
        tracing::error!(import = id, error = %error, "import.given_up");
        worker.give_up(&find(&id)?, &author)?;
    }
    Ok(find(&id)?.view())
}

/// The format of a file by its name.
pub fn format_of(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "csv" | "tsv" | "txt" => Some(Format::Csv),
        "ndjson" | "jsonl" => Some(Format::Ndjson),
        other => Format::parse(other),
    }
}
