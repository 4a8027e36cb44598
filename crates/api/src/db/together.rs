//! Writes of one kind that the writer makes together when several wait for it: what they read is read once for all, and their rows are
//! written by one statement (docs/adr/0011). Each keeps its own answer, given once all are committed.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::writer::{Command, GROUP, QUEUE, guarded, settled, stopped};
use super::{Db, DbConn, DbError};

/// Makes some works; one answer each, in their order. Nothing may be left written of a work that is refused.
type Make<W, T, E> = fn(&mut DbConn, Vec<W>) -> Vec<Result<T, E>>;

/// Whom to answer.
type Reply<T, E> = oneshot::Sender<Result<T, E>>;

/// A work that waits.
type Waiting<W, T, E> = (W, Reply<T, E>);

/// A work that is made.
type Made<T, E> = (Reply<T, E>, Result<T, E>);

/// The works of one kind that wait for the writer.
pub struct Together<W, T, E> {
    waiting: Arc<Mutex<Vec<Waiting<W, T, E>>>>,
    make: Make<W, T, E>,
}

impl<W, T, E> Together<W, T, E>
where
    W: Send + 'static,
    T: Send + 'static,
    E: From<DbError> + Send + 'static,
{
    /// No work yet; `make` makes those that wait.
    pub fn new(make: Make<W, T, E>) -> Self {
        Self { waiting: Arc::default(), make }
    }

    /// Makes a work with those that wait; answers once they are committed and synced.
    pub async fn write(&self, db: &Db, work: W) -> Result<T, E> {
        self.queue(db, work)?.await.unwrap_or_else(|_closed| Err(stopped().into()))
    }

    /// The same as [`Together::write`], from a thread that may block.
    pub fn write_blocking(&self, db: &Db, work: W) -> Result<T, E> {
        self.queue(db, work)?.blocking_recv().unwrap_or_else(|_closed| Err(stopped().into()))
    }

    /// Adds a work to those that wait. One command takes [`GROUP`] of them: a new one is queued each time there are that many.
    fn queue(&self, db: &Db, work: W) -> Result<oneshot::Receiver<Result<T, E>>, DbError> {
        let (reply, receiver) = oneshot::channel();
        let before = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if waiting.len() >= QUEUE {
                return Err(DbError::Unavailable("too many writes wait".to_owned()));
            }
            waiting.push((work, reply));
            waiting.len() - 1
        };
        if before.is_multiple_of(GROUP) {
            db.writer().queue(Box::new(Batch { waiting: Arc::clone(&self.waiting), make: self.make, made: None }));
        }
        Ok(receiver)
    }
}

/// The command that makes those that wait when its turn comes.
struct Batch<W, T, E> {
    waiting: Arc<Mutex<Vec<Waiting<W, T, E>>>>,
    make: Make<W, T, E>,
    made: Option<Vec<Made<T, E>>>,
}

impl<W, T, E> Batch<W, T, E> {
    fn take(&self) -> (Vec<W>, Vec<Reply<T, E>>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = waiting.len().min(GROUP);
        waiting.drain(..taken).unzip()
    }
}

impl<W, T, E> Command for Batch<W, T, E>
where
    W: Send,
    T: Send,
    E: From<DbError> + Send,
{
    fn run(&mut self, conn: &mut DbConn) -> bool {
        let (works, replies) = self.take();
        let make = self.make;
        let panicked = |why: String| replies.iter().map(|_| Err(DbError::Panicked(why.clone()).into())).collect();
        let results: Vec<Result<T, E>> = guarded(|| make(conn, works)).unwrap_or_else(panicked);
        let any = results.iter().any(Result::is_ok);
        self.made = Some(replies.into_iter().zip(results).collect());
        any
    }

    fn answer(mut self: Box<Self>, failure: Option<String>) {
        let made = self.made.take().unwrap_or_else(|| {
            let why = failure.clone().unwrap_or_default();
            let refused = |reply| (reply, Err(DbError::Unavailable(why.clone()).into()));
            self.take().1.into_iter().map(refused).collect()
        });
        for (reply, result) in made {
            let _gone = reply.send(settled(result, failure.as_deref()));
        }
    }
}
