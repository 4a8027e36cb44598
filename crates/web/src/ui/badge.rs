//! Short coloured labels; the words say everything, the colour only helps.

use domain::rules::Verdict;
use leptos::prelude::*;

use crate::text::fr;
use crate::ui::Tone;

/// The class of a badge of this tone.
pub const fn badge_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Info => "fr-badge fr-badge--sm fr-badge--info fr-badge--no-icon",
        Tone::Success => "fr-badge fr-badge--sm fr-badge--success fr-badge--no-icon",
        Tone::Warning => "fr-badge fr-badge--sm fr-badge--warning fr-badge--no-icon",
        Tone::Error => "fr-badge fr-badge--sm fr-badge--error fr-badge--no-icon",
    }
}

/// The tone of a verdict.
pub const fn verdict_tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Ok => Tone::Success,
        Verdict::AVerifier => Tone::Warning,
        Verdict::Bloquant => Tone::Error,
    }
}

/// A short label.
#[component]
pub fn Badge(
    /// Colour.
    tone: Tone,
    /// Words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! { <span class=badge_class(tone)>{label}</span> }
}

/// The verdict of a rule or of a demande.
#[component]
pub fn VerdictBadge(
    /// The verdict.
    verdict: Verdict,
) -> impl IntoView {
    view! { <Badge tone=verdict_tone(verdict) label=fr::verdict(verdict) /> }
}
