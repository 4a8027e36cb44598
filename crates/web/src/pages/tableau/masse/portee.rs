//! Which demandes something is done to: those of the range, or all those of the list. One is never taken for the other.

use std::sync::Arc;

use domain::demande::choisies::ExportChoisies;

use super::super::{Tableau, saisie};
use crate::api::ClientError;
use crate::api::demandes::{self, Liste};
use crate::grid::{self, Edits, Row};

/// A demande that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lue {
    /// Its identifier.
    pub id: String,
    /// Its version.
    pub version: i64,
    /// What it is called.
    pub nom: String,
}

/// The places that the range covers, when it has several rows.
fn plage(saisies: Edits) -> Option<std::ops::RangeInclusive<usize>> {
    let (haut, bas) = saisies.range.with_untracked(|range| range.map(|range| range.rows()))?;
    (haut > 0 && haut < bas).then(|| haut - 1..=bas - 1)
}

/// How many demandes the range holds; nothing when it has one row or none.
pub fn choisies(tableau: Tableau, saisies: Edits) -> Option<usize> {
    plage(saisies).map(|plage| tableau.lignes.count_rows(plage)).filter(|nombre| *nombre > 0)
}

/// The demandes of the range, all of them, or a failure that says so; those of the whole list when `toutes`.
pub async fn lire(tableau: Tableau, saisies: Edits, toutes: bool) -> Result<Vec<Lue>, ClientError> {
    if toutes {
        return lire_toutes(tableau).await;
    }
    let rangees = match plage(saisies) {
        Some(plage) => tableau.lignes.read_rows(plage).await?,
        None => Vec::new(),
    };
    if rangees.is_empty() {
        return Err(grid::incomplete());
    }
    let lue = |row: &Arc<Row>| Lue { id: row.key.clone(), version: row.version, nom: saisie::nommer(row) };
    Ok(rangees.iter().map(lue).collect())
}

/// Has the browser keep a file of the demandes of the range, with the columns that are shown.
pub async fn exporter(tableau: Tableau, saisies: Edits, format: &str) -> Result<(), ClientError> {
    let etat = tableau.present();
    let ids = lire(tableau, saisies, false).await?.into_iter().map(|lue| lue.id).collect();
    let voulu =
        ExportChoisies { ids, format: format.to_owned(), sort: etat.ordre().to_string(), fields: etat.champs() };
    demandes::exporter_choisies(&voulu).await
}

/// Every demande of the list, with its version.
async fn lire_toutes(tableau: Tableau) -> Result<Vec<Lue>, ClientError> {
    let etat = tableau.present();
    let liste = Liste { filtre: etat.filtre.to_string(), tri: etat.ordre().to_string(), q: etat.q };
    let (mut lues, mut curseur) = (Vec::new(), None::<String>);
    loop {
        let page = demandes::page(&liste, "nom,prenom", curseur.as_deref(), 1_000).await?;
        lues.extend(page.items.into_iter().map(|demande| {
            let nom = |colonne: &str| demande.colonnes.get(colonne).map(String::as_str).unwrap_or_default();
            let nom = format!("{} {}", nom("nom"), nom("prenom"));
            Lue { id: demande.id, version: demande.version, nom }
        }));
        match page.next {
            Some(next) => curseur = Some(next),
            None => return Ok(lues),
        }
    }
}
