//! Signing in with an e-mail and a code, and who is signed in, as the wire carries them.

use serde::{Deserialize, Serialize};

use crate::permission::Role;

/// Asks for a browser session.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OuvertureSession {
    /// E-mail address of the account.
    #[cfg_attr(feature = "openapi", schema(max_length = 254, example = "recipiendaire@departement-01.example"))]
    pub email: String,
    /// Six-digit code.
    #[cfg_attr(feature = "openapi", schema(max_length = 16, example = "123456"))]
    pub code: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionVue {
    /// Name shown on the page.
    pub nom: String,
    /// E-mail address of the account.
    pub email: String,
    /// Active role.
    pub role: Role,
}

/// What kind of instance answers (product §5), so that the page can say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InstanceVue {
    /// `production`, `demonstration` or `bac-a-sable`.
    pub mode: String,
    /// Accounts one may sign in with, on a demonstration instance only.
    pub comptes_demonstration: Vec<SessionVue>,
}

/// An envelope in reach of the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnveloppeVue {
    /// Identifier.
    pub id: String,
    /// Label: « Ain 2026 ».
    pub libelle: String,
    /// Code of the département.
    pub departement: String,
    /// Year.
    pub annee: i64,
    /// Name of the récipiendaire.
    pub recipiendaire: String,
    /// Whether it takes new demandes.
    pub ouverte: bool,
}
