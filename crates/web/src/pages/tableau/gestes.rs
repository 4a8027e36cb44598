//! What one did to demandes in the last days, each with the button that undoes it.

use domain::demande::lot::Geste;
use domain::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::saisie;
use crate::api::{ClientError, demandes};
use crate::pages::demande::changements;
use crate::reactive::State;
use crate::text::{grille as mots, tableau as texte};
use crate::ui::dynamic::{dynamic, failure, when};
use crate::ui::plain::{dialog_button, element, paragraph, several, small_button, waiting, words};
use crate::ui::{ButtonKind, Tone, use_announcer};

/// The list being read.
#[derive(Clone, Copy)]
struct Gestes {
    lus: State<Vec<Geste>>,
    suite: RwSignal<Option<String>>,
    occupe: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
}

impl Gestes {
    /// Reads the list from its beginning, or its next page.
    fn lire(self, debut: bool) {
        if debut {
            self.lus.set(Vec::new());
            self.suite.set(None);
        }
        let curseur = self.suite.get_untracked();
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let page = demandes::gestes(curseur.as_deref()).await;
            if self.occupe.try_set(false).is_some() {
                return;
            }
            match page {
                Ok(Page { items, next, .. }) => {
                    self.lus.update(|lus| lus.extend(items));
                    self.suite.set(next);
                }
                Err(error) => self.echec.set(Some(error)),
            }
        });
    }
}

/// The button and its dialog.
pub fn mes_changements() -> AnyView {
    let ouvert = RwSignal::new(false);
    let gestes = Gestes {
        lus: State::new(Vec::new()),
        suite: RwSignal::new(None),
        occupe: RwSignal::new(false),
        echec: RwSignal::new(None),
    };
    let nom = ("gestes", texte::MES_CHANGEMENTS);
    let preparer = Box::new(move || gestes.lire(true));
    dialog_button(words(texte::MES_CHANGEMENTS), nom, ouvert, preparer, Box::new(move || liste(gestes)))
}

fn liste(gestes: Gestes) -> AnyView {
    let lignes = move || {
        let lus = gestes.lus.get();
        if lus.is_empty() && !gestes.occupe.get() {
            return paragraph("", texte::AUCUN_CHANGEMENT);
        }
        element("ol", "demande__histoire", None, lus.iter().map(|geste| ligne(gestes, geste)).collect())
    };
    let plus = move || {
        let act = Box::new(move || gestes.lire(false));
        small_button(ButtonKind::Tertiary, words(texte::SUITE_HISTORIQUE), None, Some(gestes.occupe), act)
    };
    several(vec![
        paragraph("", texte::MES_CHANGEMENTS_AIDE),
        failure(gestes.echec.into(), Some(Callback::new(move |()| gestes.lire(true)))),
        dynamic(lignes),
        when(move || gestes.occupe.get(), waiting),
        when(move || gestes.suite.read().is_some(), plus),
    ])
}

fn ligne(gestes: Gestes, geste: &Geste) -> AnyView {
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
                }
                Err(error) => annonces.show(Tone::Error, error.sentence()),
            }
        });
    };
    let bouton = small_button(ButtonKind::Secondary, words(mots::ANNULER), Some(nom), None, Box::new(annuler));
    element("li", "", None, vec![paragraph("demande__action", fait), paragraph("fr-hint-text", quand), bouton])
}
