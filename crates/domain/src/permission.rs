//! The access matrix: who may do which operation, on which objects. Authorisation, its documentation and the
//! generated tests all read this one table.

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

/// What a protected operation does. One per operation of the OpenAPI document that is not public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Read the table, one demande, its history, its counters.
    DemandeLire,
    /// Add a demande.
    DemandeCreer,
    /// Change, delete or restore a demande.
    DemandeModifier,
    /// Export the filtered rows.
    DemandeExporter,
    /// Start, cancel or undo an import.
    ImportEcrire,
    /// Read an import and its reports.
    ImportLire,
    /// Read the envelopes in reach.
    EnveloppeLire,
    /// Read the journal and have it verified.
    JournalLire,
}

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 8] = [
        Self::DemandeLire,
        Self::DemandeCreer,
        Self::DemandeModifier,
        Self::DemandeExporter,
        Self::ImportEcrire,
        Self::ImportLire,
        Self::EnveloppeLire,
        Self::JournalLire,
    ];

    /// The scope an API token must carry for this operation (`resource:verb`).
    pub const fn scope(self) -> &'static str {
        match self {
            Self::DemandeLire | Self::DemandeExporter => "demandes:lire",
            Self::DemandeCreer | Self::DemandeModifier => "demandes:ecrire",
            Self::ImportEcrire => "imports:ecrire",
            Self::ImportLire => "imports:lire",
            Self::EnveloppeLire => "enveloppes:lire",
            Self::JournalLire => "journal:lire",
        }
    }
}

/// Every scope a token may carry.
pub const SCOPES: [&str; 6] =
    ["demandes:lire", "demandes:ecrire", "imports:ecrire", "imports:lire", "enveloppes:lire", "journal:lire"];

/// On which objects a role may do an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// On none: 403.
    Nothing,
    /// On the objects of its own envelopes (for imports: its own imports); the others answer 404.
    Own,
    /// On every object.
    All,
}

/// The access matrix (architecture, invariant 4). The roles whose area is still to come reach nothing yet.
pub const fn reach(role: Role, operation: Operation) -> Reach {
    use Operation as O;
    match (role, operation) {
        (Role::Recipiendaire | Role::Instructeur, O::JournalLire) => Reach::Nothing,
        (Role::Recipiendaire, _) => Reach::Own,
        (Role::Instructeur, O::DemandeLire | O::DemandeExporter | O::EnveloppeLire) => Reach::All,
        (Role::Instructeur, O::ImportLire | O::ImportEcrire | O::DemandeCreer | O::DemandeModifier) => Reach::Nothing,
        (Role::Anct, _) => Reach::All,
        (
            Role::Demandeur
            | Role::Organisme
            | Role::Formateur
            | Role::Referent
            | Role::CoReferent
            | Role::Aidant
            | Role::Usager,
            _,
        ) => Reach::Nothing,
    }
}
