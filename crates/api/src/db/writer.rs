//! The single writer: it takes the commands that wait, runs each in its own savepoint of one transaction, commits once,
//! and only then answers (group commit, docs/adr/0001). A disk that syncs 250 times a second so serves far more writes.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use diesel::ConnectionError;
use diesel::connection::SimpleConnection;
use tokio::sync::oneshot;

use super::{DbConn, DbError, DbUrl, Usage};

/// Commands that may wait; beyond, the caller is told to come back (503).
pub(super) const QUEUE: usize = 4_096;
/// Most commands in one transaction, so that the first of them does not wait for ever.
pub(super) const GROUP: usize = 256;
/// Why nothing is written any more.
const STOPPED: &str = "the writer stopped";

/// A command that has lost its types on the way to the writer.
pub(super) trait Command: Send {
    /// Does the work; `false` asks for its savepoint to be rolled back.
    fn run(&mut self, conn: &mut DbConn) -> bool;
    /// Gives the result to whoever waits, or `failure` if the transaction could not be committed.
    fn answer(self: Box<Self>, failure: Option<String>);
}

struct Task<F, T, E> {
    work: Option<F>,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Command for Task<F, T, E>
where
    F: FnOnce(&mut DbConn) -> Result<T, E> + Send,
    T: Send,
    E: From<DbError> + Send,
{
    fn run(&mut self, conn: &mut DbConn) -> bool {
        let Some(work) = self.work.take() else { return false };
        let result = guarded(|| work(conn)).unwrap_or_else(|why| Err(DbError::Panicked(why).into()));
        let done = result.is_ok();
        self.result = Some(result);
        done
    }

    fn answer(self: Box<Self>, failure: Option<String>) {
        let not_run = || Err(DbError::Unavailable(failure.clone().unwrap_or_default()).into());
        let result = self.result.unwrap_or_else(not_run);
        // Nobody waits any more when the client has gone: the work is done all the same.
        let _gone = self.reply.send(settled(result, failure.as_deref()));
    }
}

/// What is told when nobody answers.
pub(super) fn stopped() -> DbError {
    DbError::Unavailable(STOPPED.to_owned())
}

/// What is told of a result once its transaction has ended: what was done is not, if the commit failed.
pub(super) fn settled<T, E: From<DbError>>(result: Result<T, E>, failure: Option<&str>) -> Result<T, E> {
    match failure {
        Some(why) if result.is_ok() => Err(DbError::Unavailable(why.to_owned()).into()),
        _ => result,
    }
}

/// Runs a piece of work that may panic; its message if it does.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| panic_message(panic.as_ref()))
}

/// The thread that writes, and the way to it.
pub struct Writer {
    queue: Option<SyncSender<Box<dyn Command>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Opens the connection and starts the thread.
    pub fn start(url: DbUrl) -> Result<Self, ConnectionError> {
        let conn = DbConn::open(&url, Usage::Write)?;
        let (queue, commands) = sync_channel::<Box<dyn Command>>(QUEUE);
        let thread = std::thread::Builder::new()
            .name("ecriture".to_owned())
            .spawn(move || serve(&url, Some(conn), &commands))
            .map_err(|error| ConnectionError::BadConnection(error.to_string()))?;
        Ok(Self { queue: Some(queue), thread: Mutex::new(Some(thread)) })
    }

    /// Queues a piece of work; the receiver gets its result after the commit.
    pub fn submit<T, E, F>(&self, work: F) -> oneshot::Receiver<Result<T, E>>
    where
        F: FnOnce(&mut DbConn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (reply, receiver) = oneshot::channel();
        self.queue(Box::new(Task { work: Some(work), result: None, reply }));
        receiver
    }

    /// Queues a command; one that cannot be is answered at once.
    pub(super) fn queue(&self, command: Box<dyn Command>) {
        let Some(queue) = &self.queue else { return command.answer(Some(STOPPED.to_owned())) };
        match queue.try_send(command) {
            Ok(()) => {}
            Err(TrySendError::Full(command)) => command.answer(Some("too many writes wait".to_owned())),
            Err(TrySendError::Disconnected(command)) => command.answer(Some(STOPPED.to_owned())),
        }
    }
}

impl Drop for Writer {
    /// Lets the thread finish what was queued.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.get_mut().ok().and_then(Option::take) {
            let _finished = thread.join();
        }
    }
}

fn serve(url: &DbUrl, mut conn: Option<DbConn>, commands: &Receiver<Box<dyn Command>>) {
    while let Ok(first) = commands.recv() {
        let mut group = vec![first];
        while group.len() < GROUP {
            match commands.try_recv() {
                Ok(command) => group.push(command),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        run_group(url, &mut conn, group);
    }
}

/// Runs a group in one transaction. A lost connection is opened again once; the group is then refused, never half done.
fn run_group(url: &DbUrl, conn: &mut Option<DbConn>, mut group: Vec<Box<dyn Command>>) {
    let failure = match ready(url, conn).and_then(|c| execute(c, &mut group)) {
        Ok(()) => None,
        Err(error) => {
            tracing::error!(error = %error, commands = group.len(), "write.group_failed");
            // Whatever state the connection is in, a new one is clean.
            *conn = None;
            Some(error.to_string())
        }
    };
    for command in group {
        command.answer(failure.clone());
    }
}

/// The connection with a transaction begun, reopened when it was lost.
fn ready<'a>(url: &DbUrl, conn: &'a mut Option<DbConn>) -> Result<&'a mut DbConn, DbError> {
    let alive = conn.as_mut().is_some_and(|c| c.begin_write().is_ok());
    if !alive {
        *conn = None;
        let mut fresh = open(url)?;
        fresh.begin_write()?;
        *conn = Some(fresh);
    }
    conn.as_mut().ok_or_else(|| DbError::Unavailable("no connection".to_owned()))
}

fn open(url: &DbUrl) -> Result<DbConn, DbError> {
    DbConn::open(url, Usage::Write).map_err(|error| {
        // A database that is gone is not asked again at once by every queued command.
        std::thread::sleep(Duration::from_millis(50));
        DbError::Unavailable(error.to_string())
    })
}

fn execute(conn: &mut DbConn, group: &mut [Box<dyn Command>]) -> Result<(), DbError> {
    if let [only] = group {
        // Alone, the transaction itself is the savepoint.
        if only.run(conn) {
            return Ok(conn.commit()?);
        }
        return Ok(conn.rollback()?);
    }
    let last = group.len().saturating_sub(1);
    conn.batch_execute("SAVEPOINT commande")?;
    for (place, command) in group.iter_mut().enumerate() {
        match (command.run(conn), place == last) {
            // In one round trip; the commit releases the last one.
            (true, false) => conn.batch_execute("RELEASE SAVEPOINT commande; SAVEPOINT commande")?,
            (true, true) => {}
            (false, _) => conn.batch_execute("ROLLBACK TO SAVEPOINT commande")?,
        }
    }
    Ok(conn.commit()?)
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "unknown".to_owned())
}
