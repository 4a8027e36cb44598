//! What stands in for content that is being loaded.

use leptos::prelude::*;

use crate::text::fr;

/// Grey lines, and words for who does not see them.
#[component]
pub fn Skeleton(
    /// Number of lines.
    #[prop(default = 4)]
    lines: usize,
) -> impl IntoView {
    view! {
        <div class="pa-squelette" aria-busy="true">
            <p class="fr-sr-only">{fr::CHARGEMENT}</p>
            {(0..lines).map(|_| view! { <div class="pa-squelette__ligne"></div> }).collect_view()}
        </div>
    }
}
