//! The rules of eligibility ELI-1 … ELI-11 (product §4) as pure functions that give constats.

mod adresse;
mod boites;
mod connus;
mod contexte;
mod decoupe;
pub mod eligibilite;
pub mod email_nominatif;
pub mod faits;
pub mod opco;
mod personne;
mod priorite;
mod structure;

use serde::{Deserialize, Serialize};

pub use eligibilite::{bloque_financement, evaluer, verdict_global};
pub use faits::{DemandeExistante, FaitAbsent, FaitOpco, FaitRegistre, FaitsExternes, FaitsInternes, MotifAbsence};
pub use priorite::rang_priorite;

/// What a rule concludes. The order is the gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Proven in order.
    Ok,
    /// A person must look: a fact is missing or doubtful.
    AVerifier,
    /// Envelope financing is refused.
    Bloquant,
}

impl Verdict {
    /// The code on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::AVerifier => "a-verifier",
            Self::Bloquant => "bloquant",
        }
    }
}

/// What a constat rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preuve {
    /// Where the fact comes from, in French.
    pub source: String,
    /// When the fact was established (ISO date), when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The value the rule looked at.
    pub valeur: String,
}

/// What one rule says of one demande.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Constat {
    /// Rule id: `ELI-4`.
    pub regle: String,
    /// What it concludes.
    pub verdict: Verdict,
    /// French sentence that says what to do.
    pub phrase: String,
    /// The field it is about, named as in the demande (`email`), when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub champ: Option<String>,
    /// What it rests on.
    pub preuve: Preuve,
}
