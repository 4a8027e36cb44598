//! Ranges of cells: drawn with the mouse or with Shift, copied, cleared, filled, pasted over.

use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use leptos::{ev, web_sys};
use wasm_bindgen::JsCast;

use super::clipboard;
use super::edits::Change;
use super::keys::Place;
use super::model::{Input, Row};
use super::pen::{set, unset};
use super::range::Range;
use super::shared::Shared;
use crate::browser;
use crate::text::grille as texte;
use crate::ui::Tone;

/// Cells of a range that a page is asked to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// Where the first one goes.
    pub at: Place,
    /// The cells, row by row.
    pub cells: Vec<Vec<String>>,
}

impl Shared {
    /// The place of the cell that an event is about.
    pub(super) fn place_of(self, event: &web_sys::Event) -> Option<Place> {
        Self::place_of_element(&event.target()?.dyn_into::<web_sys::Element>().ok()?)
    }

    /// The place of the cell that holds an element.
    pub(super) fn place_of_element(element: &web_sys::Element) -> Option<Place> {
        let cell = element.closest("[role='gridcell']").ok().flatten()?;
        let rank =
            |element: &web_sys::Element, name| element.get_attribute(name)?.parse::<usize>().ok()?.checked_sub(1);
        let row = rank(&cell.parent_element()?, "aria-rowindex")?;
        Some(Place { row, col: rank(&cell, "aria-colindex")? })
    }

    /// Begins a range, or ends it there with Shift.
    pub(super) fn on_press(self, event: &ev::MouseEvent) {
        if event.button() == 0 && self.draws_width(event) {
            return;
        }
        if event.button() != 0 {
            return;
        }
        let Some(place) = self.place_of(event) else { return };
        if event.shift_key() {
            // The browser would select words.
            event.prevent_default();
            self.extend(place);
        } else {
            self.range.set(Some(Range::one(place)));
        }
    }

    /// Follows the mouse while its button is held.
    pub(super) fn on_drag(self, event: &ev::MouseEvent) {
        let held = event.buttons() & 1 == 1 && self.range.with_untracked(Option::is_some);
        if !held {
            return;
        }
        if let Some(place) = self.place_of(event) {
            self.extend(place);
        }
    }

    /// Opens the row of the first column; any row of a table whose cells do not change. A click that ends a range opens nothing.
    pub(super) fn on_click(self, event: &ev::MouseEvent) {
        let Some(place) = self.place_of(event) else { return };
        let one = self.range.with_untracked(|range| range.is_none_or(|range| range.count() == 1));
        if one && (self.edits.is_none() || place.col == 0) {
            self.open(place.row - 1);
        }
    }

    /// Types in the cell.
    pub(super) fn on_double_click(self, event: &ev::MouseEvent) {
        if self.resets_width(event) {
            return;
        }
        if let Some(place) = self.place_of(event) {
            self.edit(place, None);
        }
    }

    /// Ends the range there.
    pub(super) fn extend(self, head: Place) {
        let active = self.active.get_untracked();
        // The focus stands at the end of a range made with the keys, at the beginning of one drawn with the mouse; a range that it
        // has left is over.
        let range =
            self.range.with_untracked(|range| range.filter(|range| range.head == active || range.anchor == active));
        let anchor = range.map_or(active, |range| range.anchor);
        if anchor.row > 0 && head.row > 0 {
            self.range.set(Some(Range { anchor, head }));
        }
    }

    /// Chooses every cell of the table, from the row that has the focus.
    pub(super) fn choose_all(self) {
        let (extent, active) = (self.extent(), self.active.get_untracked());
        if active.row == 0 {
            self.go(Place { row: 1, col: active.col });
        }
        let head = Place { row: extent.rows, col: extent.cols - 1 };
        self.range.set(Some(Range { anchor: Place { row: 1, col: 0 }, head }));
    }

    /// The range, or the active cell alone.
    pub(super) fn chosen(self) -> Option<Range> {
        let active = self.active.get_untracked();
        let range = self.range.with_untracked(|range| range.filter(|range| range.contains(active)));
        range.or_else(|| (active.row > 0).then(|| Range::one(active)))
    }

    /// The rows of a range; nothing when some are not in memory, which is said.
    fn rows_of(self, range: Range) -> Option<Vec<std::sync::Arc<Row>>> {
        let (top, bottom) = range.rows();
        let rows = self.store.rows_untracked(top - 1..=bottom - 1);
        if rows.is_none() {
            self.announcer.show(Tone::Error, texte::SELECTION_TROP_GRANDE);
        }
        rows
    }

    /// The value that a cell now has, what is typed included.
    pub(super) fn value(self, row: &Row, col: usize, column: &str) -> String {
        let typed = self.edits.and_then(|edits| edits.cell_untracked(&row.key, column)).map(|cell| cell.value);
        typed.or_else(|| row.values.get(col).cloned()).unwrap_or_default()
    }

    /// Puts the cells of the range in the clipboard.
    pub(super) fn on_copy(self, event: &web_sys::Event) {
        let Some(range) = self.chosen() else { return };
        let Some(rows) = self.rows_of(range) else { return };
        let (text, (left, right)) = (self.edits.map(|edits| edits.kit().text), range.cols());
        let columns = self.columns.get_untracked();
        let written = |row: &Row, col: usize, column: &str| match text {
            Some(text) => text(column, &self.value(row, col, column)),
            None => row.cells.get(col).map(|cell| cell.words().to_owned()).unwrap_or_default(),
        };
        let cells: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                let columns = columns.iter().enumerate().take(right + 1).skip(left);
                columns.map(|(col, column)| written(row, col, &column.id)).collect()
            })
            .collect();
        event.prevent_default();
        let written = [("text/plain", clipboard::write(&cells)), ("text/html", clipboard::html(&cells))];
        browser::write_clipboard(event, &written);
        self.announcer.say(texte::copiees(range.count()));
    }

    /// Gives the page what is pasted; one cell pasted over a range fills it.
    pub(super) fn on_paste(self, event: &web_sys::Event) {
        let (Some(on_paste), Some(range)) = (self.on_paste, self.chosen()) else { return };
        let Some(mut cells) = browser::read_clipboard(event) else { return };
        event.prevent_default();
        let ((top, bottom), (left, right)) = (range.rows(), range.cols());
        if let [row] = cells.as_slice()
            && let [cell] = row.as_slice()
        {
            // The headings of groups within the range take nothing.
            let rows = self.store.count_rows(top - 1..=bottom - 1);
            cells = vec![vec![cell.clone(); right - left + 1]; rows];
        }
        on_paste.run(Pasted { at: Place { row: top, col: left }, cells });
    }

    /// Empties the cells of the range.
    pub(super) fn clear(self) {
        self.rewrite(|_, _| Some(String::new()));
    }

    /// Writes the first row of the range over the others.
    pub(super) fn fill(self) {
        let Some(range) = self.chosen() else { return };
        let Some(first) = self.store.row_untracked(range.rows().0 - 1) else { return };
        let columns = self.columns.get_untracked();
        self.rewrite(move |row, col| {
            let column = columns.get(col)?;
            (row.key != first.key).then(|| self.value(&first, col, &column.id))
        });
    }

    /// Changes the cells of the range that may be; says how many could not.
    fn rewrite(self, value: impl Fn(&Row, usize) -> Option<String>) {
        let (Some(edits), Some(range)) = (self.edits, self.chosen()) else { return };
        let Some(rows) = self.rows_of(range) else { return };
        let (parse, columns, (left, right)) = (edits.kit().parse, self.columns.get_untracked(), range.cols());
        let (mut changes, mut refused) = (Vec::new(), 0);
        for row in &rows {
            for (col, column) in columns.iter().enumerate().take(right + 1).skip(left) {
                let Some(wanted) = value(row, col) else { continue };
                let locked = matches!(column.input, Input::Locked(_));
                match parse(&column.id, &wanted).ok().filter(|_| !locked) {
                    Some(value) => changes.push(self.change(row, col, &column.id, value)),
                    None => refused += 1,
                }
            }
        }
        changes.retain(|change| change.before != change.value);
        let told = texte::changees(changes.len(), refused);
        if changes.is_empty() {
            self.announcer.show(if refused > 0 { Tone::Warning } else { Tone::Info }, told);
        } else {
            edits.put(changes, Some(told));
        }
    }

    /// A change of a cell.
    pub(super) fn change(self, row: &Row, col: usize, column: &str, value: String) -> Change {
        let before = row.values.get(col).cloned().unwrap_or_default();
        Change { key: row.key.clone(), version: row.version, column: column.to_owned(), before, value }
    }

    /// Shows the range on the cells that are drawn: attributes written at once, not watched cell by cell.
    pub(super) fn paint(self) {
        // Painting comes a frame later: the table may be gone.
        let Some(painted) = self.drawn.try_update_value(|drawn| std::mem::take(&mut drawn.painted)) else { return };
        for cell in painted {
            unset(&cell, "aria-selected");
        }
        let Some(range) = self.range.get_untracked().filter(|range| range.count() > 1) else { return };
        let ((top, bottom), (left, right)) = (range.rows(), range.cols());
        let window = self.window.get_untracked();
        let rows = top.max(window.first + 1)..=bottom.min(window.end);
        let cells = rows.flat_map(|row| (left..=right).filter_map(move |col| self.cell(Place { row, col })));
        let painted: Vec<HtmlElement> = cells.inspect(|cell| set(cell, "aria-selected", "true")).collect();
        self.drawn.update_value(|drawn| drawn.painted = painted);
    }
}
