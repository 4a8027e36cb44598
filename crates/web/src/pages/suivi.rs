//! The page on which a structure follows its candidature, by the link of its mail.

use domain::candidature::{SuiviCandidature, SuiviDemande};
use domain::error::ErrorCode;
use domain::lot_eligibilite::{GenreEchange, ReponseSuivi};
use domain::text::fr as trade;
use leptos::prelude::*;

use super::connexion::{Attempt, secret};
use crate::api::avis as api;
use crate::reactive::State;
use crate::text::{avis as text, eligibilite};
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{element, form, heading, list, paragraph, send_button, title, waiting, words};
use crate::ui::{TextArea, Tone, use_announcer};

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
        Lu::Candidature(suivi) => candidature(&suivi, secret, lu),
    };
    element("div", "pa-texte", None, vec![title(text::SUIVI), essai.alert(), dynamic(contenu)])
}

fn candidature(suivi: &SuiviCandidature, secret: Memo<String>, lu: State<Lu>) -> AnyView {
    let mut contenu = vec![
        paragraph("", text::candidature(suivi)),
        paragraph("", text::etudiee_par(suivi.recipiendaire.as_deref())),
        heading("h2", "fr-h5", text::SUIVI_DEMANDES),
    ];
    contenu.push(if suivi.demandes.is_empty() {
        paragraph("", text::SUIVI_AUCUNE)
    } else {
        list("pa-liste-nue pa-entrees", suivi.demandes.iter().map(|une| demande(une, secret, lu)).collect())
    });
    element("div", "", None, contenu)
}

fn demande(demande: &SuiviDemande, secret: Memo<String>, lu: State<Lu>) -> AnyView {
    let mut contenu = vec![
        heading("h3", "fr-h6", format!("{} {}", demande.prenom, demande.nom)),
        paragraph("", format!("{} : {}", trade::formation(demande.formation), trade::etape(demande.etape))),
        paragraph("fr-hint-text", text::suite(demande.etape)),
    ];
    if !demande.date_session.is_empty() {
        contenu.push(paragraph("fr-hint-text", text::session(&demande.date_session)));
    }
    if !demande.echanges.is_empty() {
        contenu.push(heading("h4", "fr-h6", eligibilite::QUESTION));
        let dits = demande
            .echanges
            .iter()
            .map(|un| words(eligibilite::dit(un.genre == GenreEchange::Question, &un.texte, &un.date)));
        contenu.push(list("", dits.collect()));
    }
    if demande.peut_repondre {
        contenu.push(repondre(demande.id.clone(), secret, lu));
    }
    element("div", "", None, contenu)
}

/// Answering what the team asks.
fn repondre(demande: String, secret: Memo<String>, lu: State<Lu>) -> AnyView {
    let (texte, essai, annonces) = (RwSignal::new(String::new()), Attempt::new(), use_announcer());
    let id = format!("reponse-{demande}");
    let envoyer = move || {
        let reponse =
            ReponseSuivi { jeton: secret.get_untracked(), demande: demande.clone(), texte: texte.get_untracked() };
        essai.run(Box::pin(async move {
            let suivi = api::repondre(&reponse).await?;
            annonces.show(Tone::Success, eligibilite::ENVOYEE);
            lu.try_set(Lu::Candidature(suivi));
            Ok(())
        }));
    };
    let (label, hint) = (eligibilite::REPONSE, eligibilite::REPONSE_AIDE);
    let champ = view! { <TextArea id label hint value=texte error=essai.at("/texte") required=true /> };
    let contenu = vec![champ.into_any(), send_button(eligibilite::ENVOYER, essai.busy)];
    element("div", "", None, vec![essai.alert(), form("", contenu, Box::new(envoyer))])
}
