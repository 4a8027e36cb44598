//! Asking for an account of `demandeur`: the same is shown whether the address has an account or not.

use leptos::prelude::*;

use super::attempt::Attempt;
use super::demo_mails;
use crate::api::comptes as api;
use crate::browser;
use crate::text::comptes as text;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{Field, FieldKind, element, form, paragraph, send_button, title, words};

const SENT_ID: &str = "inscription-envoyee";

/// The screen `/inscription`.
#[component]
pub fn InscriptionPage() -> impl IntoView {
    let (sent, attempt) = (RwSignal::new(false), Attempt::new());
    let contenu = vec![
        title(text::INSCRIPTION),
        attempt.alert(),
        dynamic(move || if sent.get() { after() } else { before(sent, attempt) }),
    ];
    element("div", "pa-texte", None, contenu)
}

fn before(sent: RwSignal<bool>, attempt: Attempt) -> AnyView {
    let nom = Field::new(FieldKind::Name, "nom", text::NOM, "");
    let email = Field::new(FieldKind::Email, "email", text::EMAIL, text::INSCRIPTION_EMAIL_AIDE);
    let (name, address) = (nom.value, email.value);
    let send = move || {
        attempt.run(Box::pin(async move {
            api::inscrire(&name.get_untracked(), &address.get_untracked()).await?;
            sent.set(true);
            browser::focus_later(SENT_ID);
            Ok(())
        }));
    };
    let champs = vec![
        nom.draw(attempt.at("/nom")),
        email.draw(attempt.at("/email")),
        send_button(text::INSCRIPTION_VALIDER, attempt.busy),
    ];
    element("div", "", None, vec![paragraph("", text::INSCRIPTION_TEXTE), form("", champs, Box::new(send))])
}

fn after() -> AnyView {
    let contenu = vec![
        element("h2", "fr-h5", Some(SENT_ID), vec![words(text::INSCRIPTION_ENVOYEE)]),
        paragraph("", text::INSCRIPTION_SUITE),
        demo_mails(),
    ];
    element("div", "", None, contenu)
}
