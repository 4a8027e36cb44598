//! Two people changed the same demande: what was typed next to what was saved, and a choice for each.

use domain::demande::Colonne;
use leptos::prelude::*;

use super::fusion::{Autre, Conflit, Fusion};
use crate::pages::tableau::lignes::lisible;
use crate::text::tableau as texte;
use crate::ui::{Button, RadioGroup};

/// Identifier of the title, for the focus.
pub const TITRE_ID: &str = "conflit-titre";
/// Keeps what was typed.
const SAISI: &str = "saisi";
/// Takes what was saved meanwhile.
const SERVEUR: &str = "serveur";

/// What the person chose.
#[derive(Clone, Debug)]
pub struct Choix {
    /// Columns for which the saved value is taken.
    pub prises: Vec<Colonne>,
}

/// The conflict and its choices.
pub fn conflit(fusion: Fusion, trancher: Callback<Choix>) -> AnyView {
    let choix: Vec<(Colonne, RwSignal<String>)> =
        fusion.conflits.iter().map(|conflit| (conflit.colonne, RwSignal::new(SAISI.to_owned()))).collect();
    let questions = fusion.conflits.iter().zip(&choix).map(|(conflit, (_, value))| question(conflit, *value));
    let suite = if choix.is_empty() { texte::CONFLIT_AUCUN } else { texte::CONFLIT_SUITE };
    let questions = questions.collect_view();
    let valider = Callback::new(move |_| {
        let prises = choix.iter().filter(|(_, value)| value.get_untracked() == SERVEUR);
        trancher.run(Choix { prises: prises.map(|(colonne, _)| *colonne).collect() });
    });
    view! {
        <div class="fr-alert fr-alert--warning demande__conflit" role="group" aria-labelledby=TITRE_ID>
            <h3 class="fr-alert__title" id=TITRE_ID tabindex="-1">{texte::CONFLIT_TITRE}</h3>
            <p>{suite}</p>
            {questions}
            {autres(&fusion.autres)}
            <Button on_click=valider>{texte::CONFLIT_ENREGISTRER}</Button>
        </div>
    }
    .into_any()
}

fn question(conflit: &Conflit, value: RwSignal<String>) -> AnyView {
    let options = vec![
        (SAISI.to_owned(), texte::conflit_saisi(&lisible(conflit.colonne, &conflit.saisi))),
        (SERVEUR.to_owned(), texte::conflit_serveur(&lisible(conflit.colonne, &conflit.serveur))),
    ];
    let legend = domain::text::fr::colonne(conflit.colonne);
    let id = format!("conflit-{}", conflit.colonne.nom());
    view! { <RadioGroup id legend options value required=true /> }.into_any()
}

fn autres(autres: &[Autre]) -> AnyView {
    if autres.is_empty() {
        return ().into_any();
    }
    let lignes = autres.iter().map(|autre| {
        let libelle = domain::text::fr::colonne(autre.colonne);
        let valeur = |texte: &str| lisible(autre.colonne, texte);
        view! { <li>{texte::changement(libelle, &valeur(&autre.avant), &valeur(&autre.apres))}</li> }
    });
    view! {
        <p>{texte::CONFLIT_AUTRES}</p>
        <ul>{lignes.collect_view()}</ul>
    }
    .into_any()
}
