//! Imports as the wire carries them: state, counters and the report of each line (API-10).

pub mod cellule;
pub mod decisions;
pub mod entetes;
pub mod reglages;

pub use cellule::{canonique, decoder, denneutraliser, favorable, jamais_vide, neutraliser};
pub use decisions::{reservees, separer};
pub use entetes::{Cible, Entetes, ErreurEntetes};
pub use reglages::{ApercuImport, CleImport, Correspondance, EnteteApercu, ReglagesImport};

use serde::{Deserialize, Serialize};

use crate::demande::view::Changement;

/// State of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EtatImport {
    /// Received, not started.
    EnAttente,
    /// Being read.
    EnCours,
    /// Every line has been dealt with.
    Termine,
    /// Stopped on demand; what it had written was undone.
    Annule,
    /// The file could not be read to its end; `erreur` says why.
    Echoue,
    /// Finished, then undone on demand.
    Defait,
}

/// What became of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StatutLigne {
    /// A demande was created.
    Creee,
    /// An existing demande was changed.
    Modifiee,
    /// The demande already says this.
    Inchangee,
    /// The line was refused; `erreurs` says why.
    Rejetee,
}

/// One refused cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErreurCellule {
    /// Header of the column, as in the file.
    pub colonne: String,
    /// Stable code, for programs.
    pub code: String,
    /// French sentence that says what to do.
    pub message: String,
    /// The value as read.
    pub valeur: String,
}

/// The report of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LigneImport {
    /// Line of the file, the header being line 1.
    pub ligne: u64,
    /// What became of it.
    pub statut: StatutLigne,
    /// Identifier of the demande; absent when rejected, or created by a dry run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erreurs: Vec<ErreurCellule>,
    /// What it changes, cell by cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changements: Vec<Changement>,
    /// What was kept but deserves a look (a decision kept as declared, an unknown column…).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub avertissements: Vec<ErreurCellule>,
}

/// An import: state and counters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportVue {
    /// Identifier.
    pub id: String,
    /// State.
    pub etat: EtatImport,
    /// Whether it is a rehearsal that writes nothing.
    pub dry_run: bool,
    /// `csv`, `ndjson`, `xlsx` or `ods`.
    pub format: String,
    /// Bytes of the file.
    pub octets: u64,
    /// Bytes read so far, for the progress bar.
    pub octets_lus: u64,
    /// Lines dealt with so far.
    pub lignes: u64,
    /// Of which created.
    pub creees: u64,
    /// Of which changed.
    pub modifiees: u64,
    /// Of which already so.
    pub inchangees: u64,
    /// Of which refused.
    pub rejetees: u64,
    /// Columns of the file that were not recognised.
    pub colonnes_inconnues: Vec<String>,
    /// Sheets of the workbook that were not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feuilles_ignorees: Vec<String>,
    /// Why it failed, when it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erreur: Option<String>,
    /// When it was received (RFC 3339, UTC).
    pub cree_le: String,
    /// When it ended (RFC 3339, UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub termine_le: Option<String>,
}
