//! Administration of accounts: finding them, inviting people, and one account.

mod fiche;
mod inviter;
mod textes;

use domain::compte::{CompteResume, EtatCompte};
use leptos::prelude::*;

pub use self::fiche::ComptePage;
pub use self::textes::TextesPage;
use super::connexion::Attempt;
use crate::api::comptes as api;
use crate::reactive::State;
use crate::routes::Route;
use crate::text::comptes as text;
use crate::ui::Select;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::pagination::{LINES_ID, MORE, lines, more};
use crate::ui::plain::{Field, FieldKind, element, form, link, paragraph, search_button, title};

/// Class of the lists.
const LIGNES: &str = "pa-liste-nue pa-entrees";

/// What is looked for and what was found.
#[derive(Clone, Copy)]
struct Recherche {
    mots: RwSignal<String>,
    etat: RwSignal<String>,
    comptes: State<Vec<CompteResume>>,
    suite: RwSignal<Option<String>>,
    essai: Attempt,
}

impl Recherche {
    /// Reads the first page, or the one after those that are shown.
    fn lire(self, suite: bool) {
        let cursor = self.suite.get_untracked().filter(|_| suite).unwrap_or_default();
        let (mots, etat) = (self.mots.get_untracked(), self.etat.get_untracked());
        self.essai.read(Box::pin(async move {
            let page = api::chercher(mots.trim(), &etat, &cursor).await?;
            self.comptes.update(|comptes| {
                comptes.truncate(if suite { comptes.len() } else { 0 });
                comptes.extend(page.items);
            });
            self.suite.set(page.next);
            Ok(())
        }));
    }
}

/// The screen `/administration/comptes`.
#[component]
pub fn ComptesPage() -> impl IntoView {
    let recherche = Recherche {
        mots: RwSignal::new(String::new()),
        etat: RwSignal::new(String::new()),
        comptes: State::new(Vec::new()),
        suite: RwSignal::new(None),
        essai: Attempt::new(),
    };
    recherche.lire(false);
    let vide = move || !recherche.essai.busy.get() && recherche.comptes.read().is_empty();
    let contenu = vec![
        title(text::COMPTES),
        formulaire(recherche),
        recherche.essai.alert(),
        dynamic(move || lines(recherche.comptes.read().iter().map(ligne).collect())),
        when(vide, || paragraph("", text::AUCUN)),
        more(LINES_ID, MORE, (recherche.suite, recherche.essai.busy), Box::new(move || recherche.lire(true))),
        inviter::section(),
        element("p", "", None, vec![link("fr-link", Route::Textes.path(), text::PUBLIER, false)]),
    ];
    element("div", "pa-texte", None, contenu)
}

fn formulaire(recherche: Recherche) -> AnyView {
    let etats = EtatCompte::ALL.into_iter().map(|etat| (etat.as_str().to_owned(), text::etat(etat).to_owned()));
    let etats: Vec<(String, String)> = etats.collect();
    let mots = Field { kind: FieldKind::Optional, id: "mots", label: text::MOTS, hint: "", value: recherche.mots };
    let etat = view! {
        <Select id="etat" label=text::ETAT value=recherche.etat options=etats placeholder=Some(text::TOUS) />
    };
    let champs = vec![mots.draw(Signal::stored(None)), etat.into_any(), search_button(text::CHERCHER)];
    form("", champs, Box::new(move || recherche.lire(false)))
}

fn ligne(compte: &CompteResume) -> AnyView {
    let href = Route::Compte(compte.id.clone()).path();
    let lien = view! { <a class="fr-link" href=href>{compte.nom.clone()}</a> }.into_any();
    element("div", "", None, vec![element("p", "", None, vec![lien]), paragraph("fr-hint-text", text::resume(compte))])
}
