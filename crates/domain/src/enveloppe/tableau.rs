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
