//! What is in sight as the table scrolls and changes size. A focused cell whose row or column leaves the page gives the focus to the
//! table itself, which keeps its place.

use js_sys::Number;
use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::keys::Place;
use super::shared::Shared;
use super::span::Sight;
use super::view::{stuck, widths};
use crate::reactive::effect;

impl Shared {
    /// Scrolls as little as needed for a place to be in sight. The one cell of a heading always is, sideways.
    pub(super) fn reveal(self, Place { row, col }: Place) {
        let Some(node) = self.node.get_untracked() else { return };
        let index = row.checked_sub(1);
        if let Some(top) = index.and_then(|index| self.geometry().reveal(index, self.scroll.get_untracked())) {
            node.set_scroll_top(round(top));
            self.scroll.set(f64::from(node.scroll_top()));
        }
        if index.is_some_and(|index| self.store.heading(index).is_some()) {
            return;
        }
        let sight = self.sight.get_untracked();
        let left = self.columns.with_untracked(|columns| sight.reveal(&widths(columns), stuck(columns), col));
        if let Some(left) = left {
            node.set_scroll_left(round(left));
            self.look(&node);
        }
    }

    /// Rows are this many times as tall as they were: those in sight stay so.
    pub(super) fn keep_rows(self, times: f64) {
        if let Some(node) = self.node.get_untracked() {
            node.set_scroll_top(round(self.scroll.get_untracked() * times));
            self.scroll.set(f64::from(node.scroll_top()));
        }
    }

    /// Follows the scroll.
    pub(super) fn on_scroll(self) {
        let Some(node) = self.node.get_untracked() else {
            return;
        };
        self.follow_cell();
        self.scroll.set(f64::from(node.scroll_top()));
        self.look(&node);
        let at = self.active.get_untracked();
        let leaves = at.row > 0 && !untrack(|| self.is_drawn(at));
        // What leaves is still there: rows are drawn once this is done.
        if leaves && self.element(at).is_some_and(|element| has_focus(&element)) {
            let _ = node.focus();
        }
    }

    /// Notes how far the table is scrolled sideways.
    fn look(self, node: &web_sys::HtmlElement) {
        let left = f64::from(node.scroll_left());
        if self.sight.with_untracked(|sight| (sight.left - left).abs() > 0.5) {
            self.sight.update(|sight| sight.left = left);
        }
    }

    fn measure(self) {
        if let Some(node) = self.node.get_untracked() {
            // Hidden where rows are cards.
            let header = node
                .query_selector(".grille__entete")
                .ok()
                .flatten()
                .map_or(0.0, |header| header.get_bounding_client_rect().height());
            self.viewport.set((f64::from(node.client_height()) - header).max(1.0));
            let sight = Sight {
                left: f64::from(node.scroll_left()),
                width: f64::from(node.client_width()),
                unit: rem().map_or(Sight::default().unit, |rem| rem / 10.0),
            };
            if self.sight.get_untracked() != sight {
                self.sight.set(sight);
            }
        }
        self.follow_cell();
    }

    /// Whether a place is drawn (tracked): when the active one is not, the table itself is the tab stop.
    pub(super) fn is_drawn(self, Place { row, col }: Place) -> bool {
        let Some(index) = row.checked_sub(1) else {
            return self.density().first_row() == 0 && self.columns.with(|columns| col < columns.len());
        };
        self.store.follow();
        let heading = self.store.heading(index).is_some();
        self.window.get().contains(index) && (heading || self.span.get().contains(col))
    }
}

/// Measures the table now, and each time that its size changes: with the window, or with what is shown beside it.
pub(super) fn follow_size(shared: Shared) {
    let watching = StoredValue::new_local(None);
    effect(move || {
        let Some(node) = shared.node.get() else { return };
        shared.measure();
        let changed = Closure::<dyn FnMut()>::new(move || shared.measure());
        if let Ok(observer) = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&node);
            watching.set_value(Some((observer, changed)));
        }
    });
    on_cleanup(move || {
        if let Some((observer, _)) = watching.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}

/// Pixels in a `rem`.
fn rem() -> Option<f64> {
    let style = window().get_computed_style(&document().document_element()?).ok()??;
    let size = Number::parse_float(&style.get_property_value("font-size").ok()?);
    (size > 0.0).then_some(size)
}

#[expect(clippy::cast_possible_truncation, reason = "lengths are far below 2^31 pixels")]
fn round(pixels: f64) -> i32 {
    pixels.ceil() as i32
}

pub(super) fn has_focus(element: &web_sys::HtmlElement) -> bool {
    document().active_element().is_some_and(|active| element.contains(Some(&active)))
}
