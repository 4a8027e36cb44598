//! Number of rows by stage and by verdict; each counter is a filter.

use domain::demande::view::Compteurs;
use domain::demande::{Colonne, Etape, Filtre};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::criteres;
use super::etat::Etat;
use super::{Tableau, lignes};
use crate::api::demandes;
use crate::grid::Cell;
use crate::pages::demande::changements;
use crate::reactive::{Computed, State, click, computed, effect};
use crate::text::tableau as texte;
use crate::ui::dynamic::dynamic;

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
    view! {
        <div class="tableau__compteurs">
            {groupe(tableau, Colonne::Etape, texte::COMPTEURS_ETAPES, etapes)}
            {groupe(tableau, Colonne::Verdict, texte::COMPTEURS_VERDICTS, verdicts)}
        </div>
    }
    .into_any()
}

type Comptes = Vec<(&'static str, u64)>;

fn comptes(codes: impl Iterator<Item = &'static str>, nombres: &std::collections::BTreeMap<String, u64>) -> Comptes {
    codes.map(|code| (code, nombres.get(code).copied().unwrap_or_default())).collect()
}

/// Asks for the counters each time the list changes. Without an answer the last ones stay: the table says the failure.
fn charger(tableau: Tableau, colonne: Colonne) -> State<Option<Compteurs>> {
    let compteurs = State::new(None);
    let tour = StoredValue::new(0_u64);
    let question = computed(move || {
        let etat = tableau.etat.read();
        let filtre: Filtre = criteres::sans(&etat.filtre, colonne);
        (filtre.to_string(), etat.q.clone())
    });
    effect(move || {
        let (filtre, q) = question.get();
        changements::nombre();
        changements::cellules();
        tour.update_value(|tour| *tour += 1);
        let ce_tour = tour.get_value();
        spawn_local(async move {
            if let Ok(recus) = demandes::compteurs(&filtre, &q).await
                && tour.try_get_value() == Some(ce_tour)
            {
                compteurs.set(Some(recus));
            }
        });
    });
    compteurs
}

fn groupe(tableau: Tableau, colonne: Colonne, titre: &'static str, comptes: Computed<Option<Comptes>>) -> AnyView {
    let choisis = computed(move || criteres::codes(&tableau.etat.read().filtre, colonne));
    let boutons = move || {
        let choisis = choisis.get();
        let utiles = comptes.get().unwrap_or_default().into_iter();
        utiles
            .filter(|(code, nombre)| *nombre > 0 || choisis.iter().any(|choisi| choisi == code))
            .map(|(code, nombre)| bouton(tableau, colonne, code, nombre, choisis.iter().any(|choisi| choisi == code)))
            .collect::<Vec<AnyView>>()
            .into_any()
    };
    view! { <div class="tableau__groupe" role="group" aria-label=titre>{dynamic(boutons)}</div> }.into_any()
}

fn bouton(tableau: Tableau, colonne: Colonne, code: &'static str, nombre: u64, choisi: bool) -> AnyView {
    let signe = match lignes::cellule(colonne, code) {
        Cell::Badge(ton, _) if colonne == Colonne::Verdict => Some(ton),
        _ => None,
    };
    let id = format!("compteur-{code}");
    let basculer = {
        let id = id.clone();
        move |_| {
            let present = tableau.present();
            let filtre = criteres::bascule(&present.filtre, colonne, code);
            tableau.aller(Etat { filtre, ..present });
            // The counters are drawn anew: the focus stays on this one.
            crate::browser::focus_later(id.clone());
        }
    };
    view! {
        <button type="button" class="compteur" id=id aria-pressed=choisi.to_string() on:click=click(basculer)>
            {signe
                .map(|ton| {
                    view! {
                        <span aria-hidden="true" class=format!("compteur__signe compteur__signe--{}", ton.class())>
                            {ton.sign()}
                        </span>
                    }
                })}
            <span>{lignes::lisible(colonne, code)}</span>
            " "
            <strong>{texte::milliers(nombre)}</strong>
        </button>
    }
    .into_any()
}
