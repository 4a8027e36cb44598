//! The thread that sends the mails that are due.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Failure, Relay};
use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::outbox::MAIL;
use crate::outbox::queue::{self, Message};
use crate::text::mails;

/// Time between two looks at the outbox.
const PAUSE: Duration = Duration::from_millis(500);

/// Sends mails in the background; dropping it stops after the present one.
pub struct Sender {
    stop: Arc<AtomicBool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Sender {
    /// Starts the thread. With `forget`, what a mail held is erased once it has left.
    pub fn start(db: Db, clock: Clock, relay: Relay, forget: bool) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stop);
        let thread = std::thread::Builder::new().name("courriels".to_owned()).spawn(move || {
            while !asked.load(Ordering::Relaxed) {
                if let Err(error) = deliver(&db, &clock, &relay, forget) {
                    tracing::warn!(error = %error, "mail.outbox_unreadable");
                }
                std::thread::sleep(PAUSE);
            }
        })?;
        Ok(Self { stop, thread: Mutex::new(Some(thread)) })
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.get_mut().ok().and_then(Option::take) {
            let _finished = thread.join();
        }
    }
}

/// Sends every mail that is due; answers how many left.
pub fn deliver(db: &Db, clock: &Clock, relay: &Relay, forget: bool) -> Result<usize, DbError> {
    let now = clock.now();
    let due = db.read_blocking(|conn| queue::due(conn, MAIL, now))?;
    let mut left = 0;
    for message in due {
        let claimed = message.clone();
        if !db.write_blocking(move |conn| queue::claim(conn, &claimed))? {
            continue;
        }
        match attempt(relay, &message) {
            Ok(()) => {
                left += 1;
                let (id, now) = (message.id, clock.now());
                db.write_blocking(move |conn| queue::sent(conn, &id, now, forget))?;
            }
            Err(failure) => give_up(db, message, &failure)?,
        }
    }
    let parked = db.read_blocking(|conn| queue::parked(conn, MAIL))?.len();
    metrics::gauge!("courriels_arretes").set(f64::from(u32::try_from(parked).unwrap_or(u32::MAX)));
    Ok(left)
}

fn attempt(relay: &Relay, message: &Message) -> Result<(), Failure> {
    let payload = serde_json::from_str(&message.charge).map_err(|error| Failure::Lasting(error.to_string()))?;
    let mail = mails::render(&payload, relay.site())
        .ok_or_else(|| Failure::Lasting("unknown template or missing field".to_owned()))?;
    relay.send(message, &mail)
}

/// Leaves the message for its next attempt, or parks it.
fn give_up(db: &Db, message: Message, failure: &Failure) -> Result<(), DbError> {
    let attempts = message.tentatives + 1;
    match failure {
        Failure::Passing(cause) if attempts < queue::PARKED => {
            tracing::warn!(mail = message.id, attempts, cause, "mail.delayed");
            Ok(())
        }
        Failure::Passing(cause) | Failure::Lasting(cause) => {
            tracing::error!(mail = message.id, attempts, cause, "mail.parked");
            db.write_blocking(move |conn| queue::park(conn, &message.id))
        }
    }
}
