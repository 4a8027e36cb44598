//! Above the table: actions, search, number of rows, filters that apply.

use std::time::Duration;

use domain::demande::Filtre;
use domain::permission::Operation;
use leptos::ev::MouseEvent;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::criteres::{self, Ligne};
use super::etat::Etat;
use super::{Tableau, colonnes, filtres, gestes, groupes, masse, message, saisie, tri, vues};
use crate::grid::Edits;
use crate::pages::demande::NOUVELLE;
use crate::reactive::{click, computed, effect};
use crate::routes::Route;
use crate::session::use_session;
use crate::text::tableau as texte;
use crate::ui::dynamic::{dynamic, when, words};
use crate::ui::{Button, ButtonKind, Tone, use_announcer};
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
pub fn actions(tableau: Tableau) -> AnyView {
    let session = use_session();
    let ouvert = RwSignal::new(false);
    view! {
        <div class="tableau__actions">
            {when(
                move || session.may(Operation::DemandeCreer),
                || lien("fr-btn fr-btn--sm", Route::Demande(NOUVELLE.to_owned()), texte::AJOUTER),
            )}
            {when(
                move || session.may(Operation::ImportEcrire),
                || lien("fr-btn fr-btn--secondary fr-btn--sm", Route::Imports, texte::IMPORTER),
            )}
            <div class="tableau__menu">
                <button
                    type="button"
                    class="fr-btn fr-btn--secondary fr-btn--sm"
                    aria-expanded=Signal::derive(move || ouvert.get().to_string())
                    aria-controls="export"
                    on:click=click(move |_| ouvert.update(|ouvert| *ouvert = !*ouvert))
                >
                    {texte::EXPORTER}
                </button>
                <div
                    id="export"
                    class="tableau__deroulant"
                    class=("tableau__deroulant--ouvert", ouvert)
                    on:keydown=move |event| {
                        if event.key() == "Escape" {
                            ouvert.set(false);
                        }
                    }
                >
                    <p class="fr-text--sm">{texte::EXPORT_AIDE}</p>
                    <ul>{exports(tableau, ouvert)}</ul>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// One link for each format.
fn exports(tableau: Tableau, ouvert: RwSignal<bool>) -> Vec<AnyView> {
    let lien = |format: &'static str| {
        let href = Signal::derive(move || tableau.etat.read().adresse_export(format));
        let lien = lien_export(href, (format.to_uppercase(), None), Callback::new(move |()| ouvert.set(false)));
        view! { <li>{lien}</li> }.into_any()
    };
    ["csv", "xlsx", "ods", "ndjson"].into_iter().map(lien).collect()
}

/// A link to a file. The code is asked for first, if need be: a link followed by the browser could not ask.
pub fn lien_export(href: Signal<String>, (mots, nom): (String, Option<String>), puis: Callback<()>) -> AnyView {
    let announcer = use_announcer();
    let telecharger = move |event: MouseEvent| {
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
    view! {
        <a class="fr-link" href=href download="" rel="external" aria-label=nom on:click=click(telecharger)>
            {mots}
        </a>
    }
    .into_any()
}

fn lien(class: &'static str, route: Route, mots: &'static str) -> AnyView {
    view! {
        <a class=class href=route.path()>
            {mots}
        </a>
    }
    .into_any()
}

/// Search, filters, columns, number of rows.
pub fn outils(tableau: Tableau, saisies: Option<Edits>, aide: RwSignal<bool>) -> AnyView {
    let filtrer = RwSignal::new(false);
    let nombre = move || {
        let total = tableau.lignes.counted().get();
        total.map_or_else(String::new, |total| texte::nombre_de_demandes(u64::try_from(total).unwrap_or_default()))
    };
    view! {
        <div class="tableau__outils">
            {recherche(tableau)}
            <button
                type="button"
                class="fr-btn fr-btn--tertiary fr-btn--sm"
                aria-expanded=Signal::derive(move || filtrer.get().to_string())
                aria-controls="filtres"
                on:click=click(move |_| filtrer.update(|ouvert| *ouvert = !*ouvert))
            >
                {texte::FILTRER}
            </button>
            {groupes::choix(tableau)}
            {tri::choix(tableau)}
            {colonnes::choix(tableau)}
            {vues::vues(tableau)}
            {saisies.map(saisie::boutons)}
            {saisies.map(|saisies| masse::agir(tableau, saisies))}
            {saisies.map(|saisies| message::ecrire(tableau, saisies))}
            {saisies.map(|_| gestes::mes_changements())}
            {saisie::aide(aide)}
            <p class="tableau__nombre" role="status">{words(nombre)}</p>
        </div>
        <div id="filtres">{when(move || filtrer.get(), move || filtres::ajouter(tableau))}</div>
    }
    .into_any()
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
    let effacer = Callback::new(move |_| tableau.aller(efface(&tableau.present())));
    let etiquettes = move || {
        let lignes = criteres::lignes(&filtre.get());
        let nombre = lignes.len();
        let sans = |rang: usize| {
            let mut reste = lignes.clone();
            let ligne = (rang < reste.len()).then(|| reste.remove(rang))?;
            Some(etiquette(tableau, &ligne, criteres::filtre(&reste)))
        };
        (0..nombre).filter_map(sans).collect::<Vec<AnyView>>().into_any()
    };
    let groupe = move || {
        view! {
            <div class="tableau__filtres" role="group" aria-label=texte::FILTRES_ACTIFS>
                {dynamic(etiquettes)}
                <Button kind=ButtonKind::Tertiary small=true on_click=effacer>
                    {texte::TOUT_EFFACER}
                </Button>
            </div>
        }
        .into_any()
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
    view! {
        <button
            type="button"
            class="fr-tag fr-tag--sm fr-tag--dismiss"
            aria-label=nom
            on:click=click(retirer)
        >
            {phrase}
        </button>
    }
    .into_any()
}
