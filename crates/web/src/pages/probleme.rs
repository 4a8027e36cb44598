//! Explanation of a kind of problem: the page the `type` of a problem leads to.

use domain::error::ErrorCode;
use domain::text::fr::{problem_detail, problem_title};
use leptos::prelude::*;

use super::introuvable::IntrouvablePage;
use crate::text::fr;
use crate::ui::PageTitle;

/// The screen `/problemes/:code`.
#[component]
pub fn ProblemePage(
    /// Code of the problem.
    code: String,
) -> impl IntoView {
    match ErrorCode::from_wire(&code) {
        None => view! { <IntrouvablePage /> }.into_any(),
        Some(known) => view! {
            <PageTitle title=problem_title(known) />
            <p class="fr-text--lead">{problem_detail(known)}</p>
            <p>{fr::PROBLEME_CODE}<code>{code}</code></p>
            <p>{fr::PROBLEME_AIDE}</p>
        }
        .into_any(),
    }
}
