//! The title of a screen: names the tab, takes the focus, and is the one `h1`.

use leptos::prelude::*;

use crate::browser;
use crate::reactive::effect;
use crate::text::fr;

/// Identifier of the `h1`.
pub const TITLE_ID: &str = "titre";

/// Says whether the app has drawn its first screen: that one leaves the focus where the browser put it.
#[derive(Clone, Copy)]
pub struct FirstScreen(pub StoredValue<bool>);

/// The `h1` of a screen. Changing screen moves the focus to it, so that a screen reader says where one is.
#[component]
pub fn PageTitle(
    /// Words.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    effect(move || browser::set_title(&fr::titre_onglet(&title.get())));
    if let Some(FirstScreen(first)) = use_context() {
        if first.get_value() {
            first.set_value(false);
        } else {
            browser::scroll_top();
            browser::focus_later(TITLE_ID);
        }
    }
    view! { <h1 class="fr-h2" id=TITLE_ID tabindex="-1">{title}</h1> }
}
