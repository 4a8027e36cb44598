//! The batches, their work lists and the queue of accesses, as they are shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Complement, DecisionLot};
use crate::demande::Etape;
use crate::demande::choix::choix;
use crate::rules::Constat;

/// A batch and its counters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LotVue {
    /// Identifier.
    pub id: String,
    /// Number, from 1.
    pub numero: i64,
    /// Day for which it was due (ISO).
    pub prevu_le: String,
    /// When it was opened (RFC 3339).
    pub ouvert_le: String,
    /// When the next one took over what was left; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clos_le: Option<String>,
    /// Whether somebody opened it by hand.
    pub a_la_main: bool,
    /// How many demandes it took.
    pub demandes: i64,
    /// How many are undecided.
    pub a_decider: i64,
    /// How many are validated.
    pub validees: i64,
    /// How many are refused.
    pub refusees: i64,
    /// How many were left to the next batch.
    pub reportees: i64,
    /// How many undecided ones wait for an answer of their structure.
    pub en_complement: i64,
    /// How many undecided ones have one.
    pub reponses: i64,
}

/// A demande of a work list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LotDemandeVue {
    /// Identifier of the demande.
    pub id: String,
    /// Version of the demande.
    pub version: i64,
    /// Where it stands now: it may have been withdrawn since.
    pub etape: Etape,
    /// What the batch knows of its decision.
    pub decision: DecisionLot,
    /// Whether information was asked for.
    pub complement: Complement,
    /// The reason that was written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub motif: String,
    /// Who decided.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub auteur: String,
    /// When it was decided (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide_le: Option<String>,
    /// Whether a constat keeps it from being validated.
    pub retenue: bool,
    /// Whether validating it asks for a written reason.
    pub motif_requis: bool,
    /// The columns that the caller reads and that are not empty.
    pub colonnes: BTreeMap<String, String>,
    /// What each rule says of it now, with its proof.
    pub constats: Vec<Constat>,
}

choix! {
    /// Where an access to the training site stands.
    EtatAcces {
        /// It is to be opened.
        EnFile = "en_file",
        /// It is open.
        Ouvert = "ouvert",
        /// It is not to be opened any more.
        Annule = "annule",
    }
}

/// An access to the training site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccesBacASable {
    /// The demande.
    pub demande_id: String,
    /// First name of the learner.
    pub prenom: String,
    /// Last name.
    pub nom: String,
    /// E-mail, with which the access is opened.
    pub email: String,
    /// Name of the structure.
    pub structure: String,
    /// Habilitation number of the structure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub numero_habilitation: String,
    /// Where it stands.
    pub etat: EtatAcces,
    /// When it was asked for (RFC 3339).
    pub demande_le: String,
    /// When that last changed (RFC 3339).
    pub maj_le: String,
}
