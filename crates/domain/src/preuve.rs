//! What the outside says of a structure: the company register, SIRO, the address base. Each proof keeps its source, its date
//! and its value.

use serde::{Deserialize, Serialize};

use crate::demande::choix::choix;

choix! {
    /// A service that proves something of a structure.
    Service {
        /// The company register (API Recherche d'entreprises).
        Entreprises = "entreprises",
        /// SIRO, of France compétences: the OPCO of an establishment.
        Siro = "siro",
        /// The national address base.
        Adresses = "adresses",
    }
}

choix! {
    /// What is known from a service.
    EtatPreuve {
        /// It has not been asked yet.
        EnAttente = "en_attente",
        /// It answered.
        Verifiee = "verifiee",
        /// It answered that it does not know the structure.
        Inconnue = "inconnue",
        /// It was asked and never answered: it will be asked again.
        NonVerifiee = "non_verifiee",
    }
}

choix! {
    /// Why a service did not answer.
    EchecPreuve {
        /// Not in time.
        Delai = "delai",
        /// It could not be reached, or its address is refused.
        Injoignable = "injoignable",
        /// It asked to be left alone for a while (429).
        Sature = "sature",
        /// It refused (4xx, redirection).
        Refus = "refus",
        /// It failed (5xx).
        Panne = "panne",
        /// Its answer could not be read.
        Illisible = "illisible",
    }
}

/// What the company register says of an establishment and of its company. A text is empty when the register does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Entreprise {
    /// Full name of the company.
    pub nom: String,
    /// Address of the establishment, in one line.
    pub adresse: String,
    /// Its postal code.
    pub code_postal: String,
    /// Name of its commune.
    pub commune: String,
    /// INSEE code of its commune.
    pub code_insee: String,
    /// Legal category (INSEE, four digits).
    pub nature_juridique: String,
    /// Main activity (NAF code).
    pub activite: String,
    /// Collective agreements declared (IDCC, four digits).
    pub idcc: Vec<String>,
    /// Whether the company holds a Qualiopi certification; unknown when the register does not say.
    pub qualiopi: Option<bool>,
    /// Whether it is an administration; unknown when the register does not say.
    pub administration: Option<bool>,
    /// The company is active and the establishment is open.
    pub ouvert: bool,
}

impl Entreprise {
    /// The address without the postal code and the commune that end it.
    pub fn voie(&self) -> &str {
        let fin = self.adresse.rfind(self.code_postal.as_str()).filter(|_| !self.code_postal.is_empty());
        fin.and_then(|fin| self.adresse.get(..fin)).unwrap_or(&self.adresse).trim()
    }

    /// Whether its legal category is of public law (7xxx).
    pub fn est_droit_public(&self) -> bool {
        self.nature_juridique.len() == 4 && self.nature_juridique.starts_with('7')
    }
}

/// What SIRO says of an establishment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReponseSiro {
    /// Name of the OPCO; empty when SIRO does not know it.
    pub opco: String,
    /// SIRO is certain of it.
    pub confirme: bool,
}

/// An address as the national base knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct AdresseGeocodee {
    /// The address, in one line.
    pub libelle: String,
    /// INSEE code of its commune.
    pub code_insee: String,
    /// Its postal code.
    pub code_postal: String,
    /// Longitude, in degrees.
    pub longitude: String,
    /// Latitude, in degrees.
    pub latitude: String,
    /// How alike the address found and the one looked for are, from 0 to 100.
    pub score: u8,
    /// Alike enough to be believed without a look: 80 at least, and the same postal code.
    pub certaine: bool,
}

/// The OPCO of a structure, by the surest source that knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreuveOpco {
    /// The OPCO; empty when what is declared does not say it.
    pub opco: String,
    /// Given by SIRO or by the imported table; otherwise presumed from collective agreements.
    pub confirme: bool,
    /// What the source said.
    pub valeur: String,
    /// Which source, in French.
    pub source: String,
    /// When it was established (ISO date).
    pub date: String,
}

/// Where the check of a structure with a service stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuiviPreuve {
    /// The service.
    pub service: Service,
    /// Its name, in French.
    pub source: String,
    /// What is known from it.
    pub etat: EtatPreuve,
    /// When the answer that is kept was given (RFC 3339, UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obtenue_le: Option<String>,
    /// When it was last asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tentee_le: Option<String>,
    /// Why it did not answer that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub echec: Option<EchecPreuve>,
    /// From when on it will be asked again.
    pub prochaine_le: String,
}

/// What the company register says of a SIRET that somebody types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StructureAnnuaire {
    /// The SIRET.
    pub siret: String,
    /// What is known of it.
    pub etat: EtatPreuve,
    /// The register, in French.
    pub source: String,
    /// When the answer that is kept was given (RFC 3339, UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obtenue_le: Option<String>,
    /// The company and the establishment, when the register knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entreprise: Option<Entreprise>,
}

/// What the outside says of a structure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreuvesStructure {
    /// SIRET of the structure.
    pub siret: String,
    /// Where each check stands.
    pub suivis: Vec<SuiviPreuve>,
    /// What the company register says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entreprise: Option<Entreprise>,
    /// Its OPCO.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opco: Option<PreuveOpco>,
    /// Its address, as the national base knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adresse: Option<AdresseGeocodee>,
}
