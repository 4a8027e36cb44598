//! Accounts as their administrators see and change them, and the invitations that make them.

use serde::{Deserialize, Serialize};

use crate::permission::Role;
use crate::session::{ApplicationOtp, SessionOuverte};

/// Whether an account may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EtatCompte {
    /// Its person has not set a means of giving codes yet.
    AConfirmer,
    /// It may.
    Actif,
    /// It was closed; it may be opened again.
    Desactive,
}

impl EtatCompte {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::AConfirmer, Self::Actif, Self::Desactive];

    /// Its code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AConfirmer => "a_confirmer",
            Self::Actif => "actif",
            Self::Desactive => "desactive",
        }
    }

    /// The state with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|etat| etat.as_str() == code)
    }
}

/// What an account belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GenreOrganisation {
    /// An envelope of training credits.
    Enveloppe,
    /// A structure that employs aidants.
    Structure,
    /// A training body.
    Organisme,
}

impl GenreOrganisation {
    /// The organisation that a role acts in; the national roles act in none.
    pub const fn du_role(role: Role) -> Option<Self> {
        match role {
            Role::Recipiendaire => Some(Self::Enveloppe),
            Role::Demandeur | Role::Referent | Role::CoReferent | Role::Aidant => Some(Self::Structure),
            Role::Organisme | Role::Formateur => Some(Self::Organisme),
            Role::Instructeur | Role::Anct | Role::Usager => None,
        }
    }
}

/// An account in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompteResume {
    /// Identifier.
    pub id: String,
    /// Name.
    pub nom: String,
    /// E-mail address.
    pub email: String,
    /// Whether it may sign in.
    pub etat: EtatCompte,
    /// Its roles, in the order of the matrix.
    pub roles: Vec<Role>,
}

/// An organisation in which an account has a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rattachement {
    /// Kind of organisation.
    pub genre: GenreOrganisation,
    /// Its identifier.
    pub id: String,
    /// Its name.
    pub libelle: String,
    /// The role held there.
    pub role: Role,
}

/// A means of giving codes, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoyenCompte {
    /// Identifier, to take it back.
    pub id: String,
    /// `application` or `carte`.
    pub genre: String,
    /// Serial number of a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serie: Option<String>,
    /// When it was added (RFC 3339).
    pub ajoute_le: String,
}

/// An account with all that is administered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CompteDetail {
    /// Identifier.
    pub id: String,
    /// Version, for `If-Match`.
    pub version: i64,
    /// Name.
    pub nom: String,
    /// E-mail address.
    pub email: String,
    /// Whether it may sign in.
    pub etat: EtatCompte,
    /// Its roles, in the order of the matrix.
    pub roles: Vec<Role>,
    /// Its organisations.
    pub rattachements: Vec<Rattachement>,
    /// Its active means.
    pub moyens: Vec<MoyenCompte>,
    /// Its open sessions.
    pub sessions: Vec<SessionOuverte>,
    /// Until when the code of its welcome kit is good (RFC 3339), while it has not served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_accueil_expire_le: Option<String>,
    /// API keys that it made, and that stop for good if it is deactivated or a means is taken back.
    pub cles_api: i64,
}

/// The code of a welcome kit, to print. Shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CodeAccueil {
    /// Six digits.
    pub code: String,
    /// Until when it is good (RFC 3339).
    pub expire_le: String,
}

/// An organisation to give a role in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RattachementSaisi {
    /// Its identifier; its kind is that of the role.
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub id: String,
    /// The role held there.
    pub role: Role,
}

/// A new account, which waits for its first access.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompteNouveau {
    /// Name.
    #[cfg_attr(feature = "openapi", schema(max_length = 150))]
    pub nom: String,
    /// E-mail address.
    #[cfg_attr(feature = "openapi", schema(min_length = 6, max_length = 254, pattern = "@"))]
    pub email: String,
    /// Its roles.
    pub roles: Vec<Role>,
    /// Its organisations.
    #[serde(default)]
    pub rattachements: Vec<RattachementSaisi>,
}

/// What to change of an account: what is absent stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompteModification {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 150))]
    pub nom: Option<String>,
    /// `actif` or `desactive`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etat: Option<EtatCompte>,
    /// Every role from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Role>>,
    /// Every organisation from now on; those of a role that goes go with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rattachements: Option<Vec<RattachementSaisi>>,
}

/// Invites a person by e-mail.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationNouvelle {
    /// Name.
    #[cfg_attr(feature = "openapi", schema(max_length = 150))]
    pub nom: String,
    /// The one address that may accept.
    #[cfg_attr(feature = "openapi", schema(min_length = 6, max_length = 254, pattern = "@"))]
    pub email: String,
    /// The role it gives.
    pub role: Role,
    /// The organisation of the role, when it acts in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 64))]
    pub organisation_id: Option<String>,
}

/// An invitation that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationVue {
    /// Identifier.
    pub id: String,
    /// Name.
    pub nom: String,
    /// The one address that may accept.
    pub email: String,
    /// The role it gives.
    pub role: Role,
    /// Name of the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// When it was sent (RFC 3339).
    pub cree_le: String,
    /// Until when it may be accepted (RFC 3339).
    pub expire_le: String,
}

/// What an invited person sees: the role, and what to set an application with. Without application, the account has a
/// means already, and accepting takes one of its codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationOuverte {
    /// Address of the account.
    pub email: String,
    /// The role it gives.
    pub role: Role,
    /// Name of the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// What to set an application with, shown this once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationOtp>,
}

/// Asks for an account of `demandeur`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Inscription {
    /// Name.
    #[cfg_attr(feature = "openapi", schema(max_length = 150))]
    pub nom: String,
    /// E-mail address, to be confirmed.
    #[cfg_attr(feature = "openapi", schema(min_length = 6, max_length = 254, pattern = "@"))]
    pub email: String,
}
