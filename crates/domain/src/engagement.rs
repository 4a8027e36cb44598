//! The terms of use and the charters: versions, and who must accept which before acting (REF-4).

use serde::{Deserialize, Serialize};

use crate::permission::Role;

/// A text that people accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GenreTexte {
    /// Terms of use of the service.
    Cgu,
    /// Charter of the référent.
    CharteReferent,
    /// Charter of the aidant.
    CharteAidant,
}

impl GenreTexte {
    /// Every text.
    pub const ALL: [Self; 3] = [Self::Cgu, Self::CharteReferent, Self::CharteAidant];

    /// Its code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cgu => "cgu",
            Self::CharteReferent => "charte_referent",
            Self::CharteAidant => "charte_aidant",
        }
    }

    /// The text with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|genre| genre.as_str() == code)
    }

    /// The charter of a role, accepted besides the terms of use before the role first serves.
    pub const fn charte(role: Role) -> Option<Self> {
        match role {
            Role::Referent | Role::CoReferent => Some(Self::CharteReferent),
            Role::Aidant => Some(Self::CharteAidant),
            _ => None,
        }
    }
}

/// The version in force of a text that the active role must have accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TexteVue {
    /// Identifier of this version.
    pub id: String,
    /// Which text.
    pub genre: GenreTexte,
    /// Number of the version.
    pub version: i64,
    /// The text; its paragraphs are separated by an empty line, its titles begin with `# `.
    pub contenu: String,
    /// When it was published (RFC 3339).
    pub publie_le: String,
    /// When the caller accepted it (RFC 3339); absent while it has not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepte_le: Option<String>,
}

/// A version that the caller accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AcceptationVue {
    /// Which text.
    pub genre: GenreTexte,
    /// Number of the version.
    pub version: i64,
    /// When (RFC 3339).
    pub accepte_le: String,
}

/// What the caller must have accepted, and what it accepted so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EngagementsVue {
    /// The texts in force for the active role.
    pub textes: Vec<TexteVue>,
    /// Every acceptance of the account, last first.
    pub acceptations: Vec<AcceptationVue>,
}

/// Publishes a version of a text, in force at once.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TexteNouveau {
    /// Which text.
    pub genre: GenreTexte,
    /// The text.
    #[cfg_attr(feature = "openapi", schema(max_length = 50000))]
    pub contenu: String,
}

/// A version just published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TextePublie {
    /// Identifier.
    pub id: String,
    /// Which text.
    pub genre: GenreTexte,
    /// Number of the version.
    pub version: i64,
}
