//! Confirmation of the candidature just filed: reference, what happens next, what the rules say of each demande.

use domain::candidature::{CandidatureRecue, DemandeEvaluee};
use domain::rules::Verdict;
use domain::text::fr::formation;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::model::Answers;
use crate::browser;
use crate::routes::Route;
use crate::text::candidature as text;
use crate::ui::{Button, ButtonKind, PageTitle, VerdictBadge};

const KEY: &str = "parcours.recue";

/// The answer of the server with the names it concerns, kept until the tab is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recue {
    answer: CandidatureRecue,
    names: Vec<String>,
}

impl Recue {
    /// The answer to these answers.
    pub fn new(answer: CandidatureRecue, answers: &Answers) -> Self {
        let name = |personne: &super::model::Personne| format!("{} {}", personne.prenom.trim(), personne.nom.trim());
        Self { answer, names: answers.professionnels.iter().map(|one| name(&one.personne)).collect() }
    }

    /// Keeps it until the tab is closed.
    pub fn keep(&self) {
        if let Ok(text) = serde_json::to_string(self) {
            browser::store_for_tab(KEY, &text);
        }
    }

    fn load() -> Option<Self> {
        serde_json::from_str(&browser::stored_for_tab(KEY)?).ok()
    }

    fn name(&self, demande: &DemandeEvaluee) -> &str {
        usize::try_from(demande.professionnel).ok().and_then(|rank| self.names.get(rank)).map_or("", String::as_str)
    }
}

/// The screen `/candidature/envoyee`.
#[component]
pub fn EnvoyeePage() -> impl IntoView {
    match Recue::load() {
        Some(recue) => view! { <Confirmation recue /> }.into_any(),
        None => view! {
            <PageTitle title=text::RECUE_TITRE />
            <p>{text::RECUE_AUCUNE}</p>
            <p><a class="fr-btn" href=Route::Candidature.path()>{text::TITRE}</a></p>
        }
        .into_any(),
    }
}

#[component]
fn Confirmation(recue: Recue) -> impl IntoView {
    let demandes = recue
        .answer
        .demandes
        .iter()
        .map(|demande| {
            let title = text::demande(recue.name(demande), formation(demande.formation));
            view! { <Demande title demande=demande.clone() /> }
        })
        .collect_view();
    let answer = recue.answer;
    let addressed = text::recue_par(answer.enveloppe.as_deref(), answer.recipiendaire.as_deref());
    let print = Callback::new(|_| browser::print());
    view! {
        <div class="pa-texte">
            <PageTitle title=text::RECUE_TITRE />
            <div class="pa-encadre">
                <p class="pa-reference__nom">{text::RECUE_REFERENCE}</p>
                <p class="pa-reference">{answer.reference}</p>
                {addressed.map(|words| view! { <p>{words}</p> })}
            </div>
            <h2 class="fr-h4">{text::RECUE_SUITE}</h2>
            <p>{answer.suite}</p>
            <h2 class="fr-h4">{text::RECUE_VERDICTS}</h2>
            <ul class="pa-liste-nue">{demandes}</ul>
            <p class="pa-actions">
                <a class="fr-btn" href=Route::Candidature.path()>{text::RECUE_AUTRE}</a>
                <Button kind=ButtonKind::Secondary on_click=print>{text::RECUE_IMPRIMER}</Button>
            </p>
        </div>
    }
}

#[component]
fn Demande(title: String, demande: DemandeEvaluee) -> impl IntoView {
    let lines: Vec<_> = demande
        .constats
        .into_iter()
        .filter(|constat| constat.verdict != Verdict::Ok)
        .map(|constat| view! { <li><VerdictBadge verdict=constat.verdict />" "{constat.phrase}</li> })
        .collect();
    let nothing = lines.is_empty().then(|| view! { <p>{text::RECUE_RAS}</p> });
    view! {
        <li class="pa-avis">
            <h3 class="fr-text--lg pa-avis__titre">{title}" "<VerdictBadge verdict=demande.verdict /></h3>
            {nothing}
            <ul class="pa-avis__liste">{lines}</ul>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::demande::Formation;

    #[test]
    fn each_demande_bears_the_name_of_its_professional() {
        let mut answers = Answers::empty();
        let first = answers.professionnels.first_mut().unwrap();
        first.personne.prenom = " Angela".to_owned();
        first.personne.nom = "Dubois ".to_owned();
        let demande = |professionnel| DemandeEvaluee {
            id: None,
            professionnel,
            formation: Formation::AidantsConnect,
            verdict: Verdict::Ok,
            constats: Vec::new(),
        };
        let answer = CandidatureRecue {
            id: "1".to_owned(),
            reference: "PA-0000-0000".to_owned(),
            enveloppe: None,
            recipiendaire: None,
            suite: String::new(),
            demandes: vec![demande(0), demande(1)],
        };
        let recue = Recue::new(answer, &answers);
        assert_eq!(recue.name(&demande(0)), "Angela Dubois");
        assert_eq!(recue.name(&demande(1)), "");
    }
}
