//! The page on which a structure follows its candidature, by the link of its mail.

use domain::candidature::{SuiviCandidature, SuiviDemande};
use domain::error::ErrorCode;
use domain::text::fr as trade;
use leptos::prelude::*;

use super::connexion::{Attempt, secret};
use crate::api::avis as api;
use crate::reactive::State;
use crate::text::avis as text;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{element, heading, list, paragraph, title, waiting};

/// What is known.
#[derive(Clone, PartialEq, Eq)]
enum Lu {
    Attente,
    Inconnu,
    Candidature(SuiviCandidature),
}

/// The screen `/suivi`.
#[component]
pub fn SuiviPage() -> impl IntoView {
    let (secret, lu, essai) = (secret(), State::new(Lu::Attente), Attempt::new());
    if !secret.get_untracked().is_empty() {
        essai.run(Box::pin(async move {
            match api::suivre(secret.get_untracked()).await {
                Ok(suivi) => lu.try_set(Lu::Candidature(suivi)),
                Err(error) if error.is(ErrorCode::Introuvable) => lu.try_set(Lu::Inconnu),
                Err(error) => return Err(error),
            };
            Ok(())
        }));
    }
    let contenu = move || match lu.get() {
        _ if secret.get().is_empty() => paragraph("", text::SUIVI_INCOMPLET),
        Lu::Attente if essai.busy.get() => waiting(),
        Lu::Attente => ().into_any(),
        Lu::Inconnu => paragraph("", text::SUIVI_INCONNU),
        Lu::Candidature(suivi) => candidature(&suivi),
    };
    element("div", "pa-texte", None, vec![title(text::SUIVI), essai.alert(), dynamic(contenu)])
}

fn candidature(suivi: &SuiviCandidature) -> AnyView {
    let mut contenu = vec![
        paragraph("", text::candidature(suivi)),
        paragraph("", text::etudiee_par(suivi.recipiendaire.as_deref())),
        heading("h2", "fr-h5", text::SUIVI_DEMANDES),
    ];
    contenu.push(if suivi.demandes.is_empty() {
        paragraph("", text::SUIVI_AUCUNE)
    } else {
        list("pa-liste-nue pa-entrees", suivi.demandes.iter().map(demande).collect())
    });
    element("div", "", None, contenu)
}

fn demande(demande: &SuiviDemande) -> AnyView {
    let mut contenu = vec![
        heading("h3", "fr-h6", format!("{} {}", demande.prenom, demande.nom)),
        paragraph("", format!("{} : {}", trade::formation(demande.formation), trade::etape(demande.etape))),
        paragraph("fr-hint-text", text::suite(demande.etape)),
    ];
    if !demande.date_session.is_empty() {
        contenu.push(paragraph("fr-hint-text", text::session(&demande.date_session)));
    }
    element("div", "", None, contenu)
}
