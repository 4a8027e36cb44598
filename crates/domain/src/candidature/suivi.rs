//! What a structure is told of its candidature when it follows the link of its mail.

use serde::{Deserialize, Serialize};

use crate::demande::{Etape, Formation};
use crate::lot_eligibilite::EchangeVue;

/// Asks where a candidature stands, with the secret of the mailed link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DemandeSuivi {
    /// Secret of the link.
    #[cfg_attr(feature = "openapi", schema(max_length = 128))]
    pub jeton: String,
}

/// Where a candidature stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuiviCandidature {
    /// Reference to quote.
    pub reference: String,
    /// Day of filing (ISO).
    pub deposee_le: String,
    /// Name of the structure.
    pub structure: String,
    /// Name of the récipiendaire who reads it, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipiendaire: Option<String>,
    /// One per professional and training.
    pub demandes: Vec<SuiviDemande>,
}

/// Where one demande stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuiviDemande {
    /// Identifier, by which one answers a question about it.
    #[serde(default)]
    pub id: String,
    /// First name.
    pub prenom: String,
    /// Last name.
    pub nom: String,
    /// Training asked for.
    pub formation: Formation,
    /// Stage.
    pub etape: Etape,
    /// Day of the session (ISO), once set.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub date_session: String,
    /// What the team asked about it, and what was answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub echanges: Vec<EchangeVue>,
    /// Whether an answer is waited for, or may be completed.
    #[serde(default)]
    pub peut_repondre: bool,
}
