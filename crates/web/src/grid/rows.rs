//! Draws the rows in sight by hand. Each follows its key: what changes is written where it stands, and a row that leaves the page
//! is taken up again for one that enters. A copied row costs a fraction of what one made piece by piece does, and no cell has
//! a listener of its own.

use leptos::prelude::*;
use leptos::web_sys::{self, Element, HtmlElement};
use wasm_bindgen::JsCast;

use super::edits::{CellEdit, RowEdits, State};
use super::keys::Place;
use super::model::Cell;
use super::order;
use super::shared::{Shared, Shown};
use super::window::Window;
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

/// A row of the page.
struct Line {
    element: Element,
    cells: Vec<HtmlElement>,
    /// What it shows; none while its row is not in memory.
    shown: Option<Shown>,
    /// Place of its row in the table.
    index: usize,
    current: bool,
}

/// The rows of the page, in order.
#[derive(Default)]
pub(super) struct Drawn {
    first: usize,
    lines: Vec<Line>,
    /// The columns they were drawn for.
    lanes: Vec<Lane>,
    /// An empty row, to be copied.
    model: Option<Element>,
}

impl Shared {
    /// Draws what is in sight, again when it changes (tracked).
    pub(super) fn draw_rows(self, lanes: &[Lane]) {
        let Some(body) = self.body.get() else { return };
        let window = self.window.get();
        self.store.follow();
        let wanted: Vec<Option<Shown>> = match self.edits {
            // One look at what is typed, not one per row.
            Some(edits) => edits.pending.with(|pending| self.wanted(window, |key| pending.row(key).cloned())),
            None => self.wanted(window, |_| None),
        };
        let text = self.edits.map_or(as_it_is as Words, |edits| edits.kit().text);
        let held = self.focused();
        self.set_tab_stop(self.active.get_untracked(), -1);
        let current = self.current.get_untracked();
        self.drawn.update_value(|drawn| {
            drawn.lay_out(&body, Pen { lanes, text }, window.first, wanted);
            drawn.mark(current.as_deref());
        });
        if let Some((key, place)) = held {
            self.hold_focus(&key, place);
        }
        self.set_tab_stop(self.active.get_untracked(), 0);
        self.paint();
    }

    fn wanted(self, window: Window, typed: impl Fn(&str) -> Option<RowEdits>) -> Vec<Option<Shown>> {
        let one = |place| {
            if let Some((row, open)) = self.store.heading(place) {
                return Some(Shown { row, heading: Some(open), typed: None });
            }
            self.store.row_untracked(place).map(|row| Shown { typed: typed(&row.key), heading: None, row })
        };
        (window.first..window.end).map(one).collect()
    }

    /// The cell of the body that has the focus, unless it is leaving it: key of its row, place.
    fn focused(self) -> Option<(String, Place)> {
        let active = document().active_element()?;
        let here = self.node.get_untracked()?.contains(Some(&active));
        let place = Self::place_of_element(&active).filter(|_| here)?;
        let key = self.drawn.with_value(|drawn| drawn.line(place).and_then(Line::key))?;
        (self.active.get_untracked() == place).then_some((key, place))
    }

    /// The focus stays on its row wherever that one went; on its place when the row is gone.
    fn hold_focus(self, key: &str, place: Place) {
        let index = self.drawn.with_value(|drawn| drawn.index_of(key));
        let place = index.map_or(place, |index| Place { row: index + 1, ..place });
        self.active.set(place);
        let lost = self.element(place).filter(|cell| document().active_element().as_ref() != Some(cell));
        if let Some(cell) = lost {
            // A browser refuses to focus what is not drawn: nothing else can be done then.
            let _ = cell.focus();
        }
    }

    /// The cell drawn at a place of the body.
    pub(super) fn cell(self, place: Place) -> Option<HtmlElement> {
        self.drawn.try_with_value(|drawn| drawn.line(place)?.cell(place.col).cloned()).flatten()
    }

    /// Marks the row shown beside the table.
    pub(super) fn mark_current(self, key: Option<&str>) {
        self.drawn.update_value(|drawn| drawn.mark(key));
    }
}

impl Line {
    fn key(&self) -> Option<String> {
        self.shown.as_ref().map(|shown| shown.row.key.clone())
    }

    /// A row that shows nothing yet.
    fn new(model: &Element) -> Option<Self> {
        let element = model.clone_node_with_deep(true).ok()?.dyn_into::<Element>().ok()?;
        let mut cells = Vec::new();
        let mut next = element.first_element_child();
        while let Some(cell) = next {
            next = cell.next_element_sibling();
            cells.push(cell.unchecked_into());
        }
        Some(Self { element, cells, shown: None, index: usize::MAX, current: false })
    }

    fn heading(&self) -> Option<bool> {
        self.shown.as_ref().and_then(|shown| shown.heading)
    }

    /// The cell of a column; the one that a heading has.
    fn cell(&self, col: usize) -> Option<&HtmlElement> {
        if self.heading().is_some() { self.cells.first() } else { self.cells.get(col) }
    }

    /// Says whether a row is a heading, and an open one.
    fn head(&self, open: Option<bool>) {
        let Some(first) = self.cells.first() else { return };
        match open {
            Some(open) => {
                set(first, "aria-expanded", if open { "true" } else { "false" });
                set(first, "aria-colspan", &self.cells.len().to_string());
            }
            None => {
                for name in ["aria-expanded", "aria-colspan"] {
                    // Removing an attribute that is there does not fail.
                    let _ = first.remove_attribute(name);
                }
            }
        }
    }

    fn class(&self) -> &'static str {
        match (self.heading().is_some(), self.current) {
            (true, _) => "grille__ligne grille__ligne--groupe",
            (_, true) => "grille__ligne grille__ligne--courante",
            _ => LINE,
        }
    }

    /// Shows a row at a place, writing only what differs.
    fn show(&mut self, index: usize, shown: Option<Shown>, pen: Pen<'_>) {
        if self.index != index {
            self.index = index;
            set(&self.element, "aria-rowindex", &(index + 2).to_string());
        }
        if self.shown == shown {
            return;
        }
        for (col, (lane, cell)) in pen.lanes.iter().zip(&self.cells).enumerate() {
            let (before, after) = (content(self.shown.as_ref(), col, lane), content(shown.as_ref(), col, lane));
            if before != after {
                pen.write(cell, &after);
            }
        }
        let (before, after) = (self.heading(), shown.as_ref().and_then(|shown| shown.heading));
        if before != after {
            self.head(after);
        }
        self.shown = shown;
        if before.is_some() != after.is_some() {
            self.element.set_class_name(self.class());
        }
    }
}

impl Drawn {
    /// The line of this place.
    fn line(&self, place: Place) -> Option<&Line> {
        self.lines.get(place.row.checked_sub(self.first + 1)?)
    }

    /// The place of the row of this key, from 0.
    fn index_of(&self, key: &str) -> Option<usize> {
        let found = self.lines.iter().find(|line| line.shown.as_ref().is_some_and(|shown| shown.row.key == key));
        found.map(|line| line.index)
    }

    fn lay_out(&mut self, body: &Element, pen: Pen<'_>, first: usize, wanted: Vec<Option<Shown>>) {
        if self.lanes != pen.lanes || self.model.is_none() {
            body.set_text_content(None);
            *self = Self { lanes: pen.lanes.to_vec(), model: model(pen.lanes), ..Self::default() };
        }
        self.first = first;
        let mut old: Vec<Option<Line>> = std::mem::take(&mut self.lines).into_iter().map(Some).collect();
        let before = assign(&old, &wanted);
        let stays = order::kept(&before);
        for (offset, (shown, place)) in wanted.into_iter().zip(&before).enumerate() {
            let known = place.and_then(|place| old.get_mut(place).and_then(Option::take));
            let Some(mut line) = known.or_else(|| self.model.as_ref().and_then(Line::new)) else { return };
            line.show(first + offset, shown, pen);
            self.lines.push(line);
        }
        for line in old.into_iter().flatten() {
            line.element.remove();
        }
        self.put_in_order(body, &stays);
    }

    /// Puts the lines that do not stay before the one that follows them.
    fn put_in_order(&self, body: &Element, stays: &[bool]) {
        let mut next: Option<&Element> = None;
        for (line, stays) in self.lines.iter().zip(stays).rev() {
            if !stays {
                let before = next.map(|next| -> &web_sys::Node { next });
                // The line that follows is in the body: it cannot be refused.
                let _ = body.insert_before(&line.element, before);
            }
            next = Some(&line.element);
        }
    }

    fn mark(&mut self, key: Option<&str>) {
        for line in &mut self.lines {
            let current = key.is_some() && line.shown.as_ref().map(|shown| &*shown.row.key) == key;
            if line.current != current {
                line.current = current;
                line.element.set_class_name(line.class());
                if current {
                    set(&line.element, "aria-current", "true");
                } else {
                    // Removing an attribute that is there does not fail.
                    let _ = line.element.remove_attribute("aria-current");
                }
            }
        }
    }
}

/// Which former line shows each wanted row: its own, else one that is free, else a new one.
fn assign(old: &[Option<Line>], wanted: &[Option<Shown>]) -> Vec<Option<usize>> {
    let mut free = vec![true; old.len()];
    let mut next = 0;
    let own = wanted.iter().map(|shown| {
        let key = &shown.as_ref()?.row.key;
        // The same key twice, between two pages of a list that moves: the second takes another line.
        let is_own = |place: &usize| {
            let line = old.get(*place).and_then(Option::as_ref).and_then(|line| line.shown.as_ref());
            free.get(*place) == Some(&true) && line.is_some_and(|known| known.row.key == *key)
        };
        // Rows mostly follow one another as before.
        let place = Some(next).filter(is_own).or_else(|| (0..old.len()).find(is_own))?;
        *free.get_mut(place)? = false;
        next = place + 1;
        Some(place)
    });
    let own: Vec<Option<usize>> = own.collect();
    let mut free = free.into_iter().enumerate().filter_map(|(place, free)| free.then_some(place));
    own.into_iter().map(|place| place.or_else(|| free.next())).collect()
}

const LINE: &str = "grille__ligne";

/// An empty row of these columns.
fn model(lanes: &[Lane]) -> Option<Element> {
    let row = create("div", LINE)?;
    set(&row, "role", "row");
    for (col, lane) in lanes.iter().enumerate() {
        let cell = create("div", lane.class)?;
        set(&cell, "role", "gridcell");
        let cell: HtmlElement = cell.unchecked_into();
        // By the style object: the server lets no attribute of style in.
        for (name, value) in &lane.style {
            // A valid length is always taken.
            let _ = HtmlElement::style(&cell).set_property(name, value);
        }
        set(&cell, "aria-colindex", &(col + 1).to_string());
        set(&cell, "tabindex", "-1");
        if lane.locked {
            set(&cell, "aria-readonly", "true");
        }
        if let Some(label) = &lane.label {
            set(&cell, "data-libelle", label);
        }
        append(&cell, create("span", BLANK).as_ref());
        append(&row, Some(&cell));
    }
    Some(row)
}

const BLANK: &str = "grille__attente";

/// What a cell shows.
#[derive(PartialEq)]
enum Content<'a> {
    Blank,
    Kept(&'a Cell),
    /// What is typed and not saved, in a column.
    Typed(&'a CellEdit, &'a str),
}

fn content<'a>(shown: Option<&'a Shown>, col: usize, lane: &'a Lane) -> Content<'a> {
    let Some(shown) = shown else { return Content::Blank };
    match shown.typed.as_ref().and_then(|typed| typed.cells.get(&lane.id)) {
        Some(typed) => Content::Typed(typed, &lane.id),
        None => shown.row.cells.get(col).map_or(Content::Blank, Content::Kept),
    }
}

/// How a value of a column reads.
type Words = fn(&str, &str) -> String;

fn as_it_is(_column: &str, value: &str) -> String {
    value.to_owned()
}

/// What cells are written with.
#[derive(Clone, Copy)]
struct Pen<'a> {
    lanes: &'a [Lane],
    text: Words,
}

impl Pen<'_> {
    fn write(self, cell: &HtmlElement, content: &Content<'_>) {
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
            Content::Blank => {
                cell.set_text_content(None);
                append(cell, create("span", BLANK).as_ref());
            }
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

fn create(tag: &str, class: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    Some(element)
}

fn append(parent: &Element, child: Option<&impl AsRef<web_sys::Node>>) {
    if let Some(child) = child {
        // A part made just now is always taken.
        let _ = parent.append_child(child.as_ref());
    }
}

fn set(element: &Element, name: &str, value: &str) {
    // A valid name of attribute is always taken.
    let _ = element.set_attribute(name, value);
}
