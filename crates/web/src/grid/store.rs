//! Keeps the rows of one table in signals: asks the page's loader for what is in sight, no more, and never twice.

use std::future::Future;
use std::ops::{Range, RangeInclusive};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::{Marks, Row, Rows};
use super::outline::Outline;
use super::pages::{Pages, Request};
use super::window::Window;
use crate::api::ClientError;
use crate::reactive::{Computed, State};

/// While somebody scrolls fast, pages that only pass by are not asked for.
const SETTLE: Duration = Duration::from_millis(80);

/// An answer that comes later, in this thread.
pub type LocalFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// How a table gets its rows.
#[derive(Clone)]
pub struct Loader {
    /// Where pages begin.
    pub marks: Arc<dyn Fn() -> LocalFuture<Result<Marks, ClientError>> + Send + Sync>,
    /// One page.
    pub page: Arc<dyn Fn(Request) -> LocalFuture<Result<Rows, ClientError>> + Send + Sync>,
}

/// The rows of one table.
#[derive(Clone, Copy)]
pub struct GridStore {
    pub(super) loader: StoredValue<Option<Loader>>,
    /// Identifiers of the columns of its rows.
    columns: StoredValue<Vec<String>>,
    pub(super) pages: StoredValue<Pages>,
    pub(super) outline: StoredValue<Outline>,
    /// Grows with each other list, so that late answers to an older question are dropped.
    pub(super) generation: StoredValue<u64>,
    /// What a table shows of it.
    window: StoredValue<Option<Computed<Window>>>,
    timer: StoredValue<Option<TimeoutHandle>>,
    changes: RwSignal<u64>,
    total: RwSignal<Option<usize>>,
    counted: RwSignal<Option<usize>>,
    busy: RwSignal<bool>,
    failure: RwSignal<Option<ClientError>>,
    restarts: RwSignal<u64>,
    /// Marks that arrived before the first page of their list.
    early: StoredValue<Option<Result<Marks, ClientError>>>,
    /// Answers about this list that are on their way.
    waiting: StoredValue<usize>,
    /// Whether something has changed while a list, or part of it, was on its way.
    again: StoredValue<bool>,
    /// Who else is on rows: keys and names.
    pub(super) beside: State<Vec<(String, String)>>,
}

impl Default for GridStore {
    fn default() -> Self {
        Self {
            loader: StoredValue::new(None),
            columns: StoredValue::new(Vec::new()),
            pages: StoredValue::new(Pages::default()),
            outline: StoredValue::new(Outline::default()),
            generation: StoredValue::new(0),
            window: StoredValue::new(None),
            timer: StoredValue::new(None),
            changes: RwSignal::new(0),
            total: RwSignal::new(None),
            counted: RwSignal::new(None),
            busy: RwSignal::new(true),
            failure: RwSignal::new(None),
            restarts: RwSignal::new(0),
            early: StoredValue::new(None),
            waiting: StoredValue::new(0),
            again: StoredValue::new(false),
            beside: State::new(Vec::new()),
        }
    }
}

impl GridStore {
    /// Number of rows, once it is known for sure: what is told to people.
    pub fn counted(self) -> Signal<Option<usize>> {
        self.counted.into()
    }

    /// Number of places, headings included, or at least that many; nothing until the first answer.
    pub fn total(self) -> Signal<Option<usize>> {
        self.total.into()
    }

    /// Whether another list has been asked for and the old one is still shown.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Why rows could not be had.
    pub fn failure(self) -> Signal<Option<ClientError>> {
        self.failure.into()
    }

    /// Grows each time another list is shown: the table then goes back to its top.
    pub fn restarts(self) -> Signal<u64> {
        self.restarts.into()
    }

    /// Says who else is on rows: the key of each, and their names.
    pub fn tell_beside(self, beside: Vec<(String, String)>) {
        self.beside.try_set(beside);
    }

    /// Tracks arrivals and changes of rows.
    pub fn follow(self) {
        self.changes.track();
    }

    /// The row at this place when it is in memory (tracked).
    pub fn row(self, place: usize) -> Option<Arc<Row>> {
        self.follow();
        self.row_untracked(place)
    }

    /// The row at this place when it is in memory.
    pub fn row_untracked(self, place: usize) -> Option<Arc<Row>> {
        let index = self.outline.try_with_value(|outline| outline.row(place)).flatten()?;
        self.pages.try_with_value(|pages| pages.row(index)).flatten()
    }

    /// The heading at this place, and whether its group is open.
    pub fn heading(self, place: usize) -> Option<(Arc<Row>, bool)> {
        self.outline.try_with_value(|outline| outline.heading(place)).flatten()
    }

    /// What stands at these places, in one look: a row when it is in memory, and whether it is the heading of an open group or of a
    /// closed one.
    pub(super) fn places(self, places: Range<usize>) -> Vec<(Option<Arc<Row>>, Option<bool>)> {
        let outline = self.outline.read_value();
        let pages = self.pages.read_value();
        let one = |place| match outline.heading(place) {
            Some((heading, open)) => (Some(heading), Some(open)),
            None => (outline.row(place).and_then(|index| pages.row(index)), None),
        };
        places.map(one).collect()
    }

    /// The rows of these places, headings left out; nothing when some are not in memory.
    pub fn rows_untracked(self, places: RangeInclusive<usize>) -> Option<Vec<Arc<Row>>> {
        places.filter(|place| self.heading(*place).is_none()).map(|place| self.row_untracked(place)).collect()
    }

    /// Opens or closes the group of this key.
    pub fn toggle(self, key: &str) {
        self.outline.update_value(|outline| outline.toggle(key));
        self.recount(true);
    }

    /// Opens every group, or closes them all.
    pub fn open_all(self, open: bool) {
        self.outline.update_value(|outline| outline.set_all(open));
        self.recount(true);
    }

    /// The row of this key when it is in memory (tracked).
    pub fn row_of(self, key: &str) -> Option<Arc<Row>> {
        self.follow();
        self.row_of_untracked(key)
    }

    /// The row of this key when it is in memory.
    pub fn row_of_untracked(self, key: &str) -> Option<Arc<Row>> {
        self.pages.try_with_value(|pages| pages.row_of(key)).flatten()
    }

    /// The version of the row of this key, when it is in memory.
    pub fn version_of(self, key: &str) -> Option<i64> {
        self.row_of_untracked(key).map(|row| row.version)
    }

    /// Asks at once for the rows of these places, whatever is in sight.
    pub fn want(self, first: usize, end: usize) {
        let Some(loader) = self.loader.try_get_value().flatten() else { return };
        let rows = self.rows_of(first..end);
        let requests = self.pages.try_update_value(|pages| pages.wanted(rows.start, rows.end)).unwrap_or_default();
        let generation = self.generation.get_value();
        self.waiting.update_value(|waiting| *waiting += requests.len());
        for request in requests {
            let answer = (loader.page)(request.clone());
            spawn_local(async move {
                let answer = answer.await;
                self.take_page(generation, &request, answer);
                self.answered(generation);
            });
        }
    }

    /// Replaces the rows in memory of which this gives what they are now, told once; it also gets the identifiers of the columns.
    pub fn change_rows(self, now: impl Fn(&Row, &[String]) -> Option<Row>) {
        let changed = self
            .columns
            .with_value(|columns| self.pages.try_update_value(|pages| pages.change_rows(|row| now(row, columns))));
        if changed == Some(true) {
            self.changed();
        }
    }

    /// Asks for another list. The rows shown stay until the first page arrives, unless `clear` says they no longer fit
    /// the columns.
    pub fn load(self, loader: Loader, columns: Vec<String>, clear: bool) {
        self.loader.set_value(Some(loader));
        self.columns.set_value(columns);
        if clear {
            self.pages.set_value(Pages::default());
            self.total.set(None);
            self.changed();
        }
        self.start();
    }

    /// Asks again for the list, from the top; for the button « try again » too.
    pub fn start(self) {
        let Some(loader) = self.loader.get_value() else {
            return;
        };
        let generation = self.next_generation();
        self.failure.set(None);
        self.busy.set(true);
        self.early.set_value(None);
        self.again.set_value(false);
        let marks = (loader.marks)();
        spawn_local(async move {
            let marks = marks.await;
            self.take_marks(generation, marks);
        });
        let mut fresh = Pages::default();
        let first = fresh.wanted(0, 1);
        spawn_local(async move {
            for request in first {
                let answer = (loader.page)(request.clone()).await;
                if !self.is_current(generation) {
                    return;
                }
                match answer {
                    Ok(rows) => fresh.arrived(&request, rows),
                    Err(error) => return self.fail(error),
                };
            }
            self.install(generation, fresh);
        });
    }

    fn install(self, generation: u64, fresh: Pages) {
        self.pages.set_value(fresh);
        self.outline.update_value(|outline| _ = outline.set(Vec::new()));
        self.busy.set(false);
        self.restarts.update(|count| *count += 1);
        self.recount(true);
        if let Some(marks) = self.early.try_update_value(Option::take).flatten() {
            self.take_marks(generation, marks);
        }
        self.catch_up();
    }

    /// Asks again for what is in sight after a change, without moving the table.
    pub fn refresh(self) {
        let Some(loader) = self.loader.get_value() else {
            return;
        };
        // Another list, or a part of this one, is on its way: what changed meanwhile is asked for once it is there. Asked for at once, it
        // would drop that answer as an older one, and changes that follow one another faster than answers come would let none through.
        if self.busy.get_untracked() || self.waiting.get_value() > 0 {
            return self.again.set_value(true);
        }
        let generation = self.next_generation();
        self.pages.update_value(Pages::expire);
        self.fetch_in_sight();
        self.waiting.update_value(|waiting| *waiting += 1);
        spawn_local(async move {
            let marks = (loader.marks)().await;
            self.take_marks(generation, marks);
            self.answered(generation);
        });
    }

    /// An answer has come: after the last one, what changed meanwhile is asked for.
    fn answered(self, generation: u64) {
        if self.is_current(generation) && self.waiting.try_update_value(|waiting| *waiting -= 1).is_some() {
            self.catch_up();
        }
    }

    fn catch_up(self) {
        if self.waiting.get_value() == 0 && self.again.try_update_value(std::mem::take) == Some(true) {
            self.refresh();
        }
    }

    fn take_marks(self, generation: u64, marks: Result<Marks, ClientError>) {
        if !self.is_current(generation) {
            return;
        }
        if self.busy.get_untracked() {
            self.early.set_value(Some(marks));
            return;
        }
        match marks {
            Ok(mut marks) => {
                let sections = std::mem::take(&mut marks.sections);
                let others = self.outline.try_update_value(|outline| outline.set(sections));
                let gone = self.pages.try_update_value(|pages| pages.set_marks(marks));
                self.recount(others == Some(true) || gone == Some(true));
            }
            Err(error) => self.fail(error),
        }
    }

    /// Follows what a table shows of it.
    pub(super) fn show_in(self, window: Computed<Window>) {
        self.window.set_value(Some(window));
    }

    /// Other rows are in sight: those that miss are asked for once the scrolling settles.
    pub(super) fn moved(self) {
        if let Some(timer) = self.timer.get_value() {
            timer.clear();
            self.timer.set_value(None);
        }
        let rows = self.rows_of(self.in_sight());
        let covered = self.pages.try_with_value(|pages| pages.covers(rows.start, rows.end)).unwrap_or(true);
        if !covered {
            self.timer.set_value(set_timeout_with_handle(move || self.fetch_in_sight(), SETTLE).ok());
        }
    }

    /// The places in sight, as they are now; the first one before there is a table.
    fn in_sight(self) -> Range<usize> {
        let window = self.window.try_get_value().flatten().and_then(Computed::try_get_untracked);
        window.map_or(0..1, |Window { first, end, .. }| first..end)
    }

    fn fetch_in_sight(self) {
        let places = self.in_sight();
        self.want(places.start, places.end);
    }

    fn take_page(self, generation: u64, request: &Request, answer: Result<Rows, ClientError>) {
        if !self.is_current(generation) {
            return;
        }
        match answer {
            Ok(rows) => {
                // What is asked for again is mostly the same.
                if self.pages.try_update_value(|pages| pages.arrived(request, rows)) == Some(true) {
                    self.changed();
                }
                if self.failure.with_untracked(Option::is_some) {
                    self.failure.set(None);
                }
            }
            Err(error) => {
                self.pages.update_value(|pages| pages.failed(request));
                self.failure.set(Some(error));
            }
        }
    }

    /// The rows of the list that these places show.
    fn rows_of(self, places: Range<usize>) -> Range<usize> {
        self.outline.try_with_value(|outline| outline.rows(places)).unwrap_or_default()
    }

    /// Says again how many rows and places there are, and whether others stand at these places; asks at once for those that come in
    /// sight: nobody is scrolling.
    fn recount(self, others: bool) {
        let (total, counted) = self.pages.with_value(|pages| (pages.total(), pages.counted()));
        let total = total.map(|rows| self.outline.with_value(|outline| outline.places(rows)));
        for (told, count) in [(self.counted, counted), (self.total, total)] {
            if told.get_untracked() != count {
                told.set(count);
            }
        }
        if others {
            self.changed();
        }
        self.fetch_in_sight();
    }

    fn fail(self, error: ClientError) {
        self.busy.set(false);
        self.failure.set(Some(error));
    }

    fn changed(self) {
        self.changes.update(|count| *count += 1);
    }

    fn next_generation(self) -> u64 {
        self.generation.update_value(|generation| *generation += 1);
        self.waiting.set_value(0);
        self.generation.get_value()
    }

    /// False too when the table is no longer on the page.
    pub(super) fn is_current(self, generation: u64) -> bool {
        self.generation.try_get_value() == Some(generation)
    }
}
