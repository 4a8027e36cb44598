//! The journal, as the wire carries it: its entries, and what its verification finds.

use serde::{Deserialize, Serialize};

/// An entry of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntreeJournal {
    /// Number in the chain.
    pub numero: i64,
    /// When (RFC 3339).
    pub date: String,
    /// Name of the author, or what kind of author it is.
    pub auteur: String,
    /// Id of the account or of the token; empty for the others.
    pub auteur_id: String,
    /// Role under which it was done; absent for the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// What was done.
    pub action: String,
    /// The same in a few words.
    pub libelle: String,
    /// Kind of object.
    pub objet: String,
    /// Id of the object.
    pub objet_id: String,
    /// Correlation id of the request.
    pub requete: String,
    /// Values before and after, JSON; absent once erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valeurs: Option<String>,
}

/// How the chain does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GenreDefaut {
    /// The entry of this number was edited.
    EntreeModifiee,
    /// The values of this entry were edited.
    ValeursModifiees,
    /// Entries were removed, or slipped in, before this number.
    EntreesRetirees,
    /// The last entries, after this number, were removed.
    FinRetiree,
}

/// A place where the chain does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DefautJournal {
    /// How.
    pub genre: GenreDefaut,
    /// Number of the entry.
    pub numero: i64,
    /// The same as a sentence.
    pub message: String,
}

/// What the verification of a part of the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerificationJournal {
    /// Number of the last entry verified so far.
    pub jusqu_a: i64,
    /// Number of the last entry of the journal.
    pub derniere: i64,
    /// What this part holds that should not be.
    pub defauts: Vec<DefautJournal>,
    /// Cursor of the next part; absent once the whole chain is verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suite: Option<String>,
}
