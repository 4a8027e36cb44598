//! What moves the table: keys, scroll, focus. One tab stop follows the arrow keys; a row that leaves the page gives the
//! focus to the table itself, which keeps its place.

use crate::reactive::Computed;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::{ev, web_sys};
use wasm_bindgen::JsCast;

use super::keys::{Action, Extent, Place, action};
use super::model::Column;
use super::store::GridStore;
use super::window::{Geometry, Window};

/// Height of the header in pixels; `styles/tableau.css` says the same.
const HEADER_HEIGHT: f64 = 56.0;
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
    pub(super) active: RwSignal<Place>,
    pub(super) scroll: RwSignal<f64>,
    pub(super) viewport: RwSignal<f64>,
    pub(super) window: Computed<Window>,
}

impl Shared {
    fn geometry(self) -> Geometry {
        geometry(self.store, self.viewport.get_untracked())
    }

    fn extent(self) -> Extent {
        let geometry = self.geometry();
        let cols = self.columns.with_untracked(Vec::len);
        Extent { rows: geometry.total, cols, page: geometry.rows_in_sight() }
    }

    pub(super) fn place_id(self, place: Place) -> String {
        format!("{}-{}-{}", self.id, place.row, place.col)
    }

    fn element(self, place: Place) -> Option<web_sys::HtmlElement> {
        document().get_element_by_id(&self.place_id(place))?.dyn_into().ok()
    }

    /// Moves the one tab stop.
    pub(super) fn activate(self, place: Place) {
        let before = self.active.get_untracked();
        if before == place {
            return;
        }
        if let Some(element) = self.element(before) {
            element.set_tab_index(-1);
        }
        if let Some(element) = self.element(place) {
            element.set_tab_index(0);
        }
        self.active.set(place);
    }

    /// Moves the focus, scrolling as little as needed.
    fn go(self, place: Place) {
        self.activate(place);
        if let (Some(index), Some(node)) = (place.row.checked_sub(1), self.node.get_untracked())
            && let Some(top) = self.geometry().reveal(index, self.scroll.get_untracked())
        {
            node.set_scroll_top(round(top));
            self.scroll.set(f64::from(node.scroll_top()));
        }
        request_animation_frame(move || {
            if let Some(element) = self.element(place) {
                // A browser refuses to focus what is not drawn: nothing else can be done then.
                let _ = element.focus();
            }
        });
    }

    pub(super) fn open(self, index: usize) {
        if let Some(row) = self.store.row_untracked(index) {
            self.on_open.run(row.key.clone());
        }
    }

    pub(super) fn on_key(self, event: &ev::KeyboardEvent) {
        if event.alt_key() || event.meta_key() {
            return;
        }
        match action(&event.key(), event.ctrl_key(), self.active.get_untracked(), self.extent()) {
            Some(Action::Go(place)) => {
                event.prevent_default();
                self.go(place);
            }
            Some(Action::Open(index)) => {
                event.prevent_default();
                self.open(index);
            }
            None => {}
        }
    }

    /// Follows the scroll. A focused row that leaves the page hands the focus to the table, which keeps its place.
    pub(super) fn on_scroll(self) {
        let Some(node) = self.node.get_untracked() else {
            return;
        };
        let top = f64::from(node.scroll_top());
        let next = self.geometry().window(top);
        let at = self.active.get_untracked();
        let leaves = at.row > 0 && !next.contains(at.row - 1);
        if leaves && self.element(at).is_some_and(|element| has_focus(&element)) {
            let _ = node.focus();
        }
        self.scroll.set(top);
    }

    pub(super) fn measure(self) {
        if let Some(node) = self.node.get_untracked() {
            self.viewport.set((f64::from(node.client_height()) - HEADER_HEIGHT).max(1.0));
        }
    }

    /// Whether the active place is drawn; otherwise the table itself is the tab stop.
    pub(super) fn active_is_drawn(self) -> bool {
        match self.active.get().row.checked_sub(1) {
            None => true,
            Some(index) => self.window.get().contains(index),
        }
    }
}

fn geometry(store: GridStore, viewport: f64) -> Geometry {
    Geometry { total: store.total().get_untracked().unwrap_or(BLANKS), viewport }
}

#[expect(clippy::cast_possible_truncation, reason = "heights are far below 2^31 pixels")]
fn round(pixels: f64) -> i32 {
    pixels.ceil() as i32
}

fn has_focus(element: &web_sys::HtmlElement) -> bool {
    document().active_element().is_some_and(|active| element.contains(Some(&active)))
}
