//! Decisions on the financing as the wire carries them.

use serde::{Deserialize, Serialize};

use super::ActionFinancement;
use super::solde::Solde;
use crate::demande::lot::{IssueLot, ResultatLot};
use crate::error::FieldError;
use crate::text::fr_enveloppe as texte;

/// Most demandes of one decision.
pub const DEMANDES_MAX: usize = 1_000;
/// Most characters of a reason.
pub const MOTIF_MAX: usize = 1_000;

/// The demandes of a filter, in the order of a sort.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SelectionSaisie {
    /// Filter.
    #[cfg_attr(feature = "openapi", schema(max_length = 4000))]
    pub filter: String,
    /// Sort.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub sort: String,
    /// Search.
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub q: String,
}

/// A decision, on demandes that are named or selected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionSaisie {
    /// What is decided.
    pub action: ActionFinancement,
    /// The demandes, in the order in which they are served; or else `selection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 1000))]
    pub demandes: Option<Vec<String>>,
    /// The demandes of a filter; or else `demandes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selection: Option<SelectionSaisie>,
    /// Whether only the first ones that fit in what is left are granted, in their order.
    #[serde(default)]
    pub premieres: bool,
    /// The reason: of a refusal, or of granting in spite of a doubt.
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

/// Grants the demandes of the waiting list of an envelope, in their order, while the money lasts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PromotionSaisie {
    /// The reason of granting in spite of a doubt.
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    pub motif: String,
    /// Whether nothing is written: only what would become of each is answered.
    pub essai: bool,
}

/// The account of an envelope, after a decision or as it now is. Amounts are in cents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SoldeVue {
    /// The envelope.
    pub enveloppe_id: String,
    /// Amount.
    pub montant: i64,
    /// Engaged.
    pub engage: i64,
    /// Consumed.
    pub consomme: i64,
    /// Left.
    pub reste: i64,
    /// Trainings financed.
    pub departs: i64,
    /// Trainings aimed at.
    pub cible: i64,
}

impl SoldeVue {
    /// The account of an envelope.
    pub fn new(enveloppe_id: impl Into<String>, solde: &Solde, cible: i64) -> Self {
        let (pris, reste) = (solde.pris, solde.reste());
        Self {
            enveloppe_id: enveloppe_id.into(),
            montant: solde.montant,
            engage: pris.engage,
            consomme: pris.consomme,
            reste,
            departs: pris.departs,
            cible,
        }
    }
}

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionTraitee {
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
    /// The envelopes concerned, as they now are; in a trial, as they would be.
    pub enveloppes: Vec<SoldeVue>,
    /// What became of each, in the order in which they were served.
    pub resultats: Vec<ResultatLot>,
}

impl DecisionTraitee {
    /// Counts what became of each.
    pub fn compter(essai: bool, courriels: usize, enveloppes: Vec<SoldeVue>, resultats: Vec<ResultatLot>) -> Self {
        let nombre = |issue| resultats.iter().filter(|resultat| resultat.issue == issue).count();
        let (faites, inchangees, refusees) =
            (nombre(IssueLot::Faite), nombre(IssueLot::Inchangee), nombre(IssueLot::Refusee));
        Self { essai, faites, inchangees, refusees, courriels, enveloppes, resultats }
    }
}

/// A reason, trimmed; refused when it is too long or holds control characters other than line ends.
pub fn motif(texte: &str) -> Result<&str, FieldError> {
    let motif = texte.trim();
    let lisible = motif.chars().all(|signe| signe == '\n' || !signe.is_control());
    if lisible && motif.chars().count() <= MOTIF_MAX {
        Ok(motif)
    } else {
        Err(FieldError::new("/motif", "motif_invalide", texte::motif(MOTIF_MAX)))
    }
}

impl PromotionSaisie {
    /// The reason, trimmed.
    ///
    /// # Errors
    /// The refusal of its field.
    pub fn motif(&self) -> Result<&str, FieldError> {
        motif(&self.motif)
    }
}

impl DecisionSaisie {
    /// The reason, trimmed; needed to refuse.
    ///
    /// # Errors
    /// The refusal of its field.
    pub fn motif(&self) -> Result<&str, FieldError> {
        let motif = motif(&self.motif)?;
        if motif.is_empty() && self.action == ActionFinancement::Refuser {
            return Err(FieldError::new("/motif", "motif_requis", texte::MOTIF_REFUS));
        }
        Ok(motif)
    }

    /// What is wrong with its form, the reason apart.
    pub fn erreurs(&self) -> Vec<FieldError> {
        let mut erreurs = Vec::new();
        match (&self.demandes, &self.selection) {
            (Some(ids), None) if ids.is_empty() || ids.len() > DEMANDES_MAX => {
                erreurs.push(FieldError::new("/demandes", "nombre", texte::nombre(DEMANDES_MAX)));
            }
            (Some(_), None) | (None, Some(_)) => {}
            _ => erreurs.push(FieldError::new("/demandes", "une_des_deux", texte::UNE_DES_DEUX)),
        }
        if self.premieres && self.action != ActionFinancement::Accorder {
            erreurs.push(FieldError::new("/premieres", "en_trop", texte::PREMIERES));
        }
        erreurs
    }
}
