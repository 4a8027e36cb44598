//! Typing in a cell: a control laid over it, checked by the rules of its column before anything is sent.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, web_sys};
use wasm_bindgen::JsCast;

use super::keys::Place;
use super::model::{Input, Row};
use super::shared::Shared;
use super::view::pixels;
use crate::reactive::State;
use crate::text::grille as texte;
use crate::ui::dynamic::{optional, words};
use crate::ui::{Tone, follow_value};

/// Least width of a control, in pixels.
const WIDTH_MIN: f64 = 192.0;

/// Left edge, top and width, in pixels.
pub(super) type Frame = [f64; 3];

/// A cell being typed in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typing {
    place: Place,
    /// Its row, which another place may hold by the time the cell is left.
    row: Arc<Row>,
    /// Whether the person began by typing over the cell.
    over: bool,
    /// Header of the column.
    label: String,
    input: Input,
}

/// Where the focus goes once a cell is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Stay,
    Down,
    Up,
    Right,
    Left,
    /// The focus is elsewhere already.
    Gone,
}

impl Shared {
    /// Begins to type in a cell, over its value if `over` is what was typed; says why when it may not be changed. A cell that was
    /// scrolled out of sight comes back first.
    pub(super) fn edit(self, place: Place, over: Option<String>) {
        if self.element(place).is_some() {
            return self.begin(place, over);
        }
        self.reveal(place);
        // Before the next key is struck.
        spawn_local(async move {
            leptos::task::tick().await;
            self.begin(place, over);
        });
    }

    fn begin(self, place: Place, over: Option<String>) {
        let Some(edits) = self.edits else { return };
        let found = place.row.checked_sub(1).and_then(|index| self.store.row_untracked(index));
        let column = self.columns.with_untracked(|columns| columns.get(place.col).cloned());
        let (Some(row), Some(column), Some(frame)) = (found, column, self.frame_of(place)) else { return };
        if let Input::Locked(why) = column.input {
            self.announcer.show(Tone::Info, why);
            return;
        }
        let value = self.value(&row, place.col, &column.id);
        let text = match &column.input {
            Input::Text(_) => over.clone().unwrap_or_else(|| (edits.kit().text)(&column.id, &value)),
            _ => value,
        };
        self.activate(place);
        self.text.set(text);
        self.frame.set(frame);
        self.typing.set(Some(Typing { place, row, over: over.is_some(), label: column.label, input: column.input }));
    }

    /// What is typed before the control has the focus goes after what began it.
    pub(super) fn type_on(self, sign: &str) -> bool {
        let typing = self.typing.with_untracked(Option::is_some);
        if typing {
            self.text.update(|text| text.push_str(sign));
        }
        typing
    }

    /// Keeps the control over its cell when the table scrolls.
    pub(super) fn follow_cell(self) {
        if let Some(frame) = self.typing.with_untracked(|typing| typing.as_ref().and_then(|at| self.frame_of(at.place)))
        {
            self.frame.set(frame);
        }
    }

    /// Where a cell is drawn: left edge, top and width, in pixels of the frame around the table.
    fn frame_of(self, place: Place) -> Option<Frame> {
        let (cell, table) = (self.element(place)?.get_bounding_client_rect(), self.node.get_untracked()?);
        let origin = table.get_bounding_client_rect();
        let width = cell.width().max(WIDTH_MIN).min(origin.width());
        // Never beyond the right edge of what is in sight.
        let left = (cell.left() - origin.left()).min(origin.width() - width).max(0.0);
        Some([left, cell.top() - origin.top(), width])
    }

    fn control_id(self) -> String {
        format!("{}-saisie", self.id)
    }

    /// Takes what is typed. Refused, the control stays with the reason; once the focus is gone, the cell keeps both.
    fn take(self, typing: &Typing, text: &str, refusal: State<String>, next: Next) {
        let Some(edits) = self.edits else { return };
        let row = self.store.row_of_untracked(&typing.row.key).unwrap_or_else(|| typing.row.clone());
        let column =
            self.columns.with_untracked(|columns| columns.get(typing.place.col).map(|column| column.id.clone()));
        let Some(column) = column else { return };
        let change = |value| self.change(&row, typing.place.col, &column, value);
        match (edits.kit().parse)(&column, text) {
            Ok(value) => edits.put(vec![change(value)], None),
            Err(reason) if next == Next::Gone => edits.put_refused(change(text.trim().to_owned()), reason),
            Err(reason) => return refusal.set(reason),
        }
        self.leave(typing.place, next);
    }

    /// Takes the control away, and gives the focus to a cell.
    fn leave(self, place: Place, next: Next) {
        self.typing.set(None);
        let Place { row, col } = place;
        let extent = self.extent();
        let place = match next {
            Next::Gone => return,
            Next::Stay => place,
            Next::Down => Place { row: (row + 1).min(extent.rows), col },
            Next::Up => Place { row: row.saturating_sub(1).max(1), col },
            Next::Right => Place { row, col: (col + 1).min(extent.cols.saturating_sub(1)) },
            Next::Left => Place { row, col: col.saturating_sub(1) },
        };
        self.range.set(None);
        // Where the cell is drawn it has the focus at once: a key struck in between is not lost.
        if let Some(cell) = self.element(place) {
            let _ = cell.focus();
        }
        self.go(place);
    }
}

/// The control over the cell being typed in, if there is one.
pub(super) fn editor(shared: Shared) -> AnyView {
    optional(move || shared.typing.get().map(|typing| control(shared, typing)))
}

fn control(shared: Shared, typing: Typing) -> AnyView {
    let refusal = State::new(String::new());
    let text = shared.text;
    let edge = move |edge: fn(&Frame) -> f64| Signal::derive(move || pixels(shared.frame.with(edge)));
    let id = shared.control_id();
    let (over, kept) = (typing.over, StoredValue::new(typing.clone()));
    let take = Callback::new(move |next: Next| {
        kept.with_value(|typing| shared.take(typing, &text.get_untracked(), refusal, next))
    });
    let keys = move |event: ev::KeyboardEvent| {
        event.stop_propagation();
        let next = match (event.key().as_str(), event.shift_key()) {
            ("Escape", _) => {
                event.prevent_default();
                return shared.leave(kept.with_value(|typing| typing.place), Next::Stay);
            }
            ("Enter", false) => Next::Down,
            ("Enter", true) => Next::Up,
            ("Tab", false) => Next::Right,
            ("Tab", true) => Next::Left,
            _ => return,
        };
        event.prevent_default();
        take.run(next);
    };
    // Taking the control away blurs it too: nothing is left to take then.
    let blur = move |_| {
        if shared.typing.with_untracked(Option::is_some) {
            take.run(Next::Gone);
        }
    };
    focus(id.clone(), over);
    let described = format!("{id}-refus");
    view! {
        <div
            class="grille__saisie"
            style:left=edge(|[left, ..]| *left)
            style:top=edge(|[_, top, _]| *top)
            style:width=edge(|[.., width]| *width)
            on:keydown=keys
            on:focusout=blur
        >
            {field(&typing, id, described.clone(), text, take, refusal)}
            <p class="grille__refus" id=described role="alert">{words(move || refusal.get())}</p>
        </div>
    }
    .into_any()
}

/// The control of this kind of column.
fn field(
    typing: &Typing,
    id: String,
    described: String,
    text: RwSignal<String>,
    take: Callback<Next>,
    refusal: State<String>,
) -> AnyView {
    let label = texte::saisir(&typing.label);
    let invalid = Signal::derive(move || refusal.with(|refusal| (!refusal.is_empty()).to_string()));
    match &typing.input {
        Input::Choice(options) => {
            let options = std::iter::once((String::new(), texte::VIDE.to_owned())).chain(options.iter().cloned());
            let options = options.map(|(value, words)| {
                let chosen = value == text.get_untracked();
                view! { <option value=value selected=chosen>{words}</option> }
            });
            // With the mouse, choosing is all there is to do; with the keys, one passes over the others.
            let by_mouse = StoredValue::new(false);
            let chosen = move |event| {
                text.set(event_target_value(&event));
                if by_mouse.get_value() {
                    take.run(Next::Stay);
                }
            };
            view! {
                <select
                    class="fr-select"
                    id=id
                    aria-label=label
                    aria-describedby=described
                    aria-invalid=invalid
                    on:mousedown=move |_| by_mouse.set_value(true)
                    on:keydown=move |_| by_mouse.set_value(false)
                    on:change=chosen
                >
                    {options.collect_view()}
                </select>
            }
            .into_any()
        }
        input => {
            let (kind, most) = match input {
                Input::Text(most) => ("text", most.to_string()),
                _ => ("date", "10".to_owned()),
            };
            let node = NodeRef::new();
            follow_value(node, text);
            view! {
                <input
                    node_ref=node
                    class="fr-input"
                    id=id
                    type=kind
                    maxlength=most
                    autocomplete="off"
                    aria-label=label
                    aria-describedby=described
                    aria-invalid=invalid
                    prop:value=text.get_untracked()
                    on:input=move |event| text.set(event_target_value(&event))
                />
            }
            .into_any()
        }
    }
}

/// Gives the focus to the control once it is drawn; what it holds is ready to be typed over, unless that has begun.
fn focus(id: String, over: bool) {
    // Before the next key is struck.
    spawn_local(async move {
        leptos::task::tick().await;
        let Some(element) = document().get_element_by_id(&id) else { return };
        if let Some(input) = element.dyn_ref::<web_sys::HtmlElement>() {
            // A browser refuses to focus what is not drawn: nothing else can be done then.
            let _ = input.focus();
        }
        if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>().filter(|_| !over) {
            input.select();
        }
    });
}
