//! How a table is laid out, and what a person changes of it: widths drawn with the mouse, columns moved and widened with the keys.

use leptos::leptos_dom::helpers::WindowListenerHandle;
use leptos::prelude::*;
use leptos::{ev, web_sys};
use wasm_bindgen::JsCast;

use super::keys::Place;
use super::shared::Shared;
use super::view::pixels;
use super::window::{Geometry, ROW_HEIGHT};

/// What one press of a key adds to a width, in tenths of `rem`.
const STEP: u32 = 10;
/// Narrowest and widest column, in tenths of `rem`.
const WIDTHS: (u32, u32) = (40, 600);
/// What a table that is drawn anew takes at most, in milliseconds: the focus follows a moved column then.
const REDRAWN: std::time::Duration = std::time::Duration::from_millis(60);

/// How the rows are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Rows of one line.
    #[default]
    Usual,
    /// The same, closer together.
    Tight,
    /// Each row a card, one line per column: for narrow screens.
    Cards {
        /// Lines of a card.
        lines: u32,
    },
}

impl Density {
    /// Height of a row in pixels; `styles/tableau-disposition.css` says the same.
    pub fn height(self) -> f64 {
        match self {
            Self::Usual => ROW_HEIGHT,
            Self::Tight => 32.0,
            Self::Cards { lines } => f64::from(lines) * 28.0 + 16.0,
        }
    }

    /// The first row that takes the focus: the header, which cards do not have.
    pub fn first_row(self) -> usize {
        usize::from(matches!(self, Self::Cards { .. }))
    }

    /// Class of the table.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Usual => "grille",
            Self::Tight => "grille grille--serree",
            Self::Cards { .. } => "grille grille--cartes",
        }
    }
}

/// By how much to scroll further for the same rows to be in sight, when their height has changed. A table too tall for the browser is
/// scrolled in proportion, which is not the same for taller rows.
pub(super) fn stretch(before: Geometry, after: Geometry) -> Option<f64> {
    if (before.row - after.row).abs() < 0.5 {
        return None;
    }
    // Where the last row is the first in sight.
    let last = after.total.saturating_sub(1);
    let scroll = |size: Geometry| Geometry { total: after.total, ..size }.reveal(last, f64::MAX);
    let times = scroll(after)? / scroll(before)?;
    Some(if times.is_finite() { times } else { 1.0 })
}

/// What a page lets a person change of the layout.
#[derive(Clone, Copy)]
pub struct Layout {
    /// How the rows are drawn.
    pub density: Signal<Density>,
    /// Called with a column and its new width in tenths of `rem`; 0 asks for the usual one.
    pub on_width: Callback<(String, u32)>,
    /// Called with a column that goes one place to the right (`true`) or to the left.
    pub on_shift: Callback<(String, bool)>,
}

/// The listeners of a width being drawn.
type Drawing = StoredValue<Option<(WindowListenerHandle, WindowListenerHandle)>>;

impl Shared {
    /// How the rows are drawn (tracked).
    pub(super) fn density(self) -> Density {
        self.layout.map_or(Density::Usual, |layout| layout.density.get())
    }

    /// A key with Alt, in the header: moves the column; with Shift too, widens or narrows it. Whether it did something.
    pub(super) fn on_layout_key(self, event: &ev::KeyboardEvent) -> bool {
        let (at, Some(layout)) = (self.active.get_untracked(), self.layout) else { return false };
        let right = match event.key().as_str() {
            "ArrowRight" => true,
            "ArrowLeft" => false,
            _ => return false,
        };
        let Some((id, width)) = self.column(at.col).filter(|_| at.row == 0) else { return false };
        if event.shift_key() {
            let wider = if right { width + STEP } else { width.saturating_sub(STEP) };
            layout.on_width.run((id, wider.clamp(WIDTHS.0, WIDTHS.1)));
            set_timeout(move || self.go(at), REDRAWN);
            return true;
        }
        let last = self.columns.with_untracked(Vec::len).saturating_sub(1);
        let col = if right { (at.col + 1).min(last) } else { at.col.saturating_sub(1) };
        if col != at.col {
            layout.on_shift.run((id, right));
            set_timeout(move || self.go(Place { row: 0, col }), REDRAWN);
        }
        true
    }

    fn column(self, col: usize) -> Option<(String, u32)> {
        self.columns.with_untracked(|columns| columns.get(col).map(|column| (column.id.clone(), column.width)))
    }

    /// The header cell whose edge an event is about.
    fn edge_of(event: &web_sys::Event) -> Option<(usize, web_sys::HtmlElement)> {
        let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
        target.closest(".grille__bord").ok().flatten()?;
        let header = target.closest("[role='columnheader']").ok().flatten()?;
        let col: usize = header.get_attribute("aria-colindex")?.parse().ok()?;
        Some((col.checked_sub(1)?, header.dyn_into().ok()?))
    }

    /// Begins to draw a width when the mouse is pressed on the edge of a header; whether it did.
    pub(super) fn draws_width(self, event: &ev::MouseEvent) -> bool {
        let (Some(layout), Some((col, header))) = (self.layout, Self::edge_of(event)) else { return false };
        let Some((id, width)) = self.column(col) else { return false };
        event.prevent_default();
        let (from, before) = (event.client_x(), header.offset_width().max(1));
        let wanted = move |x: i32| (before + x - from).max(1);
        let drawing: Drawing = StoredValue::new(None);
        let follow = window_event_listener(ev::mousemove, move |event| {
            // The other rows follow once the button is released: drawing them all at each step would be slow.
            let _drawn = web_sys::HtmlElement::style(&header)
                .set_property("width", &pixels(f64::from(wanted(event.client_x()))));
        });
        let release = window_event_listener(ev::mouseup, move |event| {
            if let Some((follow, release)) = drawing.try_update_value(Option::take).flatten() {
                follow.remove();
                release.remove();
            }
            let tenths = i64::from(width) * i64::from(wanted(event.client_x())) / i64::from(before);
            let tenths = u32::try_from(tenths).unwrap_or(WIDTHS.0).clamp(WIDTHS.0, WIDTHS.1);
            layout.on_width.run((id.clone(), tenths));
        });
        drawing.set_value(Some((follow, release)));
        true
    }

    /// Gives a column its usual width back when its edge is pressed twice; whether it did.
    pub(super) fn resets_width(self, event: &ev::MouseEvent) -> bool {
        let (Some(layout), Some((col, _))) = (self.layout, Self::edge_of(event)) else { return false };
        if let Some((id, _)) = self.column(col) {
            layout.on_width.run((id, 0));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(total: usize, row: f64) -> Geometry {
        Geometry { total, row, viewport: 600.0 }
    }

    #[test]
    fn the_same_rows_stay_in_sight_as_cards_and_back_however_many_there_are() {
        for total in [30, 3_000, 100_000, 1_000_000] {
            let (rows, cards) = (size(total, ROW_HEIGHT), size(total, Density::Cards { lines: 6 }.height()));
            for row in [0, 7, total / 2, total - 5] {
                let scroll = rows.reveal(row, f64::MAX).unwrap();
                let other = scroll * stretch(rows, cards).unwrap();
                let there = cards.reveal(row, f64::MAX).unwrap();
                assert!((other - there).abs() < 1.0, "row {row} of {total}: {other} instead of {there}");
                assert!((other * stretch(cards, rows).unwrap() - scroll).abs() < 1.0, "and back");
            }
        }
    }

    #[test]
    fn rows_as_tall_as_before_do_not_move_nor_does_a_table_of_one_row() {
        assert_eq!(stretch(size(9, ROW_HEIGHT), size(500, ROW_HEIGHT)), None);
        assert_eq!(stretch(size(1, ROW_HEIGHT), size(1, 32.0)), Some(1.0));
        assert_eq!(stretch(size(0, ROW_HEIGHT), size(0, 32.0)), Some(1.0));
    }
}
