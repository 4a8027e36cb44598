//! The history of a demande: who changed what, when, from what to what.

use crate::reactive::{State, effect};
use domain::demande::EntreeHistorique;
use domain::page::Page;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::fiche::nommer;
use crate::api::{ClientError, demandes};
use crate::pages::tableau::lues;
use crate::routes::Route;
use crate::text::tableau as texte;
use crate::ui::dynamic::{dynamic, failure, when};
use crate::ui::plain::{element, heading, link, list, paragraph, several, small_button, waiting, words};
use crate::ui::{ButtonKind, Select};

/// What is known of the history.
#[derive(Clone, Copy)]
struct Histoire {
    id: StoredValue<String>,
    entrees: State<Vec<EntreeHistorique>>,
    suite: RwSignal<Option<String>>,
    echec: RwSignal<Option<ClientError>>,
    occupe: RwSignal<bool>,
    /// Only the changes of this column; empty for all.
    colonne: RwSignal<String>,
}

impl Histoire {
    /// Reads the next page.
    fn lire(self) {
        let (id, curseur) = (self.id.get_value(), self.suite.get_untracked());
        let colonne = self.colonne.get_untracked();
        self.occupe.set(true);
        self.echec.set(None);
        spawn_local(async move {
            let page = demandes::historique(&id, &colonne, curseur.as_deref()).await;
            // Gone, or another column was asked for meanwhile.
            if self.colonne.try_get_untracked().as_ref() != Some(&colonne) {
                return;
            }
            self.occupe.set(false);
            match page {
                Ok(Page { items, next, .. }) => {
                    self.entrees.update(|entrees| entrees.extend(items));
                    self.suite.set(next);
                }
                Err(error) => self.echec.set(Some(error)),
            }
        });
    }
}

/// The history, newest first, page by page.
pub fn historique(id: String) -> AnyView {
    let histoire = Histoire {
        id: StoredValue::new(id),
        entrees: State::new(Vec::new()),
        suite: RwSignal::new(None),
        echec: RwSignal::new(None),
        occupe: RwSignal::new(false),
        colonne: RwSignal::new(String::new()),
    };
    effect(move || {
        histoire.colonne.track();
        histoire.entrees.set(Vec::new());
        histoire.suite.set(None);
        histoire.lire();
    });
    let lire = Callback::new(move |()| histoire.lire());
    let plus = move || {
        let act = Box::new(move || histoire.lire());
        small_button(ButtonKind::Tertiary, words(texte::SUITE_HISTORIQUE), None, Some(histoire.occupe), act)
    };
    let entrees = dynamic(move || several(histoire.entrees.get().iter().map(entree).collect()));
    let contenu = vec![
        heading("h3", "fr-h6", texte::HISTORIQUE),
        filtre(histoire.colonne),
        element("ol", "demande__histoire", None, vec![entrees]),
        when(move || histoire.occupe.get(), waiting),
        failure(histoire.echec.into(), Some(lire)),
        when(move || histoire.suite.read().is_some(), plus),
    ];
    element("section", "demande__section", None, contenu)
}

/// The choice of a column.
fn filtre(value: RwSignal<String>) -> AnyView {
    let options = lues();
    let placeholder = Some(texte::HISTORIQUE_TOUTES);
    view! { <Select id="histoire-colonne" label=texte::HISTORIQUE_COLONNE value options placeholder /> }.into_any()
}

fn entree(entree: &EntreeHistorique) -> AnyView {
    let changements = entree.changements.iter().map(|changement| {
        let (libelle, avant) = nommer(&changement.colonne, &changement.avant);
        let (_, apres) = nommer(&changement.colonne, &changement.apres);
        words(texte::changement(&libelle, &avant, &apres))
    });
    let annulation = if entree.annulation { texte::PAR_ANNULATION } else { "" };
    let motif = entree.motif.clone().map(texte::motif).unwrap_or_default();
    let auteur = texte::auteur(&entree.auteur, entree.role.as_deref(), &entree.date);
    let mut contenu = vec![
        paragraph("demande__action", format!("{}{annulation}{motif}", texte::action(&entree.action))),
        paragraph("fr-hint-text", format!("{auteur}{}", texte::origine(entree.origine))),
        list("", changements.collect()),
    ];
    if let Some(import) = entree.import_id.clone() {
        contenu.push(link("fr-link fr-link--sm", Route::Import(import).path(), texte::VOIR_IMPORT, false));
    }
    element("li", "", None, contenu)
}
