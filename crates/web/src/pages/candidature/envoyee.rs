//! Confirmation of the candidature just filed: reference, what happens next, what the rules say of each demande.

use std::cell::RefCell;
use std::collections::BTreeMap;

use domain::candidature::{CandidatureRecue, DemandeEvaluee};
use domain::rules::Verdict;
use domain::text::fr::formation;
use leptos::prelude::*;

use super::model::{Answers, Personne};
use crate::browser;
use crate::routes::Route;
use crate::text::candidature as text;
use crate::ui::{Button, ButtonKind, PageTitle, VerdictBadge};

const KEY: &str = "parcours.recue";
/// Place of the answer among what is kept; the others are the ranks of the professionals.
const ANSWER: &str = "reponse";

thread_local! {
    /// For browsers that refuse to store: the confirmation is then lost with a reload only.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The answer of the server with the names it concerns, kept until the tab is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recue {
    answer: CandidatureRecue,
    names: BTreeMap<String, String>,
}

impl Recue {
    /// Keeps the answer (JSON) to these answers until the tab is closed. False when it is not what the contract says.
    pub fn keep(answer: &str, answers: &Answers) -> bool {
        let kept = kept(answer, answers);
        if Self::parse(&kept).is_none() {
            return false;
        }
        browser::store_for_tab(KEY, &kept);
        LAST.set(kept);
        true
    }

    fn load() -> Option<Self> {
        Self::parse(&browser::stored_for_tab(KEY).unwrap_or_else(|| LAST.with_borrow(Clone::clone)))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut names: BTreeMap<String, String> = serde_json::from_str(text).ok()?;
        let answer = serde_json::from_str(&names.remove(ANSWER)?).ok()?;
        Some(Self { answer, names })
    }

    fn name(&self, demande: &DemandeEvaluee) -> &str {
        self.names.get(&demande.professionnel.to_string()).map_or("", String::as_str)
    }
}

/// What is kept: one JSON object of texts.
fn kept(answer: &str, answers: &Answers) -> String {
    let name = |personne: &Personne| format!("{} {}", personne.prenom.trim(), personne.nom.trim());
    let mut map = BTreeMap::new();
    for (rank, one) in answers.professionnels.iter().enumerate() {
        map.insert(rank.to_string(), name(&one.personne));
    }
    map.insert(ANSWER.to_owned(), answer.to_owned());
    serde_json::to_string(&map).unwrap_or_default()
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
        let answer = r#"{"id":"1","reference":"PA-0000-0000","suite":"","demandes":[]}"#;
        let recue = Recue::parse(&kept(answer, &answers)).unwrap();
        assert_eq!(recue.answer.reference, "PA-0000-0000");
        assert_eq!(recue.name(&demande(0)), "Angela Dubois");
        assert_eq!(recue.name(&demande(1)), "");
    }

    #[test]
    fn an_answer_out_of_contract_is_not_kept() {
        assert_eq!(Recue::parse(&kept("{}", &Answers::empty())), None);
        assert_eq!(Recue::parse(""), None);
    }
}
