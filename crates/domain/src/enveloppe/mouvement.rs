//! Movements of the amounts: proposed by one person, approved by another.

use crate::demande::choix::choix;
use serde::{Deserialize, Serialize};

use super::{MONTANT_MAX, MOTIF_MAX};
use crate::error::FieldError;
use crate::text::fr_enveloppe as texte;

choix! {
    /// What a movement does.
    GenreMouvement {
        /// The amount of an envelope grows, or shrinks.
        Avenant = "avenant",
        /// Money goes from an envelope to another.
        Transfert = "transfert",
    }
}

choix! {
    /// Where a movement stands.
    EtatMouvement {
        /// It waits for another person.
        Propose = "propose",
        /// It is done.
        Approuve = "approuve",
        /// It was refused, or given up by who proposed it.
        Refuse = "refuse",
    }
}

/// A movement to propose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MouvementSaisie {
    /// What it does.
    pub genre: GenreMouvement,
    /// The envelope that a transfer goes to; absent for an amendment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub vers: Option<String>,
    /// How much, in cents: more than 0 for a transfer; what is added, or taken off, for an amendment.
    #[cfg_attr(feature = "openapi", schema(minimum = -10_000_000_000_i64, maximum = 10_000_000_000_i64))]
    pub montant: i64,
    /// Why.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 1000))]
    pub motif: String,
}

/// A movement, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MouvementVue {
    /// Identifier.
    pub id: String,
    /// What it does.
    pub genre: GenreMouvement,
    /// Where it stands.
    pub etat: EtatMouvement,
    /// The envelope that is amended, or that gives.
    pub enveloppe_id: String,
    /// The envelope that a transfer goes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vers: Option<String>,
    /// How much, in cents.
    pub montant: i64,
    /// Why.
    pub motif: String,
    /// Who proposed it.
    pub propose_par: String,
    /// When (RFC 3339, UTC).
    pub propose_le: String,
    /// Who approved or refused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide_par: Option<String>,
    /// When (RFC 3339, UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decide_le: Option<String>,
}

impl MouvementSaisie {
    /// What is wrong with it, when it is proposed for this envelope.
    pub fn erreurs(&self, enveloppe: &str) -> Vec<FieldError> {
        let mut erreurs = Vec::new();
        let transfert = self.genre == GenreMouvement::Transfert;
        let plus_petit = if transfert { 1 } else { -MONTANT_MAX };
        if self.montant == 0 || !(plus_petit..=MONTANT_MAX).contains(&self.montant) {
            erreurs.push(FieldError::new("/montant", "hors_limites", texte::MONTANT_MOUVEMENT));
        }
        if transfert != self.vers.is_some() || self.vers.as_deref() == Some(enveloppe) {
            erreurs.push(FieldError::new("/vers", "vers", texte::VERS));
        }
        let motif = self.motif.trim();
        let lisible = motif.chars().all(|signe| signe == '\n' || !signe.is_control());
        if motif.is_empty() || !lisible || motif.chars().count() > MOTIF_MAX {
            erreurs.push(FieldError::new("/motif", "motif_requis", texte::motif_mouvement(MOTIF_MAX)));
        }
        erreurs
    }
}
