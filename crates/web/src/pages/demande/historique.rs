//! The history of a demande: who changed what, when, from what to what.

use crate::reactive::effect;
use domain::demande::EntreeHistorique;
use leptos::prelude::*;

use super::fiche::nommer;
use super::suite::Suite;
use crate::api::demandes;
use crate::pages::tableau::lues;
use crate::routes::Route;
use crate::text::tableau as texte;
use crate::ui::Select;
use crate::ui::plain::{element, heading, link, list, paragraph, words};

/// Identifier of the list.
const HISTOIRE_ID: &str = "histoire";

/// The history, newest first, page by page; of all the columns or of one.
pub fn historique(id: String) -> AnyView {
    let colonne = RwSignal::new(String::new());
    let histoire = Suite::nouvelle(move |curseur| {
        let (id, colonne) = (id.clone(), colonne.get_untracked());
        Box::pin(async move { demandes::historique(&id, &colonne, curseur.as_deref()).await })
    });
    effect(move || {
        colonne.track();
        histoire.lire(true);
    });
    let contenu = vec![
        heading("h3", "fr-h6", texte::HISTORIQUE),
        filtre(colonne),
        histoire.vue(HISTOIRE_ID, entree, texte::HISTORIQUE_VIDE, texte::SUITE_HISTORIQUE),
    ];
    element("section", "demande__section", None, contenu)
}

/// The choice of a column.
fn filtre(value: RwSignal<String>) -> AnyView {
    let options = lues();
    let placeholder = Some(texte::HISTORIQUE_TOUTES);
    view! { <Select id="histoire-colonne" label=texte::HISTORIQUE_COLONNE value options placeholder /> }.into_any()
}

fn entree(_histoire: Suite<EntreeHistorique>, entree: &EntreeHistorique) -> AnyView {
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
