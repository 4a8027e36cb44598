//! What may be done, the scope a program must carry for it, and on which objects each role may do it.

use super::Role;

/// What a protected operation does.
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
    /// Read accounts and invitations.
    CompteLire,
    /// Invite, give roles, deactivate, take back means and sessions.
    CompteGerer,
    /// Publish a version of the terms or of a charter.
    TextePublier,
    /// See, create and revoke API clients and their keys.
    ClientGerer,
}

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

/// A row of the matrix.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The scope an API token must carry (`resource:verb`).
    pub scope: &'static str,
    /// What each role reaches; a role that is not named reaches nothing.
    pub reach: &'static [(Role, Reach)],
}

/// Every scope a token may carry.
pub const SCOPES: [&str; 9] = [
    "demandes:lire",
    "demandes:ecrire",
    "imports:ecrire",
    "imports:lire",
    "enveloppes:lire",
    "journal:lire",
    "comptes:lire",
    "comptes:ecrire",
    "engagements:ecrire",
];

const READERS: &[(Role, Reach)] =
    &[(Role::Recipiendaire, Reach::Own), (Role::Instructeur, Reach::All), (Role::Anct, Reach::All)];
const MANAGERS: &[(Role, Reach)] = &[(Role::Recipiendaire, Reach::Own), (Role::Anct, Reach::All)];
const ADMINISTRATORS: &[(Role, Reach)] = &[(Role::Anct, Reach::All)];

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 12] = [
        Self::DemandeLire,
        Self::DemandeCreer,
        Self::DemandeModifier,
        Self::DemandeExporter,
        Self::ImportEcrire,
        Self::ImportLire,
        Self::EnveloppeLire,
        Self::JournalLire,
        Self::CompteLire,
        Self::CompteGerer,
        Self::TextePublier,
        Self::ClientGerer,
    ];

    /// Its row. An operation without one does not compile.
    pub const fn row(self) -> Row {
        let (scope, reach) = match self {
            Self::DemandeLire | Self::DemandeExporter => ("demandes:lire", READERS),
            Self::DemandeCreer | Self::DemandeModifier => ("demandes:ecrire", MANAGERS),
            Self::ImportEcrire => ("imports:ecrire", MANAGERS),
            Self::ImportLire => ("imports:lire", MANAGERS),
            Self::EnveloppeLire => ("enveloppes:lire", READERS),
            Self::JournalLire => ("journal:lire", ADMINISTRATORS),
            Self::CompteLire => ("comptes:lire", ADMINISTRATORS),
            Self::CompteGerer => ("comptes:ecrire", ADMINISTRATORS),
            Self::TextePublier => ("engagements:ecrire", ADMINISTRATORS),
            Self::ClientGerer => ("clients:gerer", MANAGERS),
        };
        Row { scope, reach }
    }

    /// Whether a program may do it. None manages keys: one that makes keys would outlive its own revocation.
    pub fn is_for_programs(self) -> bool {
        SCOPES.contains(&self.scope())
    }

    /// The scope an API token must carry for this operation.
    pub const fn scope(self) -> &'static str {
        self.row().scope
    }
}

/// On which objects this role may do this operation.
pub fn reach(role: Role, operation: Operation) -> Reach {
    operation.row().reach.iter().find(|(named, _)| *named == role).map_or(Reach::Nothing, |(_, reach)| *reach)
}
