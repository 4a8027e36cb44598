//! Once the link is asked for: what to do next. A demonstration shows the link, for it sends no mail.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::text;
use crate::app::Instance;
use crate::ui::dynamic::dynamic;
use crate::ui::{Button, ButtonKind};
use crate::{api, browser};

const TITLE_ID: &str = "lien-envoye";

/// What a demonstration found in its mails.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    /// Not a demonstration, or not known yet.
    Nothing,
    /// The path of the link.
    Link(String),
    /// No mail for this address.
    NoMail,
}

/// Tells to open the mail.
#[component]
pub fn Sent(email: String, sent: RwSignal<Option<String>>) -> impl IntoView {
    let shown = RwSignal::new(Shown::Nothing);
    if is_demonstration() {
        look_for_link(email.clone(), shown);
    }
    browser::focus_later(TITLE_ID);
    let again = Callback::new(move |_| {
        sent.set(None);
        browser::focus_later(super::EMAIL_ID);
    });
    view! {
        <h2 class="fr-h4" id=TITLE_ID tabindex="-1">{text::ENVOYE_TITRE}</h2>
        <p>{text::envoye(&email)}</p>
        {dynamic(move || match shown.get() {
            Shown::Nothing => ().into_any(),
            Shown::NoMail => view! { <p class="pa-encadre">{text::DEMO_AUCUN}</p> }.into_any(),
            Shown::Link(path) => view! {
                <div class="pa-encadre">
                    <p>{text::DEMO_COURRIEL}</p>
                    <p><a class="fr-btn" href=path>{text::DEMO_OUVRIR}</a></p>
                </div>
            }
            .into_any(),
        })}
        <p>{text::ENVOYE_RIEN}</p>
        <Button kind=ButtonKind::Secondary on_click=again>{text::RECOMMENCER}</Button>
    }
}

fn is_demonstration() -> bool {
    let Some(Instance(instance)) = use_context() else { return false };
    instance.with_untracked(|found| found.as_ref().is_some_and(|found| !found.comptes_demonstration.is_empty()))
}

fn look_for_link(email: String, shown: RwSignal<Shown>) {
    spawn_local(async move {
        let Ok(mails) = api::session::mails().await else { return };
        let email = email.to_lowercase();
        let link = mails.into_iter().find(|mail| mail.a == email).and_then(|mail| mail.chemin);
        shown.set(link.map_or(Shown::NoMail, Shown::Link));
    });
}
