//! The keys of a table, whatever list it shows: the button « ? » that lists them, and F6 from one region of the screen to the next.

use leptos::ev;
use leptos::prelude::*;

use crate::browser;
use crate::text::grille as texte;
use crate::ui::ButtonKind;
use crate::ui::plain::{Tag, dialog, several, small_button, words};

/// Keys and what they do.
pub type Keys = &'static [(&'static str, &'static str)];

/// The button, its dialog, and the keys that work wherever the focus is on the screen. `regions` are selectors, in the order that F6
/// visits them.
pub fn help(regions: &'static [&'static str], lists: &'static [Keys]) -> AnyView {
    let open = RwSignal::new(false);
    let listener = window_event_listener(ev::keydown, move |event| {
        let typing = browser::active_element().is_some_and(|element| browser::takes_text(&element));
        match event.key().as_str() {
            "F6" => browser::next_region(regions, event.shift_key()),
            "?" if !typing && !event.ctrl_key() && !event.meta_key() => open.set(true),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
    let line = |(keys, effect): &(&'static str, &'static str)| {
        let keys = Tag::new("kbd", "").around(vec![words(*keys)]);
        [Tag::new("dt", "").around(vec![keys]), Tag::new("dd", "").around(vec![words(*effect)])]
    };
    let content = move || {
        let lines = lists.iter().flat_map(|keys| keys.iter()).flat_map(line);
        Tag::new("dl", "tableau__raccourcis").around(lines.collect())
    };
    let name = Some(texte::RACCOURCIS_TITRE.to_owned());
    several(vec![
        small_button(ButtonKind::Tertiary, words("?"), name, None, Box::new(move || open.set(true))),
        dialog("raccourcis", texte::RACCOURCIS_TITRE, open, Box::new(content)),
    ])
}
