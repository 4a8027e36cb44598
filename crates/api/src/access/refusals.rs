//! Refused authorisations, for the journal (SEC-65): who, which operation, which objects. They are gathered in memory and
//! written together every few seconds, one entry per caller and operation: whoever asks in vain a thousand times a second
//! adds one line, not a thousand, delays nobody, and is answered as fast for what exists as for what does not (SEC-41).

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpMessage, HttpRequest, web};

use super::Perimeter;
use crate::app::App;
use crate::clock::{Moment, rfc3339};
use crate::error::AppError;
use crate::journal::{self, Author, Entry};

/// Time between two writings; a killed server loses the refusals of this time at most.
pub const PAUSE: Duration = Duration::from_secs(5);
/// Callers and operations told apart between two writings; what is beyond is counted together.
pub const TOLD_APART: usize = 200;
/// Objects named in an entry.
pub const OBJECTS: usize = 20;

/// What the journal must know of a caller, left with its request as soon as it is recognised.
pub struct Recognised {
    author: Author,
    /// Whether it works on its own objects only, so that a missing one may be somebody else's.
    limited: bool,
}

impl Recognised {
    /// A caller, and what it reaches with the operation it asks for.
    pub const fn new(author: Author, perimeter: Option<&Perimeter>) -> Self {
        Self { author, limited: matches!(perimeter, Some(Perimeter::Envelopes(_))) }
    }
}

#[derive(PartialEq, Eq, Hash)]
struct Key {
    kind: &'static str,
    id: String,
    role: &'static str,
    operation: String,
}

struct Tally {
    since: Moment,
    request: String,
    count: u64,
    statuses: BTreeSet<u16>,
    objects: BTreeSet<String>,
}

/// The refusals that are not written yet.
#[derive(Default)]
pub struct Refusals(Mutex<HashMap<Key, Tally>>);

impl Refusals {
    fn waiting(&self) -> MutexGuard<'_, HashMap<Key, Tally>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts the answer to a request, if it is a refusal.
    pub fn notice(&self, req: &HttpRequest, status: u16, request: &str, now: Moment) {
        if !matches!(status, 401 | 403 | 404) {
            return;
        }
        let left = req.extensions_mut().remove::<Recognised>();
        let refused = match status {
            // Nobody is refused what they never claimed: without a token, 401 only says to sign in.
            401 => req.headers().contains_key(AUTHORIZATION),
            403 => true,
            _ => left.as_ref().is_some_and(|caller| caller.limited) && req.match_info().get("id").is_some(),
        };
        if !refused {
            return;
        }
        let author = left.map_or_else(|| Author::public(""), |caller| caller.author);
        let pattern = req.match_pattern().unwrap_or_default();
        let key = Key {
            kind: author.kind,
            id: author.id,
            role: author.role,
            operation: format!("{} {pattern}", req.method()),
        };
        let object = req.match_info().get("id").filter(|id| uuid::Uuid::try_parse(id).is_ok());
        self.count(key, (status, object), request, now);
    }

    fn count(&self, key: Key, (status, object): (u16, Option<&str>), request: &str, now: Moment) {
        let mut waiting = self.waiting();
        let full = waiting.len() >= TOLD_APART && !waiting.contains_key(&key);
        let key = if full { beyond() } else { key };
        let tally = waiting.entry(key).or_insert_with(|| Tally {
            since: now,
            request: request.to_owned(),
            count: 0,
            statuses: BTreeSet::new(),
            objects: BTreeSet::new(),
        });
        tally.count += 1;
        tally.statuses.insert(status);
        if tally.objects.len() < OBJECTS {
            tally.objects.extend(object.map(str::to_owned));
        }
    }

    /// Puts back what could not be written.
    fn restore(&self, taken: HashMap<Key, Tally>) {
        let mut waiting = self.waiting();
        for (key, tally) in taken {
            match waiting.get_mut(&key) {
                Some(newer) => {
                    newer.since = tally.since;
                    newer.count += tally.count;
                    newer.statuses.extend(tally.statuses);
                    newer.objects.extend(tally.objects);
                }
                None => drop(waiting.insert(key, tally)),
            }
        }
    }
}

/// Where the refusals of too many callers at once are counted together.
fn beyond() -> Key {
    Key { kind: "systeme", id: String::new(), role: "", operation: "*".to_owned() }
}

/// An entry of the journal, and its author.
fn entry(key: &Key, tally: &Tally) -> (Author, Entry) {
    let values = serde_json::json!({
        "nombre": tally.count,
        "statuts": tally.statuses,
        "depuis": rfc3339(tally.since),
        "objets": tally.objects,
    });
    let author = Author { kind: key.kind, id: key.id.clone(), role: key.role, request: tally.request.clone() };
    let entry = Entry {
        action: "acces.refuse",
        object: "operation",
        object_id: key.operation.clone(),
        values: values.to_string(),
    };
    (author, entry)
}

/// Writes the refusals that wait, in one transaction.
pub async fn write(app: &App) -> Result<(), AppError> {
    let taken = std::mem::take(&mut *app.refusals.waiting());
    if taken.is_empty() {
        return Ok(());
    }
    let entries: Vec<_> = taken.iter().map(|(key, tally)| entry(key, tally)).collect();
    let (clock, now) = (app.clock.clone(), app.clock.now());
    let written = app.db.write(move |conn| {
        for (author, entry) in entries {
            journal::append(conn, &clock, &author, now, vec![entry])?;
        }
        Ok::<_, AppError>(())
    });
    let written = written.await;
    if written.is_err() {
        app.refusals.restore(taken);
    }
    written
}

/// Writes them for as long as the server runs.
pub async fn keep(app: web::Data<App>) {
    loop {
        actix_web::rt::time::sleep(PAUSE).await;
        if let Err(error) = write(&app).await {
            tracing::warn!(error = %error, "access.refusals_not_written");
        }
    }
}
