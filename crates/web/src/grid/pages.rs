//! The pages of rows held in memory, least recently used dropped first. Plain data: who fetches is elsewhere.

use std::sync::Arc;

use super::model::{Marks, Row, Rows};

/// Rows of a page.
pub const PAGE_SIZE: usize = 200;
/// Pages kept in memory: 24 × 200 rows, a few megabytes at most.
const CAPACITY: usize = 24;

/// State of one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Asked for.
    Loading,
    /// Here.
    Ready,
    /// Here, but it may have changed since: shown until the new one arrives.
    Stale,
    /// Could not be had.
    Failed,
}

/// One page.
#[derive(Debug)]
struct Entry {
    /// When it was last in sight, by the count of uses.
    used: u64,
    state: State,
    /// The rows last received.
    rows: Vec<Arc<Row>>,
}

/// A page to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Number of the page, from 0.
    pub page: usize,
    /// Cursor to send; none for the first page.
    pub cursor: Option<String>,
    /// Rows to ask for.
    pub limit: usize,
}

/// The pages in memory.
#[derive(Debug)]
pub struct Pages {
    size: usize,
    total: Option<usize>,
    cursors: Option<Vec<String>>,
    /// Few: looked through one by one.
    pages: Vec<(usize, Entry)>,
    clock: u64,
}

impl Default for Pages {
    fn default() -> Self {
        Self { size: PAGE_SIZE, total: None, cursors: None, pages: Vec::new(), clock: 0 }
    }
}

impl Pages {
    /// Number of rows, as far as known: at least that many.
    pub const fn total(&self) -> Option<usize> {
        self.total
    }

    /// Number of rows, once it is known for sure.
    pub fn counted(&self) -> Option<usize> {
        self.total.filter(|total| self.cursors.is_some() || *total < self.size)
    }

    /// The row at this place, when it is in memory.
    pub fn row(&self, index: usize) -> Option<Arc<Row>> {
        let (page, within) = (index / self.size, index % self.size);
        self.entry(page)?.rows.get(within).cloned()
    }

    fn entry(&self, page: usize) -> Option<&Entry> {
        self.pages.iter().find(|(number, _)| *number == page).map(|(_, entry)| entry)
    }

    fn entry_mut(&mut self, page: usize) -> Option<&mut Entry> {
        self.pages.iter_mut().find(|(number, _)| *number == page).map(|(_, entry)| entry)
    }

    /// Takes the cursors of every page; whether the rows in memory no longer fit them and are gone.
    pub fn set_marks(&mut self, marks: Marks) -> bool {
        let step = marks.step.max(1);
        let gone = step != self.size;
        if gone {
            self.size = step;
            self.pages.clear();
        }
        self.total = Some(marks.total);
        self.cursors = Some(marks.cursors);
        gone
    }

    fn cursor(&self, page: usize) -> Option<Option<String>> {
        if page == 0 {
            return Some(None);
        }
        self.cursors.as_ref()?.get(page - 1).map(|cursor| Some(cursor.clone()))
    }

    /// What to ask for to read a row without keeping it, and its place in the answer; none when where its page begins is not known.
    pub fn request_of(&self, index: usize) -> Option<(Request, usize)> {
        let page = index / self.size;
        Some((Request { page, cursor: self.cursor(page)?, limit: self.size }, index % self.size))
    }

    /// Pages that the rows `first..end` need and that nobody has asked for; they become « loading ».
    pub fn wanted(&mut self, first: usize, end: usize) -> Vec<Request> {
        let last = end.max(first + 1) - 1;
        let mut requests = Vec::new();
        for page in first / self.size..=last / self.size {
            self.clock += 1;
            let Some(cursor) = self.cursor(page) else {
                continue;
            };
            let clock = self.clock;
            if self.entry(page).is_none() {
                self.pages.push((page, Entry { used: clock, state: State::Failed, rows: Vec::new() }));
            }
            let Some(entry) = self.entry_mut(page) else { continue };
            entry.used = clock;
            if matches!(entry.state, State::Stale | State::Failed) {
                entry.state = State::Loading;
                requests.push(Request { page, cursor, limit: self.size });
            }
        }
        self.evict();
        requests
    }

    /// Whether every page of the rows `first..end` is in memory or asked for.
    pub fn covers(&self, first: usize, end: usize) -> bool {
        let last = end.max(first + 1) - 1;
        (first / self.size..=last / self.size)
            .all(|page| self.entry(page).is_some_and(|entry| matches!(entry.state, State::Loading | State::Ready)))
    }

    fn evict(&mut self) {
        while self.pages.len() > CAPACITY {
            let oldest = self.pages.iter().min_by_key(|(_, entry)| entry.used).map(|(page, _)| *page);
            let Some(page) = oldest else { return };
            self.pages.retain(|(number, _)| *number != page);
        }
    }

    /// Takes a page that arrived; whether its rows are other than those in memory. Before the marks are known, the first page says how
    /// many rows there are at least.
    pub fn arrived(&mut self, request: &Request, Rows { rows }: Rows) -> bool {
        if request.limit != self.size {
            return false;
        }
        if self.cursors.is_none() && request.page == 0 {
            self.total = Some(rows.len());
        }
        let Some(entry) = self.entry_mut(request.page) else { return false };
        entry.state = State::Ready;
        let other = entry.rows != rows;
        if other {
            entry.rows = rows;
        }
        other
    }

    /// Notes that a page could not be had; it is asked for again the next time it is wanted.
    pub fn failed(&mut self, request: &Request) {
        if let Some(entry) = self.entry_mut(request.page) {
            entry.state = State::Failed;
        }
    }

    /// The row of this key, when it is in memory.
    pub fn row_of(&self, key: &str) -> Option<Arc<Row>> {
        self.pages.iter().flat_map(|(_, entry)| &entry.rows).find(|row| row.key == key).cloned()
    }

    /// Replaces the rows in memory of which this gives what they are now; whether there was one.
    pub fn change_rows(&mut self, now: impl Fn(&Row) -> Option<Row>) -> bool {
        let mut changed = false;
        for row in self.pages.iter_mut().flat_map(|(_, entry)| &mut entry.rows) {
            if let Some(other) = now(row) {
                *row = Arc::new(other);
                changed = true;
            }
        }
        changed
    }

    /// Makes every page be asked for again when next in sight; what is known stays shown meanwhile.
    pub fn expire(&mut self) {
        for (_, entry) in &mut self.pages {
            entry.state = State::Stale;
        }
    }

    /// Number of pages in memory.
    #[cfg(test)]
    pub fn held(&self) -> usize {
        self.pages.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(total: usize) -> Marks {
        let cursors = (1..total.div_ceil(PAGE_SIZE)).map(|page| format!("c{page}")).collect();
        Marks { total, step: PAGE_SIZE, cursors, sections: Vec::new() }
    }

    fn rows(from: usize, count: usize) -> Rows {
        let rows = (from..from + count)
            .map(|n| Arc::new(Row { key: n.to_string(), version: 1, cells: Vec::new(), values: Vec::new() }))
            .collect();
        Rows { rows }
    }

    fn load(pages: &mut Pages, first: usize, end: usize) {
        for request in pages.wanted(first, end) {
            pages.arrived(&request, rows(request.page * request.limit, request.limit));
        }
    }

    #[test]
    fn the_first_page_is_asked_for_before_the_marks_are_known_and_the_others_are_not() {
        let mut pages = Pages::default();
        let first = Request { page: 0, cursor: None, limit: PAGE_SIZE };
        assert_eq!(pages.wanted(0, 30), vec![first.clone()]);
        assert!(pages.wanted(0, 30).is_empty(), "asked for once");
        assert!(pages.wanted(400, 430).is_empty(), "no cursor yet");
        pages.arrived(&first, rows(0, 200));
        assert_eq!((pages.total(), pages.counted()), (Some(200), None), "a full page tells no number");
        pages.set_marks(marks(100_000));
        assert_eq!((pages.total(), pages.counted()), (Some(100_000), Some(100_000)));
        assert_eq!(pages.row(7).unwrap().key, "7", "the marks keep the page already here");
    }

    #[test]
    fn a_jump_asks_only_for_the_pages_in_sight_with_their_cursors() {
        let mut pages = Pages::default();
        pages.set_marks(marks(100_000));
        let asked: Vec<_> = pages.wanted(79_990, 80_020).into_iter().map(|r| (r.page, r.cursor)).collect();
        assert_eq!(asked, vec![(399, Some("c399".into())), (400, Some("c400".into()))]);
        assert!(pages.covers(79_990, 80_020));
        assert!(!pages.covers(50_000, 50_010));
    }

    #[test]
    fn rows_come_back_at_their_place() {
        let mut pages = Pages::default();
        pages.set_marks(marks(1_000));
        load(&mut pages, 390, 410);
        assert_eq!(pages.row(399).unwrap().key, "399");
        assert_eq!(pages.row(400).unwrap().key, "400");
        assert!(pages.row(900).is_none());
    }

    #[test]
    fn memory_is_bounded_and_the_page_in_sight_survives() {
        let mut pages = Pages::default();
        pages.set_marks(marks(100_000));
        for page in 0..100 {
            load(&mut pages, 0, 10);
            load(&mut pages, page * PAGE_SIZE, page * PAGE_SIZE + 10);
        }
        assert_eq!(pages.held(), CAPACITY);
        assert!(pages.row(3).is_some(), "used at each turn");
        assert!(pages.row(99 * PAGE_SIZE).is_some());
        assert!(pages.row(50 * PAGE_SIZE).is_none());
    }

    #[test]
    fn a_failed_page_is_asked_for_again() {
        let mut pages = Pages::default();
        let request = pages.wanted(0, 10).remove(0);
        pages.failed(&request);
        assert!(!pages.covers(0, 10));
        assert_eq!(pages.wanted(0, 10), vec![request]);
    }

    #[test]
    fn an_expired_page_is_asked_for_again_and_shown_meanwhile() {
        let mut pages = Pages::default();
        load(&mut pages, 0, 10);
        pages.expire();
        assert_eq!(pages.row(3).unwrap().key, "3");
        assert_eq!(pages.wanted(0, 10).len(), 1);
        assert_eq!(pages.row(3).unwrap().key, "3");
    }

    #[test]
    fn a_page_that_comes_back_the_same_is_told_as_such_and_another_as_other() {
        let mut pages = Pages::default();
        let request = pages.wanted(0, 10).remove(0);
        assert!(pages.arrived(&request, rows(0, 3)));
        pages.expire();
        assert!(!pages.arrived(&request, rows(0, 3)));
        assert!(pages.covers(0, 10), "it is here all the same");
        assert!(pages.arrived(&request, rows(0, 2)));
        assert!(pages.row(2).is_none());
    }

    #[test]
    fn only_the_rows_that_are_given_anew_change() {
        let mut pages = Pages::default();
        let request = pages.wanted(0, 10).remove(0);
        pages.arrived(&request, rows(0, 3));
        let later = |row: &Row| (row.key == "1").then(|| Row { version: 2, ..row.clone() });
        assert!(pages.change_rows(later));
        assert_eq!([0, 1, 2].map(|place| pages.row(place).unwrap().version), [1, 2, 1]);
        assert!(!pages.change_rows(|_| None));
    }

    #[test]
    fn another_step_than_the_one_asked_for_drops_the_pages_cut_otherwise() {
        let mut pages = Pages::default();
        let old = pages.wanted(0, 10).remove(0);
        let marks = Marks { total: 1_000, step: 500, cursors: vec!["c1".into()], sections: Vec::new() };
        assert!(pages.set_marks(marks.clone()));
        assert!(!pages.set_marks(marks), "the same step again drops none");
        assert!(!pages.arrived(&old, rows(0, 200)));
        assert!(pages.row(0).is_none());
        assert_eq!(pages.wanted(0, 10), vec![Request { page: 0, cursor: None, limit: 500 }]);
    }
}
