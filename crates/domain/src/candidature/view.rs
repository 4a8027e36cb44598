//! What the API answers to a candidature, filed or only checked.

use serde::{Deserialize, Serialize};

use crate::demande::Formation;
use crate::rules::{Constat, Verdict};

/// The verdict of one demande of a candidature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemandeEvaluee {
    /// Identifier of the demande; absent when nothing was stored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Position of the professional in the request, from 0.
    pub professionnel: u32,
    /// Training asked for.
    pub formation: Formation,
    /// Overall verdict: the gravest of the constats.
    pub verdict: Verdict,
    /// One constat per rule that says something.
    pub constats: Vec<Constat>,
}

/// Answer to `POST /eligibilite/verifier`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EvaluationCandidature {
    /// One per professional and training, in the order of the request.
    pub demandes: Vec<DemandeEvaluee>,
}

/// Answer to `POST /candidatures`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CandidatureRecue {
    /// Identifier of the candidature.
    pub id: String,
    /// Reference to quote: `PA-7K3M-9Q2D`.
    pub reference: String,
    /// Label of the envelope it goes to; absent when it waits for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enveloppe: Option<String>,
    /// Name of the récipiendaire who will read it, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipiendaire: Option<String>,
    /// What happens next, in French.
    pub suite: String,
    /// One per professional and training, in the order of the request.
    pub demandes: Vec<DemandeEvaluee>,
}
