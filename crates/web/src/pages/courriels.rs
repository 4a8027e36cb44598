//! The mails of a demonstration instance, which has no mailbox.

use domain::error::ErrorCode;
use domain::session::CourrielVue;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::introuvable::IntrouvablePage;
use crate::api::{self, ClientError};
use crate::reactive::State;
use crate::text::journal as text;
use crate::ui::dynamic::{dynamic, failure};
use crate::ui::plain::{element, heading, link, paragraph, title, waiting};

/// The screen `/demonstration/courriels`: it does not exist on other instances.
#[component]
pub fn CourrielsPage() -> impl IntoView {
    let (lus, echec) = (State::new(None::<Vec<CourrielVue>>), RwSignal::new(None::<ClientError>));
    spawn_local(async move {
        match api::session::mails().await {
            Ok(courriels) => lus.try_set(Some(courriels)),
            Err(error) => drop(echec.try_set(Some(error))),
        }
    });
    dynamic(move || match (lus.get(), echec.get()) {
        (Some(courriels), _) => liste(courriels),
        (None, None) => waiting(),
        (None, Some(error)) if error.is(ErrorCode::Introuvable) => view! { <IntrouvablePage /> }.into_any(),
        (None, Some(_)) => failure(echec.into(), None),
    })
}

fn liste(courriels: Vec<CourrielVue>) -> AnyView {
    let aide = if courriels.is_empty() { text::AUCUN_COURRIEL } else { text::COURRIELS_AIDE };
    let titre = title(text::COURRIELS);
    let debut = [titre, paragraph("", aide)];
    element("div", "pa-texte", None, debut.into_iter().chain(courriels.into_iter().map(courriel)).collect())
}

fn courriel(courriel: CourrielVue) -> AnyView {
    let dates = text::courriel(&courriel.a, &courriel.cree_le);
    let lien = courriel.chemin.map(|chemin| link("fr-link", chemin, text::OUVRIR_LIEN, false));
    let mut contenu = vec![
        heading("h2", "fr-h6", courriel.objet),
        paragraph("fr-hint-text", dates),
        paragraph("pa-lignes", courriel.texte),
    ];
    contenu.extend(lien);
    let arret = |arret| element("p", "", None, vec![link("fr-link", arret, text::OUVRIR_ARRET, false)]);
    contenu.extend(courriel.arret.map(arret));
    element("section", "pa-encadre", None, contenu)
}
