//! The professionals who are habilitated already (S6): found by words, taken away as a file; given anew by the national team.

use domain::habilite::Habilite;
use domain::permission::Operation;
use leptos::html;
use leptos::prelude::*;

use super::connexion::Attempt;
use crate::api::habilites as api;
use crate::browser;
use crate::reactive::State;
use crate::session::use_session;
use crate::text::habilites as text;
use crate::ui::dynamic::{dynamic, when, words as words_of};
use crate::ui::pagination::{LINES_ID, MORE, lines, more};
use crate::ui::plain::{
    Field, FieldKind, element, folded, form, link, list, paragraph, search_button, send_button, title, words,
};
use crate::ui::{Tone, use_announcer};

/// Identifier of the file chooser.
const FICHIER_ID: &str = "fichier-habilites";

/// What is looked for and what was found.
#[derive(Clone, Copy)]
struct Recherche {
    mots: RwSignal<String>,
    departement: RwSignal<String>,
    trouves: State<Vec<Habilite>>,
    suite: RwSignal<Option<String>>,
    essai: Attempt,
}

impl Recherche {
    /// Reads the first page, or the one after those that are shown.
    fn lire(self, suite: bool) {
        let cursor = self.suite.get_untracked().filter(|_| suite).unwrap_or_default();
        let (mots, departement) = (self.mots.get_untracked(), self.departement.get_untracked());
        self.essai.read(Box::pin(async move {
            let page = api::chercher(mots.trim(), departement.trim(), &cursor).await?;
            self.trouves.update(|trouves| {
                trouves.truncate(if suite { trouves.len() } else { 0 });
                trouves.extend(page.items);
            });
            self.suite.set(page.next);
            Ok(())
        }));
    }
}

/// The screen `/administration/habilites`.
#[component]
pub fn HabilitesPage() -> impl IntoView {
    let recherche = Recherche {
        mots: RwSignal::new(String::new()),
        departement: RwSignal::new(String::new()),
        trouves: State::new(Vec::new()),
        suite: RwSignal::new(None),
        essai: Attempt::new(),
    };
    recherche.lire(false);
    let vide = move || !recherche.essai.busy.get() && recherche.trouves.read().is_empty();
    let exporter = move || {
        let adresse = api::fichier(recherche.mots.get().trim(), recherche.departement.get().trim());
        element("p", "", None, vec![link("fr-btn fr-btn--tertiary", adresse, text::EXPORTER, true)])
    };
    let mut contenu = vec![
        title(text::HABILITES),
        paragraph("", text::AIDE),
        formulaire(recherche),
        recherche.essai.alert(),
        dynamic(move || lines(recherche.trouves.read().iter().map(un).collect())),
        when(vide, || paragraph("", text::AUCUN)),
        more(LINES_ID, MORE, (recherche.suite, recherche.essai.busy), Box::new(move || recherche.lire(true))),
        dynamic(exporter),
    ];
    if untrack(|| use_session().may(Operation::HabiliteImporter)) {
        contenu.push(donner(recherche));
    }
    element("div", "pa-texte", None, contenu)
}

fn formulaire(recherche: Recherche) -> AnyView {
    let (mots, departement) = (recherche.mots, recherche.departement);
    let mots = Field { kind: FieldKind::Optional, id: "mots", label: text::MOTS, hint: "", value: mots };
    let (label, hint) = (text::DEPARTEMENT, text::DEPARTEMENT_AIDE);
    let departement = Field { kind: FieldKind::Optional, id: "departement", label, hint, value: departement };
    let refus = recherche.essai.at("departement");
    let champs = vec![mots.draw(Signal::stored(None)), departement.draw(refus), search_button(text::CHERCHER)];
    form("", champs, Box::new(move || recherche.lire(false)))
}

fn un(un: &Habilite) -> AnyView {
    let mut contenu = vec![
        element("p", "fr-text--bold", None, vec![words(text::qui(un))]),
        paragraph("", text::activite(un)),
        paragraph("fr-hint-text", text::structure(un)),
    ];
    if !un.email.is_empty() {
        contenu.push(paragraph("fr-hint-text", un.email.clone()));
    }
    contenu.extend(text::referent(un).map(|dit| paragraph("fr-hint-text", dit)));
    element("div", "", None, contenu)
}

/// Giving the list anew.
fn donner(recherche: Recherche) -> AnyView {
    let (champ, essai, annonces) = (NodeRef::<html::Input>::new(), Attempt::new(), use_announcer());
    let manque = RwSignal::new(false);
    let envoyer = move || {
        let Some(fichier) = fichier_choisi(FICHIER_ID, champ, manque) else { return };
        essai.run(Box::pin(async move {
            let liste = api::donner(&fichier).await?;
            annonces.show(Tone::Success, text::donnee(&liste));
            if essai.here() {
                recherche.lire(false);
            }
            Ok(())
        }));
    };
    let fichier = choix_fichier(FICHIER_ID, text::FICHIER, champ, manque);
    let contenu = vec![fichier, send_button(text::REMPLACER, essai.busy)];
    let formulaire = form("", contenu, Box::new(envoyer));
    let refusees = move || list("", essai.refused().iter().map(|refus| words(text::refus(refus))).collect());
    folded("", text::DONNER, vec![paragraph("", text::DONNER_AIDE), essai.alert(), dynamic(refusees), formulaire])
}

/// The chooser of a CSV file; `manque`: none is chosen, which is said.
pub fn choix_fichier(
    id: &'static str,
    label: &'static str,
    champ: NodeRef<html::Input>,
    manque: RwSignal<bool>,
) -> AnyView {
    let messages = format!("{id}-messages");
    view! {
        <div class="fr-upload-group">
            <label class="fr-label" for=id>{label}</label>
            <input
                class="fr-upload"
                type="file"
                id=id
                accept=".csv,text/csv"
                aria-describedby=messages.clone()
                node_ref=champ
            />
            <p id=messages class="fr-error-text" role="status">
                {words_of(move || if manque.get() { text::FICHIER_MANQUE.to_owned() } else { String::new() })}
            </p>
        </div>
    }
    .into_any()
}

/// The file that is chosen; without one, that is said and the chooser takes the focus.
pub fn fichier_choisi(id: &str, champ: NodeRef<html::Input>, manque: RwSignal<bool>) -> Option<web_sys::File> {
    let fichier = champ.get_untracked().and_then(|champ| champ.files()).and_then(|liste| liste.get(0));
    manque.set(fichier.is_none());
    if fichier.is_none() {
        browser::focus(id);
    }
    fichier
}
