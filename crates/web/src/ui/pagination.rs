//! Going on in a list read page by page, since keyset pages have no number.

use std::sync::Arc;

use leptos::prelude::*;

use super::dynamic::when;
use super::plain::{button, element};
use super::{ButtonKind, use_announcer};
use crate::browser;
use crate::reactive::effect;
use crate::text::fr;

/// Identifier of the list of a screen that has one.
pub const LINES_ID: &str = "lignes";
/// Its usual button.
pub const MORE: (ButtonKind, &str) = (ButtonKind::Secondary, fr::AFFICHER_LA_SUITE);

/// The list of a screen that has one, read page by page.
#[inline(never)]
pub fn lines(lines: Vec<AnyView>) -> AnyView {
    let lines = lines.into_iter().map(|line| element("li", "", None, vec![line])).collect();
    element("ul", "pa-liste-nue pa-entrees", Some(LINES_ID), lines)
}

/// The button that reads the next page while there is one: the focus goes to the first line that it brings, and how many there are is
/// told. `id` is that of the list.
#[inline(never)]
pub fn more(
    id: &'static str,
    (kind, text): (ButtonKind, &'static str),
    (next, busy): (RwSignal<Option<String>>, RwSignal<bool>),
    read: Box<dyn Fn() + Send + Sync>,
) -> AnyView {
    let (announcer, read) = (use_announcer(), Arc::new(read));
    let shown = StoredValue::new(None::<u32>);
    effect(move || {
        if busy.get() {
            return;
        }
        if let Some(shown) = shown.try_update_value(Option::take).flatten() {
            let told = move |count| announcer.say(fr::de_plus(count, next.get_untracked().is_none()));
            browser::reach_line(id, shown, Box::new(told));
        }
    });
    let draw = move || {
        let read = Arc::clone(&read);
        let act = move || {
            shown.set_value(Some(browser::count_lines(id)));
            read();
        };
        button(kind, text, None, busy, Box::new(act))
    };
    when(move || next.read().is_some(), draw)
}
