//! Adding a filter: a column, a condition its type takes, and what is looked for.

use domain::demande::Colonne;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::criteres::{self, Critere, Genre};
use super::etat::Etat;
use super::{Tableau, colonnes};
use crate::reactive::{Computed, computed, effect, submit};
use crate::text::tableau as texte;
use crate::ui::dynamic::{dynamic, optional};
use crate::ui::{Alert, Button, CheckboxGroup, Select, TextField, Tone};

/// What is being set.
#[derive(Clone, Copy)]
struct Saisie {
    colonne: RwSignal<String>,
    genre: RwSignal<String>,
    mots: RwSignal<String>,
    codes: RwSignal<Vec<String>>,
    debut: RwSignal<String>,
    fin: RwSignal<String>,
    erreur: RwSignal<Option<String>>,
}

impl Saisie {
    fn nouvelle() -> Self {
        Self {
            colonne: RwSignal::new(Colonne::Ville.nom().to_owned()),
            genre: RwSignal::new(Genre::Contient.code().to_owned()),
            mots: RwSignal::new(String::new()),
            codes: RwSignal::new(Vec::new()),
            debut: RwSignal::new(String::new()),
            fin: RwSignal::new(String::new()),
            erreur: RwSignal::new(None),
        }
    }

    fn colonne(self) -> Colonne {
        Colonne::parse(&self.colonne.read()).unwrap_or(Colonne::Ville)
    }

    fn genre(self) -> Genre {
        Genre::parse(&self.genre.read()).unwrap_or(Genre::Contient)
    }

    fn critere(self) -> Critere {
        let valeurs = match self.genre() {
            Genre::Contient | Genre::Egal => vec![self.mots.get()],
            Genre::Parmi => self.codes.get(),
            Genre::Entre => vec![self.debut.get(), self.fin.get()],
            Genre::Vide | Genre::Rempli => Vec::new(),
        };
        Critere { colonne: self.colonne(), genre: self.genre(), valeurs }
    }

    fn vider(self) {
        self.mots.set(String::new());
        self.codes.set(Vec::new());
        self.debut.set(String::new());
        self.fin.set(String::new());
        self.erreur.set(None);
    }
}

/// Adds the filter being set, or says what misses.
fn appliquer(tableau: Tableau, saisie: Saisie) {
    let critere = untrack(|| saisie.critere());
    match critere.filtre() {
        Ok(_) => {
            let present = tableau.present();
            let filtre = criteres::avec(&present.filtre, critere);
            saisie.vider();
            tableau.aller(Etat { filtre, ..present });
        }
        Err(erreur) => {
            let vide = critere.valeurs.iter().all(|valeur| valeur.trim().is_empty());
            saisie.erreur.set(Some(if vide { texte::FILTRE_VIDE.to_owned() } else { erreur.message }));
        }
    }
}

/// The form that adds a filter.
pub fn ajouter(tableau: Tableau) -> AnyView {
    let saisie = Saisie::nouvelle();
    let colonne = computed(move || saisie.colonne());
    let genre = computed(move || saisie.genre());
    effect(move || {
        let premier = Genre::de(colonne.get().genre()).first();
        saisie.vider();
        saisie.genre.set(premier.map_or("", |genre| genre.code()).to_owned());
    });
    let envoyer = move |event: SubmitEvent| {
        event.prevent_default();
        appliquer(tableau, saisie);
    };
    view! {
        <form class="tableau__filtre" on:submit=submit(envoyer) novalidate aria-label=texte::AJOUTER_FILTRE_TITRE>
            {choix(saisie, colonne)}
            {dynamic(move || valeur(saisie, colonne.get(), genre.get()))}
            <Button submit=true small=true>
                {texte::FILTRE_APPLIQUER}
            </Button>
            {optional(move || saisie.erreur.get().map(erreur))}
        </form>
    }
    .into_any()
}

/// The column, and a condition its type takes.
fn choix(saisie: Saisie, colonne: Computed<Colonne>) -> AnyView {
    let colonnes = colonnes::lues();
    let genres = Signal::derive(move || {
        let genres = Genre::de(colonne.get().genre()).iter();
        genres.map(|genre| (genre.code().to_owned(), texte::genre(*genre).to_owned())).collect::<Vec<_>>()
    });
    view! {
        <Select
            id="filtre-colonne"
            label=texte::FILTRE_COLONNE
            value=saisie.colonne
            options=colonnes
            placeholder=None
            required=true
        />
        <Select
            id="filtre-genre"
            label=texte::FILTRE_GENRE
            value=saisie.genre
            options=genres
            placeholder=None
            required=true
        />
    }
    .into_any()
}

fn erreur(phrase: String) -> AnyView {
    view! {
        <Alert tone=Tone::Error live=true>
            <p>{phrase}</p>
        </Alert>
    }
    .into_any()
}

/// The control of what is looked for.
fn valeur(saisie: Saisie, colonne: Colonne, genre: Genre) -> AnyView {
    match genre {
        Genre::Contient | Genre::Egal => view! {
            <TextField id="filtre-valeur" label=texte::FILTRE_VALEUR value=saisie.mots required=true autocomplete="off" />
        }
        .into_any(),
        Genre::Parmi => {
            let codes = colonne.codes().into_iter();
            let options: Vec<(String, String)> =
                codes.map(|code| (code.to_owned(), domain::text::fr::choix(colonne, code).to_owned())).collect();
            view! {
                <CheckboxGroup id="filtre-choix" legend=texte::FILTRE_CHOIX options value=saisie.codes required=true />
            }
            .into_any()
        }
        Genre::Entre => view! {
            <TextField id="filtre-du" label=texte::FILTRE_DU value=saisie.debut kind="date" required=true />
            <TextField id="filtre-au" label=texte::FILTRE_AU value=saisie.fin kind="date" required=true />
        }
        .into_any(),
        Genre::Vide | Genre::Rempli => ().into_any(),
    }
}
