//! The thread that reads imports one after the other, and first takes up those that a stop had interrupted.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use domain::import::EtatImport;
use domain::permission::{Operation, Reach, Role, reach};
use tokio::sync::oneshot;

use super::queries;
use super::rows::ImportRow;
use super::worker::Worker;
use crate::access::Perimeter;
use crate::areas::referentiel::Territories;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::error::AppError;
use crate::journal::Author;

/// Hours after which a file that is not here is held for lost.
const PATIENCE_HOURS: i64 = 24;
/// Times an import is taken up again while the database is gone.
const TRIES: u32 = 120;
/// Time between two of them.
const PAUSE: Duration = Duration::from_millis(500);

/// Something to do.
enum Order {
    /// Read an import.
    Read(String),
    /// Undo one, in somebody's name, and say when it is done.
    Undo(String, Author, oneshot::Sender<()>),
}

/// Reads imports in the background. Dropping it stops after the present batch; what is left is taken up at the next start.
pub struct Runner {
    orders: Option<Sender<Order>>,
    stop: Arc<AtomicBool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Runner {
    /// Starts the thread.
    pub fn start(db: Db, clock: Clock, territories: Territories, config: &Config) -> Result<Self, AppError> {
        let worker = Worker::new(db, clock, territories, config);
        let stop = Arc::clone(&worker.stop);
        let pending = worker.db.read_blocking(|conn| Ok::<_, AppError>(queries::pending(conn)?))?;
        sweep(&worker, &pending);
        let (orders, queue) = channel();
        let thread = std::thread::Builder::new()
            .name("imports".to_owned())
            .spawn(move || serve(&worker, pending, &queue))
            .map_err(|error| AppError::Internal(error.to_string()))?;
        Ok(Self { orders: Some(orders), stop, thread: Mutex::new(Some(thread)) })
    }

    fn order(&self, order: Order) {
        // Without its thread the order stays in the database, and is taken up at the next start.
        let _sent = self.orders.as_ref().map(|orders| orders.send(order));
    }

    /// Has an import read.
    pub fn submit(&self, id: String) {
        self.order(Order::Read(id));
    }

    /// Has an import undone; the receiver learns when it is.
    pub fn undo(&self, id: String, author: Author) -> oneshot::Receiver<()> {
        let (done, receiver) = oneshot::channel();
        self.order(Order::Undo(id, author, done));
        receiver
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.orders = None;
        if let Some(thread) = self.thread.get_mut().ok().and_then(Option::take) {
            let _finished = thread.join();
        }
    }
}

fn serve(worker: &Worker, pending: Vec<ImportRow>, queue: &Receiver<Order>) {
    for row in pending {
        // A file given on the command line is read by the command.
        if Path::new(&row.fichier).is_absolute() {
            continue;
        }
        let asked = || Author::system(format!("import {}", row.id));
        match row.state() {
            EtatImport::Termine => guarded(&row.id, || undo(worker, &row.id, &asked())),
            _ if elsewhere(worker, &row) => {}
            _ => guarded(&row.id, || read(worker, &row.id)),
        }
    }
    while let Ok(order) = queue.recv() {
        if worker.stop.load(Ordering::Relaxed) {
            return;
        }
        match order {
            Order::Read(id) => guarded(&id, || read(worker, &id)),
            Order::Undo(id, author, done) => {
                guarded(&id, || undo(worker, &id, &author));
                // The caller may have stopped waiting.
                let _heard = done.send(());
            }
        }
    }
}

/// Whether the file is not here: another server has it, unless it has been gone for long.
fn elsewhere(worker: &Worker, row: &ImportRow) -> bool {
    let recent = worker.clock.now() - row.cree_le < chrono::Duration::hours(PATIENCE_HOURS);
    recent && !worker.spool.join(&row.fichier).exists()
}

/// Runs a piece of work whose failure must not end the thread.
fn guarded(what: &str, work: impl FnOnce() -> Result<(), AppError>) {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(import = what, error = %error, "import.runner_failed"),
        Err(_panic) => tracing::error!(import = what, "import.runner_panicked"),
    }
}

/// Clears the files that nothing waits for any more, before anything is received.
fn sweep(worker: &Worker, pending: &[ImportRow]) {
    let Ok(entries) = std::fs::read_dir(worker.spool.join("imports")) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let awaited = pending.iter().any(|row| worker.spool.join(&row.fichier) == path);
        let name = entry.file_name();
        if !awaited && name.to_str().is_some_and(|name| name.ends_with(".part") || is_import(name)) {
            let _removed = std::fs::remove_file(path);
        }
    }
}

fn is_import(name: &str) -> bool {
    [".csv", ".ndjson", ".xlsx", ".ods"].iter().any(|ending| name.ends_with(ending))
}

/// Reads an import; while the database is gone, tries again, and goes on after the last batch it has.
fn read(worker: &Worker, id: &str) -> Result<(), AppError> {
    let mut tries = 0;
    loop {
        let outcome = worker
            .db
            .read_blocking(|conn| Ok::<_, AppError>(queries::find(conn, id)?))
            .and_then(|row| row.map_or(Ok(()), |row| read_row(worker, &row)));
        tries += 1;
        match outcome {
            Err(error) if tries < TRIES && !worker.stop.load(Ordering::Relaxed) => {
                tracing::warn!(import = id, error = %error, "import.tried_again");
                std::thread::sleep(PAUSE);
            }
            Err(error) if !worker.stop.load(Ordering::Relaxed) => {
                tracing::error!(import = id, error = %error, "import.given_up");
                return give_up(worker, id);
            }
            other => return other,
        }
    }
}

/// Says of an import that it failed; if that cannot be written either, the next start takes it up again.
fn give_up(worker: &Worker, id: &str) -> Result<(), AppError> {
    let Some(row) = worker.db.read_blocking(|conn| Ok::<_, AppError>(queries::find(conn, id)?))? else { return Ok(()) };
    match row.state() {
        EtatImport::EnCours => worker.give_up(&row, &author_of(&row, role_of(&row)?)),
        _ => Ok(()),
    }
}

fn read_row(worker: &Worker, row: &ImportRow) -> Result<(), AppError> {
    match row.state() {
        EtatImport::EnAttente | EtatImport::EnCours => {}
        EtatImport::Annule => {
            worker.forget_file(row);
            return Ok(());
        }
        _ => return Ok(()),
    }
    // Several servers may share the directory: the one that holds the lock reads the file.
    let file = std::fs::File::open(worker.spool.join(&row.fichier)).ok();
    if file.as_ref().is_some_and(|file| matches!(file.try_lock(), Err(std::fs::TryLockError::WouldBlock))) {
        return Ok(());
    }
    let role = role_of(row)?;
    let perimeter = match reach(role, Operation::ImportEcrire) {
        Reach::All => Perimeter::All,
        Reach::Nothing => Perimeter::Envelopes(Vec::new()),
        Reach::Own => Perimeter::Envelopes(worker.db.read_blocking(|conn| {
            Ok::<_, AppError>(queries::own_envelopes(conn, &row.acteur_genre, &row.acteur_id)?)
        })?),
    };
    let author = author_of(row, role);
    match catch_unwind(AssertUnwindSafe(|| worker.run(row, &author, role, perimeter))) {
        Ok(outcome) => outcome,
        Err(_panic) => worker.abandon(row, &author),
    }
}

fn role_of(row: &ImportRow) -> Result<Role, AppError> {
    Role::parse(&row.role).ok_or_else(|| AppError::Internal(format!("unknown role {}", row.role)))
}

/// Whoever sent the file is the author of what its lines change.
fn author_of(row: &ImportRow, role: Role) -> Author {
    let kind = if row.acteur_genre == "jeton" { "jeton" } else { "compte" };
    Author { kind, id: row.acteur_id.clone(), role: role.as_str(), request: row.requete.clone() }
}

fn undo(worker: &Worker, id: &str, author: &Author) -> Result<(), AppError> {
    let row = worker.db.read_blocking(|conn| Ok::<_, AppError>(queries::find(conn, id)?))?;
    match row {
        Some(row) if row.state() == EtatImport::Termine && row.arret_demande => worker.undo(&row, author),
        _ => Ok(()),
    }
}
