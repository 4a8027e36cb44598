//! What one did to demandes in the last days, each with the button that undoes it; then the demandes that were deleted, by anybody,
//! each with the button that restores it.

use std::pin::Pin;

use domain::demande::choisies::DemandeSupprimee;
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
use crate::ui::plain::{dialog_button, element, heading, paragraph, several, small_button, waiting, words};
use crate::ui::{ButtonKind, Tone, use_announcer};

/// A list read page by page.
struct Suite<T: 'static> {
    lus: State<Vec<T>>,
    suite: RwSignal<Option<String>>,
    occupe: RwSignal<bool>,
    echec: RwSignal<Option<ClientError>>,
    /// Reads the page of a cursor.
    page: fn(Option<String>) -> Attendue<T>,
}

/// A page on its way.
type Attendue<T> = Pin<Box<dyn Future<Output = Result<Page<T>, ClientError>>>>;

impl<T> Clone for Suite<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Suite<T> {}

impl<T: Clone + Send + Sync + 'static> Suite<T> {
    fn nouvelle(page: fn(Option<String>) -> Attendue<T>) -> Self {
        let (suite, occupe, echec) = (RwSignal::new(None), RwSignal::new(false), RwSignal::new(None));
        Self { lus: State::new(Vec::new()), suite, occupe, echec, page }
    }

    /// Reads the list from its beginning, or its next page.
    fn lire(self, debut: bool) {
        if debut {
            self.lus.set(Vec::new());
            self.suite.set(None);
        }
        let attendue = (self.page)(self.suite.get_untracked());
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let page = attendue.await;
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

    /// The lines, and what leads to more of them.
    fn vue(self, ligne: fn(Self, &T) -> AnyView, aucune: &'static str, plus: &'static str) -> AnyView {
        let lignes = move || {
            let lus = self.lus.get();
            if lus.is_empty() && !self.occupe.get() {
                return paragraph("", aucune);
            }
            element("ol", "demande__histoire", None, lus.iter().map(|une| ligne(self, une)).collect())
        };
        let plus = move || {
            let act = Box::new(move || self.lire(false));
            small_button(ButtonKind::Tertiary, words(plus), None, Some(self.occupe), act)
        };
        several(vec![
            failure(self.echec.into(), Some(Callback::new(move |()| self.lire(true)))),
            dynamic(lignes),
            when(move || self.occupe.get(), waiting),
            when(move || self.suite.read().is_some(), plus),
        ])
    }
}

/// The button and its dialog.
pub fn mes_changements() -> AnyView {
    let ouvert = RwSignal::new(false);
    let gestes = Suite::nouvelle(|curseur| Box::pin(async move { demandes::gestes(curseur.as_deref()).await }));
    let supprimees = Suite::nouvelle(|curseur| Box::pin(async move { demandes::supprimees(curseur.as_deref()).await }));
    let preparer = Box::new(move || {
        gestes.lire(true);
        supprimees.lire(true);
    });
    let contenu = Box::new(move || {
        several(vec![
            paragraph("", texte::MES_CHANGEMENTS_AIDE),
            gestes.vue(ligne, texte::AUCUN_CHANGEMENT, texte::SUITE_HISTORIQUE),
            heading("h3", "fr-h6", texte::SUPPRIMEES),
            supprimees.vue(supprimee, texte::AUCUNE_SUPPRIMEE, texte::SUITE_SUPPRIMEES),
        ])
    });
    dialog_button(words(texte::MES_CHANGEMENTS), ("gestes", texte::MES_CHANGEMENTS), ouvert, preparer, contenu)
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
                }
                Err(error) => annonces.show(Tone::Error, error.sentence()),
            }
        });
    };
    let bouton = small_button(ButtonKind::Secondary, words(texte::RESTAURER), Some(nom), None, Box::new(restaurer));
    element("li", "", None, vec![paragraph("demande__action", qui), paragraph("fr-hint-text", quand), bouton])
}
