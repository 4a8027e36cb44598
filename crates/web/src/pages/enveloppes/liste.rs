//! The national list as a file: taken away, tried, sent back.

use domain::enveloppe::EnveloppeReglages;
use leptos::html;
use leptos::prelude::*;

use super::reglages::Formulaire;
use crate::api::enveloppes as api;
use crate::browser;
use crate::pages::connexion::Attempt;
use crate::pages::habilites::{choix_fichier, fichier_choisi};
use crate::routes::Route;
use crate::text::{enveloppes as text, habilites};
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{button, element, folded, link, list, paragraph, words};
use crate::ui::{ButtonKind, Tone, use_announcer};

/// Identifier of the file chooser.
const FICHIER_ID: &str = "fichier-enveloppes";

/// What the national administration does with all envelopes: the file, and a new one.
pub fn administrer() -> AnyView {
    element("div", "", None, vec![fichier(), nouvelle()])
}

fn fichier() -> AnyView {
    let (champ, essai, annonces) = (NodeRef::<html::Input>::new(), Attempt::new(), use_announcer());
    let manque = RwSignal::new(false);
    let envoyer = move |essayer: bool| {
        let Some(fichier) = fichier_choisi(FICHIER_ID, champ, manque) else { return };
        essai.run(Box::pin(async move {
            let faite = api::envoyer(&fichier, essayer).await?;
            annonces.show(if essayer { Tone::Info } else { Tone::Success }, text::envoyee(&faite));
            Ok(())
        }));
    };
    let boutons = vec![
        button(ButtonKind::Secondary, text::ESSAYER_LISTE, None, essai.busy, Box::new(move || envoyer(true))),
        button(ButtonKind::Primary, text::ENVOYER_LISTE, None, essai.busy, Box::new(move || envoyer(false))),
    ];
    let refusees = move || list("", essai.refused().iter().map(|refus| words(text::case(refus))).collect());
    let contenu = vec![
        paragraph("", text::LISTE_AIDE),
        element("p", "", None, vec![link("fr-link", api::LISTE.to_owned(), text::TELECHARGER, true)]),
        choix_fichier(FICHIER_ID, habilites::FICHIER, champ, manque),
        essai.alert(),
        dynamic(refusees),
        element("div", "pa-actions", None, boutons),
    ];
    folded("pa-repli", text::LISTE, contenu)
}

fn nouvelle() -> AnyView {
    let formulaire = Formulaire::new(EnveloppeReglages::default(), true);
    let creer = move || {
        let Some(nouvelle) = formulaire.nouvelle() else { return };
        formulaire.essai.run(Box::pin(async move {
            let id = api::creer(&nouvelle).await?;
            browser::open(&Route::Enveloppe(id).path());
            Ok(())
        }));
    };
    folded("pa-repli", text::NOUVELLE, vec![formulaire.dessiner(text::CREER, Box::new(creer))])
}
