//! A message set apart from the text around it.

use leptos::prelude::*;

/// What a message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Info,
    /// Done.
    Success,
    /// Something to look at.
    Warning,
    /// Refused or failed.
    Error,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "fr-alert fr-alert--info fr-alert--sm",
            Self::Success => "fr-alert fr-alert--success fr-alert--sm",
            Self::Warning => "fr-alert fr-alert--warning fr-alert--sm",
            Self::Error => "fr-alert fr-alert--error fr-alert--sm",
        }
    }

    /// Read before the message, since colour says nothing to who does not see it.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Info => crate::text::fr::TON_INFO,
            Self::Success => crate::text::fr::TON_SUCCES,
            Self::Warning => crate::text::fr::TON_ATTENTION,
            Self::Error => crate::text::fr::TON_ERREUR,
        }
    }
}

/// A message. With `live`, it is read out as soon as it appears.
#[component]
pub fn Alert(
    /// What it tells.
    tone: Tone,
    /// Whether it is read out when it appears.
    #[prop(optional)]
    live: bool,
    /// Identifier, for focus or description.
    #[prop(optional, into)]
    id: Option<String>,
    /// The message.
    children: Children,
) -> impl IntoView {
    let role = live.then_some(if tone == Tone::Error { "alert" } else { "status" });
    view! {
        <div class=tone.class() role=role id=id tabindex="-1">
            <span class="fr-sr-only">{tone.prefix()}</span>
            {children()}
        </div>
    }
}
