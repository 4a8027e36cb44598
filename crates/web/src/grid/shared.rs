//! What the parts of a table share, and what moves its focus: keys, clicks. One tab stop follows the arrow keys.

use std::sync::Arc;

use crate::reactive::Computed;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::{ev, web_sys};
use wasm_bindgen::JsCast;

use super::editor::{Frame, Typing};
use super::edits::RowEdits;
use super::keys::{Action, Extent, Place, action};
use super::layout::Layout;
use super::model::{Column, Row};
use super::range::Range;
use super::rows::Drawn;
use super::saving::Edits;
use super::select::Pasted;
use super::span::{Sight, Span};
use super::store::GridStore;
use super::window::{Geometry, Window};
use crate::reactive::State;
use crate::ui::Announcer;

/// Rows drawn as blanks before the first answer.
pub(super) const BLANKS: usize = 15;

/// What the parts of one table share.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) id: &'static str,
    pub(super) store: GridStore,
    pub(super) columns: Signal<Vec<Column>>,
    pub(super) current: Signal<Option<String>>,
    pub(super) on_open: Callback<String>,
    pub(super) node: NodeRef<Div>,
    /// What holds the rows drawn.
    pub(super) body: NodeRef<Div>,
    pub(super) drawn: StoredValue<Drawn, LocalStorage>,
    pub(super) active: RwSignal<Place>,
    pub(super) scroll: RwSignal<f64>,
    pub(super) viewport: RwSignal<f64>,
    /// Size of the table and of what one sees of it.
    pub(super) size: Computed<Geometry>,
    pub(super) window: Computed<Window>,
    /// What one sees of it sideways.
    pub(super) sight: State<Sight>,
    /// The columns that are drawn.
    pub(super) span: Computed<Span>,
    /// What is typed; none when the cells do not change.
    pub(super) edits: Option<Edits>,
    /// Called with cells that are pasted.
    pub(super) on_paste: Option<Callback<Pasted>>,
    /// The cells chosen.
    pub(super) range: State<Option<Range>>,
    /// The cell being typed in.
    pub(super) typing: State<Option<Typing>>,
    /// What its control holds.
    pub(super) text: RwSignal<String>,
    /// Where its control is.
    pub(super) frame: State<Frame>,
    pub(super) announcer: Announcer,
    /// What a person changes of the layout; nothing when the page keeps it.
    pub(super) layout: Option<Layout>,
}

/// A row with what is typed over it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) row: Arc<Row>,
    /// Whether the group is open, when it is a heading.
    pub(super) heading: Option<bool>,
    pub(super) typed: Option<RowEdits>,
}

impl Shared {
    pub(super) fn geometry(self) -> Geometry {
        untrack(|| self.size.get())
    }

    pub(super) fn extent(self) -> Extent {
        let geometry = self.geometry();
        let cols = self.columns.with_untracked(Vec::len);
        Extent { rows: geometry.total, cols, page: geometry.rows_in_sight() }
    }

    pub(super) fn header_id(self, col: usize) -> String {
        format!("{}-{col}", self.id)
    }

    /// What is drawn at a place: the button of a header, or a cell.
    pub(super) fn element(self, place: Place) -> Option<web_sys::HtmlElement> {
        if place.row > 0 {
            return self.cell(place);
        }
        document().get_element_by_id(&self.header_id(place.col))?.dyn_into().ok()
    }

    pub(super) fn set_tab_stop(self, place: Place, tab: i32) {
        if let Some(element) = self.element(place) {
            element.set_tab_index(tab);
        }
    }

    /// Moves the one tab stop.
    pub(super) fn activate(self, place: Place) {
        let before = self.active.get_untracked();
        if before == place {
            return;
        }
        self.set_tab_stop(before, -1);
        self.set_tab_stop(place, 0);
        self.active.set(place);
    }

    /// A cell has the focus: a range that does not hold it is over.
    pub(super) fn on_focus(self, event: &web_sys::Event) {
        let Some(place) = self.place_of(event) else { return };
        let active = self.active.get_untracked();
        // The one cell of a heading stands for all: the arrows go on in the same column.
        if active.row == place.row && self.store.heading(place.row - 1).is_some() {
            return;
        }
        self.activate(place);
        if self.range.with_untracked(|range| range.is_some_and(|range| !range.contains(place))) {
            self.range.set(None);
        }
    }

    /// Moves the focus, scrolling as little as needed.
    pub(super) fn go(self, place: Place) {
        self.activate(place);
        self.reveal(place);
        request_animation_frame(move || {
            // Whoever has gone to another cell meanwhile stays there.
            let still = self.active.try_get_untracked() == Some(place);
            if let Some(element) = self.element(place).filter(|_| still) {
                // A browser refuses to focus what is not drawn: nothing else can be done then.
                let _ = element.focus();
            }
        });
    }

    /// What was shown beside the table has closed, and the focus went with it: back to the row it was about, wherever the table
    /// was scrolled to meanwhile.
    pub(super) fn come_back(self) {
        request_animation_frame(move || {
            let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
            if lost {
                self.go(self.active.get_untracked());
            }
        });
    }

    pub(super) fn open(self, index: usize) {
        if let Some((heading, _)) = self.store.heading(index) {
            self.store.toggle(&heading.key);
        } else if let Some(row) = self.store.row_untracked(index) {
            self.on_open.run(row.key.clone());
        }
    }

    /// The place itself, or the one below where rows are cards, which have no header.
    fn below_header(self, place: Place) -> Place {
        let first = untrack(|| self.density()).first_row().min(self.extent().rows);
        Place { row: place.row.max(first), ..place }
    }

    fn on_heading(self) -> bool {
        let place = self.active.get_untracked().row.checked_sub(1);
        place.is_some_and(|place| self.store.heading(place).is_some())
    }

    pub(super) fn on_key(self, event: &ev::KeyboardEvent) {
        if event.alt_key() {
            if self.on_layout_key(event) {
                event.prevent_default();
            }
            return;
        }
        let chosen = self.range.with_untracked(|range| range.is_some_and(|range| range.count() > 1));
        if chosen && event.key() == "Escape" {
            event.prevent_default();
            self.range.set(None);
            return;
        }
        if self.edits.is_some() && self.on_edit_key(event) {
            event.prevent_default();
            return;
        }
        if event.meta_key() {
            return;
        }
        // A heading opens and closes as a button does.
        let key = if event.key() == " " && self.on_heading() { "Enter".to_owned() } else { event.key() };
        match action(&key, event.ctrl_key(), self.active.get_untracked(), self.extent()) {
            Some(Action::Go(place)) => {
                event.prevent_default();
                let place = self.below_header(place);
                if event.shift_key() {
                    self.extend(place)
                } else {
                    self.range.set(None)
                }
                self.go(place);
            }
            Some(Action::Open(index)) => {
                event.prevent_default();
                self.open(index);
            }
            Some(Action::All) => {
                event.prevent_default();
                self.choose_all();
            }
            None => {}
        }
    }

    /// What a key does to the cells that may be changed; whether it did something.
    fn on_edit_key(self, event: &ev::KeyboardEvent) -> bool {
        let (key, command) = (event.key(), event.ctrl_key() || event.meta_key());
        let at = self.active.get_untracked();
        match key.as_str() {
            "d" | "D" if command => self.fill(),
            "F2" => self.edit(at, None),
            "Delete" | "Backspace" => self.clear(),
            // « ? » tells the keys, on the screen that holds the table.
            "?" => return false,
            typed if !command && at.row > 0 && typed.chars().count() == 1 && typed != " " => {
                if !self.type_on(typed) {
                    self.edit(at, Some(typed.to_owned()));
                }
            }
            _ => return false,
        }
        true
    }
}
