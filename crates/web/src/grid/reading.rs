//! Reads rows wherever they are in the list: what is done to a selection is done to all its rows, those out of memory too.

use std::ops::RangeInclusive;
use std::sync::Arc;

use domain::error::{ErrorCode, Problem};
use leptos::prelude::{GetValue, WithValue};

use super::model::Row;
use super::store::{GridStore, LocalFuture};
use crate::api::ClientError;
use crate::text::grille as texte;

impl GridStore {
    /// How many rows these places show, headings left out.
    pub fn count_rows(self, places: RangeInclusive<usize>) -> usize {
        self.indexes(places).len()
    }

    /// The rows of these places, headings left out, those out of memory asked for. They are all there, or it fails and says so.
    pub fn read_rows(self, places: RangeInclusive<usize>) -> LocalFuture<Result<Vec<Arc<Row>>, ClientError>> {
        Box::pin(async move {
            let (indexes, generation) = (self.indexes(places), self.generation.get_value());
            let mut rows = Vec::with_capacity(indexes.len());
            let mut read = (usize::MAX, Vec::new());
            for index in indexes {
                let held = self.pages.try_with_value(|pages| pages.row(index)).flatten();
                let row = match held {
                    Some(row) => row,
                    None => self.read_row(index, &mut read).await?,
                };
                rows.push(row);
            }
            // Rows that moved meanwhile may be there twice, or not at all.
            if self.is_current(generation) { Ok(rows) } else { Err(incomplete()) }
        })
    }

    /// A row that is not in memory; `read` is the page last read for this, and its number.
    async fn read_row(self, index: usize, read: &mut (usize, Vec<Arc<Row>>)) -> Result<Arc<Row>, ClientError> {
        let asked = self.pages.try_with_value(|pages| pages.request_of(index)).flatten();
        let (Some((request, within)), Some(loader)) = (asked, self.loader.try_get_value().flatten()) else {
            return Err(incomplete());
        };
        if read.0 != request.page {
            *read = (request.page, (loader.page)(request).await?.rows);
        }
        read.1.get(within).cloned().ok_or_else(incomplete)
    }

    /// Which rows of the list these places show.
    fn indexes(self, places: RangeInclusive<usize>) -> Vec<usize> {
        self.outline
            .try_with_value(|outline| places.filter_map(|place| outline.row(place)).collect())
            .unwrap_or_default()
    }
}

/// The rows of a selection could not all be read: nothing is done to any.
pub fn incomplete() -> ClientError {
    ClientError::Problem(Box::new(Problem::with_detail(ErrorCode::ConflitEtat, texte::SELECTION_INCOMPLETE)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::model::{Marks, Rows, Section};
    use crate::grid::pages::{PAGE_SIZE, Pages, Request};
    use crate::grid::store::Loader;
    use leptos::prelude::{Owner, SetValue, StoredValue, UpdateValue};
    use std::task::{Context, Poll, Waker};

    fn row(index: usize) -> Arc<Row> {
        Arc::new(Row { key: format!("r{index}"), version: 1, cells: Vec::new(), values: Vec::new() })
    }

    /// A list of 1,000 rows of which the first page alone is in memory; `asked` notes what is asked for.
    fn store(asked: StoredValue<Vec<usize>>, known: usize) -> GridStore {
        let store = GridStore::default();
        let page = move |request: Request| -> LocalFuture<Result<Rows, ClientError>> {
            asked.update_value(|asked| asked.push(request.page));
            let first = request.page * PAGE_SIZE;
            Box::pin(async move { Ok(Rows { rows: (first..(first + PAGE_SIZE).min(known)).map(row).collect() }) })
        };
        let marks = || -> LocalFuture<Result<Marks, ClientError>> { Box::pin(async { Err(ClientError::Offline) }) };
        store.loader.set_value(Some(Loader { marks: Arc::new(marks), page: Arc::new(page) }));
        let mut pages = Pages::default();
        let cursors = (1..5).map(|page| format!("c{page}")).collect();
        pages.set_marks(Marks { total: 1_000, step: PAGE_SIZE, cursors, sections: Vec::new() });
        for request in pages.wanted(0, 1) {
            pages.arrived(&request, Rows { rows: (0..PAGE_SIZE).map(row).collect() });
        }
        store.pages.set_value(pages);
        store
    }

    fn now<T>(mut future: LocalFuture<T>) -> T {
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("waits"),
        }
    }

    fn keys(rows: &[Arc<Row>]) -> Vec<&str> {
        rows.iter().map(|row| row.key.as_str()).collect()
    }

    #[test]
    fn rows_out_of_memory_are_read_page_by_page_and_none_is_left_out() {
        Owner::new().with(|| {
            let asked = StoredValue::new(Vec::new());
            let store = store(asked, 1_000);
            let rows = now(store.read_rows(198..=601)).unwrap_or_default();
            assert_eq!((rows.len(), asked.get_value()), (404, vec![1, 2, 3]));
            let wanted: Vec<String> = (198..=601).map(|index| format!("r{index}")).collect();
            assert_eq!(keys(&rows), wanted.iter().map(String::as_str).collect::<Vec<_>>());
        });
    }

    #[test]
    fn a_selection_that_cannot_be_read_whole_is_refused() {
        Owner::new().with(|| {
            let store = store(StoredValue::new(Vec::new()), 300);
            assert_eq!(now(store.read_rows(0..=299)).map(|rows| rows.len()), Ok(300));
            let refused = now(store.read_rows(0..=300)).map(|rows| rows.len());
            assert_eq!(refused.map_err(|error| error.sentence()), Err(texte::SELECTION_INCOMPLETE.to_owned()));
        });
    }

    #[test]
    fn headings_are_no_rows() {
        Owner::new().with(|| {
            let store = store(StoredValue::new(Vec::new()), 1_000);
            let section = |key: &str, rows| Section { heading: row(key.len()), rows };
            store.outline.update_value(|outline| _ = outline.set(vec![section("a", 2), section("bb", 998)]));
            assert_eq!(store.count_rows(0..=4), 3);
            let rows = now(store.read_rows(0..=4)).unwrap_or_default();
            assert_eq!(keys(&rows), ["r0", "r1", "r2"]);
        });
    }
}
