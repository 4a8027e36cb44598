//! Who may read and who may write each field of a demande, and by which door. Other resources have no field apart: who may
//! read one reads all of it.

use super::Role;
use crate::demande::Colonne;

/// By which door a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// In a new demande.
    Create,
    /// In one that exists.
    Change,
    /// By the import of a file. For `anct` that is the migration of history (product §3): it also sets what others decide.
    Import,
}

impl Door {
    /// Every door.
    pub const ALL: [Self; 3] = [Self::Create, Self::Change, Self::Import];
}

/// The rights on a field: the roles that read it, and those that write it by each door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Who reads it: in a page, a detail, an export, the history; who filters, sorts and searches by it.
    pub read: &'static [Role],
    /// Who gives it to a new demande.
    pub create: &'static [Role],
    /// Who changes it.
    pub change: &'static [Role],
    /// Who sets it by an import. What an import gives without this right is kept as declared.
    pub import: &'static [Role],
}

const NOBODY: &[Role] = &[];
const READERS: &[Role] = &[Role::Recipiendaire, Role::Instructeur, Role::Anct];
const MANAGERS: &[Role] = &[Role::Recipiendaire, Role::Anct];
const RECIPIENDAIRE: &[Role] = &[Role::Recipiendaire];
const ANCT: &[Role] = &[Role::Anct];

/// What a person types.
const TYPED: Field = Field { read: READERS, create: MANAGERS, change: MANAGERS, import: MANAGERS };
/// The working notes of the récipiendaire: those who only read the table have no use for them.
const NOTES: Field = Field { read: MANAGERS, ..TYPED };
/// Who trains is the récipiendaire's choice; `anct` only migrates history (ENV-3).
const CHOICE: Field = Field { create: RECIPIENDAIRE, change: RECIPIENDAIRE, ..TYPED };
/// What is decided: nobody types it, and only a migration of history sets it (product §3).
const DECISION: Field = Field { read: READERS, create: NOBODY, change: NOBODY, import: ANCT };
/// What the platform works out.
const COMPUTED: Field = Field { import: NOBODY, ..DECISION };
/// Where a demande stands for good: said once, when it is created.
const PLACE: Field = Field { create: MANAGERS, ..COMPUTED };

/// The rights on a field. A field without a row does not compile.
pub const fn field(column: Colonne) -> Field {
    use Colonne as C;
    match column {
        C::DateDemande | C::Nom | C::Prenom | C::Email | C::Profession | C::StatutProfessionnel => TYPED,
        C::ConseillerNumerique | C::AccompagneDemarches | C::Formation | C::Financement => TYPED,
        C::StructureNom | C::StructureType | C::LabelFranceServices | C::StructureEmail | C::Adresse => TYPED,
        C::CodePostal | C::Ville | C::Departement | C::Siret | C::NumeroHabilitation => TYPED,
        C::ReferentNom | C::ReferentPrenom | C::ReferentEmail | C::ReferentProfession | C::ReferentTelephone => TYPED,
        C::Cohorte | C::DateSession => TYPED,
        C::Organisme | C::SessionFormation => CHOICE,
        C::Commentaire | C::SuiviPar => NOTES,
        C::DecisionFinancement | C::DecisionEligibilite | C::Presence | C::PixPasse | C::Habilite => DECISION,
        C::AnnuleePar | C::Retiree => DECISION,
        C::Etape | C::Verdict | C::Source | C::Reference => COMPUTED,
        C::EnveloppeId => PLACE,
    }
}

/// Whether this role reads this field.
pub fn may_read(role: Role, column: Colonne) -> bool {
    field(column).read.contains(&role)
}

/// The fields that this role reads, in order.
pub fn readable(role: Role) -> impl Iterator<Item = Colonne> {
    Colonne::ALL.iter().copied().filter(move |column| may_read(role, *column))
}

/// Whether this role writes this field by this door.
pub fn may_write(role: Role, column: Colonne, door: Door) -> bool {
    let row = field(column);
    let writers = match door {
        Door::Create => row.create,
        Door::Change => row.change,
        Door::Import => row.import,
    };
    writers.contains(&role)
}
