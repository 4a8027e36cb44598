//! What the team asks of a structure about a demande, and what the structure answers on its follow-up page.

use serde::{Deserialize, Serialize};

use crate::demande::choix::choix;
use crate::error::FieldError;
use crate::text::fr_lot as texte;

/// Most characters of an answer.
pub const REPONSE_MAX: usize = 2_000;
/// Most answers to one question: whoever holds the link writes no more.
pub const REPONSES_MAX: usize = 5;

choix! {
    /// Who speaks.
    GenreEchange {
        /// The team asks.
        Question = "question",
        /// The structure answers.
        Reponse = "reponse",
    }
}

/// One message of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EchangeVue {
    /// Who speaks.
    pub genre: GenreEchange,
    /// What is said.
    pub texte: String,
    /// When (RFC 3339).
    pub date: String,
    /// Who asked, for the team and the récipiendaire; empty for the structure.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub auteur: String,
}

/// The answer of a structure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReponseSuivi {
    /// Secret of the mailed link.
    #[cfg_attr(feature = "openapi", schema(max_length = 128))]
    pub jeton: String,
    /// The demande it is about.
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub demande: String,
    /// The answer.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 2000))]
    pub texte: String,
}

impl ReponseSuivi {
    /// The answer, trimmed.
    ///
    /// # Errors
    /// The refusal of its field.
    pub fn valider(&self) -> Result<&str, FieldError> {
        let propre = self.texte.trim();
        let lisible = propre.chars().all(|signe| signe == '\n' || !signe.is_control());
        if !propre.is_empty() && lisible && propre.chars().count() <= REPONSE_MAX {
            Ok(propre)
        } else {
            Err(FieldError::new("/texte", "texte_invalide", texte::reponse(REPONSE_MAX)))
        }
    }
}
