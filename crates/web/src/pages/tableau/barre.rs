//! Above the table: actions, search, number of rows, filters that apply.

use std::time::Duration;

use domain::demande::Filtre;
use domain::permission::Operation;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use super::criteres::{self, Ligne};
use super::etat::Etat;
use super::{REGIONS, Tableau, colonnes, filtres, gestes, groupes, masse, message, saisie, tri, vues};
use crate::grid::{self, Edits};
use crate::pages::demande::NOUVELLE;
use crate::reactive::{computed, effect};
use crate::routes::Route;
use crate::session::use_session;
use crate::text::{grille as mots, tableau as texte};
use crate::ui::dynamic::{dynamic, when, words};
use crate::ui::plain::{self, Tag, element, link, list, paragraph, several, small_button};
use crate::ui::{ButtonKind, Tone, use_announcer};
use crate::{api, browser};

/// Typing is followed by a search only once it pauses.
const PAUSE: Duration = Duration::from_millis(250);
/// Identifier of the search field.
const RECHERCHE_ID: &str = "recherche";
/// Most characters of a search.
const RECHERCHE_MAX: &str = "200";

/// The same list without filter nor search.
pub fn efface(etat: &Etat) -> Etat {
    Etat { filtre: Filtre::default(), q: String::new(), ..etat.clone() }
}

/// Import, export, add.
pub fn actions(tableau: Tableau, saisies: Option<Edits>) -> AnyView {
    let session = use_session();
    let ouvert = RwSignal::new(false);
    let classe = Signal::derive(move || {
        Some(format!("tableau__deroulant{}", if ouvert.get() { " tableau__deroulant--ouvert" } else { "" }))
    });
    let fermer = move |event: web_sys::Event| {
        if event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
            ouvert.set(false);
        }
    };
    let menu = vec![
        depliant("fr-btn fr-btn--secondary fr-btn--sm", "export", texte::EXPORTER, ouvert),
        Tag::new("div", "")
            .with("id", "export".to_owned())
            .live("class", classe)
            .on("keydown", Box::new(fermer))
            .around(vec![
                when(move || ouvert.get(), move || export_choisies(tableau, saisies, ouvert)),
                paragraph("fr-text--sm", texte::EXPORT_AIDE),
                list("", exports(tableau, ouvert)),
            ]),
    ];
    let ajouter = || link("fr-btn fr-btn--sm", Route::Demande(NOUVELLE.to_owned()).path(), texte::AJOUTER, false);
    let importer = || link("fr-btn fr-btn--secondary fr-btn--sm", Route::Imports.path(), texte::IMPORTER, false);
    let contenu = vec![
        when(move || session.may(Operation::DemandeCreer), ajouter),
        when(move || session.may(Operation::ImportEcrire), importer),
        element("div", "tableau__menu", None, menu),
    ];
    element("div", "tableau__actions", None, contenu)
}

/// Formats of an export.
pub const FORMATS: [&str; 4] = ["csv", "xlsx", "ods", "ndjson"];

/// One button for each format of the file of the rows that are chosen, when several are.
fn export_choisies(tableau: Tableau, saisies: Option<Edits>, ouvert: RwSignal<bool>) -> AnyView {
    let Some((saisies, nombre)) =
        saisies.and_then(|saisies| Some((saisies, masse::portee::choisies(tableau, saisies)?)))
    else {
        return plain::nothing();
    };
    let (occupe, annonces) = (RwSignal::new(false), use_announcer());
    let exporter = move |format: &'static str| {
        occupe.set(true);
        spawn_local(async move {
            let fait = masse::portee::exporter(tableau, saisies, format).await;
            if occupe.try_set(false).is_some() {
                return;
            }
            match fait {
                Ok(()) => ouvert.set(false),
                Err(error) => annonces.show(Tone::Error, error.message()),
            }
        });
    };
    let bouton = |format: &'static str| {
        let (mots, nom) = (format.to_ascii_uppercase(), texte::exporter_choisies(format, nombre));
        let act = Box::new(move || exporter(format));
        small_button(ButtonKind::Tertiary, plain::words(mots), Some(nom), Some(occupe), act)
    };
    let boutons = FORMATS.into_iter().map(bouton).collect();
    several(vec![paragraph("fr-text--sm", texte::lignes_choisies(nombre)), element("div", "", None, boutons)])
}

/// One link for each format.
fn exports(tableau: Tableau, ouvert: RwSignal<bool>) -> Vec<AnyView> {
    let lien = |format: &'static str| {
        let href = Signal::derive(move || tableau.etat.read().adresse_export(format));
        lien_export(href, (format.to_ascii_uppercase(), None), Callback::new(move |()| ouvert.set(false)))
    };
    FORMATS.into_iter().map(lien).collect()
}

/// A link to a file. The code is asked for first, if need be: a link followed by the browser could not ask.
pub fn lien_export(href: Signal<String>, (mots, nom): (String, Option<String>), puis: Callback<()>) -> AnyView {
    let announcer = use_announcer();
    let telecharger = move |event: web_sys::Event| {
        event.prevent_default();
        let adresse = href.get_untracked();
        spawn_local(async move {
            match api::session::recent_code().await {
                Ok(()) => browser::open(&adresse),
                Err(error) => announcer.show(Tone::Error, error.sentence()),
            }
            puis.try_run(());
        });
    };
    let lien = Tag::new("a", "fr-link")
        .live("href", Signal::derive(move || Some(href.get())))
        .with("download", String::new())
        .with("rel", "external".to_owned())
        .on("click", Box::new(telecharger));
    match nom {
        Some(nom) => lien.with("aria-label", nom),
        None => lien,
    }
    .around(vec![plain::words(mots)])
}

/// Search, filters, columns, number of rows.
pub fn outils(tableau: Tableau, saisies: Option<Edits>) -> AnyView {
    let filtrer = RwSignal::new(false);
    let nombre = move || {
        let total = tableau.lignes.counted().get();
        total.map_or_else(String::new, |total| texte::nombre_de_demandes(u64::try_from(total).unwrap_or_default()))
    };
    let mut contenu = vec![
        recherche(tableau),
        depliant("fr-btn fr-btn--tertiary fr-btn--sm", "filtres", texte::FILTRER, filtrer),
        groupes::choix(tableau),
        tri::choix(tableau),
        colonnes::choix(tableau),
        vues::vues(tableau),
    ];
    if let Some(saisies) = saisies {
        contenu.extend([
            saisie::boutons(saisies),
            masse::agir(tableau, saisies),
            message::ecrire(tableau, saisies),
            gestes::mes_changements(tableau),
        ]);
    }
    let touches: &'static [_] = match saisies {
        Some(_) => &[mots::RACCOURCIS, mots::RACCOURCIS_SAISIE, mots::RACCOURCIS_COLONNES],
        None => &[mots::RACCOURCIS, mots::RACCOURCIS_COLONNES],
    };
    contenu.push(grid::help(REGIONS, touches));
    contenu.push(Tag::new("p", "tableau__nombre").with("role", "status".to_owned()).around(vec![words(nombre)]));
    let filtres = when(move || filtrer.get(), move || filtres::ajouter(tableau));
    several(vec![
        element("div", "tableau__outils", None, contenu),
        Tag::new("div", "").with("id", "filtres".to_owned()).around(vec![filtres]),
    ])
}

/// A button that opens and closes the part of the page of this identifier.
fn depliant(class: &'static str, partie: &'static str, libelle: &'static str, ouvert: RwSignal<bool>) -> AnyView {
    Tag::new("button", class)
        .with("type", "button".to_owned())
        .live("aria-expanded", Signal::derive(move || Some(ouvert.get().to_string())))
        .with("aria-controls", partie.to_owned())
        .on("click", Box::new(move |_| ouvert.update(|ouvert| *ouvert = !*ouvert)))
        .around(vec![plain::words(libelle)])
}

fn recherche(tableau: Tableau) -> AnyView {
    let texte_saisi = RwSignal::new(tableau.present().q);
    let attente = StoredValue::new(None::<TimeoutHandle>);
    // Follows the address when it changes by another way (back, clear), not while somebody types.
    effect(move || {
        let q = tableau.etat.read().q.clone();
        if attente.get_value().is_none() && q != texte_saisi.get_untracked().trim() {
            texte_saisi.set(q);
        }
    });
    let chercher = move || {
        attente.set_value(None);
        let (q, present) = (texte_saisi.get_untracked().trim().to_owned(), tableau.present());
        if q != present.q {
            tableau.remplacer(Etat { q, ..present });
        }
    };
    let saisir = move |event| {
        texte_saisi.set(event_target_value(&event));
        if let Some(en_cours) = attente.get_value() {
            en_cours.clear();
        }
        attente.set_value(set_timeout_with_handle(chercher, PAUSE).ok());
    };
    on_cleanup(move || {
        if let Some(Some(en_cours)) = attente.try_get_value() {
            en_cours.clear();
        }
    });
    view! {
        <div class="tableau__recherche" role="search">
            <label class="fr-label" for=RECHERCHE_ID>
                {texte::RECHERCHER}
                <span class="fr-hint-text">{texte::RECHERCHER_AIDE}</span>
            </label>
            <input
                class="fr-input"
                id=RECHERCHE_ID
                type="search"
                maxlength=RECHERCHE_MAX
                autocomplete="off"
                prop:value=texte_saisi
                on:input=saisir
            />
        </div>
    }
    .into_any()
}

/// The filters that apply, each a button that removes it.
pub fn filtres_actifs(tableau: Tableau) -> AnyView {
    let filtre = computed(move || tableau.etat.read().filtre.clone());
    let etiquettes = move || {
        let lignes = criteres::lignes(&filtre.get());
        let nombre = lignes.len();
        let sans = |rang: usize| {
            let mut reste = lignes.clone();
            let ligne = (rang < reste.len()).then(|| reste.remove(rang))?;
            Some(etiquette(tableau, &ligne, criteres::filtre(&reste)))
        };
        several((0..nombre).filter_map(sans).collect())
    };
    let groupe = move || {
        let effacer = Box::new(move || tableau.aller(efface(&tableau.present())));
        let bouton = small_button(ButtonKind::Tertiary, plain::words(texte::TOUT_EFFACER), None, None, effacer);
        Tag::new("div", "tableau__filtres")
            .with("role", "group".to_owned())
            .with("aria-label", texte::FILTRES_ACTIFS.to_owned())
            .around(vec![dynamic(etiquettes), bouton])
    };
    when(move || !criteres::lignes(&filtre.read()).is_empty(), groupe)
}

fn etiquette(tableau: Tableau, ligne: &Ligne, sans: Filtre) -> AnyView {
    let phrase = match ligne {
        Ligne::Critere(critere) => texte::critere(critere.colonne, critere.genre, &critere.valeurs),
        Ligne::Autre(filtre) => filtre.to_string(),
    };
    let retirer = move |_| {
        tableau.aller(Etat { filtre: sans.clone(), ..tableau.present() });
        // The button goes with its filter: the focus goes back to where one searches.
        crate::browser::focus(RECHERCHE_ID);
    };
    let nom = texte::retirer_filtre(&phrase);
    Tag::new("button", "fr-tag fr-tag--sm fr-tag--dismiss")
        .with("type", "button".to_owned())
        .with("aria-label", nom)
        .on("click", Box::new(retirer))
        .around(vec![plain::words(phrase)])
}
