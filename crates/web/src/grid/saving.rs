//! Sends what is typed, as it is typed: one request at a time, again after a cut, again over the change of somebody else unless
//! the same cell is concerned.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::edits::{CellEdit, Change, Pending, RowChange, RowSaved};
use super::model::Cell;
use super::range::Range;
use super::sorted::Sorted;
use super::store::{GridStore, LocalFuture};
use super::undoing::Steps;
use crate::api::ClientError;
use crate::browser;
use crate::reactive::State as Shared;
use crate::ui::{Announcer, use_announcer};

/// Most rows of one request.
const ROWS_MAX: usize = 500;
/// Pauses before what could not be sent is tried again, in seconds: each longer than the one before.
const PAUSES: [u64; 5] = [1, 2, 5, 10, 20];

/// The answer to rows that were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saved {
    /// The name by which it is undone; none when nothing was written.
    pub gesture: Option<String>,
    /// What became of each row.
    pub rows: Vec<RowSaved>,
}

/// A row as it stands on the server.
pub struct RowNow {
    /// Its version.
    pub version: i64,
    /// Value of a column.
    pub values: Vec<(String, String)>,
}

/// Columns with their values.
pub type Values = Vec<(String, String)>;

/// What was undone: how many rows went back, how many were left as they are, and the name of the undoing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// Rows that are as before.
    pub done: usize,
    /// Rows that have changed since and were left.
    pub left: usize,
    /// The name of the undoing, to do it again.
    pub gesture: Option<String>,
    /// The rows that went back: key, version, columns that have changed with their values.
    pub rows: Vec<(String, i64, Values)>,
}

/// What the page knows and the table does not: its columns and its server.
#[derive(Clone)]
pub struct Kit {
    /// The value of a text typed in a column, or why it is none.
    pub parse: fn(&str, &str) -> Result<String, String>,
    /// How a value of a column is shown.
    pub show: fn(&str, &str) -> Cell,
    /// The same as a text, to copy or to type over.
    pub text: fn(&str, &str) -> String,
    /// Saves rows.
    pub save: fn(Vec<RowChange>) -> LocalFuture<Result<Saved, ClientError>>,
    /// Reads one row.
    pub read: fn(String) -> LocalFuture<Result<RowNow, ClientError>>,
    /// Undoes a gesture.
    pub undo: fn(String) -> LocalFuture<Result<Undone, ClientError>>,
    /// Called when something was saved or undone.
    pub changed: fn(),
    /// Where what is typed is kept until it is saved.
    pub place: String,
}

/// The changes typed in one table.
#[derive(Clone, Copy)]
pub struct Edits {
    kit: StoredValue<Kit>,
    pub(super) store: GridStore,
    pub(super) pending: Shared<Pending>,
    pub(super) steps: Shared<Steps>,
    /// The cells chosen in the table.
    pub range: Shared<Option<Range>>,
    /// Whether a request is under way.
    busy: StoredValue<bool>,
    /// Failures in a row.
    failures: StoredValue<usize>,
    /// Whether the step under way goes on with the last one of `steps`.
    pub(super) same_step: StoredValue<bool>,
    cut: RwSignal<bool>,
    /// What is told once all is saved.
    told: StoredValue<Option<String>>,
    pub(super) announcer: Announcer,
}

impl Edits {
    /// The changes of this table; what a previous visit could not save is taken up again.
    pub fn new(kit: Kit, store: GridStore) -> Self {
        let kept = browser::stored(&kit.place).and_then(|text| serde_json::from_str::<Pending>(&text).ok());
        let mut pending = kept.unwrap_or_default();
        pending.unsent();
        let edits = Self {
            kit: StoredValue::new(kit),
            store,
            pending: Shared::new(pending),
            steps: Shared::new(Steps::default()),
            range: Shared::new(None),
            busy: StoredValue::new(false),
            failures: StoredValue::new(0),
            same_step: StoredValue::new(false),
            cut: RwSignal::new(false),
            told: StoredValue::new(None),
            announcer: use_announcer(),
        };
        let online = window_event_listener(leptos::ev::online, move |_| edits.send());
        on_cleanup(move || online.remove());
        edits.send();
        edits
    }

    /// Whether the table is still on the page.
    pub fn here(self) -> bool {
        self.busy.try_get_value().is_some()
    }

    /// What the page knows.
    pub fn kit(self) -> Kit {
        self.kit.get_value()
    }

    /// The typed cell at this place, now.
    pub fn cell_untracked(self, key: &str, column: &str) -> Option<CellEdit> {
        self.pending.with_untracked(|pending| pending.cell(key, column).cloned())
    }

    /// The cells that ask for something: key of the row, identifier of the column (tracked).
    pub fn unsettled(self) -> Vec<(String, String, CellEdit)> {
        self.pending.with(Pending::unsettled_cells)
    }

    /// How many cells wait for the server, and how many ask for something (tracked).
    pub fn counts(self) -> (usize, usize) {
        self.pending.with(|pending| (pending.waiting(), pending.unsettled()))
    }

    /// Whether the server cannot be reached (tracked).
    pub fn cut(self) -> bool {
        self.cut.get()
    }

    /// Takes changes, to be undone together, and sends them. Once they are saved, `told` is shown with a button that undoes them.
    pub fn put(self, changes: Vec<Change>, told: Option<String>) {
        self.same_step.set_value(false);
        self.put_too(changes, told);
    }

    /// The same, to be undone with what was noted just before.
    pub fn put_too(self, changes: Vec<Change>, told: Option<String>) {
        self.told.set_value(told);
        self.update(|pending| changes.into_iter().for_each(|change| pending.put(change)));
        self.send();
    }

    /// Keeps a cell that cannot be sent as typed.
    pub fn put_refused(self, change: Change, reason: String) {
        self.update(|pending| pending.put_refused(change, reason));
    }

    /// Ends a conflict, or gives up a refused cell.
    pub fn settle(self, key: &str, column: &str, mine: bool) {
        self.update(|pending| pending.settle(key, column, mine));
        self.send();
    }

    fn update(self, change: impl FnOnce(&mut Pending)) {
        self.pending.update(change);
        let place = self.kit.with_value(|kit| kit.place.clone());
        self.pending.with_untracked(|pending| {
            if pending.is_empty() {
                browser::forget(&place);
            } else if let Ok(text) = serde_json::to_string(pending) {
                // A browser that keeps nothing still sends what is typed.
                browser::store(&place, &text);
            }
        });
    }

    /// Sends what waits, unless a request is under way: its end sends the rest.
    fn send(self) {
        if self.busy.get_value() {
            return;
        }
        let mut rows = Vec::new();
        self.update(|pending| rows = pending.take(ROWS_MAX));
        if rows.is_empty() {
            return;
        }
        self.busy.set_value(true);
        let save = (self.kit().save)(rows);
        spawn_local(async move {
            let answer = save.await;
            if self.busy.try_set_value(false).is_some() {
                // The screen is gone; what was typed is kept for the next visit.
                return;
            }
            match answer {
                Ok(saved) => self.take(saved).await,
                Err(error) => self.fail(&error),
            }
        });
    }

    async fn take(self, saved: Saved) {
        self.failures.set_value(0);
        self.cut.set(false);
        if let Some(gesture) = saved.gesture {
            self.step_done(gesture);
            (self.kit().changed)();
        }
        self.show(&mut saved.rows.iter().filter_map(|row| match row {
            RowSaved::Done { key, version, values } => Some((key.as_str(), *version, values)),
            RowSaved::Stale(_) | RowSaved::Refused { .. } => None,
        }));
        let mut stale = Vec::new();
        // All at once: each update keeps in the browser what is left, which is thousands of cells after a paste.
        self.update(|pending| stale = pending.answered(saved.rows));
        for key in stale {
            self.rebase(key).await;
            if !self.here() {
                // What waits is kept for the next visit.
                return;
            }
        }
        if self.pending.with_untracked(Pending::waiting) == 0
            && let Some(sentence) = self.told.try_update_value(Option::take).flatten()
        {
            self.offer_undo(sentence);
        }
        self.send();
    }

    /// Reads a row that somebody else has changed, and goes on from what it is now.
    async fn rebase(self, key: String) {
        let answer = (self.kit().read)(key.clone()).await;
        if !self.here() {
            return;
        }
        match answer {
            Ok(now) => {
                self.show(&mut std::iter::once((key.as_str(), now.version, &now.values)));
                let value = |column: &str| {
                    let found = now.values.iter().find(|(name, _)| name == column);
                    found.map_or_else(String::new, |(_, value)| value.clone())
                };
                self.update(|pending| pending.rebase(&key, now.version, value));
            }
            Err(error) if error.problem().is_some() => {
                self.update(|pending| pending.refused(&key, |_| error.sentence()));
            }
            Err(error) => self.fail(&error),
        }
    }

    /// Shows the values that rows now have: key, version, columns that have changed.
    pub(super) fn show<'a>(self, changes: &mut dyn Iterator<Item = (&'a str, i64, &'a Values)>) {
        let mut rows: Sorted<Vec<(i64, &Values)>> = Sorted::default();
        for (key, version, values) in changes {
            match rows.get_mut(key) {
                Some(known) => known.push((version, values)),
                None => rows.insert(key.to_owned(), vec![(version, values)]),
            }
        }
        let show = self.kit().show;
        self.store.change_rows(|row, columns| {
            let mut now = None;
            for (version, values) in rows.get(&row.key)? {
                now.get_or_insert_with(|| row.clone()).take(*version, columns, values, show);
            }
            now
        });
    }

    /// What could not be sent waits; a refusal of the whole request is told in each cell.
    fn fail(self, error: &ClientError) {
        if error.problem().is_some_and(|problem| problem.status < 500 && ![412, 429].contains(&problem.status)) {
            let keys: Vec<String> = self.pending.with_untracked(Pending::sent_keys);
            self.update(|pending| keys.iter().for_each(|key| pending.refused(key, |_| error.sentence())));
            return;
        }
        self.update(Pending::unsent);
        self.cut.set(true);
        let failures = self.failures.get_value();
        self.failures.set_value(failures + 1);
        let pause = PAUSES.get(failures).or(PAUSES.last()).copied().unwrap_or_default();
        let again = move || {
            if self.here() {
                self.send();
            }
        };
        set_timeout(again, Duration::from_secs(pause));
    }
}
