//! Reading an import to its end: one thread reads and checks lines while the writer writes the batch before. Every batch
//! commits with its report, so that a stop resumes just after it.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use domain::avis::GenreAvis;
use domain::import::EtatImport;
use domain::permission::Role;

use super::batch::{self, Batch, Job};
use super::prepare::{Prepared, Preparer, Seen, Source};
use super::reader::{self, Charset, FileError, Format, Halt, Limits, Record, Sink};
use super::rows::{ImportRow, LotRow};
use super::{journal, queries, report, text, undo};
use crate::access::Perimeter;
use crate::areas::avis::service::{self as avis, News, Teller};
use crate::areas::demande::service::Context;
use crate::areas::referentiel::Territories;
use crate::clock::{Clock, iso_date};
use crate::config::Config;
use crate::db::{self, Db, DbConn, DbError};
use crate::error::AppError;
use crate::journal::Author;
use crate::seal::Keys;

/// Lines per transaction.
const BATCH_LINES: usize = 1_000;
/// Bytes of the file per transaction, so that long lines do not pile up in memory.
const BATCH_BYTES: u64 = 4 << 20;
/// Batches that may wait for the writer.
const AHEAD: usize = 1;

/// What reading an import needs.
#[derive(Clone)]
pub struct Worker {
    /// The database.
    pub db: Db,
    /// Now and random.
    pub clock: Clock,
    /// Territories.
    pub territories: Territories,
    /// Directory that holds `imports/`.
    pub spool: PathBuf,
    /// Limits of the workbooks.
    pub limits: Limits,
    /// Keys of the links at the foot of the mails.
    pub keys: Keys,
    /// Set when the program stops.
    pub stop: Arc<AtomicBool>,
}

/// How the reading of an import ended.
enum End {
    /// At the end of the file.
    Finished,
    /// Because it was cancelled.
    Cancelled,
    /// Because the program stops: it will be taken up again.
    Interrupted,
    /// Because something is wrong; the sentence says what.
    Failed(String),
}

/// What the reading thread hands over.
enum Parsed {
    /// The sheets that are not read.
    Ignored(Vec<String>),
    /// The header of the file of rejects; empty for NDJSON.
    Started(String),
    Batch(Batch),
    /// The end, and the columns that were not recognised.
    Finished(Vec<String>),
    Failed(FileError),
}

/// Gathers records into batches.
struct Gatherer<'a> {
    preparer: Preparer,
    output: &'a SyncSender<Parsed>,
    /// Records that an earlier run has already written.
    skip: u64,
    lines: Vec<Prepared>,
    number: i64,
    delimiter: u8,
    /// Bytes read when the batch began.
    begun: u64,
    position: u64,
}

impl Gatherer<'_> {
    fn send(&self, parsed: Parsed) -> Result<(), Halt> {
        self.output.send(parsed).map_err(|_closed| Halt::Stop)
    }

    fn flush(&mut self) -> Result<(), Halt> {
        if self.lines.is_empty() {
            return Ok(());
        }
        self.number += 1;
        self.begun = self.position;
        let lines = std::mem::replace(&mut self.lines, Vec::with_capacity(BATCH_LINES));
        let position = i64::try_from(self.position).unwrap_or(i64::MAX);
        self.send(Parsed::Batch(Batch { number: self.number, lines, position, delimiter: self.delimiter }))
    }
}

impl Sink for Gatherer<'_> {
    fn ignored(&mut self, sheets: Vec<String>) -> Result<(), Halt> {
        self.send(Parsed::Ignored(sheets))
    }

    fn start(&mut self, header: Option<Vec<String>>, delimiter: u8) -> Result<(), Halt> {
        self.delimiter = delimiter;
        let line = match header {
            Some(header) => {
                let layout = self.preparer.header(header)?;
                format!("\u{feff}{}", report::reject_header(&layout, delimiter))
            }
            None => String::new(),
        };
        self.send(Parsed::Started(line))
    }

    fn record(&mut self, record: Record, position: u64) -> Result<(), Halt> {
        let mut prepared = self.preparer.prepare(record);
        self.position = position;
        if self.skip > 0 {
            // Prepared all the same, so that a duplicate of it is known.
            self.skip -= 1;
            self.begun = position;
            return Ok(());
        }
        if prepared.wanted.is_ok() {
            // Only a refused JSON line is given back, and a good one is seldom refused later.
            if let Source::Cells(cells) = &mut prepared.source {
                cells.shrink_to_fit();
            }
        }
        self.lines.push(prepared);
        if self.lines.len() >= BATCH_LINES || position - self.begun >= BATCH_BYTES {
            self.flush()?;
        }
        Ok(())
    }
}

impl Worker {
    /// A worker with this configuration.
    pub fn new(db: Db, clock: Clock, territories: Territories, config: &Config) -> Self {
        let limits = Limits { unpacked: config.limits.workbook_unpacked_bytes };
        let (spool, keys) = (config.spool.clone(), config.keys.clone());
        Self { db, clock, territories, spool, limits, keys, stop: Arc::new(AtomicBool::new(false)) }
    }

    /// Reads a file and sends what it holds, batch after batch.
    fn parse(&self, row: &ImportRow, role: Role, (written, skip): (i64, u64), output: &SyncSender<Parsed>) {
        let Some(format) = Format::parse(&row.format) else { return };
        let mut gatherer = Gatherer {
            preparer: Preparer::new(role, iso_date(row.cree_le), row.settings()),
            output,
            skip,
            lines: Vec::with_capacity(BATCH_LINES),
            number: written,
            delimiter: b';',
            begun: 0,
            position: 0,
        };
        let path = self.spool.join(&row.fichier);
        let read = reader::read(&path, format, charset_of(&row.fichier), self.limits, &mut gatherer);
        let last = match read.and_then(|()| gatherer.flush()) {
            Ok(()) => Parsed::Finished(gatherer.preparer.unknown().to_vec()),
            Err(Halt::File(error)) => Parsed::Failed(error),
            Err(Halt::Stop) => return,
        };
        // Nobody listens any more when the import was stopped meanwhile.
        let _stopped = output.send(last);
    }

    fn context(&self, author: &Author) -> Context {
        Context {
            clock: self.clock.clone(),
            territories: self.territories.clone(),
            author: author.clone(),
            now: self.clock.now(),
            keys: self.keys.clone(),
        }
    }

    fn job(&self, row: &ImportRow, role: Role, perimeter: Perimeter) -> Result<Job, AppError> {
        let open = self.db.read_blocking(|conn| Ok::<_, AppError>(queries::open_envelopes(conn, &perimeter)?))?;
        Ok(Job {
            id: row.id.clone(),
            rehearsal: row.essai,
            role,
            perimeter,
            envelope: row.enveloppe_id.clone(),
            key: row.settings().cle,
            by_department: Job::departments(open),
        })
    }

    /// Reads an import to its end, or until it is stopped, and records how it ended. While the database is gone nothing is
    /// recorded: the error says so, and the import is taken up again after its last batch.
    pub fn run(&self, row: &ImportRow, author: &Author, role: Role, perimeter: Perimeter) -> Result<(), AppError> {
        if row.state() == EtatImport::EnAttente {
            let id = row.id.clone();
            let begun = self.db.write_blocking(move |conn| {
                Ok::<_, AppError>(queries::turn(conn, &id, EtatImport::EnAttente, EtatImport::EnCours, None)?)
            })?;
            if !begun {
                // Cancelled before it began.
                self.forget_file(row);
                return Ok(());
            }
        }
        let end = match self.job(row, role, perimeter) {
            Ok(job) => self.read(row, &Arc::new(job), author)?,
            Err(error) => failed(error)?,
        };
        self.conclude(row, author, end)
    }

    fn read(&self, row: &ImportRow, job: &Arc<Job>, author: &Author) -> Result<End, AppError> {
        let id = row.id.clone();
        let written = match self.db.read_blocking(|conn| Ok::<_, AppError>(queries::last_lot(conn, &id)?)) {
            Ok(written) => written,
            Err(error) => return failed(error),
        };
        let skip = u64::try_from(row.lignes).unwrap_or(0);
        let (output, input) = sync_channel(AHEAD);
        std::thread::scope(|scope| {
            scope.spawn(move || self.parse(row, job.role, (written.unwrap_or(0), skip), &output));
            self.write_all(job, author, written.is_some(), input)
        })
    }

    /// Writes what the reading thread sends. The channel closes when this returns, which stops the thread.
    fn write_all(
        &self,
        job: &Arc<Job>,
        author: &Author,
        resumed: bool,
        input: Receiver<Parsed>,
    ) -> Result<End, AppError> {
        let touched = Arc::new(Mutex::new(Seen::default()));
        let mut some = resumed;
        for parsed in input {
            if self.stop.load(Ordering::Relaxed) {
                return Ok(End::Interrupted);
            }
            let outcome = match parsed {
                Parsed::Started(_) | Parsed::Ignored(_) if resumed => continue,
                Parsed::Ignored(sheets) => self.write_ignored(&job.id, &sheets).map(ControlFlow::Continue),
                Parsed::Started(header) => self.write_header(&job.id, header),
                Parsed::Batch(batch) => {
                    some = true;
                    self.write_batch(job, author, Arc::new(batch), &touched)
                }
                Parsed::Finished(_) if !some => return Ok(End::Failed(text::HEADER_ONLY.to_owned())),
                Parsed::Finished(unknown) => {
                    return match self.write_unknown(&job.id, &unknown) {
                        Ok(()) => Ok(End::Finished),
                        Err(error) => failed(error),
                    };
                }
                Parsed::Failed(error) => return Ok(End::Failed(sentence(error))),
            };
            match outcome {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return Ok(End::Cancelled),
                Err(error) => return failed(error),
            }
        }
        Ok(End::Failed(text::UNFORESEEN.to_owned()))
    }

    fn write_header(&self, id: &str, header: String) -> Result<ControlFlow<()>, AppError> {
        let lot = LotRow { import_id: id.to_owned(), numero: 0, rejets: header, ..LotRow::default() };
        self.db.write_blocking(move |conn| {
            queries::insert_lot(conn, &lot)?;
            Ok(ControlFlow::Continue(()))
        })
    }

    fn write_unknown(&self, id: &str, unknown: &[String]) -> Result<(), AppError> {
        let (id, json) = (id.to_owned(), serde_json::to_string(unknown).unwrap_or_default());
        self.db.write_blocking(move |conn| Ok(queries::unknown_columns(conn, &id, &json)?))
    }

    fn write_ignored(&self, id: &str, sheets: &[String]) -> Result<(), AppError> {
        let (id, json) = (id.to_owned(), serde_json::to_string(sheets).unwrap_or_default());
        self.db.write_blocking(move |conn| Ok(queries::ignored_sheets(conn, &id, &json)?))
    }

    /// Writes a batch, twice if the first time fails: a lost connection or a change made meanwhile is no reason to stop.
    fn write_batch(
        &self,
        job: &Arc<Job>,
        author: &Author,
        batch: Arc<Batch>,
        touched: &Arc<Mutex<Seen>>,
    ) -> Result<ControlFlow<()>, AppError> {
        let attempt = || {
            let (job, batch, touched, context) =
                (Arc::clone(job), Arc::clone(&batch), Arc::clone(touched), self.context(author));
            self.db.write_blocking(move |conn| {
                if queries::stop_asked(conn, &job.id)? {
                    return Ok(ControlFlow::Break(()));
                }
                let mut touched = touched.lock().unwrap_or_else(PoisonError::into_inner);
                conn.widen()?;
                batch::apply(conn, &context, &job, &batch, &mut touched)?;
                Ok::<_, AppError>(ControlFlow::Continue(()))
            })
        };
        attempt().or_else(|error| {
            tracing::warn!(import = job.id, batch = batch.number, error = %error, "import.batch_retried");
            attempt()
        })
    }

    /// Records how an import ended; what a failed or cancelled one had written is undone first.
    fn conclude(&self, row: &ImportRow, author: &Author, end: End) -> Result<(), AppError> {
        let (state, action, why) = match end {
            End::Interrupted => return Ok(()),
            End::Finished => (EtatImport::Termine, "import.termine", None),
            End::Cancelled => (EtatImport::Annule, "import.annule", None),
            End::Failed(why) => (EtatImport::Echoue, "import.echoue", Some(why)),
        };
        if state != EtatImport::Termine && !row.essai {
            self.undo_batches(&row.id, author)?;
        }
        let (id, context) = (row.id.clone(), self.context(author));
        self.db.write_blocking(move |conn| {
            queries::turn(conn, &id, EtatImport::EnCours, state, Some(context.now))?;
            if let Some(why) = &why {
                queries::explain(conn, &id, why)?;
            }
            queries::ask_stop(conn, &id, false)?;
            let Some(ended) = queries::find(conn, &id)? else { return Ok(()) };
            journal::note(conn, &context.clock, &context.author, context.now, action, &ended)?;
            tell(conn, &context, &ended)?;
            Ok::<_, AppError>(())
        })?;
        self.forget_file(row);
        self.db.write_blocking(|conn| {
            conn.narrow()?;
            Ok(db::refresh_statistics(conn)?)
        })
    }

    /// Gives up an import on something unforeseen.
    pub fn abandon(&self, row: &ImportRow, author: &Author) -> Result<(), AppError> {
        self.conclude(row, author, End::Failed(text::UNFORESEEN.to_owned()))
    }

    /// Gives up an import for which the database was awaited long enough.
    pub fn give_up(&self, row: &ImportRow, author: &Author) -> Result<(), AppError> {
        self.conclude(row, author, End::Failed(text::DATABASE.to_owned()))
    }

    /// Undoes every batch, the last first; answers how many demandes had changed since.
    fn undo_batches(&self, id: &str, author: &Author) -> Result<u64, AppError> {
        let last = self.db.read_blocking(|conn| Ok::<_, AppError>(queries::last_lot(conn, id)?))?.unwrap_or(0);
        let mut kept = 0;
        for number in (1..=last).rev() {
            let (id, context) = (id.to_owned(), self.context(author));
            kept += self.db.write_blocking(move |conn| undo::batch(conn, &context, &id, number))?;
        }
        Ok(kept)
    }

    /// Undoes a finished import.
    pub fn undo(&self, row: &ImportRow, author: &Author) -> Result<(), AppError> {
        let kept = self.undo_batches(&row.id, author)?;
        let (id, context) = (row.id.clone(), self.context(author));
        self.db.write_blocking(move |conn| {
            queries::turn(conn, &id, EtatImport::Termine, EtatImport::Defait, Some(context.now))?;
            queries::ask_stop(conn, &id, false)?;
            if kept > 0 {
                queries::explain(conn, &id, &text::kept(kept))?;
            }
            let Some(undone) = queries::find(conn, &id)? else { return Ok(()) };
            journal::note(conn, &context.clock, &context.author, context.now, "import.defait", &undone)?;
            Ok(())
        })
    }

    /// Deletes the received file of an import that is over; a file given on the command line is not ours.
    pub fn forget_file(&self, row: &ImportRow) {
        if std::path::Path::new(&row.fichier).is_relative()
            && let Err(error) = std::fs::remove_file(self.spool.join(&row.fichier))
        {
            tracing::warn!(import = row.id, error = %error, "import.file_not_removed");
        }
    }
}

/// Tells the person who sent a file that it was read: a rehearsal is awaited on its screen, and a script looks by itself.
fn tell(conn: &mut DbConn, context: &Context, ended: &ImportRow) -> Result<(), AppError> {
    if ended.essai || context.author.kind != "compte" || ended.state() == EtatImport::Annule {
        return Ok(());
    }
    let news = News {
        account: context.author.id.clone(),
        genre: GenreAvis::Import,
        comment: None,
        demande: None,
        import: Some(ended.id.clone()),
        count: ended.creees + ended.modifiees,
        words: text::ended(ended.state(), [ended.creees, ended.modifiees, ended.inchangees, ended.rejetees]),
    };
    let teller = Teller { clock: &context.clock, keys: &context.keys, now: context.now, author: None };
    Ok(avis::tell(conn, &teller, &[news])?)
}

/// The declared encoding, kept in the name of the waiting file: `<id>.<charset>.csv`.
fn charset_of(file: &str) -> Charset {
    let charset = std::path::Path::new(file).file_stem().and_then(|stem| stem.to_str()?.rsplit_once('.'));
    charset.and_then(|(_, name)| Charset::parse(name)).unwrap_or(Charset::Unknown)
}

/// How an import ends on an error. An outage ends nothing, not even when it is over by now: the error is given back.
fn failed(error: AppError) -> Result<End, AppError> {
    if matches!(&error, AppError::Db(cause) if cause.is_transient()) {
        return Err(error);
    }
    tracing::error!(error = %error, "import.failed");
    Ok(match error {
        AppError::Db(DbError::Panicked(_)) | AppError::Internal(_) => End::Failed(text::UNFORESEEN.to_owned()),
        _ => End::Failed(text::DATABASE.to_owned()),
    })
}

fn sentence(error: FileError) -> String {
    match error {
        FileError::Refused(sentence) => sentence,
        FileError::Io(error) => {
            tracing::error!(error = %error, "import.file_unreadable");
            text::UNFORESEEN.to_owned()
        }
    }
}
