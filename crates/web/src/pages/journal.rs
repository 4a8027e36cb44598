//! The journal: the verification of its chain, part by part, and its entries.

use domain::journal::{DefautJournal, EntreeJournal};
use leptos::prelude::*;

use super::connexion::Attempt;
use crate::api::{self, Query};
use crate::reactive::State;
use crate::text::journal as text;
use crate::ui::dynamic::{dynamic, when};
use crate::ui::pagination::{LINES_ID, MORE, lines, more};
use crate::ui::plain::{
    Field, FieldKind, button, element, folded, form, heading, list, paragraph, search_button, title, words,
};
use crate::ui::{Alert, ButtonKind, Tone};

/// Defects shown: those that follow come from the same cause.
const MONTRES: usize = 50;

/// What is looked for and what was found.
#[derive(Clone, Copy)]
struct Recherche {
    champs: [RwSignal<String>; 5],
    entrees: State<Vec<EntreeJournal>>,
    suite: RwSignal<Option<String>>,
    essai: Attempt,
}

const NOMS: [&str; 5] = ["auteur", "action", "objet_id", "du", "au"];

impl Recherche {
    /// Reads the first page, from this entry on when there is one, or the page after those that are shown.
    fn lire(self, suite: bool, depuis: Option<i64>) {
        let mut query = Query::new().with("limit", 20);
        for (nom, champ) in NOMS.into_iter().zip(self.champs) {
            query = query.with_some(nom, champ.get_untracked().trim());
        }
        if let Some(numero) = depuis {
            query = Query::new().with("limit", 20).with("numero", numero);
        }
        if suite {
            query = query.with_some("cursor", &self.suite.get_untracked().unwrap_or_default());
        }
        self.essai.read(Box::pin(async move {
            let page = api::journal::lire(query).await?;
            self.entrees.update(|entrees| {
                entrees.truncate(if suite { entrees.len() } else { 0 });
                entrees.extend(page.items);
            });
            self.suite.set(page.next);
            Ok(())
        }));
    }
}

/// The screen `/journal`.
#[component]
pub fn JournalPage() -> impl IntoView {
    let recherche = Recherche {
        champs: std::array::from_fn(|_| RwSignal::new(String::new())),
        entrees: State::new(Vec::new()),
        suite: RwSignal::new(None),
        essai: Attempt::new(),
    };
    recherche.lire(false, None);
    let contenu = vec![
        title(text::TITRE),
        paragraph("", text::AIDE),
        verification(recherche),
        formulaire(recherche),
        recherche.essai.alert(),
        dynamic(move || lines(recherche.entrees.read().iter().map(entree).collect())),
        when(
            move || !recherche.essai.busy.get() && recherche.entrees.read().is_empty(),
            || paragraph("", text::AUCUNE),
        ),
        more(LINES_ID, MORE, (recherche.suite, recherche.essai.busy), Box::new(move || recherche.lire(true, None))),
    ];
    element("div", "pa-texte", None, contenu)
}

/// How far the verification went, and what it found.
#[derive(Clone, Default)]
struct Verification {
    vues: i64,
    total: i64,
    defauts: Vec<DefautJournal>,
    finie: bool,
}

fn verification(recherche: Recherche) -> AnyView {
    let (etat, essai) = (State::new(Verification::default()), Attempt::new());
    let verifier = move || {
        essai.run(Box::pin(async move {
            let (mut vue, mut cursor) = (Verification::default(), String::new());
            while !vue.finie {
                let partie = api::journal::verifier(&cursor).await?;
                vue.vues = partie.jusqu_a;
                vue.total = partie.derniere;
                vue.defauts.extend(partie.defauts);
                vue.finie = partie.suite.is_none();
                cursor = partie.suite.unwrap_or_default();
                etat.try_set(vue.clone());
            }
            Ok(())
        }));
    };
    let status = dynamic(move || resultat(&etat.read(), recherche));
    let contenu = vec![
        heading("h2", "fr-h5", text::VERIFICATION),
        essai.alert(),
        button(ButtonKind::Primary, text::VERIFIER, None, essai.busy, Box::new(verifier)),
        view! { <div role="status">{status}</div> }.into_any(),
    ];
    element("section", "pa-encadre", None, contenu)
}

fn resultat(vue: &Verification, recherche: Recherche) -> AnyView {
    let alerte = |tone: Tone, mots: String| view! { <Alert tone><p>{mots}</p></Alert> }.into_any();
    let fin = match (vue.finie, vue.defauts.len()) {
        (false, 0) if vue.total == 0 => return ().into_any(),
        (false, _) => ().into_any(),
        (true, 0) => alerte(Tone::Success, text::intact(vue.total)),
        (true, nombre) => alerte(Tone::Error, text::defauts(nombre)),
    };
    let defaut = |defaut: &DefautJournal| {
        let numero = defaut.numero;
        let voir = Box::new(move || recherche.lire(false, Some(numero)));
        let voir = button(ButtonKind::Tertiary, text::VOIR, Some(text::voir(numero)), recherche.essai.busy, voir);
        element("span", "", None, vec![words(defaut.message.clone()), words(" "), voir])
    };
    let defauts = vue.defauts.iter().take(MONTRES).map(defaut).collect();
    let progres = paragraph("fr-hint-text", text::progres(vue.vues, vue.total));
    element("div", "", None, vec![progres, fin, list("", defauts)])
}

fn formulaire(recherche: Recherche) -> AnyView {
    use FieldKind::{Day, Optional};
    let [auteur, action, objet, du, au] = recherche.champs;
    let champ = |kind, id, label, hint, value| Field { kind, id, label, hint, value }.draw(Signal::stored(None));
    let jours = vec![champ(Day, "du", text::DU, "", du), champ(Day, "au", text::AU, "", au)];
    let contenu = vec![
        heading("h2", "fr-h5", text::ENTREES),
        champ(Optional, "auteur", text::AUTEUR, text::AUTEUR_AIDE, auteur),
        champ(Optional, "action", text::ACTION, text::ACTION_AIDE, action),
        champ(Optional, "objet", text::OBJET, "", objet),
        element("div", "pa-cote", None, jours),
        search_button(text::CHERCHER),
    ];
    form("", contenu, Box::new(move || recherche.lire(false, None)))
}

fn entree(entree: &EntreeJournal) -> AnyView {
    let valeurs = entree.valeurs.clone().filter(|valeurs| valeurs != "{}").map_or_else(
        || ().into_any(),
        |valeurs| folded("", text::VALEURS, vec![element("code", "pa-secret", None, vec![words(valeurs)])]),
    );
    let titre = element("strong", "", None, vec![words(entree.libelle.clone())]);
    let contenu = vec![
        element("p", "", None, vec![titre]),
        paragraph("", text::entree(entree)),
        paragraph("fr-hint-text", text::objet(entree)),
        valeurs,
    ];
    element("div", "", None, contenu)
}
