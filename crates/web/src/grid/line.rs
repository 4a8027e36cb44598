//! A row drawn by hand: its cells are written only where what they show differs, and those of columns that leave are taken up
//! again for those that enter.

use leptos::web_sys::{self, Element, HtmlElement};
use wasm_bindgen::JsCast;

use super::pen::{Pen, append, content, create, set, style, unset};
use super::shared::Shown;
use super::span::Span;
use super::view::tenths;
use crate::text::grille as texte;

const LINE: &str = "grille__ligne";
/// A row that is not in memory: the style sheet draws something in its cells, which are empty.
const WAITING: &str = "grille__ligne grille__attente";

/// A row of the page.
pub(super) struct Line {
    pub(super) element: Element,
    /// Its cells, those of `span`.
    cells: Vec<HtmlElement>,
    span: Span,
    /// What it shows; none while its row is not in memory.
    pub(super) shown: Option<Shown>,
    /// Place of its row in the table.
    pub(super) index: usize,
    current: bool,
    /// Names of those who are on its row too.
    beside: Option<String>,
}

impl Line {
    /// A row that waits for what it shows, to be copied.
    pub(super) fn model(pen: Pen<'_>) -> Option<Self> {
        let element = create("div", WAITING)?;
        set(&element, "role", "row");
        let cells: Vec<HtmlElement> = pen.span.cols().filter_map(|col| pen.cell(col)).collect();
        for cell in &cells {
            append(&element, Some(cell));
        }
        let model =
            Self { element, cells, span: pen.span, shown: None, index: usize::MAX, current: false, beside: None };
        model.leave_gap();
        Some(model)
    }

    /// A row like this one, which shows nothing yet.
    pub(super) fn copy(&self) -> Option<Self> {
        let element = self.element.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
        let mut cells = Vec::with_capacity(self.cells.len());
        let mut next = element.first_element_child();
        while let Some(cell) = next {
            next = cell.next_element_sibling();
            cells.push(cell.unchecked_into());
        }
        Some(Self { element, cells, span: self.span, shown: None, index: usize::MAX, current: false, beside: None })
    }

    /// Key of the row it shows.
    pub(super) fn key(&self) -> Option<&str> {
        self.shown.as_ref().map(|shown| &*shown.row.key)
    }

    fn heading(&self) -> Option<bool> {
        self.shown.as_ref().and_then(|shown| shown.heading)
    }

    /// The cell of a column, if it is drawn; the one that a heading has.
    pub(super) fn cell(&self, col: usize) -> Option<&HtmlElement> {
        if self.heading().is_some() { self.cells.first() } else { self.cells.get(self.span.rank(col)?) }
    }

    /// Says whether a row of so many columns is a heading, and an open one.
    fn head(&self, open: Option<bool>, count: usize) {
        let Some(first) = self.cells.first() else { return };
        match open {
            Some(open) => {
                set(first, "aria-expanded", if open { "true" } else { "false" });
                set(first, "aria-colspan", &count.to_string());
            }
            None => {
                unset(first, "aria-expanded");
                unset(first, "aria-colspan");
            }
        }
    }

    fn class(&self) -> &'static str {
        match &self.shown {
            None => WAITING,
            Some(shown) if shown.heading.is_some() => "grille__ligne grille__ligne--groupe",
            Some(_) if self.current => "grille__ligne grille__ligne--courante",
            Some(_) => LINE,
        }
    }

    /// Says whether it is the row shown beside the table.
    pub(super) fn mark(&mut self, current: bool) {
        if self.current == current {
            return;
        }
        self.current = current;
        self.element.set_class_name(self.class());
        if current {
            set(&self.element, "aria-current", "true");
        } else {
            unset(&self.element, "aria-current");
        }
    }

    /// Says who else is on its row: shown by the style sheet, and read out with the row.
    pub(super) fn mark_beside(&mut self, names: Option<&str>) {
        if self.beside.as_deref() == names {
            return;
        }
        self.beside = names.map(str::to_owned);
        match names {
            Some(names) => {
                set(&self.element, "data-presents", names);
                set(&self.element, "aria-description", &texte::presents(names));
            }
            None => {
                unset(&self.element, "data-presents");
                unset(&self.element, "aria-description");
            }
        }
    }

    /// Shows a row at a place, writing only what differs.
    pub(super) fn show(&mut self, index: usize, shown: Option<Shown>, pen: Pen<'_>) {
        if self.index != index {
            self.index = index;
            set(&self.element, "aria-rowindex", &(index + 2).to_string());
        }
        self.shift(pen);
        if self.shown == shown {
            return;
        }
        for (col, cell) in pen.span.cols().zip(&self.cells) {
            let Some(lane) = pen.lanes.get(col) else { continue };
            let (before, after) = (content(self.shown.as_ref(), col, lane), content(shown.as_ref(), col, lane));
            if before != after {
                pen.write(cell, &after);
            }
        }
        let (before, after) = (self.heading(), shown.as_ref().and_then(|shown| shown.heading));
        if before != after {
            self.head(after, pen.lanes.len());
        }
        let class = self.class();
        self.shown = shown;
        if self.class() != class {
            self.element.set_class_name(self.class());
        }
    }

    /// Draws the columns of a span instead of those it has; the leading ones are the same.
    pub(super) fn shift(&mut self, pen: Pen<'_>) {
        let (from, to) = (self.span, pen.span);
        if from == to {
            return;
        }
        if let Some(first) = self.cells.get(from.kept).filter(|_| from.gap > 0) {
            style(first, "margin-left", "");
        }
        let mut old: Vec<Option<HtmlElement>> = self.cells.drain(from.kept..).map(Some).collect();
        let stays: Vec<Option<HtmlElement>> =
            (to.first..to.end).map(|col| old.get_mut(col.checked_sub(from.first)?)?.take()).collect();
        // Without a column in common, all of them are taken up again where they stand.
        let moves = stays.iter().any(Option::is_some);
        let mut free = (from.first..from.end).zip(old).filter_map(|(col, cell)| Some((col, cell?)));
        let mut next: Option<HtmlElement> = None;
        for (col, stays) in (to.first..to.end).zip(stays).rev() {
            let cell = stays.or_else(|| {
                let (cell, placed) = match free.next_back() {
                    Some((was, cell)) => (self.take_up(cell, was, col, pen), !moves),
                    None => (self.make(col, pen)?, false),
                };
                if !placed {
                    // The cell that follows is in the row: it cannot be refused.
                    let _ = self.element.insert_before(&cell, next.as_ref().map(|next| -> &web_sys::Node { next }));
                }
                Some(cell)
            });
            self.cells.extend(cell.clone());
            next = cell;
        }
        if let Some(loose) = self.cells.get_mut(to.kept..) {
            loose.reverse();
        }
        for (_, cell) in free {
            cell.remove();
        }
        self.span = to;
        self.leave_gap();
    }

    /// Makes the cell of a column that leaves the one of a column that enters.
    fn take_up(&self, cell: HtmlElement, was: usize, col: usize, pen: Pen<'_>) -> HtmlElement {
        pen.dress(&cell, Some(was), col);
        if let (Some(before), Some(lane)) = (pen.lanes.get(was), pen.lanes.get(col)) {
            let (before, after) = (content(self.shown.as_ref(), was, before), content(self.shown.as_ref(), col, lane));
            if before != after {
                pen.write(&cell, &after);
            }
        }
        cell
    }

    /// A new cell of a column.
    fn make(&self, col: usize, pen: Pen<'_>) -> Option<HtmlElement> {
        let cell = pen.cell(col)?;
        pen.write(&cell, &content(self.shown.as_ref(), col, pen.lanes.get(col)?));
        Some(cell)
    }

    /// Leaves the place of the columns that are not drawn.
    fn leave_gap(&self) {
        if let Some(first) = self.cells.get(self.span.kept).filter(|_| self.span.gap > 0) {
            style(first, "margin-left", &tenths(self.span.gap));
        }
    }
}
