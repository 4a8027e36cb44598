//! What one did to demandes in the last days, each with the button that undoes it; or the demandes that were deleted, by anybody, each
//! with the button that restores it. The address says which of the two is shown.

use domain::demande::choisies::DemandeSupprimee;
use domain::demande::lot::Geste;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::etat::{Changements, Etat};
use super::{Tableau, saisie};
use crate::api::demandes;
use crate::browser;
use crate::pages::demande::changements;
use crate::pages::demande::suite::Suite;
use crate::reactive::computed;
use crate::text::{grille as mots, tableau as texte};
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{Tag, dialog_button, element, list, paragraph, several, small_button, words};
use crate::ui::{ButtonKind, Tone, use_announcer};

/// Identifiers of the title of the part that is shown, and of its list.
const PARTIE_ID: &str = "gestes-partie";
const LISTE_ID: &str = "gestes-liste";

/// The button and its dialog, which is open while the address says so.
pub fn mes_changements(tableau: Tableau) -> AnyView {
    let ouvert = RwSignal::new(false);
    let gestes = Suite::nouvelle(|curseur| Box::pin(async move { demandes::gestes(curseur.as_deref()).await }));
    let supprimees = Suite::nouvelle(|curseur| Box::pin(async move { demandes::supprimees(curseur.as_deref()).await }));
    let partie = computed(move || tableau.etat.read().changements);
    Effect::new(move |avant: Option<Option<Changements>>| {
        let partie = partie.get();
        match partie {
            Some(Changements::Miens) => gestes.lire(true),
            Some(Changements::Supprimees) => supprimees.lire(true),
            None => {}
        }
        ouvert.set(partie.is_some());
        if partie.is_some() && avant.flatten().is_some() {
            browser::focus_later(PARTIE_ID);
        }
        partie
    });
    Effect::new(move |avant: Option<bool>| {
        let ouvert = ouvert.get();
        if avant == Some(true) && !ouvert && partie.get_untracked().is_some() {
            tableau.remplacer(Etat { changements: None, ..tableau.present() });
        }
        ouvert
    });
    let contenu = move || {
        let (partie, aide, liste) = match partie.get() {
            Some(Changements::Supprimees) => {
                let liste = supprimees.vue(LISTE_ID, supprimee, texte::AUCUNE_SUPPRIMEE, texte::SUITE_SUPPRIMEES);
                (Changements::Supprimees, texte::SUPPRIMEES_AIDE, liste)
            }
            _ => {
                let liste = gestes.vue(LISTE_ID, ligne, texte::AUCUN_CHANGEMENT, texte::SUITE_HISTORIQUE);
                (Changements::Miens, texte::MES_CHANGEMENTS_AIDE, liste)
            }
        };
        let titre = element("h3", "fr-h6", Some(PARTIE_ID), vec![words(nom(partie))]);
        several(vec![menu(tableau, partie), titre, paragraph("", aide), liste])
    };
    let voir = Box::new(move || tableau.aller(Etat { changements: Some(Changements::Miens), ..tableau.present() }));
    let contenu = Box::new(move || dynamic(contenu));
    dialog_button(words(texte::MES_CHANGEMENTS), ("gestes", texte::MES_CHANGEMENTS), ouvert, voir, contenu)
}

const fn nom(partie: Changements) -> &'static str {
    match partie {
        Changements::Miens => texte::MIENS,
        Changements::Supprimees => texte::SUPPRIMEES,
    }
}

/// The links to both parts.
fn menu(tableau: Tableau, presente: Changements) -> AnyView {
    let lien = |partie| {
        let adresse = Etat { changements: Some(partie), ..tableau.present() }.adresse();
        let lien = Tag::new("a", "fr-link").with("href", adresse);
        let lien = if partie == presente { lien.with("aria-current", "true".to_owned()) } else { lien };
        lien.around(vec![words(nom(partie))])
    };
    let liens = list("pa-parties", [Changements::Miens, Changements::Supprimees].map(lien).into());
    Tag::new("nav", "").with("aria-label", texte::MES_CHANGEMENTS.to_owned()).around(vec![liens])
}

fn ligne(gestes: Suite<Geste>, geste: &Geste) -> AnyView {
    let annonces = use_announcer();
    let fait = texte::geste(geste.creees, geste.modifiees, geste.supprimees, geste.restaurees, geste.annule.is_some());
    let quand = texte::instant(&geste.date);
    let nom = texte::annuler_geste(&fait, &quand);
    let id = StoredValue::new(geste.id.clone());
    let annuler = move || {
        let id = id.get_value();
        spawn_local(async move {
            match demandes::annuler(&id).await.map(saisie::defait) {
                Ok(defait) => {
                    let tone = if defait.left > 0 { Tone::Warning } else { Tone::Success };
                    annonces.show(tone, mots::defait(defait.done, defait.left, false));
                    changements::annoncer();
                    gestes.lire(true);
                    // The button goes with what it undid.
                    browser::focus_later(PARTIE_ID);
                }
                Err(error) => annonces.show(Tone::Error, error.sentence()),
            }
        });
    };
    let bouton = small_button(ButtonKind::Secondary, words(mots::ANNULER), Some(nom), None, Box::new(annuler));
    element("li", "", None, vec![paragraph("demande__action", fait), paragraph("fr-hint-text", quand), bouton])
}

/// A deleted demande, with the button that restores it.
fn supprimee(supprimees: Suite<DemandeSupprimee>, une: &DemandeSupprimee) -> AnyView {
    let annonces = use_announcer();
    let (qui, quand) = (texte::de_qui(une), texte::supprimee_par(une));
    let (id, nom) = (StoredValue::new(une.id.clone()), texte::restaurer_celle(&qui));
    let restaurer = move || {
        let id = id.get_value();
        spawn_local(async move {
            match demandes::restaurer(&id).await {
                Ok(_restauree) => {
                    annonces.show(Tone::Success, texte::RESTAUREE);
                    changements::annoncer();
                    supprimees.lire(true);
                    browser::focus_later(PARTIE_ID);
                }
                Err(error) => annonces.show(Tone::Error, error.sentence()),
            }
        });
    };
    let bouton = small_button(ButtonKind::Secondary, words(texte::RESTAURER), Some(nom), None, Box::new(restaurer));
    element("li", "", None, vec![paragraph("demande__action", qui), paragraph("fr-hint-text", quand), bouton])
}
