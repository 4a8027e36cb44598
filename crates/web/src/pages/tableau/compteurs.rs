//! Number of rows by stage and by verdict; each counter is a filter.

use domain::demande::view::Compteurs;
use domain::demande::{Colonne, Etape, Filtre};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys;

use super::criteres;
use super::etat::Etat;
use super::{Tableau, lignes};
use crate::api::demandes::{self, Liste};
use crate::grid::{Cell, Tone};
use crate::pages::demande::changements;
use crate::reactive::{Computed, State, computed, effect};
use crate::session::use_session;
use crate::text::tableau as texte;
use crate::ui::dynamic::dynamic;
use crate::ui::plain::{Tag, element, nothing, several, words};

/// The verdicts, gravest first.
const VERDICTS: [&str; 3] = ["bloquant", "a-verifier", "ok"];

/// The counters of a list. They ignore the filter of their own column, so that one may go from one to the other.
pub fn compteurs(tableau: Tableau) -> AnyView {
    let par_etape = charger(tableau, Colonne::Etape);
    let par_verdict = charger(tableau, Colonne::Verdict);
    let etapes = computed(move || {
        let compteurs = par_etape.get()?;
        let codes = Etape::ALL.iter().map(|etape| etape.as_str());
        Some(comptes(codes, &compteurs.etapes))
    });
    let verdicts = computed(move || Some(comptes(VERDICTS.into_iter(), &par_verdict.get()?.verdicts)));
    let contenu = vec![
        groupe(tableau, Colonne::Etape, texte::COMPTEURS_ETAPES, etapes),
        groupe(tableau, Colonne::Verdict, texte::COMPTEURS_VERDICTS, verdicts),
        miennes(tableau),
    ];
    element("div", "tableau__compteurs", None, contenu)
}

type Comptes = Vec<(&'static str, u64)>;

fn comptes(codes: impl Iterator<Item = &'static str>, nombres: &std::collections::BTreeMap<String, u64>) -> Comptes {
    codes.map(|code| (code, nombres.get(code).copied().unwrap_or_default())).collect()
}

/// Asks for the counters each time the list changes. Without an answer the last ones stay: the table says the failure.
fn charger(tableau: Tableau, colonne: Colonne) -> State<Option<Compteurs>> {
    let compteurs = State::new(None);
    demander(tableau, colonne, move |filtre, q, tour| {
        spawn_local(async move {
            if let Ok(recus) = demandes::compteurs(&filtre.to_string(), &q).await
                && tour.vaut()
            {
                compteurs.set(Some(recus));
            }
        });
    });
    compteurs
}

/// A question of the counters, and the last one asked: an answer to an older one is dropped.
#[derive(Clone, Copy)]
struct Tour {
    dernier: StoredValue<u64>,
    celui_ci: u64,
}

impl Tour {
    /// Whether nothing was asked since, and the screen is still there.
    fn vaut(self) -> bool {
        self.dernier.try_get_value() == Some(self.celui_ci)
    }
}

/// Asks each time the list changes; what is asked of `colonne` is left out.
fn demander(tableau: Tableau, colonne: Colonne, poser: impl Fn(Filtre, String, Tour) + 'static) {
    let dernier = StoredValue::new(0_u64);
    let question = computed(move || {
        let etat = tableau.etat.read();
        (criteres::sans(&etat.filtre, colonne), etat.q.clone())
    });
    effect(move || {
        let (filtre, q) = question.get();
        changements::nombre();
        changements::cellules();
        dernier.update_value(|tour| *tour += 1);
        poser(filtre, q, Tour { dernier, celui_ci: dernier.get_value() });
    });
}

/// How many of the demandes the person takes care of.
fn miennes(tableau: Tableau) -> AnyView {
    let session = use_session();
    let moi = untrack(|| session.current().filter(|_| session.reads(Colonne::SuiviPar)).map(|session| session.email));
    let Some(moi) = moi else { return nothing() };
    let (nombre, email) = (RwSignal::new(None::<usize>), moi.clone());
    demander(tableau, Colonne::SuiviPar, move |filtre, q, tour| {
        let liste =
            Liste { filtre: criteres::egal(&filtre, Colonne::SuiviPar, &email).to_string(), tri: String::new(), q };
        spawn_local(async move {
            if let Ok(recus) = demandes::reperes(&liste, 1_000).await
                && tour.vaut()
            {
                nombre.set(Some(recus.total));
            }
        });
    });
    let choisi = {
        let moi = moi.clone();
        computed(move || criteres::demande(&tableau.etat.read().filtre, Colonne::SuiviPar, &moi))
    };
    let montrer = move || match nombre.get() {
        Some(combien) if combien > 0 || choisi.get() => {
            let moi = moi.clone();
            let filtrer = move |present: &Filtre| match choisi.get_untracked() {
                true => criteres::sans(present, Colonne::SuiviPar),
                false => criteres::egal(present, Colonne::SuiviPar, &moi),
            };
            let mots = texte::SUIVIES_PAR_MOI.to_owned();
            compteur(
                tableau,
                "compteur-miennes".to_owned(),
                (None, mots, combien as u64),
                choisi.get(),
                Box::new(filtrer),
            )
        }
        _ => nothing(),
    };
    element("div", "tableau__groupe", None, vec![dynamic(montrer)])
}

fn groupe(tableau: Tableau, colonne: Colonne, titre: &'static str, comptes: Computed<Option<Comptes>>) -> AnyView {
    let choisis = computed(move || criteres::codes(&tableau.etat.read().filtre, colonne));
    let boutons = move || {
        let choisis = choisis.get();
        let utiles = comptes.get().unwrap_or_default().into_iter();
        let utiles = utiles
            .filter(|(code, nombre)| *nombre > 0 || choisis.iter().any(|choisi| choisi == code))
            .map(|(code, nombre)| bouton(tableau, colonne, code, nombre, choisis.iter().any(|choisi| choisi == code)));
        several(utiles.collect())
    };
    let groupe = Tag::new("div", "tableau__groupe").with("role", "group".to_owned());
    groupe.with("aria-label", titre.to_owned()).around(vec![dynamic(boutons)])
}

fn bouton(tableau: Tableau, colonne: Colonne, code: &'static str, nombre: u64, choisi: bool) -> AnyView {
    let signe = match lignes::cellule(colonne, code) {
        Cell::Badge(ton, _) if colonne == Colonne::Verdict => Some(ton),
        _ => None,
    };
    let filtrer = move |present: &Filtre| criteres::bascule(present, colonne, code);
    let mots = (signe, lignes::lisible(colonne, code), nombre);
    compteur(tableau, format!("compteur-{code}"), mots, choisi, Box::new(filtrer))
}

/// A button that tells a number of demandes and filters them.
fn compteur(
    tableau: Tableau,
    id: String,
    (signe, mots, nombre): (Option<Tone>, String, u64),
    choisi: bool,
    filtrer: Box<dyn Fn(&Filtre) -> Filtre>,
) -> AnyView {
    let basculer = {
        let id = id.clone();
        move |_: web_sys::Event| {
            let present = tableau.present();
            let filtre = filtrer(&present.filtre);
            tableau.aller(Etat { filtre, ..present });
            // The counters are drawn anew: the focus stays on this one.
            crate::browser::focus_later(id.clone());
        }
    };
    let signe = signe.map(|ton| {
        let class = format!("compteur__signe compteur__signe--{}", ton.class());
        let signe = Tag::new("span", "").with("class", class).with("aria-hidden", "true".to_owned());
        signe.around(vec![words(ton.sign())])
    });
    let mots = element("span", "", None, vec![words(mots)]);
    let nombre = element("strong", "", None, vec![words(texte::milliers(nombre))]);
    Tag::new("button", "compteur")
        .with("type", "button".to_owned())
        .with("id", id)
        .with("aria-pressed", choisi.to_string())
        .on("click", Box::new(basculer))
        .around(signe.into_iter().chain([mots, words(" "), nombre]).collect())
}
