//! Explanation of a kind of problem: the page the `type` of a problem leads to.

use domain::error::ErrorCode;
use domain::text::fr::{problem_detail, problem_title};
use leptos::prelude::*;

use super::introuvable::IntrouvablePage;
use crate::text::fr;
use crate::ui::plain::{element, paragraph, title, words};

/// The screen `/problemes/:code`.
#[component]
pub fn ProblemePage(
    /// Code of the problem.
    code: String,
) -> impl IntoView {
    match ErrorCode::from_wire(&code) {
        None => view! { <IntrouvablePage /> }.into_any(),
        Some(known) => {
            let nom = element("code", "", None, vec![words(code)]);
            let contenu = vec![
                title(problem_title(known)),
                paragraph("fr-text--lead", problem_detail(known)),
                element("p", "", None, vec![words(fr::PROBLEME_CODE), nom]),
                paragraph("", fr::PROBLEME_AIDE),
            ];
            element("div", "", None, contenu)
        }
    }
}
