//! The theme of the screens: that of the device, or the one chosen on it. The style sheets have both; `theme.js` shows the choice
//! before anything is painted.

use leptos::prelude::*;

use super::plain::{Tag, element, folded, words};
use crate::browser;
use crate::text::fr;

/// Where the choice is kept; `theme.js` says the same.
const KEY: &str = "parcours.theme";
/// Identifier of the control.
const ID: &str = "theme";

/// The choice of the theme, folded.
pub fn theme_choice() -> AnyView {
    let chosen = browser::stored(KEY).unwrap_or_default();
    let option = |(code, label): (&'static str, &'static str)| {
        let option = Tag::new("option", "").with("value", code.to_owned());
        let option = if code == chosen { option.with("selected", String::new()) } else { option };
        option.around(vec![words(label)])
    };
    let label = Tag::new("label", "").with("for", ID.to_owned()).around(vec![words(fr::THEME)]);
    let choice = Tag::new("select", "fr-select")
        .with("id", ID.to_owned())
        .on("change", Box::new(|event| choose(&event_target_value(&event))))
        .around(fr::THEMES.map(option).into());
    folded("pa-affichage", fr::AFFICHAGE, vec![element("p", "", None, vec![label, choice])])
}

/// Shows a theme, and keeps the choice; without one, that of the device.
fn choose(code: &str) {
    if code.is_empty() {
        browser::forget(KEY);
    } else {
        // Where nothing may be kept, the choice holds until the page is left.
        browser::store(KEY, code);
    }
    browser::mark_page("data-fr-theme", code);
}
