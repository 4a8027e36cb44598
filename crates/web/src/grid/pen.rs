//! What the cells of a row are written with: how those of a column look, and what each one shows.

use leptos::prelude::*;
use leptos::web_sys::{self, Element, HtmlElement};
use wasm_bindgen::JsCast;

use super::edits::{CellEdit, State};
use super::model::Cell;
use super::shared::Shown;
use super::span::Span;
use crate::text::grille as texte;

/// What the cells of a column have in common.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lane {
    /// Identifier of the column.
    pub(super) id: String,
    /// Its header, shown in front of the cell of a card.
    pub(super) label: Option<String>,
    /// Its width, and its distance from the left edge when it sticks.
    pub(super) style: Vec<(&'static str, String)>,
    pub(super) class: &'static str,
    pub(super) locked: bool,
}

/// What a cell shows.
#[derive(PartialEq)]
pub(super) enum Content<'a> {
    Empty,
    Kept(&'a Cell),
    /// What is typed and not saved, in a column.
    Typed(&'a CellEdit, &'a str),
}

/// What the cell of a column shows of a row.
pub(super) fn content<'a>(shown: Option<&'a Shown>, col: usize, lane: &'a Lane) -> Content<'a> {
    let Some(shown) = shown else { return Content::Empty };
    match shown.typed.as_ref().and_then(|typed| typed.cells.get(&lane.id)) {
        Some(typed) => Content::Typed(typed, &lane.id),
        None => shown.row.cells.get(col).map_or(Content::Empty, Content::Kept),
    }
}

/// How a value of a column reads.
pub(super) type Words = fn(&str, &str) -> String;

/// The value itself.
pub(super) fn as_it_is(_column: &str, value: &str) -> String {
    value.to_owned()
}

/// What rows are drawn with.
#[derive(Clone, Copy)]
pub(super) struct Pen<'a> {
    /// Every column.
    pub(super) lanes: &'a [Lane],
    /// Those that are drawn.
    pub(super) span: Span,
    pub(super) text: Words,
}

impl Pen<'_> {
    /// A cell of a column, empty.
    pub(super) fn cell(self, col: usize) -> Option<HtmlElement> {
        let cell: HtmlElement = create("div", "")?.unchecked_into();
        set(&cell, "role", "gridcell");
        set(&cell, "tabindex", "-1");
        self.dress(&cell, None, col);
        Some(cell)
    }

    /// Makes a cell, which may be one of another column, one of this column, but for what it shows.
    pub(super) fn dress(self, cell: &HtmlElement, was: Option<usize>, col: usize) {
        let Some(lane) = self.lanes.get(col) else { return };
        let was = was.and_then(|was| self.lanes.get(was));
        set(cell, "aria-colindex", &(col + 1).to_string());
        if was.map(|was| was.class) != Some(lane.class) {
            cell.set_class_name(lane.class);
        }
        if was.map(|was| &was.style) != Some(&lane.style) {
            for (name, value) in &lane.style {
                // By the style object: the server lets no attribute of style in.
                style(cell, name, value);
            }
        }
        match (was.is_some_and(|was| was.locked), lane.locked) {
            (false, true) => set(cell, "aria-readonly", "true"),
            (true, false) => unset(cell, "aria-readonly"),
            _ => {}
        }
        if let Some(label) = &lane.label {
            set(cell, "data-libelle", label);
        }
    }

    /// Shows this in a cell.
    pub(super) fn write(self, cell: &HtmlElement, content: &Content<'_>) {
        match content {
            Content::Kept(Cell::Text(text)) => cell.set_text_content(Some(text)),
            Content::Kept(Cell::Badge(tone, text)) => {
                let class = format!("pastille pastille--{}", tone.class());
                fill(cell, &class, tone.sign(), "pastille__signe", text, None);
            }
            Content::Typed(typed, column) => {
                let (class, sign, words) = match typed.state {
                    State::Waiting | State::Sent => ("grille__attend", "…", texte::EN_ATTENTE),
                    State::Refused(_) => ("grille__attend grille__attend--refus", "✕", texte::REFUSEE),
                    State::Conflict(_) => ("grille__attend grille__attend--conflit", "⇄", texte::EN_CONFLIT),
                };
                fill(cell, class, sign, "", &(self.text)(column, &typed.value), Some(words));
            }
            Content::Empty => cell.set_text_content(None),
        }
    }
}

/// A sign that only eyes see, words, and words that only a screen reader tells.
fn fill(cell: &Element, class: &str, sign: &str, sign_class: &str, text: &str, told: Option<&str>) {
    cell.set_text_content(None);
    let Some(badge) = create("span", class) else { return };
    let mark = create("span", sign_class);
    if let Some(mark) = &mark {
        set(mark, "aria-hidden", "true");
        mark.set_text_content(Some(sign));
    }
    append(&badge, mark.as_ref());
    append(&badge, Some(&document().create_text_node(&format!(" {text}"))));
    if let Some(told) = told.and_then(|words| {
        create("span", "fr-sr-only").inspect(|span| span.set_text_content(Some(&format!(" {words}"))))
    }) {
        append(&badge, Some(&told));
    }
    append(cell, Some(&badge));
}

/// A new element.
pub(super) fn create(tag: &str, class: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    Some(element)
}

/// Puts a part last in an element.
pub(super) fn append(parent: &Element, child: Option<&impl AsRef<web_sys::Node>>) {
    if let Some(child) = child {
        // A part made just now is always taken.
        let _ = parent.append_child(child.as_ref());
    }
}

/// Gives an attribute its value.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    // A valid name of attribute is always taken.
    let _ = element.set_attribute(name, value);
}

/// Takes an attribute away.
pub(super) fn unset(element: &Element, name: &str) {
    // Removing an attribute that is there, or not, does not fail.
    let _ = element.remove_attribute(name);
}

/// Gives a property of style its value.
pub(super) fn style(element: &HtmlElement, name: &str, value: &str) {
    // A valid length is always taken.
    let _ = HtmlElement::style(element).set_property(name, value);
}
