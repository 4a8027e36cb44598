//! Links of the candidature form: what a récipiendaire sends to the structures of a territory, with its days and what the
//! form holds beforehand.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::session::EnveloppeVue;
use crate::text::fr_lien as texte;
use crate::values::{CodePostal, DateIso, Refus, Siret, TypeStructure};

/// Most characters of a label.
pub const LIBELLE_MAX: usize = 80;
/// Most characters of a name or an address that the form holds beforehand: as many as it takes.
const TEXTE_MAX: usize = 255;
/// Most characters of a city.
const VILLE_MAX: usize = 150;
/// Signs of a code: those of a reference, without 0/O nor 1/I.
pub const SIGNES: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Length of a code.
pub const CODE: usize = 8;
/// Most links of one envelope.
pub const LIENS_MAX: i64 = 500;

/// Whether a text has the form of a code.
pub fn est_un_code(texte: &str) -> bool {
    texte.len() == CODE && texte.bytes().all(|signe| SIGNES.contains(&signe))
}

/// What the form holds beforehand; what is empty is left to whoever fills it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct StructurePreremplie {
    /// Name.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 255))]
    pub nom: String,
    /// Code of the type of structure.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub type_structure: String,
    /// SIRET.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    pub siret: String,
    /// Street address.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 255))]
    pub adresse: String,
    /// Postal code.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 20))]
    pub code_postal: String,
    /// City.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "openapi", schema(max_length = 150))]
    pub ville: String,
}

/// A link to make, or what an existing one becomes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LienSaisie {
    /// What it is for, shown above the form.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    pub libelle: String,
    /// First day; empty when it is open at once.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 10, pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"))]
    pub ouvre_le: String,
    /// Last day; empty when none is set.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 10, pattern = "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"))]
    pub ferme_le: String,
    /// What the form holds beforehand.
    #[serde(default)]
    pub structure: StructurePreremplie,
    /// Closed, whatever the days.
    #[serde(default)]
    pub ferme: bool,
}

/// Whether a link takes candidatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EtatLien {
    /// It does.
    Ouvert,
    /// Its first day is to come.
    AVenir,
    /// Its last day is over, it was closed, or its envelope was.
    Ferme,
}

/// A link, as those who manage it see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lien {
    /// Identifier.
    pub id: String,
    /// Version, as in the `ETag`.
    pub version: i64,
    /// What its short address ends with.
    pub code: String,
    /// Its short address.
    pub adresse: String,
    /// Whether it takes candidatures now.
    pub etat: EtatLien,
    /// Candidatures filed by it.
    pub candidatures: i64,
    /// What was set.
    pub reglages: LienSaisie,
}

/// A link, as whoever follows it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LienPublic {
    /// What its short address ends with.
    pub code: String,
    /// What it is for.
    pub libelle: String,
    /// Whether it takes candidatures now.
    pub etat: EtatLien,
    /// First day; empty when there is none.
    pub ouvre_le: String,
    /// Last day; empty when there is none.
    pub ferme_le: String,
    /// The envelope that the candidature goes to.
    pub enveloppe: EnveloppeVue,
    /// What the form holds beforehand.
    pub structure: StructurePreremplie,
}

impl LienSaisie {
    /// Whether candidatures are taken on this day (ISO).
    pub fn etat(&self, jour: &str) -> EtatLien {
        if self.ferme || (!self.ferme_le.is_empty() && self.ferme_le.as_str() < jour) {
            EtatLien::Ferme
        } else if self.ouvre_le.as_str() > jour {
            EtatLien::AVenir
        } else {
            EtatLien::Ouvert
        }
    }

    /// What is wrong, by field.
    pub fn erreurs(&self) -> Vec<FieldError> {
        let mut erreurs = Vec::new();
        let longueur = self.libelle.trim().chars().count();
        if longueur == 0 || longueur > LIBELLE_MAX || self.libelle.chars().any(char::is_control) {
            erreurs.push(FieldError::new("/libelle", "libelle", texte::libelle(LIBELLE_MAX)));
        }
        for (champ, jour) in [("/ouvre_le", &self.ouvre_le), ("/ferme_le", &self.ferme_le)] {
            facultatif(&mut erreurs, champ, jour, DateIso::parse_iso);
        }
        if erreurs.is_empty() && !self.ferme_le.is_empty() && self.ferme_le < self.ouvre_le {
            erreurs.push(FieldError::new("/ferme_le", "dates_inversees", texte::DATES_INVERSEES));
        }
        self.structure.relever(&mut erreurs);
        erreurs
    }
}

impl StructurePreremplie {
    fn relever(&self, erreurs: &mut Vec<FieldError>) {
        facultatif(erreurs, "/structure/siret", &self.siret, Siret::parse);
        facultatif(erreurs, "/structure/code_postal", &self.code_postal, CodePostal::parse);
        let genre = &self.type_structure;
        if !genre.is_empty() && TypeStructure::par_code(genre).is_none() {
            erreurs.push(FieldError::new("/structure/type_structure", "type_structure_inconnu", texte::TYPE));
        }
        let textes =
            [("nom", &self.nom, TEXTE_MAX), ("adresse", &self.adresse, TEXTE_MAX), ("ville", &self.ville, VILLE_MAX)];
        for (champ, valeur, max) in textes {
            if valeur.chars().count() > max || valeur.chars().any(char::is_control) {
                erreurs.push(FieldError::new(format!("/structure/{champ}"), "texte", texte::texte(max)));
            }
        }
    }
}

fn facultatif<T>(erreurs: &mut Vec<FieldError>, champ: &str, texte: &str, lire: impl Fn(&str) -> Result<T, Refus>) {
    if !texte.is_empty()
        && let Err(refus) = lire(texte)
    {
        erreurs.push(FieldError::new(champ, refus.code, refus.message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lien(ouvre_le: &str, ferme_le: &str) -> LienSaisie {
        LienSaisie {
            libelle: "EPCI".into(),
            ouvre_le: ouvre_le.into(),
            ferme_le: ferme_le.into(),
            ..LienSaisie::default()
        }
    }

    #[test]
    fn a_link_is_open_from_its_first_day_to_its_last_one_included() {
        let du_2_au_4 = lien("2026-12-02", "2026-12-04");
        let etats = ["2026-12-01", "2026-12-02", "2026-12-04", "2026-12-05"].map(|jour| du_2_au_4.etat(jour));
        assert_eq!(etats, [EtatLien::AVenir, EtatLien::Ouvert, EtatLien::Ouvert, EtatLien::Ferme]);
        assert_eq!(lien("", "").etat("2026-12-01"), EtatLien::Ouvert);
        assert_eq!(LienSaisie { ferme: true, ..lien("", "") }.etat("2026-12-01"), EtatLien::Ferme);
    }

    #[test]
    fn what_cannot_be_is_refused_by_field() {
        let champs = |saisie: &LienSaisie| saisie.erreurs().into_iter().map(|e| e.champ).collect::<Vec<_>>();
        assert_eq!(champs(&lien("", "")), [] as [&str; 0]);
        assert_eq!(champs(&lien("2026-02-30", "12/12/2026")), ["/ouvre_le", "/ferme_le"]);
        assert_eq!(champs(&lien("2026-12-04", "2026-12-02")), ["/ferme_le"]);
        let structure = StructurePreremplie {
            siret: "1".into(),
            type_structure: "x".into(),
            ville: "a\nb".into(),
            ..StructurePreremplie::default()
        };
        let faux = LienSaisie { libelle: " ".into(), structure, ..LienSaisie::default() };
        assert_eq!(champs(&faux), ["/libelle", "/structure/siret", "/structure/type_structure", "/structure/ville"]);
        let ville = |longueur| StructurePreremplie { ville: "e".repeat(longueur), ..StructurePreremplie::default() };
        assert_eq!(champs(&LienSaisie { structure: ville(150), ..lien("", "") }), [] as [&str; 0]);
        assert_eq!(champs(&LienSaisie { structure: ville(151), ..lien("", "") }), ["/structure/ville"]);
    }

    #[test]
    fn a_code_has_signs_that_cannot_be_mistaken() {
        assert!(est_un_code("7K3M9Q2D"));
        for autre in ["7K3M9Q2", "7K3M9Q2O", "7k3m9q2d", "7K3M9Q2D2", "7K3M9Q2é"] {
            assert!(!est_un_code(autre), "{autre}");
        }
    }
}
