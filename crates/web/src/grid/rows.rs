//! Draws the rows in sight by hand. Each follows its key: what changes is written where it stands, and a row that leaves the page
//! is taken up again for one that enters. A copied row costs a fraction of what one made piece by piece does, and no cell has
//! a listener of its own.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::web_sys::{self, Element, HtmlElement};

use super::edits::RowEdits;
use super::keys::Place;
use super::line::Line;
use super::model::Row;
use super::order;
use super::pen::{Lane, Pen, Words, as_it_is};
use super::scrolling::has_focus;
use super::shared::{Shared, Shown};
use super::window::Window;

/// The rows of the page, in order.
#[derive(Default)]
pub(super) struct Drawn {
    first: usize,
    lines: Vec<Line>,
    /// The columns they were drawn for.
    lanes: Vec<Lane>,
    /// An empty row, to be copied.
    model: Option<Line>,
    /// The cells that are marked as chosen.
    pub(super) painted: Vec<HtmlElement>,
}

impl Shared {
    /// Draws what is in sight, again when it changes (tracked).
    pub(super) fn draw_rows(self, lanes: &[Lane]) {
        let Some(body) = self.body.get() else { return };
        let (window, span) = (self.window.get(), self.span.get());
        self.store.follow();
        let wanted: Vec<Option<Shown>> = match self.edits {
            // One look at what is typed, not one per row.
            Some(edits) => edits.pending.with(|pending| self.wanted(window, |key| pending.row(key).cloned())),
            None => self.wanted(window, |_| None),
        };
        let text = self.edits.map_or(as_it_is as Words, |edits| edits.kit().text);
        let place = self.active.get_untracked();
        let stop = self.cell(place);
        let held = stop.as_ref().filter(|cell| has_focus(cell)).and_then(|_| self.key_at(place));
        let current = self.current.get_untracked();
        self.drawn.update_value(|drawn| {
            drawn.lay_out(&body, Pen { lanes, span, text }, window.first, wanted);
            drawn.mark(current.as_deref());
            self.store.beside.with_untracked(|beside| drawn.mark_beside(beside));
        });
        if let Some(key) = held {
            self.hold_focus(&key, place);
        }
        self.move_stop(stop);
        self.paint();
    }

    fn wanted(self, window: Window, typed: impl Fn(&str) -> Option<RowEdits>) -> Vec<Option<Shown>> {
        let one = |(row, heading): (Option<Arc<Row>>, Option<bool>)| {
            row.map(|row| Shown { typed: heading.is_none().then(|| typed(&row.key)).flatten(), heading, row })
        };
        self.store.places(window.first..window.end).into_iter().map(one).collect()
    }

    /// The cell of the active place, the one tab stop, may no longer be the one it was.
    fn move_stop(self, before: Option<HtmlElement>) {
        let after = self.cell(self.active.get_untracked());
        if before == after {
            return;
        }
        for (cell, tab) in [(before, -1), (after, 0)] {
            if let Some(cell) = cell {
                cell.set_tab_index(tab);
            }
        }
    }

    /// Key of the row drawn at a place.
    fn key_at(self, place: Place) -> Option<String> {
        self.drawn.with_value(|drawn| drawn.line(place)?.key().map(str::to_owned))
    }

    /// The focus stays on its row wherever that one went; on its place when the row is gone; on the table when the cell is no longer
    /// drawn.
    fn hold_focus(self, key: &str, place: Place) {
        let index = self.drawn.with_value(|drawn| drawn.index_of(key));
        let place = index.map_or(place, |index| Place { row: index + 1, ..place });
        self.active.set(place);
        let cell = self.element(place).or_else(|| self.node.get_untracked().map(HtmlElement::from));
        if let Some(lost) = cell.filter(|cell| document().active_element().as_ref() != Some(cell)) {
            // A browser refuses to focus what is not drawn: nothing else can be done then.
            let _ = lost.focus();
        }
    }

    /// The cell drawn at a place of the body.
    pub(super) fn cell(self, place: Place) -> Option<HtmlElement> {
        self.drawn.try_with_value(|drawn| drawn.line(place)?.cell(place.col).cloned()).flatten()
    }

    /// Marks the rows that others are on (tracked).
    pub(super) fn mark_beside(self) {
        self.store.beside.with(|beside| self.drawn.update_value(|drawn| drawn.mark_beside(beside)));
    }

    /// Marks the row shown beside the table.
    pub(super) fn mark_current(self, key: Option<&str>) {
        self.drawn.update_value(|drawn| drawn.mark(key));
    }
}

impl Drawn {
    /// The line of this place.
    fn line(&self, place: Place) -> Option<&Line> {
        self.lines.get(place.row.checked_sub(self.first + 1)?)
    }

    /// The place of the row of this key, from 0.
    fn index_of(&self, key: &str) -> Option<usize> {
        self.lines.iter().find(|line| line.key() == Some(key)).map(|line| line.index)
    }

    fn lay_out(&mut self, body: &Element, pen: Pen<'_>, first: usize, wanted: Vec<Option<Shown>>) {
        if self.lanes != pen.lanes || self.model.is_none() {
            body.set_text_content(None);
            *self = Self { lanes: pen.lanes.to_vec(), model: Line::model(pen), ..Self::default() };
        }
        if let Some(model) = &mut self.model {
            model.shift(pen);
        }
        self.first = first;
        let mut old: Vec<Option<Line>> = std::mem::take(&mut self.lines).into_iter().map(Some).collect();
        let before = assign(&old, &wanted);
        let stays = order::kept(&before);
        for (offset, (shown, place)) in wanted.into_iter().zip(&before).enumerate() {
            let known = place.and_then(|place| old.get_mut(place).and_then(Option::take));
            let Some(mut line) = known.or_else(|| self.model.as_ref().and_then(Line::copy)) else { return };
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

    fn mark_beside(&mut self, beside: &[(String, String)]) {
        for line in &mut self.lines {
            let others = line.key().and_then(|key| beside.iter().find(|(one, _)| one == key));
            line.mark_beside(others.map(|(_, names)| names.as_str()));
        }
    }

    fn mark(&mut self, key: Option<&str>) {
        for line in &mut self.lines {
            line.mark(key.is_some() && line.key() == key);
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
            let known = old.get(*place).and_then(Option::as_ref).and_then(Line::key);
            free.get(*place) == Some(&true) && known == Some(key)
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
