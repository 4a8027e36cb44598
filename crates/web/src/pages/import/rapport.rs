//! The report of an import: counters, unknown columns, first rejected lines.

use crate::reactive::State;
use domain::import::{EtatImport, ImportVue, LigneImport, StatutLigne};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::colonnes;
use crate::api::{ClientError, imports};
use crate::text::tableau as texte;
use crate::ui::dynamic::dynamic;
use crate::ui::{Alert, Failure, Skeleton, Tone};

/// Rejected lines shown.
const MONTREES: usize = 100;
/// Beyond this many lines, the report line by line is too heavy for a page: the file of rejected lines says it all.
const LIGNES_MAX: u64 = 200_000;

/// The report.
pub fn rapport(import: &ImportVue) -> AnyView {
    let ton = match (import.etat, import.rejetees) {
        (EtatImport::Echoue, _) => Tone::Error,
        (EtatImport::Annule | EtatImport::Defait, _) => Tone::Info,
        (_, 0) => Tone::Success,
        _ => Tone::Warning,
    };
    let essai = import.dry_run.then(|| view! { <p>{texte::EST_UN_ESSAI}</p> });
    let erreur = import.erreur.clone().map(|erreur| view! { <p>{erreur}</p> });
    let phrase = texte::etat(import.etat);
    view! {
        <section class="import__rapport">
            <h2 class="fr-h5">{texte::RAPPORT}</h2>
            <Alert tone=ton>
                <p>{phrase}</p>
                {erreur}
                {essai}
            </Alert>
            {compteurs(import)}
            {noms(texte::COLONNES_INCONNUES, &import.colonnes_inconnues)}
            {noms(texte::FEUILLES_IGNOREES, &import.feuilles_ignorees)}
            {(import.modifiees > 0 && import.lignes <= LIGNES_MAX).then(|| modifications(import))}
            {(import.rejetees > 0).then(|| rejets(import))}
            {telechargement("fr-link", imports::adresse_rapport(&import.id), texte::NOM_FICHIER_RAPPORT, texte::TELECHARGER_RAPPORT)}
        </section>
    }
    .into_any()
}

fn compteurs(import: &ImportVue) -> AnyView {
    let nombres = [
        (StatutLigne::Creee, import.creees),
        (StatutLigne::Modifiee, import.modifiees),
        (StatutLigne::Inchangee, import.inchangees),
        (StatutLigne::Rejetee, import.rejetees),
    ];
    let essai = import.dry_run;
    let lignes = nombres.map(|(statut, nombre)| {
        view! {
            <li class="import__compteur">
                <strong>{texte::milliers(nombre)}</strong>
                " "
                {texte::compteur(statut, essai)}
            </li>
        }
    });
    view! { <ul class="import__compteurs">{lignes}</ul> }.into_any()
}

/// Names of what was not read, under a title; nothing when there is none.
pub fn noms(titre: &'static str, noms: &[String]) -> AnyView {
    if noms.is_empty() {
        return ().into_any();
    }
    let noms = noms.iter().map(|nom| view! { <li>{nom.clone()}</li> });
    view! {
        <h3 class="fr-h6">{titre}</h3>
        <ul>{noms.collect_view()}</ul>
    }
    .into_any()
}

fn rejets(import: &ImportVue) -> AnyView {
    let detail = if import.lignes > LIGNES_MAX {
        view! { <p>{texte::REJETS_FICHIER}</p> }.into_any()
    } else {
        premiers(import.id.clone(), StatutLigne::Rejetee, tableau)
    };
    let montrees = import.rejetees.min(MONTREES as u64);
    view! {
        <h3 class="fr-h6">{texte::REJETS}</h3>
        <p>{texte::REJETS_SUITE}</p>
        {telechargement(
            "fr-btn fr-btn--secondary",
            imports::adresse_rejets(&import.id),
            texte::NOM_FICHIER_REJETS,
            texte::TELECHARGER_REJETS,
        )}
        {(import.lignes <= LIGNES_MAX && montrees < import.rejetees)
            .then(|| view! { <p>{texte::rejets_premiers(montrees, import.rejetees)}</p> })}
        {detail}
    }
    .into_any()
}

/// A file that the browser fetches by itself, however large it is.
fn telechargement(class: &'static str, adresse: String, nom: &'static str, mots: &'static str) -> AnyView {
    view! {
        <p>
            <a class=class href=adresse download=nom rel="external">
                {mots}
            </a>
        </p>
    }
    .into_any()
}

/// What the first changed lines change, cell by cell.
fn modifications(import: &ImportVue) -> AnyView {
    let suite = (import.modifiees > MONTREES as u64).then(|| view! { <p>{texte::DIFFERENCES_PREMIERES}</p> });
    view! {
        {colonnes::titre_differences()}
        {suite}
        {premiers(import.id.clone(), StatutLigne::Modifiee, colonnes::differences)}
    }
    .into_any()
}

/// The first lines that became this, once they are there.
fn premiers(id: String, statut: StatutLigne, dessiner: fn(&[LigneImport]) -> AnyView) -> AnyView {
    let lignes = State::new(None::<Result<Vec<LigneImport>, ClientError>>);
    spawn_local(async move {
        let lues = imports::lignes(&id, statut, MONTREES).await;
        lignes.try_set(Some(lues));
    });
    let contenu = move || match lignes.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Err(error)) => view! { <Failure error /> }.into_any(),
        Some(Ok(lignes)) => dessiner(&lignes),
    };
    dynamic(contenu)
}

fn tableau(lignes: &[LigneImport]) -> AnyView {
    let rangees = lignes.iter().flat_map(|ligne| {
        ligne.erreurs.iter().map(|erreur| {
            view! {
                <tr>
                    <td>{ligne.ligne.to_string()}</td>
                    <td>{erreur.colonne.clone()}</td>
                    <td>{erreur.valeur.clone()}</td>
                    <td>{erreur.message.clone()}</td>
                </tr>
            }
        })
    });
    view! {
        <div class="import__table" role="region" aria-label=texte::REJETS tabindex="0">
            <table>
                <caption class="fr-sr-only">{texte::REJETS}</caption>
                <thead>
                    <tr>
                        <th scope="col">{texte::LIGNE}</th>
                        <th scope="col">{texte::COLONNE}</th>
                        <th scope="col">{texte::VALEUR}</th>
                        <th scope="col">{texte::A_FAIRE}</th>
                    </tr>
                </thead>
                <tbody>{rangees.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
