//! The roles of the platform.

use serde::{Deserialize, Serialize};

/// A role of the platform (product §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Files the habilitation request of a structure.
    Demandeur,
    /// Holder of training credits: works on its envelopes only.
    Recipiendaire,
    /// Manager of a training body.
    Organisme,
    /// Trainer.
    Formateur,
    /// Main contact of a structure.
    Referent,
    /// Helper of the main contact.
    CoReferent,
    /// Habilitated professional.
    Aidant,
    /// Aidants Connect team.
    Instructeur,
    /// National administrator.
    Anct,
    /// Citizen, signed in through FranceConnect: never the role of an account.
    Usager,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 10] = [
        Self::Demandeur,
        Self::Recipiendaire,
        Self::Organisme,
        Self::Formateur,
        Self::Referent,
        Self::CoReferent,
        Self::Aidant,
        Self::Instructeur,
        Self::Anct,
        Self::Usager,
    ];

    /// The roles that an account or a token may hold.
    pub const COMPTES: [Self; 9] = [
        Self::Demandeur,
        Self::Recipiendaire,
        Self::Organisme,
        Self::Formateur,
        Self::Referent,
        Self::CoReferent,
        Self::Aidant,
        Self::Instructeur,
        Self::Anct,
    ];

    /// The role's code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Demandeur => "demandeur",
            Self::Recipiendaire => "recipiendaire",
            Self::Organisme => "organisme",
            Self::Formateur => "formateur",
            Self::Referent => "referent",
            Self::CoReferent => "co_referent",
            Self::Aidant => "aidant",
            Self::Instructeur => "instructeur",
            Self::Anct => "anct",
            Self::Usager => "usager",
        }
    }

    /// The role with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == code)
    }
}
