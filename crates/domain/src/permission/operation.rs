//! What may be done, the scope a program must carry for it, and on which objects each role may do it.

use super::{Portee, Role};

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
    /// Keep named views of the table, and read those that colleagues show.
    VueGerer,
    /// Make and set the links of the candidature form.
    LienGerer,
    /// Comment a demande, and know whom to call upon.
    Commenter,
    /// Write a mail to the people of demandes.
    CourrielEnvoyer,
    /// Read and export the list of the people who are habilitated already.
    HabiliteLire,
    /// Give that list anew.
    HabiliteImporter,
    /// Decide on the financing of demandes.
    Financer,
    /// Make envelopes, set them, import their list.
    EnveloppeGerer,
    /// Propose and approve the movements of the amounts of envelopes.
    MouvementDecider,
    /// Read the templates of the mails, with example values.
    ModeleLire,
    /// Read the eligibility batches, their schedule and the queue of accesses to the training site.
    LotLire,
    /// Open a batch and decide on the eligibility of its demandes.
    EligibiliteDecider,
    /// Set when the batches open.
    CalendrierRegler,
    /// File the demandes that come with the habilitation request of a public structure.
    HabilitationDeposer,
    /// Read the figures of every département and of the country.
    PilotageLire,
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
    /// The scope that a program must have; none when only a person may.
    pub scope: Option<Portee>,
    /// What each role reaches; a role that is not named reaches nothing.
    pub reach: &'static [(Role, Reach)],
}

const READERS: &[(Role, Reach)] =
    &[(Role::Recipiendaire, Reach::Own), (Role::Instructeur, Reach::All), (Role::Anct, Reach::All)];
const MANAGERS: &[(Role, Reach)] = &[(Role::Recipiendaire, Reach::Own), (Role::Anct, Reach::All)];
const NATIONAL: &[(Role, Reach)] = &[(Role::Instructeur, Reach::All), (Role::Anct, Reach::All)];
const CHOOSERS: &[(Role, Reach)] = &[(Role::Recipiendaire, Reach::Own)];
const INSTRUCTORS: &[(Role, Reach)] = &[(Role::Instructeur, Reach::All)];
const ADMINISTRATORS: &[(Role, Reach)] = &[(Role::Anct, Reach::All)];

impl Operation {
    /// Every operation.
    pub const ALL: [Self; 27] = [
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
        Self::VueGerer,
        Self::LienGerer,
        Self::Commenter,
        Self::CourrielEnvoyer,
        Self::HabiliteLire,
        Self::HabiliteImporter,
        Self::Financer,
        Self::EnveloppeGerer,
        Self::MouvementDecider,
        Self::ModeleLire,
        Self::LotLire,
        Self::EligibiliteDecider,
        Self::CalendrierRegler,
        Self::HabilitationDeposer,
        Self::PilotageLire,
    ];

    /// Its row. An operation without one does not compile.
    pub const fn row(self) -> Row {
        use Portee as P;
        let (scope, reach) = match self {
            // Who attributes the financings reads who needs none (S6).
            Self::DemandeLire | Self::DemandeExporter | Self::HabiliteLire => (Some(P::DemandesLire), READERS),
            Self::LotLire => (Some(P::DemandesLire), NATIONAL),
            // The Aidants Connect team alone says who is eligible.
            Self::EligibiliteDecider => (Some(P::EligibilitesEcrire), INSTRUCTORS),
            Self::CalendrierRegler => (Some(P::EligibilitesEcrire), NATIONAL),
            Self::HabilitationDeposer => (Some(P::DemandesEcrire), INSTRUCTORS),
            Self::HabiliteImporter => (Some(P::ImportsEcrire), NATIONAL),
            Self::DemandeCreer | Self::DemandeModifier => (Some(P::DemandesEcrire), MANAGERS),
            Self::ImportEcrire => (Some(P::ImportsEcrire), MANAGERS),
            Self::ImportLire => (Some(P::ImportsLire), MANAGERS),
            Self::LienGerer => (Some(P::EnveloppesEcrire), MANAGERS),
            Self::EnveloppeLire => (Some(P::EnveloppesLire), READERS),
            // A récipiendaire reads the figures of its envelopes; those of the others are for the national teams.
            Self::PilotageLire => (Some(P::EnveloppesLire), NATIONAL),
            // Who is trained is the récipiendaire's choice alone (ENV-3).
            Self::Financer => (Some(P::FinancementsEcrire), CHOOSERS),
            Self::JournalLire => (Some(P::JournalLire), ADMINISTRATORS),
            Self::EnveloppeGerer => (Some(P::EnveloppesEcrire), ADMINISTRATORS),
            // Two people move money, never a program.
            Self::MouvementDecider => (None, ADMINISTRATORS),
            // A program that gives rights or makes keys would outlive its own revocation.
            Self::CompteLire | Self::CompteGerer | Self::TextePublier => (None, ADMINISTRATORS),
            // Proofreading is a person's.
            Self::ModeleLire => (None, ADMINISTRATORS),
            Self::ClientGerer => (None, MANAGERS),
            // A view is a person's, and so is what is said.
            Self::VueGerer | Self::Commenter => (None, READERS),
            // A mail is signed by a person.
            Self::CourrielEnvoyer => (None, MANAGERS),
        };
        Row { scope, reach }
    }

    /// The scope that a program must have to do it; none when only a person may.
    pub const fn scope(self) -> Option<Portee> {
        self.row().scope
    }
}

/// On which objects this role may do this operation.
pub fn reach(role: Role, operation: Operation) -> Reach {
    operation.row().reach.iter().find(|(named, _)| *named == role).map_or(Reach::Nothing, |(_, reach)| *reach)
}
