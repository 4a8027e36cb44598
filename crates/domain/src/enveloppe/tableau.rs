//! The national list of envelopes as a file: one line for each, amounts in euros as people write them.

use serde::{Deserialize, Serialize};

use super::fiche::EnveloppeReglages;
use super::{ACCES, CIBLE, EtatEnveloppe, PRIX};
use crate::error::FieldError;
use crate::text::fr_enveloppe as texte;

/// Most lines of a file.
pub const LIGNES_MAX: usize = 1_000;
/// The columns that a file must have.
pub const OBLIGATOIRES: [&str; 4] = ["departement", "annee", "libelle", "recipiendaire"];
/// The columns that a file may have.
pub const FACULTATIVES: [&str; 10] = [
    "montant_euros",
    "siret",
    "etat",
    "convention",
    "debut",
    "fin",
    "cible",
    "acces",
    "prix_aidants_numeriques_euros",
    "prix_aidants_connect_euros",
];

/// What became of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnveloppesImportees {
    /// Whether it was a trial.
    pub essai: bool,
    /// Envelopes made.
    pub creees: usize,
    /// Envelopes set otherwise.
    pub modifiees: usize,
    /// Envelopes that were so already.
    pub inchangees: usize,
}

impl Default for EnveloppeReglages {
    fn default() -> Self {
        Self {
            libelle: String::new(),
            recipiendaire: String::new(),
            siret: String::new(),
            etat: EtatEnveloppe::Brouillon,
            convention: String::new(),
            debut: String::new(),
            fin: String::new(),
            cible: CIBLE,
            acces: ACCES,
            prix_aidants_numeriques: PRIX,
            prix_aidants_connect: PRIX,
            tarifs: Vec::new(),
        }
    }
}

/// Reads an amount in euros: `20 000`, `20000,5`, `333.33 €`. In cents; nothing when it is no amount.
pub fn lire_euros(texte: &str) -> Option<i64> {
    let sans_signe = texte.trim().trim_end_matches('€');
    let propre: String = sans_signe.chars().filter(|signe| !signe.is_whitespace()).collect();
    let (euros, centimes) = propre.split_once([',', '.']).unwrap_or((&propre, ""));
    let chiffres = |texte: &str| texte.bytes().all(|octet| octet.is_ascii_digit());
    if euros.is_empty() || euros.len() > 12 || centimes.len() > 2 || !chiffres(euros) || !chiffres(centimes) {
        return None;
    }
    let centimes = format!("{centimes:0<2}").parse::<i64>().ok()?;
    Some(euros.parse::<i64>().ok()? * 100 + centimes)
}

/// Writes an amount in cents as [`lire_euros`] reads it: `20000`, `333,33`.
pub fn ecrire_euros(centimes: i64) -> String {
    match centimes % 100 {
        0 => (centimes / 100).to_string(),
        reste => format!("{},{:02}", centimes / 100, reste.abs()),
    }
}

/// The cell of a column, as [`poser`] reads it; empty for what is no setting.
pub fn cellule(reglages: &EnveloppeReglages, colonne: &str) -> String {
    match colonne {
        "libelle" => reglages.libelle.clone(),
        "recipiendaire" => reglages.recipiendaire.clone(),
        "siret" => reglages.siret.clone(),
        "convention" => reglages.convention.clone(),
        "debut" => reglages.debut.clone(),
        "fin" => reglages.fin.clone(),
        "etat" => reglages.etat.as_str().to_owned(),
        "cible" => reglages.cible.to_string(),
        "acces" => reglages.acces.to_string(),
        "prix_aidants_numeriques_euros" => ecrire_euros(reglages.prix_aidants_numeriques),
        "prix_aidants_connect_euros" => ecrire_euros(reglages.prix_aidants_connect),
        _ => String::new(),
    }
}

/// Puts a cell in the settings of an envelope; the column is one of a file.
///
/// # Errors
/// The refusal of the cell, at the name of its column.
pub fn poser(reglages: &mut EnveloppeReglages, colonne: &str, cellule: &str) -> Result<(), FieldError> {
    let refus = |message: &str| FieldError::new(format!("/{colonne}"), "illisible", message);
    let euros = || lire_euros(cellule).ok_or_else(|| refus(texte::EUROS));
    let entier = || cellule.trim().parse::<i64>().map_err(|_illisible| refus(texte::ENTIER));
    match colonne {
        "libelle" => cellule.clone_into(&mut reglages.libelle),
        "recipiendaire" => cellule.clone_into(&mut reglages.recipiendaire),
        "siret" => cellule.clone_into(&mut reglages.siret),
        "convention" => cellule.clone_into(&mut reglages.convention),
        "debut" => cellule.trim().clone_into(&mut reglages.debut),
        "fin" => cellule.trim().clone_into(&mut reglages.fin),
        "etat" => {
            reglages.etat = EtatEnveloppe::parse(cellule.trim()).ok_or_else(|| refus(texte::ETAT))?;
        }
        "cible" => reglages.cible = entier()?,
        "acces" => reglages.acces = entier()?,
        "prix_aidants_numeriques_euros" => reglages.prix_aidants_numeriques = euros()?,
        "prix_aidants_connect_euros" => reglages.prix_aidants_connect = euros()?,
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let set = EnveloppeReglages {
            libelle: "Ain 2026".to_owned(),
            recipiendaire: "Hub".to_owned(),
            siret: "21010053300012".to_owned(),
            etat: EtatEnveloppe::Ouverte,
            convention: "2026-01".to_owned(),
            debut: "2026-01-01".to_owned(),
            fin: "2026-12-31".to_owned(),
            cible: 45,
            acces: 3,
            prix_aidants_numeriques: 30_005,
            prix_aidants_connect: 36_000,
            tarifs: Vec::new(),
        };
        let mut read = EnveloppeReglages::default();
        for column in OBLIGATOIRES.into_iter().chain(FACULTATIVES) {
            poser(&mut read, column, &cellule(&set, column)).unwrap_or_default();
        }
        assert_eq!(read, set);
        for cents in [0, 5, 50, 2_000_000, 33_333] {
            assert_eq!(lire_euros(&ecrire_euros(cents)), Some(cents));
        }
    }
}
