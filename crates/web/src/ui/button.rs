//! Buttons.

use crate::reactive::click;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The main action of the screen.
    #[default]
    Primary,
    /// Another action.
    Secondary,
    /// A minor action.
    Tertiary,
}

impl ButtonKind {
    pub(super) const fn class(self, small: bool) -> &'static str {
        match (self, small) {
            (Self::Primary, false) => "fr-btn",
            (Self::Primary, true) => "fr-btn fr-btn--sm",
            (Self::Secondary, false) => "fr-btn fr-btn--secondary",
            (Self::Secondary, true) => "fr-btn fr-btn--secondary fr-btn--sm",
            (Self::Tertiary, false) => "fr-btn fr-btn--tertiary",
            (Self::Tertiary, true) => "fr-btn fr-btn--tertiary fr-btn--sm",
        }
    }
}

/// A button. While `busy` it stays focusable, says so, and does nothing: a second click never sends twice.
#[component]
pub fn Button(
    /// How much it stands out.
    #[prop(optional)]
    kind: ButtonKind,
    /// Smaller.
    #[prop(optional)]
    small: bool,
    /// Whether it submits its form.
    #[prop(optional)]
    submit: bool,
    /// Whether the action it started is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it can do nothing now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Identifier.
    #[prop(optional, into)]
    id: Option<String>,
    /// Name read out instead of the words shown, when those are too short out of their context.
    #[prop(optional, into)]
    aria_label: Option<String>,
    /// What it does.
    #[prop(optional, into)]
    on_click: Option<Callback<MouseEvent>>,
    /// Words shown.
    children: Children,
) -> impl IntoView {
    let act = move |event: MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else if let Some(on_click) = on_click {
            on_click.run(event);
        }
    };
    let waiting = Signal::derive(move || busy.get().then_some("true"));
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=kind.class(small)
            id=id
            aria-label=aria_label
            aria-busy=waiting
            aria-disabled=waiting
            disabled=disabled
            on:click=click(act)
        >
            {children()}
        </button>
    }
}
