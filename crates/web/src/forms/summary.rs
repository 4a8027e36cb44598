//! The summary of errors above a form: takes the focus on submission, and leads to each field.

use leptos::prelude::*;

use super::Faults;
use crate::browser;
use crate::reactive::{click, computed};
use crate::text::fr;
use crate::ui::dynamic::{dynamic, when, words};

/// Identifier of the summary, for the focus.
pub const SUMMARY_ID: &str = "resume-erreurs";

/// The list of what remains to be corrected, each line being a link to its field.
#[component]
pub fn Summary(
    /// The faults of the form.
    faults: Faults,
) -> impl IntoView {
    let list = computed(move || faults.summary());
    let title = move || words(move || fr::resume_titre(list.read().len()));
    let lines = move || {
        list.get()
            .into_iter()
            .map(|fault| {
                let (id, href) = (fault.id.clone(), format!("#{}", fault.id));
                let go = move |event: leptos::ev::MouseEvent| {
                    event.prevent_default();
                    browser::focus(&id);
                };
                view! {
                    <li>
                        <a href=href on:click=click(go)>{fr::resume_lien(&fault.label, &fault.message)}</a>
                    </li>
                }
            })
            .collect_view()
            .into_any()
    };
    let summary = move || {
        view! {
            <div class="fr-alert fr-alert--error pa-resume" id=SUMMARY_ID tabindex="-1" aria-labelledby="resume-titre">
                <h2 class="fr-alert__title" id="resume-titre">{title()}</h2>
                <ul>{dynamic(lines)}</ul>
            </div>
        }
        .into_any()
    };
    when(move || !list.read().is_empty(), summary)
}
