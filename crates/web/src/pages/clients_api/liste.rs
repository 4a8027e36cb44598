//! The clients within reach, their keys, and what is done to them.

use domain::client_api::{CleVue, ClientVu, EtatCle, EtatClient};
use leptos::prelude::*;

use super::cle::Champs;
use super::{Ecran, Etape};
use crate::api::clients as api;
use crate::browser;
use crate::forms::{Fault, Faults};
use crate::reactive::computed;
use crate::session::use_session;
use crate::text::{clients_api as text, fr};
use crate::ui::ButtonKind;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{button, element, form, heading, list, paragraph, send_button, waiting, words};

/// Title of the section, which takes the focus once something is done.
pub const SECTION_ID: &str = "clients";
/// Class of the lists.
const LIGNES: &str = "pa-liste-nue pa-entrees";
const FORM_ID: &str = "a-confirmer";
const JOURS_ID: &str = "cle-jours";

/// The section.
pub fn section(ecran: Ecran) -> AnyView {
    let contenu = vec![
        element("h2", "fr-h5", Some(SECTION_ID), vec![words(text::LISTE)]),
        dynamic(move || match ecran.clients.get() {
            None if ecran.essai.busy.get() => waiting(),
            None => ().into_any(),
            Some(lus) if lus.is_empty() => paragraph("", text::AUCUN),
            Some(lus) => list(LIGNES, lus.into_iter().map(|lu| client(ecran, lu)).collect()),
        }),
    ];
    element("section", "", None, contenu)
}

/// A button that opens a form under the client.
fn ouvrir(ecran: Ecran, mots: &'static str, objet: &str, etape: Etape) -> AnyView {
    let ouvrir = move || {
        ecran.essai.forget();
        ecran.etape.set(etape.clone());
        browser::focus_later(FORM_ID);
    };
    button(ButtonKind::Tertiary, mots, Some(text::sur(mots, objet)), ecran.essai.busy, Box::new(ouvrir))
}

fn client(ecran: Ecran, lu: ClientVu) -> AnyView {
    let mut contenu = vec![
        heading("h3", "fr-h6", text::titre(&lu)),
        paragraph("", text::etat(lu.etat)),
        paragraph("fr-hint-text", text::responsable(&lu)),
        list("", lu.portees.iter().map(|portee| words(text::portee(*portee))).collect()),
    ];
    if !lu.enveloppes.is_empty() {
        contenu.push(paragraph("", text::enveloppes(&lu)));
    }
    if !lu.origines.is_empty() {
        contenu.push(paragraph("", text::origines(&lu)));
    }
    contenu.push(heading("h4", "fr-text--md fr-text--bold", text::CLES));
    contenu.push(list(LIGNES, lu.cles.iter().map(|une| cle(ecran, &lu, une)).collect()));
    if lu.etat != EtatClient::Revoque {
        contenu.push(boutons(ecran, &lu));
        contenu.push(dynamic(move || formulaire(ecran, &lu)));
    }
    element("div", "", None, contenu)
}

fn boutons(ecran: Ecran, lu: &ClientVu) -> AnyView {
    let mut boutons = vec![ouvrir(ecran, text::REVOQUER, &lu.nom, Etape::Revoquer(lu.id.clone()))];
    // Whoever adds a key answers for the client: this takes its role.
    if use_session().current_untracked().is_some_and(|open| open.role == lu.role) {
        boutons.insert(0, ouvrir(ecran, text::AJOUTER, &lu.nom, Etape::Ajouter(lu.id.clone())));
    }
    element("div", "pa-actions", None, boutons)
}

fn cle(ecran: Ecran, lu: &ClientVu, une: &CleVue) -> AnyView {
    let mut contenu = vec![paragraph("", text::cle(une)), paragraph("fr-hint-text", text::cle_dates(une))];
    if matches!(une.etat, EtatCle::Active | EtatCle::Suspendue) {
        let etape = Etape::RevoquerCle(lu.id.clone(), une.id.clone());
        contenu.push(ouvrir(ecran, text::REVOQUER_CLE, &une.id, etape));
    }
    element("div", "", None, contenu)
}

/// What is about to be done to this client, if anything.
fn formulaire(ecran: Ecran, lu: &ClientVu) -> AnyView {
    let id = lu.id.clone();
    match ecran.etape.get() {
        etape if !etape.sur(&id) => ().into_any(),
        Etape::Rien => ().into_any(),
        Etape::Ajouter(_) => ajouter(ecran, lu),
        Etape::Revoquer(_) => {
            let titre = text::sur(text::REVOQUER, &lu.nom);
            let envoyer = Box::new(move || ecran.revoquer(api::revoquer(&id)));
            dessiner(ecran, titre, text::revoquer_aide(lu), Vec::new(), text::CONFIRMER, envoyer)
        }
        Etape::RevoquerCle(_, cle) => {
            let titre = text::sur(text::REVOQUER_CLE, &cle);
            let envoyer = Box::new(move || ecran.revoquer(api::revoquer_cle(&id, &cle)));
            dessiner(ecran, titre, text::revoquer_cle_aide(&lu.nom), Vec::new(), text::CONFIRMER, envoyer)
        }
    }
}

fn ajouter(ecran: Ecran, lu: &ClientVu) -> AnyView {
    let champs = Champs::nouveau();
    let refus = move || {
        let refus = champs.saisie().refus().into_iter();
        refus.map(|un| Fault { id: JOURS_ID.to_owned(), label: text::JOURS.to_owned(), message: un.message }).collect()
    };
    let faults = Faults::new(computed(refus));
    let (id, nom) = (lu.id.clone(), lu.nom.clone());
    let envoyer = move || {
        if !faults.submit().is_empty() {
            browser::focus(JOURS_ID);
            return;
        }
        let (nom, creation) = (nom.clone(), api::ajouter_cle(&id, &untrack(|| champs.saisie())));
        ecran.essai.run(Box::pin(async move {
            ecran.montrer(nom, creation).await?;
            ecran.relire().await
        }));
    };
    let (titre, dessines) =
        (text::sur(text::AJOUTER, &lu.nom), champs.dessiner("cle-genre", JOURS_ID, faults.of(JOURS_ID)));
    dessiner(ecran, titre, text::AJOUTER_AIDE.to_owned(), dessines, text::AJOUTER, Box::new(envoyer))
}

fn dessiner(
    ecran: Ecran,
    titre: String,
    aide: String,
    champs: Vec<AnyView>,
    valider: &'static str,
    envoyer: Box<dyn FnMut()>,
) -> AnyView {
    let renoncer = move || {
        ecran.essai.forget();
        ecran.etape.set(Etape::Rien);
        browser::focus_later(SECTION_ID);
    };
    let boutons = vec![
        send_button(valider, ecran.essai.busy),
        button(ButtonKind::Tertiary, fr::ANNULER, None, ecran.essai.busy, Box::new(renoncer)),
    ];
    let mut contenu = vec![element("h4", "fr-h6", Some(FORM_ID), vec![words(titre)]), paragraph("", aide)];
    contenu.extend(champs);
    contenu.push(element("div", "pa-actions", None, boutons));
    form("pa-encadre", contenu, envoyer)
}
