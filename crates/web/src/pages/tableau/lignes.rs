//! From demandes to the columns and rows of the table, and the loader that fetches them.

use std::sync::Arc;

use domain::demande::{Colonne, DemandeVue, TypeColonne};

use super::etat::Etat;
use super::{Collegue, groupes};
use crate::api::demandes::{self, Liste};
use crate::grid::pages::PAGE_SIZE;
use crate::grid::{Cell, Column, Direction, Loader, Marks, Row, Rows, Tone};
use crate::text::tableau as texte;

/// Columns that stay in sight when the table scrolls sideways, when they lead.
const FIGEES: [Colonne; 2] = [Colonne::Nom, Colonne::Prenom];

/// The columns of the table in this state; `ecrit` says whether the person changes a column, `collegues` may be given demandes.
pub fn colonnes(etat: &Etat, ecrit: impl Fn(Colonne) -> bool, collegues: &[Collegue]) -> Vec<Column> {
    let seule = etat.tri.cles().len() < 2;
    let habituelles = etat.colonnes.iter().take_while(|colonne| FIGEES.contains(colonne)).count();
    let figees = etat.figees.map_or(habituelles, usize::from);
    let mut colonnes = Vec::with_capacity(etat.colonnes.len());
    for (place, colonne) in etat.colonnes.iter().copied().enumerate() {
        let sens = etat.sens(colonne);
        colonnes.push(Column {
            id: colonne.nom().to_owned(),
            label: domain::text::fr::colonne(colonne).to_owned(),
            width: etat.largeur(colonne).map_or_else(|| largeur(colonne), u32::from),
            sticky: place < figees,
            sort: sens.map(|(descendant, _)| if descendant { Direction::Descending } else { Direction::Ascending }),
            rank: sens.filter(|_| !seule).map_or(0, |(_, rang)| rang),
            input: super::saisie::controle(colonne, ecrit(colonne), collegues),
        });
    }
    colonnes
}

/// Width of a column in tenths of `rem`.
fn largeur(colonne: Colonne) -> u32 {
    match colonne {
        Colonne::Nom | Colonne::Prenom => 100,
        Colonne::Etape | Colonne::Siret | Colonne::Ville => 115,
        Colonne::Verdict | Colonne::CodePostal | Colonne::Departement => 95,
        Colonne::Email | Colonne::StructureNom | Colonne::StructureEmail | Colonne::Adresse => 170,
        Colonne::Commentaire | Colonne::ReferentEmail | Colonne::SuiviPar | Colonne::EnveloppeId => 170,
        _ => match colonne.genre() {
            TypeColonne::Date => 90,
            TypeColonne::OuiNon => 85,
            TypeColonne::Texte | TypeColonne::Code | TypeColonne::Choix => 120,
        },
    }
}

/// A row of the table.
pub fn ligne(demande: &DemandeVue, colonnes: &[Colonne]) -> Row {
    let valeurs: Vec<String> =
        colonnes.iter().map(|colonne| demande.colonnes.get(colonne.nom()).cloned().unwrap_or_default()).collect();
    let cellules = colonnes.iter().zip(&valeurs).map(|(colonne, valeur)| cellule(*colonne, valeur));
    Row { key: demande.id.clone(), version: demande.version, cells: cellules.collect(), values: valeurs }
}

/// A cell: dates and choices as people read them, verdict and stage as badges.
pub fn cellule(colonne: Colonne, valeur: &str) -> Cell {
    let lisible = lisible(colonne, valeur);
    match (colonne, valeur) {
        (_, "") => Cell::Text(String::new()),
        (Colonne::Verdict, code) => Cell::Badge(ton(code), lisible),
        (Colonne::Etape, _) => Cell::Badge(Tone::Neutral, lisible),
        _ => Cell::Text(lisible),
    }
}

fn ton(verdict: &str) -> Tone {
    match verdict {
        "ok" => Tone::Success,
        "bloquant" => Tone::Error,
        _ => Tone::Warning,
    }
}

/// A value as people read it.
pub fn lisible(colonne: Colonne, valeur: &str) -> String {
    match colonne.genre() {
        TypeColonne::Date => texte::date(valeur),
        TypeColonne::Choix | TypeColonne::OuiNon => domain::text::fr::choix(colonne, valeur).to_owned(),
        TypeColonne::Texte | TypeColonne::Code => valeur.to_owned(),
    }
}

/// Fetches the rows of this list with these columns, under the headings of a column when they are grouped (`true`: largest first).
pub fn chargeur(liste: Liste, colonnes: Vec<Colonne>, groupe: Option<(Colonne, bool)>) -> Loader {
    let champs = colonnes.iter().map(|colonne| colonne.nom()).collect::<Vec<_>>().join(",");
    let pour_reperes = liste.clone();
    Loader {
        marks: Arc::new(move || {
            let liste = pour_reperes.clone();
            Box::pin(async move {
                let reperes = demandes::reperes(&liste, PAGE_SIZE).await?;
                let sections = match groupe {
                    Some((colonne, descendant)) => groupes::sections(&liste, colonne, descendant).await?,
                    None => Vec::new(),
                };
                Ok(Marks { total: reperes.total, step: reperes.pas, cursors: reperes.curseurs, sections })
            })
        }),
        page: Arc::new(move |demandee| {
            let (liste, champs, colonnes) = (liste.clone(), champs.clone(), colonnes.clone());
            Box::pin(async move {
                let page = demandes::page(&liste, &champs, demandee.cursor.as_deref(), demandee.limit).await?;
                Ok(Rows { rows: page.items.iter().map(|demande| Arc::new(ligne(demande, &colonnes))).collect() })
            })
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_as_people_read_them() {
        let colonnes = [("etape", "recue"), ("verdict", "bloquant"), ("date_demande", "2026-03-09"), ("nom", "Dubois")];
        let demande = DemandeVue {
            id: "1".into(),
            version: 1,
            colonnes: colonnes.iter().map(|(nom, valeur)| ((*nom).into(), (*valeur).into())).collect(),
        };
        let voulues = [Colonne::Nom, Colonne::Etape, Colonne::Verdict, Colonne::DateDemande, Colonne::Ville];
        let cellules = ligne(&demande, &voulues).cells;
        assert_eq!(
            cellules,
            [
                Cell::Text("Dubois".into()),
                Cell::Badge(Tone::Neutral, "Reçue".into()),
                Cell::Badge(Tone::Error, "Bloquant".into()),
                Cell::Text("09/03/2026".into()),
                Cell::Text(String::new()),
            ]
        );
    }

    #[test]
    fn leading_names_stay_in_sight_or_as_many_columns_as_one_asks() {
        let mut etat = Etat::default();
        let figees = |etat: &Etat| colonnes(etat, |_| true, &[]).iter().filter(|colonne| colonne.sticky).count();
        assert_eq!(figees(&etat), 2);
        etat.colonnes = vec![Colonne::Ville, Colonne::Nom];
        assert_eq!(figees(&etat), 0);
        etat.figees = Some(1);
        assert_eq!(figees(&etat), 1);
    }
}
