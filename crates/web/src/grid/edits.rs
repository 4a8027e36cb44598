//! What was typed in cells and is not saved yet, row by row: kept while it waits, told apart when it is refused or when
//! somebody else has changed the same cell. Plain data: who sends it is `saving`.

use serde::{Deserialize, Serialize};

use super::sorted::Sorted;

/// What becomes of a typed cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// To be sent.
    Waiting,
    /// Sent, not answered yet.
    Sent,
    /// Refused: why, in French. It stays until it is typed again or given up.
    Refused(String),
    /// Somebody else has changed this cell meanwhile: the value that now stands.
    Conflict(String),
}

/// A typed cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellEdit {
    /// The value that was changed.
    pub before: String,
    /// The value that is wanted.
    pub value: String,
    /// What becomes of it.
    pub state: State,
}

/// The typed cells of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowEdits {
    /// The version that was read.
    pub version: i64,
    /// Cells by identifier of column.
    pub cells: Sorted<CellEdit>,
}

impl RowEdits {
    /// Whether some of it is under way.
    fn is_sent(&self) -> bool {
        self.cells.iter().any(|(_, cell)| cell.state == State::Sent)
    }
}

/// A cell to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Key of the row.
    pub key: String,
    /// Version of the row that was read.
    pub version: i64,
    /// Identifier of the column.
    pub column: String,
    /// The value that stands.
    pub before: String,
    /// The value wanted.
    pub value: String,
}

/// A row to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// Key of the row.
    pub key: String,
    /// Version that was read.
    pub version: i64,
    /// Columns and wanted values.
    pub values: Vec<(String, String)>,
}

/// What became of a row that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowSaved {
    /// Saved in this version; these columns have these values now.
    Done {
        /// Key of the row.
        key: String,
        /// Its version.
        version: i64,
        /// Columns that have changed, with their values.
        values: Vec<(String, String)>,
    },
    /// Somebody else has changed it since it was read.
    Stale(String),
    /// Refused: the sentence of the whole, then of each column.
    Refused {
        /// Key of the row.
        key: String,
        /// Why.
        sentence: String,
        /// Why, by column.
        columns: Vec<(String, String)>,
    },
}

/// Everything typed and not saved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    rows: Sorted<RowEdits>,
}

impl Pending {
    /// The typed cells of a row.
    pub fn row(&self, key: &str) -> Option<&RowEdits> {
        self.rows.get(key)
    }

    /// The typed cell at this place.
    pub fn cell(&self, key: &str, column: &str) -> Option<&CellEdit> {
        self.rows.get(key)?.cells.get(column)
    }

    /// Keys of the rows that are under way.
    pub fn sent_keys(&self) -> Vec<String> {
        self.rows.iter().filter(|(_, row)| row.is_sent()).map(|(key, _)| key.clone()).collect()
    }

    /// Number of cells that wait for the server.
    pub fn waiting(&self) -> usize {
        self.count(|state| matches!(state, State::Waiting | State::Sent))
    }

    /// Number of cells that ask the person for something: refused, or changed by somebody else.
    pub fn unsettled(&self) -> usize {
        self.count(|state| matches!(state, State::Refused(_) | State::Conflict(_)))
    }

    /// These cells: key of the row, identifier of the column, and what was typed.
    pub fn unsettled_cells(&self) -> Vec<(String, String, CellEdit)> {
        let cells =
            self.rows.iter().flat_map(|(key, row)| row.cells.iter().map(move |(column, cell)| (key, column, cell)));
        let unsettled = cells.filter(|(.., cell)| matches!(cell.state, State::Refused(_) | State::Conflict(_)));
        unsettled.map(|(key, column, cell)| (key.clone(), column.clone(), cell.clone())).collect()
    }

    fn count(&self, counted: impl Fn(&State) -> bool) -> usize {
        let cells = self.rows.iter().flat_map(|(_, row)| row.cells.iter());
        cells.filter(|(_, cell)| counted(&cell.state)).count()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A row, to type in it: its version when nothing is typed in it yet.
    fn typed(&mut self, key: &str, version: i64) -> Option<&mut RowEdits> {
        if self.rows.get(key).is_none() {
            self.rows.insert(key.to_owned(), RowEdits::default());
        }
        let row = self.rows.get_mut(key)?;
        if row.cells.is_empty() {
            row.version = version;
        }
        Some(row)
    }

    /// Takes a typed cell; one that comes back to what stands is forgotten.
    pub fn put(&mut self, change: Change) {
        let Some(row) = self.typed(&change.key, change.version) else { return };
        let known = row.cells.remove(&change.column);
        let sent = known.as_ref().is_some_and(|cell| cell.state == State::Sent);
        let before = known.filter(|_| !sent).map_or(change.before, |cell| cell.before);
        if sent || before != change.value {
            row.cells.insert(change.column, CellEdit { before, value: change.value, state: State::Waiting });
        }
        self.forget_empty(&change.key);
    }

    /// Keeps a cell that cannot be sent as it is typed, with the reason.
    pub fn put_refused(&mut self, change: Change, reason: String) {
        let Some(row) = self.typed(&change.key, change.version) else { return };
        let cell = CellEdit { before: change.before, value: change.value, state: State::Refused(reason) };
        row.cells.insert(change.column, cell);
    }

    /// The rows to send, at most so many; their cells become « sent ». A row that is under way waits for its answer.
    pub fn take(&mut self, most: usize) -> Vec<RowChange> {
        let mut taken = Vec::new();
        for (key, row) in self.rows.iter_mut() {
            if taken.len() == most {
                break;
            }
            if row.is_sent() {
                continue;
            }
            let mut values = Vec::new();
            for (column, cell) in row.cells.iter_mut().filter(|(_, cell)| cell.state == State::Waiting) {
                cell.state = State::Sent;
                values.push((column.to_owned(), cell.value.clone()));
            }
            if !values.is_empty() {
                taken.push(RowChange { key: key.to_owned(), version: row.version, values });
            }
        }
        taken
    }

    /// The rows came back; gives the keys of those that somebody else has changed.
    pub fn answered(&mut self, rows: Vec<RowSaved>) -> Vec<String> {
        let mut stale = Vec::new();
        for row in rows {
            match row {
                RowSaved::Done { key, version, .. } => self.saved(&key, version),
                RowSaved::Refused { key, sentence, columns } => self.refused(&key, |column| {
                    let own = columns.iter().find(|(name, _)| name == column);
                    own.map_or_else(|| sentence.clone(), |(_, sentence)| sentence.clone())
                }),
                RowSaved::Stale(key) => stale.push(key),
            }
        }
        stale
    }

    /// A row was saved in this version. What was typed again meanwhile stays to be sent.
    pub fn saved(&mut self, key: &str, version: i64) {
        if let Some(row) = self.rows.get_mut(key) {
            row.cells.retain(|_, cell| cell.state != State::Sent);
            row.version = version;
        }
        self.forget_empty(key);
    }

    /// A row was refused: `reason` tells why for each column.
    pub fn refused(&mut self, key: &str, reason: impl Fn(&str) -> String) {
        let Some(row) = self.rows.get_mut(key) else { return };
        for (column, cell) in row.cells.iter_mut().filter(|(_, cell)| cell.state == State::Sent) {
            cell.state = State::Refused(reason(column));
        }
    }

    /// Nothing came back: what was sent is to be sent again.
    pub fn unsent(&mut self) {
        for (_, cell) in self.rows.iter_mut().flat_map(|(_, row)| row.cells.iter_mut()) {
            if cell.state == State::Sent {
                cell.state = State::Waiting;
            }
        }
    }

    /// Somebody has changed the row: it is now in this version, with these values. A cell that nobody else has touched is sent
    /// again over it; one that has the wanted value is done; the others are in conflict.
    pub fn rebase(&mut self, key: &str, version: i64, now: impl Fn(&str) -> String) {
        let Some(row) = self.rows.get_mut(key) else { return };
        row.version = version;
        row.cells.retain(|column, cell| {
            let present = now(column);
            if present == cell.value {
                return false;
            }
            if cell.state == State::Sent {
                cell.state = if present == cell.before { State::Waiting } else { State::Conflict(present) };
            }
            true
        });
        self.forget_empty(key);
    }

    /// Ends a conflict: by the value typed here, which is sent again, or by that of the other person.
    pub fn settle(&mut self, key: &str, column: &str, mine: bool) {
        let Some(row) = self.rows.get_mut(key) else { return };
        if let Some(cell) = row.cells.get_mut(column).filter(|_| mine)
            && let State::Conflict(theirs) = &cell.state
        {
            cell.before.clone_from(theirs);
            cell.state = State::Waiting;
            return;
        }
        row.cells.remove(column);
        self.forget_empty(key);
    }

    fn forget_empty(&mut self, key: &str) {
        if self.rows.get(key).is_some_and(|row| row.cells.is_empty()) {
            self.rows.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(column: &str, before: &str, value: &str) -> Change {
        let [key, column, before, value] = ["a", column, before, value].map(str::to_owned);
        Change { key, version: 3, column, before, value }
    }

    fn state(pending: &Pending, column: &str) -> Option<State> {
        pending.cell("a", column).map(|cell| cell.state.clone())
    }

    #[test]
    fn a_cell_is_sent_once_and_forgotten_when_saved() {
        let mut pending = Pending::default();
        pending.put(change("ville", "Lyon", "Bron"));
        let sent = pending.take(10);
        let values = vec![("ville".to_owned(), "Bron".to_owned())];
        assert_eq!(sent, [RowChange { key: "a".to_owned(), version: 3, values }]);
        assert_eq!((pending.take(10), pending.waiting()), (vec![], 1));
        pending.saved("a", 4);
        assert!(pending.is_empty());
    }

    #[test]
    fn each_row_that_comes_back_is_forgotten_refused_or_told_stale() {
        let mut pending = Pending::default();
        for key in ["a", "b", "c"] {
            pending.put(Change { key: key.to_owned(), ..change("ville", "Lyon", "Bron") });
        }
        pending.take(10);
        let columns = vec![("ville".to_owned(), "trop".to_owned())];
        let stale = pending.answered(vec![
            RowSaved::Done { key: "a".to_owned(), version: 4, values: Vec::new() },
            RowSaved::Refused { key: "b".to_owned(), sentence: "non".to_owned(), columns },
            RowSaved::Stale("c".to_owned()),
        ]);
        assert_eq!(stale, ["c"]);
        assert_eq!((pending.row("a"), pending.waiting()), (None, 1));
        assert_eq!(pending.cell("b", "ville").unwrap().state, State::Refused("trop".to_owned()));
    }

    #[test]
    fn what_comes_back_to_what_stands_is_not_sent() {
        let mut pending = Pending::default();
        pending.put(change("ville", "Lyon", "Bron"));
        pending.put(change("ville", "Lyon", "Lyon"));
        assert!(pending.is_empty());
    }

    #[test]
    fn what_is_typed_while_the_row_is_under_way_follows_in_the_new_version() {
        let mut pending = Pending::default();
        pending.put(change("ville", "Lyon", "Bron"));
        pending.take(10);
        pending.put(change("nom", "Roy", "Le Roy"));
        pending.put(change("ville", "Lyon", "Caen"));
        assert_eq!(pending.take(10).len(), 1, "typed again: the row is no longer under way");
        let mut pending = Pending::default();
        pending.put(change("ville", "Lyon", "Bron"));
        pending.take(10);
        pending.put(change("nom", "Roy", "Le Roy"));
        assert_eq!(pending.take(10), []);
        pending.saved("a", 4);
        let next = pending.take(10);
        assert_eq!((next[0].version, next[0].values[0].0.as_str()), (4, "nom"));
    }

    #[test]
    fn after_a_cut_everything_is_sent_again() {
        let mut pending = Pending::default();
        pending.put(change("ville", "Lyon", "Bron"));
        pending.take(10);
        pending.unsent();
        assert_eq!(pending.take(10).len(), 1);
    }

    #[test]
    fn the_change_of_another_person_is_a_conflict_only_in_the_same_cell() {
        let mut pending = Pending::default();
        for (column, before, value) in [("ville", "Lyon", "Bron"), ("nom", "Roy", "Le Roy"), ("adresse", "1", "2")] {
            pending.put(change(column, before, value));
        }
        pending.take(10);
        pending.rebase("a", 5, |column| {
            ["Lyon", "Leroy", "2"][usize::from(column == "nom") + 2 * usize::from(column == "adresse")].to_owned()
        });
        assert_eq!(state(&pending, "ville"), Some(State::Waiting));
        assert_eq!(state(&pending, "nom"), Some(State::Conflict("Leroy".to_owned())));
        assert_eq!(state(&pending, "adresse"), None, "it has the wanted value");
        assert_eq!((pending.take(10)[0].version, pending.unsettled()), (5, 1));
        pending.settle("a", "nom", true);
        assert_eq!(pending.cell("a", "nom").unwrap().before, "Leroy");
        pending.settle("a", "nom", false);
        assert_eq!(state(&pending, "nom"), None);
    }

    #[test]
    fn a_refusal_stays_with_its_reason_until_it_is_typed_again() {
        let mut pending = Pending::default();
        pending.put(change("siret", "1", "2"));
        pending.take(10);
        pending.refused("a", |column| format!("{column} non"));
        assert_eq!(state(&pending, "siret"), Some(State::Refused("siret non".to_owned())));
        assert_eq!((pending.take(10).len(), pending.unsettled()), (0, 1));
        pending.put(change("siret", "1", "3"));
        assert_eq!(pending.take(10).len(), 1);
    }
}
