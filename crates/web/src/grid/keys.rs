//! What a key does in the table (ARIA authoring practices, data grid). Row 0 is the header, row `n` the `n`-th data row.

/// A place in the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// 0 for the header, then 1 to the number of rows.
    pub row: usize,
    /// Column, from 0.
    pub col: usize,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Move the focus there.
    Go(Place),
    /// Open this data row (0 is the first).
    Open(usize),
    /// Select every cell.
    All,
}

/// Extent of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Number of data rows.
    pub rows: usize,
    /// Number of columns.
    pub cols: usize,
    /// Data rows that fit in sight.
    pub page: usize,
}

/// What `key` (a `KeyboardEvent.key`) does at this place; nothing when it is not a key of the table.
pub fn action(key: &str, ctrl: bool, at: Place, extent: Extent) -> Option<Action> {
    let last_col = extent.cols.saturating_sub(1);
    let Place { row, col } = at;
    let place = match key {
        "ArrowDown" => Place { row: (row + 1).min(extent.rows), col },
        "ArrowUp" => Place { row: row.saturating_sub(1), col },
        "ArrowRight" => Place { row, col: (col + 1).min(last_col) },
        "ArrowLeft" => Place { row, col: col.saturating_sub(1) },
        "Home" if ctrl => Place { row: extent.rows.min(1), col: 0 },
        "End" if ctrl => Place { row: extent.rows, col: last_col },
        "Home" => Place { row, col: 0 },
        "End" => Place { row, col: last_col },
        "PageDown" => Place { row: row.saturating_add(extent.page).min(extent.rows), col },
        "PageUp" if row > 1 => Place { row: row.saturating_sub(extent.page).max(1), col },
        "a" | "A" if ctrl && extent.rows > 0 && extent.cols > 0 => return Some(Action::All),
        "Enter" if row > 0 => return Some(Action::Open(row - 1)),
        _ => return None,
    };
    Some(Action::Go(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent { rows: 100_000, cols: 8, page: 15 };

    fn go(key: &str, ctrl: bool, row: usize, col: usize) -> Option<(usize, usize)> {
        match action(key, ctrl, Place { row, col }, EXTENT) {
            Some(Action::Go(place)) => Some((place.row, place.col)),
            _ => None,
        }
    }

    #[test]
    fn arrows_move_by_one_and_stop_at_the_edges() {
        assert_eq!(go("ArrowDown", false, 0, 3), Some((1, 3)));
        assert_eq!(go("ArrowDown", false, 100_000, 3), Some((100_000, 3)));
        assert_eq!(go("ArrowUp", false, 1, 3), Some((0, 3)));
        assert_eq!(go("ArrowUp", false, 0, 3), Some((0, 3)));
        assert_eq!(go("ArrowRight", false, 4, 7), Some((4, 7)));
        assert_eq!(go("ArrowLeft", false, 4, 0), Some((4, 0)));
    }

    #[test]
    fn home_and_end_stay_in_the_row_unless_control_is_held() {
        assert_eq!(go("Home", false, 9, 5), Some((9, 0)));
        assert_eq!(go("End", false, 9, 5), Some((9, 7)));
        assert_eq!(go("Home", true, 9, 5), Some((1, 0)));
        assert_eq!(go("End", true, 9, 5), Some((100_000, 7)));
    }

    #[test]
    fn pages_move_by_what_is_in_sight() {
        assert_eq!(go("PageDown", false, 1, 2), Some((16, 2)));
        assert_eq!(go("PageUp", false, 16, 2), Some((1, 2)));
        assert_eq!(go("PageUp", false, 4, 2), Some((1, 2)));
        assert_eq!(go("PageDown", false, 99_995, 2), Some((100_000, 2)));
    }

    #[test]
    fn enter_opens_a_data_row_and_leaves_the_header_to_its_button() {
        assert_eq!(action("Enter", false, Place { row: 3, col: 0 }, EXTENT), Some(Action::Open(2)));
        assert_eq!(action("Enter", false, Place { row: 0, col: 0 }, EXTENT), None);
        assert_eq!(action("a", false, Place { row: 3, col: 0 }, EXTENT), None);
    }

    #[test]
    fn control_a_selects_all_when_there_is_something() {
        assert_eq!(action("a", true, Place { row: 3, col: 0 }, EXTENT), Some(Action::All));
        assert_eq!(action("a", true, Place::default(), Extent { rows: 0, cols: 8, page: 15 }), None);
    }

    #[test]
    fn an_empty_table_keeps_the_focus_in_its_header() {
        let empty = Extent { rows: 0, cols: 8, page: 15 };
        for key in ["ArrowDown", "PageDown", "End", "Home"] {
            let Some(Action::Go(place)) = action(key, true, Place::default(), empty) else { panic!("{key}") };
            assert_eq!(place.row, 0);
        }
    }
}
