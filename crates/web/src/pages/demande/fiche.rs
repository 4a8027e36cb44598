//! A demande as one reads it: constats, columns in groups, decisions declared in a file.

use domain::demande::{Colonne, DemandeDetail};
use domain::rules::{Constat, Verdict};
use leptos::prelude::*;

use super::groupes::GROUPES;
use crate::pages::tableau::lignes::lisible;
use crate::text::tableau as texte;
use crate::ui::VerdictBadge;

/// The card of a demande.
pub fn fiche(detail: &DemandeDetail) -> AnyView {
    let groupes = GROUPES.iter().map(|(titre, colonnes)| groupe(titre, colonnes, detail)).collect_view();
    view! {
        {constats(detail)}
        {declare(detail)}
        {groupes}
    }
    .into_any()
}

fn constats(detail: &DemandeDetail) -> AnyView {
    // The gravest first. Sorting three values would bring the whole machinery of sorts into the WASM.
    let gravites = [Verdict::Bloquant, Verdict::AVerifier, Verdict::Ok].into_iter();
    let tries = gravites.flat_map(|verdict| detail.constats.iter().filter(move |constat| constat.verdict == verdict));
    let vide = detail.constats.is_empty().then(|| view! { <p>{texte::AUCUN_CONSTAT}</p> });
    view! {
        <section class="demande__section">
            <h3 class="fr-h6">{texte::CONSTATS} " " <VerdictBadge verdict=detail.verdict_global /></h3>
            {vide}
            <ul class="demande__constats">{tries.cloned().map(constat).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn constat(constat: Constat) -> AnyView {
    let date = constat.preuve.date.map(|date| texte::date(&date)).unwrap_or_default();
    let morceaux = [constat.preuve.source, date, constat.preuve.valeur];
    let preuve: Vec<String> = morceaux.into_iter().filter(|morceau| !morceau.is_empty()).collect();
    view! {
        <li>
            <VerdictBadge verdict=constat.verdict />
            " "
            <span class="demande__regle">{constat.regle}</span>
            <p>{constat.phrase}</p>
            <p class="fr-hint-text">{texte::preuve(&preuve.join(", "))}</p>
        </li>
    }
    .into_any()
}

fn declare(detail: &DemandeDetail) -> AnyView {
    if detail.declare.is_empty() {
        return ().into_any();
    }
    let lignes = detail.declare.iter().map(|(nom, valeur)| {
        let (libelle, valeur) = nommer(nom, valeur);
        view! {
            <div class="demande__paire">
                <dt>{libelle}</dt>
                <dd>{valeur} " " <span class="fr-tag fr-tag--sm">{texte::DECLARE_MENTION}</span></dd>
            </div>
        }
    });
    view! {
        <section class="demande__section">
            <h3 class="fr-h6">{texte::DECLARE}</h3>
            <p class="fr-text--sm">{texte::DECLARE_AIDE}</p>
            <dl class="demande__valeurs">{lignes.collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// Label of a column and value, as people read them; as they are when the column is unknown.
pub fn nommer(nom: &str, valeur: &str) -> (String, String) {
    match Colonne::parse(nom) {
        Some(colonne) => (domain::text::fr::colonne(colonne).to_owned(), lisible(colonne, valeur)),
        None => (nom.to_owned(), valeur.to_owned()),
    }
}

fn groupe(titre: &'static str, colonnes: &'static [Colonne], detail: &DemandeDetail) -> AnyView {
    // A column that is not there is one that the role does not read.
    let lues = colonnes.iter().filter_map(|colonne| Some((colonne, detail.demande.colonnes.get(colonne.nom())?)));
    let paires = lues.map(|(colonne, valeur)| {
        let valeur = match valeur.as_str() {
            "" => view! { <span class="demande__vide">{texte::NON_RENSEIGNE}</span> }.into_any(),
            valeur => lisible(*colonne, valeur).into_any(),
        };
        view! {
            <div class="demande__paire">
                <dt>{domain::text::fr::colonne(*colonne)}</dt>
                <dd>{valeur}</dd>
            </div>
        }
    });
    view! {
        <section class="demande__section">
            <h3 class="fr-h6">{titre}</h3>
            <dl class="demande__valeurs">{paires.collect_view()}</dl>
        </section>
    }
    .into_any()
}
