//! How a person wants a file to be read: what its headers mean when we do not recognise them, and what tells a demande from another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::entetes::{Cible, ENTETES_MAX};
use crate::demande::Colonne;
use crate::demande::choix::choix;
use crate::demande::colonne::Ecriture;
use crate::text::fr_demande as texte;

/// Longest header that is remembered.
const ENTETE_MAX: usize = 200;

choix! {
    /// By what a line that names no demande is matched with those that exist.
    CleImport {
        /// SIRET, e-mail and training.
        Complete = "siret_email_formation",
        /// E-mail and training: the person may have another structure.
        SansSiret = "email_formation",
    }
}

/// What headers mean by the choice of a person: header as written → name of a column; empty when it is not to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Correspondance(pub BTreeMap<String, String>);

/// How a file is to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReglagesImport {
    /// What its headers mean.
    pub correspondance: Correspondance,
    /// How its lines are matched.
    pub cle: CleImport,
}

impl Default for ReglagesImport {
    fn default() -> Self {
        Self { correspondance: Correspondance::default(), cle: CleImport::Complete }
    }
}

/// A header of a file as one chooses what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnteteApercu {
    /// As written.
    pub entete: String,
    /// Name of the column that it is taken for: recognised, or chosen the last time; absent when it is not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colonne: Option<String>,
    /// Some of its cells.
    pub exemples: Vec<String>,
}

/// What a file looks like before it is imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApercuImport {
    /// Its headers, in order.
    pub entetes: Vec<EnteteApercu>,
    /// Its other sheets, which are not read: those of the other tables of a document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feuilles_ignorees: Vec<String>,
    /// Whether the choices of an earlier file with the same headers were taken up.
    pub memorisee: bool,
}

impl Correspondance {
    /// Reads `{"En-tête": "colonne"}`.
    ///
    /// # Errors
    /// A French sentence: not such an object, too many headers, or a column that cannot be written.
    pub fn lire(json: &str) -> Result<Self, String> {
        let lue: Self = serde_json::from_str(json).map_err(|_forme| texte::CORRESPONDANCE_FORME.to_owned())?;
        if lue.0.len() > ENTETES_MAX || lue.0.keys().any(|entete| entete.chars().count() > ENTETE_MAX) {
            return Err(texte::correspondance_trop(ENTETES_MAX, ENTETE_MAX));
        }
        match lue.0.values().find(|nom| !nom.is_empty() && cible(nom).is_none()) {
            Some(nom) => Err(texte::correspondance_colonne(nom)),
            None => Ok(lue),
        }
    }

    /// What a header means: as chosen, else as recognised.
    pub fn cible(&self, entete: &str) -> Cible {
        match self.0.get(entete.trim()).map(String::as_str) {
            None => Cible::reconnaitre(entete),
            Some("") => Cible::SansNom,
            Some(nom) => cible(nom).unwrap_or(Cible::Inconnue),
        }
    }
}

/// What the name of a column stands for, when it may be written.
fn cible(nom: &str) -> Option<Cible> {
    match nom {
        "id" => Some(Cible::Id),
        "version" => Some(Cible::Version),
        _ => Colonne::parse(nom)
            .filter(|colonne| colonne.description().ecriture != Ecriture::Calculee)
            .map(Cible::Colonne),
    }
}

/// The name of the column that a header is taken for.
pub fn nom_de(cible: &Cible) -> Option<&'static str> {
    match cible {
        Cible::Colonne(colonne) => Some(colonne.nom()),
        Cible::Id => Some("id"),
        Cible::Version => Some("version"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_wins_over_what_is_recognised() {
        let choisie = Correspondance::lire(r#"{"Commune":"ville","Nom":"","Clé":"id"}"#).unwrap();
        assert_eq!(choisie.cible(" Commune "), Cible::Colonne(Colonne::Ville));
        assert_eq!((choisie.cible("Nom"), choisie.cible("Clé")), (Cible::SansNom, Cible::Id));
        assert_eq!(choisie.cible("siret"), Cible::Colonne(Colonne::Siret), "not chosen: recognised");
        assert_eq!(choisie.cible("Couleur"), Cible::Inconnue);
        assert_eq!(nom_de(&Cible::Colonne(Colonne::Ville)), Some("ville"));
    }

    #[test]
    fn what_is_no_choice_is_refused() {
        for bad in ["", "[]", r#"{"a":1}"#, r#"{"a":"inconnue"}"#, r#"{"a":"etape"}"#] {
            assert!(Correspondance::lire(bad).is_err(), "{bad}");
        }
        let long = format!("{{\"{}\":\"ville\"}}", "é".repeat(ENTETE_MAX + 1));
        assert!(Correspondance::lire(&long).is_err());
        assert_eq!(Correspondance::lire("{}"), Ok(Correspondance::default()));
    }
}
