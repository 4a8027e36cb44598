//! The thread that reads imports one after the other, and first takes up those that a stop had interrupted.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use domain::import::EtatImport;
use domain::permission::Role;
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
        let (orders, queue) = channel();
        let thread = std::thread::Builder::new()
            .name("imports".to_owned())
            .spawn(move || serve(&worker, &queue))
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

fn serve(worker: &Worker, queue: &Receiver<Order>) {
    guarded("resume", || resume(worker));
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

/// Runs a piece of work whose failure must not end the thread.
fn guarded(what: &str, work: impl FnOnce() -> Result<(), AppError>) {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(import = what, error = %error, "import.runner_failed"),
        Err(_panic) => tracing::error!(import = what, "import.runner_panicked"),
    }
}

/// Takes up what a stop left, and clears the files that nothing waits for any more.
fn resume(worker: &Worker) -> Result<(), AppError> {
    let pending = worker.db.read_blocking(|conn| Ok::<_, AppError>(queries::pending(conn)?))?;
    sweep(worker, &pending);
    for row in pending {
        if worker.stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        // A file given on the command line is read by the command.
        if Path::new(&row.fichier).is_absolute() {
            continue;
        }
        let what = row.id.clone();
        guarded(&what, || {
            if row.state() == EtatImport::Termine {
                return worker.undo(&row, &Author::system(format!("import {}", row.id)));
            }
            read_row(worker, &row)
        });
    }
    Ok(())
}

fn sweep(worker: &Worker, pending: &[ImportRow]) {
    let Ok(entries) = std::fs::read_dir(worker.spool.join("imports")) else { return };
    for entry in entries.flatten() {
        let awaited = entry.file_name().to_str().is_some_and(|name| {
            pending.iter().any(|row| Path::new(&row.fichier).file_name().and_then(|f| f.to_str()) == Some(name))
        });
        // A file being received belongs to a request of this very moment only if it is younger than the server.
        let ours = entry.file_name().to_str().is_some_and(|name| name.ends_with(".part") || is_import(name));
        if ours && !awaited {
            let _removed = std::fs::remove_file(entry.path());
        }
    }
}

fn is_import(name: &str) -> bool {
    [".csv", ".ndjson", ".xlsx", ".ods"].iter().any(|ending| name.ends_with(ending))
}

fn read(worker: &Worker, id: &str) -> Result<(), AppError> {
    let row = worker.db.read_blocking(|conn| Ok::<_, AppError>(queries::find(conn, id)?))?;
    match row {
        Some(row) if matches!(row.state(), EtatImport::EnAttente | EtatImport::EnCours) => read_row(worker, &row),
        _ => Ok(()),
    }
}

fn read_row(worker: &Worker, row: &ImportRow) -> Result<(), AppError> {
    let role = Role::parse(&row.role).ok_or_else(|| AppError::Internal(format!("unknown role {}", row.role)))?;
    let perimeter = match role {
        Role::Recipiendaire => Perimeter::Envelopes(worker.db.read_blocking(|conn| {
            Ok::<_, AppError>(queries::own_envelopes(conn, &row.acteur_genre, &row.acteur_id)?)
        })?),
        Role::Anct | Role::Instructeur => Perimeter::All,
    };
    worker.run(row, &author_of(row, role), role, perimeter)
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
