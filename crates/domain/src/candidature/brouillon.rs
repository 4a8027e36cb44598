//! A candidature that is not finished, kept by the server for whoever holds its secret: it is taken up on another device (UX-14).

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::text::fr_commentaire::texte;

/// Most characters of a draft: fifty professionals, and room to spare.
pub const CONTENU_MAX: usize = 60_000;
/// Days that a draft is kept after it was last saved.
pub const JOURS: i64 = 30;

/// A draft to keep.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BrouillonSaisie {
    /// Secret of the draft that this replaces; a new one is made without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 128))]
    pub jeton: Option<String>,
    /// What was typed, as the form writes it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 60000))]
    pub contenu: String,
}

impl BrouillonSaisie {
    /// What is wrong, by field.
    pub fn erreurs(&self) -> Vec<FieldError> {
        let longueur = self.contenu.chars().count();
        if (1..=CONTENU_MAX).contains(&longueur) && !self.contenu.contains('\0') {
            return Vec::new();
        }
        vec![FieldError::new("/contenu", "texte", texte(CONTENU_MAX))]
    }
}

/// Names a draft by its secret.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BrouillonDemande {
    /// Its secret.
    #[cfg_attr(feature = "openapi", schema(max_length = 128))]
    pub jeton: String,
}

/// A draft that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BrouillonVue {
    /// Its secret.
    pub jeton: String,
    /// Day after which it is forgotten, unless it is saved again (ISO date).
    pub expire_le: String,
    /// What was typed.
    pub contenu: String,
}
