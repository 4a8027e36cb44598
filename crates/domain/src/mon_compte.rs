//! One's own account: who one is, one's means of giving codes, one's sign-ins, as the wire carries them.

use serde::{Deserialize, Serialize};

use crate::permission::Role;

/// Longest name of a means.
pub const NOM_MOYEN_MAX: usize = 50;
/// Longest serial number of a card that is read.
pub const SERIE_MAX: usize = 40;

/// What shows codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GenreMoyen {
    /// An application on a telephone.
    Application,
    /// A physical card.
    Carte,
}

/// One of one's means of giving codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoyenVue {
    /// Identifier.
    pub id: String,
    /// Application or card.
    pub genre: GenreMoyen,
    /// Name that its holder gave it; may be empty.
    pub nom: String,
    /// Serial number of a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serie: Option<String>,
    /// When it was added (RFC 3339).
    pub ajoute_le: String,
    /// When it last gave a code that was taken, to the minute (RFC 3339); absent when it never did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub utilise_le: Option<String>,
}

/// One's means of giving codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoyensVue {
    /// The first added first.
    pub items: Vec<MoyenVue>,
}

/// The name of a means.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NomMoyen {
    /// Its name.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50, example = "Mon téléphone"))]
    pub nom: String,
}

/// Two codes in a row of a card.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeuxCodes {
    /// A code that the card shows.
    #[cfg_attr(feature = "openapi", schema(max_length = 16, example = "123456"))]
    pub code: String,
    /// The one it shows just after.
    #[cfg_attr(feature = "openapi", schema(max_length = 16, example = "654321"))]
    pub code_suivant: String,
}

/// A card to attach to one's account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RattachementCarte {
    /// Serial number, on the back of the card.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 40, example = "GADT000123"))]
    pub serie: String,
    /// A code that the card shows.
    #[cfg_attr(feature = "openapi", schema(max_length = 16, example = "123456"))]
    pub code: String,
    /// The one it shows just after.
    #[cfg_attr(feature = "openapi", schema(max_length = 16, example = "654321"))]
    pub code_suivant: String,
}

/// An organisation of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrganisationVue {
    /// Role held in it.
    pub role: Role,
    /// Its name.
    pub nom: String,
}

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompteVue {
    /// Name.
    pub nom: String,
    /// E-mail address.
    pub email: String,
    /// Its roles.
    pub roles: Vec<Role>,
    /// Its organisations.
    pub organisations: Vec<OrganisationVue>,
}

/// A sign-in of the account, or an attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnexionVue {
    /// When (RFC 3339).
    pub date: String,
    /// Whether a session was opened.
    pub reussie: bool,
    /// Browser and system, when a session was opened.
    pub appareil: String,
    /// Network address; empty once erased.
    pub adresse: String,
}

/// The last sign-ins of the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnexionsVue {
    /// The last one first.
    pub items: Vec<ConnexionVue>,
}
