//! The rows of the table under the values of a column, with how many have each.

use std::sync::Arc;

use domain::demande::{Colonne, TypeColonne};
use domain::message::{Groupe, Groupes};
use leptos::prelude::*;

use super::etat::Etat;
use super::lignes::lisible;
use super::{Tableau, colonnes};
use crate::api::demandes::Liste;
use crate::api::{ClientError, messages};
use crate::grid::{Cell, Row, Section};
use crate::reactive::effect;
use crate::text::tableau as texte;
use crate::ui::dynamic::words;
use crate::ui::plain::{dialog_button, several, small_button, words as mots};
use crate::ui::{ButtonKind, Select};

/// The button and its dialog.
pub fn choix(tableau: Tableau) -> AnyView {
    let (ouvert, par) = (RwSignal::new(false), RwSignal::new(String::new()));
    let present = move || tableau.etat.read().groupe;
    let preparer = move || par.set(untrack(present).map_or_else(String::new, |colonne| colonne.nom().to_owned()));
    effect(move || {
        let groupe = Colonne::parse(&par.get());
        // Only what is chosen in the dialog: the address may change by itself.
        if untrack(|| ouvert.get() && present() != groupe) {
            tableau.aller(Etat { groupe, ..tableau.present() });
        }
    });
    let options = colonnes::lues();
    let tous = move |libelle: &'static str, ouverts| {
        let act = Box::new(move || tableau.lignes.open_all(ouverts));
        small_button(ButtonKind::Tertiary, mots(libelle), None, None, act)
    };
    let contenu = move || {
        let (label, options, placeholder, hint) =
            (texte::GROUPER_PAR, options.clone(), Some(texte::SANS_GROUPE), texte::GROUPER_AIDE);
        let choix = view! { <Select id="grouper-par" label value=par options placeholder hint /> };
        several(vec![choix.into_any(), tous(texte::TOUT_FERMER, false), tous(texte::TOUT_DEPLIER, true)])
    };
    let libelle = words(move || present().map_or_else(|| texte::GROUPER.to_owned(), texte::groupees));
    dialog_button(libelle, ("groupes", texte::GROUPER), ouvert, Box::new(preparer), Box::new(contenu))
}

/// The groups of a list by a column, in the order of its rows; none when the column has too many values.
pub async fn sections(liste: &Liste, colonne: Colonne, descendant: bool) -> Result<Vec<Section>, ClientError> {
    let Groupes { groupes, autres, .. } = messages::groupes(liste, colonne.nom()).await?;
    Ok(if autres > 0 { Vec::new() } else { ordonnees(colonne, descendant, groupes) })
}

/// The groups as the server sorts their rows, those without a value last; values that only case or accents tell apart are one.
fn ordonnees(colonne: Colonne, descendant: bool, groupes: Vec<Groupe>) -> Vec<Section> {
    let cle = |valeur: &str| match colonne.genre() {
        TypeColonne::Texte => domain::values::plier(valeur),
        _ => valeur.to_owned(),
    };
    let avant = |a: &str, b: &str| !a.is_empty() && (b.is_empty() || if descendant { a > b } else { a < b });
    let mut rangees: Vec<(String, Groupe)> = Vec::with_capacity(groupes.len());
    // At most 200 groups: each put at its place weighs less to download than sorting them.
    for groupe in groupes {
        let cle = cle(&groupe.valeur);
        match rangees.iter_mut().find(|(connue, _)| *connue == cle) {
            Some((_, connu)) => connu.nombre += groupe.nombre,
            None => {
                let place = rangees.iter().position(|(autre, _)| avant(&cle, autre)).unwrap_or(rangees.len());
                rangees.insert(place, (cle, groupe));
            }
        }
    }
    rangees.into_iter().map(|(cle, groupe)| section(colonne, &cle, &groupe)).collect()
}

fn section(colonne: Colonne, cle: &str, groupe: &Groupe) -> Section {
    let mots = match groupe.valeur.as_str() {
        "" => texte::SANS_VALEUR.to_owned(),
        valeur => lisible(colonne, valeur),
    };
    let cells = vec![Cell::Text(texte::groupe(&mots, groupe.nombre))];
    let heading = Row { key: format!("{}={cle}", colonne.nom()), version: 0, cells, values: Vec::new() };
    Section { heading: Arc::new(heading), rows: usize::try_from(groupe.nombre).unwrap_or(usize::MAX) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titres(colonne: Colonne, descendant: bool, groupes: &[(&str, u64)]) -> Vec<(String, usize)> {
        let groupes = groupes.iter().map(|(valeur, nombre)| Groupe { valeur: (*valeur).into(), nombre: *nombre });
        let sections = ordonnees(colonne, descendant, groupes.collect()).into_iter();
        sections.map(|section| (section.heading.key.clone(), section.rows)).collect()
    }

    #[test]
    fn groups_are_in_the_order_of_the_rows_the_empty_one_last() {
        let groupes = [("refuse", 9), ("", 4), ("accorde", 1)];
        let montant =
            [("decision_financement=accorde", 1), ("decision_financement=refuse", 9), ("decision_financement=", 4)];
        assert_eq!(titres(Colonne::DecisionFinancement, false, &groupes), montant.map(|(cle, n)| (cle.to_owned(), n)));
        let descendant = titres(Colonne::DecisionFinancement, true, &groupes);
        assert_eq!(descendant.iter().map(|(_, nombre)| *nombre).collect::<Vec<_>>(), [9, 1, 4]);
    }

    #[test]
    fn words_that_differ_by_case_or_accents_only_are_one_group() {
        let groupes = titres(Colonne::Ville, false, &[("Évian", 2), ("Annecy", 1), ("EVIAN", 3)]);
        assert_eq!(groupes.iter().map(|(_, nombre)| *nombre).collect::<Vec<_>>(), [1, 5]);
    }
}
