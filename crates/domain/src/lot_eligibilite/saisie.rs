//! A decision on the eligibility as the wire carries it, and what became of it.

use serde::{Deserialize, Serialize};

use super::ActionEligibilite;
use crate::demande::lot::{IssueLot, ResultatLot};
use crate::enveloppe::{DEMANDES_MAX, motif};
use crate::error::FieldError;
use crate::text::{fr_enveloppe, fr_lot as texte};

/// A decision on demandes of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionLotSaisie {
    /// What is decided.
    pub action: ActionEligibilite,
    /// The demandes.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000))]
    pub demandes: Vec<String>,
    /// The reason of a refusal or of a validation in spite of a doubt; the question, when information is asked for.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    pub motif: String,
    /// Whether one refusal refuses them all. Otherwise those that can be done are done.
    #[serde(default = "vrai")]
    pub atomique: bool,
    /// Whether nothing is written: only what would become of each is answered.
    #[serde(default)]
    pub essai: bool,
}

const fn vrai() -> bool {
    true
}

impl DecisionLotSaisie {
    /// The reason, trimmed; needed to refuse and to ask.
    ///
    /// # Errors
    /// The refusal of each field.
    pub fn valider(&self) -> Result<&str, Vec<FieldError>> {
        let mut erreurs = Vec::new();
        if self.demandes.is_empty() || self.demandes.len() > DEMANDES_MAX {
            erreurs.push(FieldError::new("/demandes", "nombre", fr_enveloppe::nombre(DEMANDES_MAX)));
        }
        let requis = match self.action {
            ActionEligibilite::Refuser => Some(texte::MOTIF_REFUS),
            ActionEligibilite::Complement => Some(texte::QUESTION),
            ActionEligibilite::Valider | ActionEligibilite::Rouvrir => None,
        };
        match (motif(&self.motif), requis) {
            (Err(refus), _) => erreurs.push(refus),
            (Ok(""), Some(phrase)) => erreurs.push(FieldError::new("/motif", "motif_requis", phrase)),
            (Ok(motif), _) if erreurs.is_empty() => return Ok(motif),
            _ => {}
        }
        Err(erreurs)
    }
}

/// What became of a decision on demandes of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionLotTraitee {
    /// Whether it was a trial.
    pub essai: bool,
    /// How many were done.
    pub faites: usize,
    /// How many had nothing to do.
    pub inchangees: usize,
    /// How many were refused.
    pub refusees: usize,
    /// Mails that leave, or would: they cannot be called back.
    pub courriels: usize,
    /// Structures that are habilitated by it, or would be.
    pub structures: usize,
    /// What became of each, in their order.
    pub resultats: Vec<ResultatLot>,
}

impl DecisionLotTraitee {
    /// Counts what became of each.
    pub fn compter(essai: bool, courriels: usize, structures: usize, resultats: Vec<ResultatLot>) -> Self {
        let nombre = |issue| resultats.iter().filter(|resultat| resultat.issue == issue).count();
        let (faites, inchangees, refusees) =
            (nombre(IssueLot::Faite), nombre(IssueLot::Inchangee), nombre(IssueLot::Refusee));
        Self { essai, faites, inchangees, refusees, courriels, structures, resultats }
    }
}
