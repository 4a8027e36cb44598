//! Counts the statements and commits that each database receives, through diesel's instrumentation.

use std::collections::HashMap;
use std::sync::{Mutex, Once, OnceLock};

use diesel::connection::{Instrumentation, InstrumentationEvent};

use super::Database;

/// What a database received so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Statements, the pool's signs of life left out.
    pub statements: usize,
    /// Transactions committed.
    pub commits: usize,
}

fn all() -> &'static Mutex<HashMap<String, Counts>> {
    static ALL: OnceLock<Mutex<HashMap<String, Counts>>> = OnceLock::new();
    ALL.get_or_init(Mutex::default)
}

/// What this database received so far.
pub fn counts(database: &Database) -> Counts {
    all().lock().unwrap().get(&database.text()).copied().unwrap_or_default()
}

#[derive(Default)]
struct Counter {
    url: String,
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        let mut all = match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => {
                url.clone_into(&mut self.url);
                return;
            }
            _ => all().lock().unwrap(),
        };
        let counts = all.entry(self.url.clone()).or_default();
        match event {
            InstrumentationEvent::StartQuery { query, .. } => {
                let text = query.to_string();
                let kept = ["SELECT 1", "PRAGMA", "SET ", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"];
                if !kept.iter().any(|start| text.starts_with(start)) {
                    counts.statements += 1;
                }
            }
            InstrumentationEvent::CommitTransaction { depth, .. } if depth.get() == 1 => counts.commits += 1,
            _ => {}
        }
    }
}

/// Watches every connection opened from now on.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        diesel::connection::set_default_instrumentation(|| Some(Box::new(Counter::default()))).unwrap();
    });
}
