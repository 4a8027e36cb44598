//! What is done to demandes chosen by hand: their export, and finding again those that were deleted.

use serde::{Deserialize, Serialize};

/// Most demandes chosen for one export.
pub const CHOISIES_MAX: usize = 10_000;

/// The export of demandes chosen by hand, in the same formats as that of a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExportChoisies {
    /// Which ones.
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 10000))]
    pub ids: Vec<String>,
    /// `csv`, `xlsx`, `ods` or `ndjson`.
    #[cfg_attr(feature = "openapi", schema(pattern = "^(csv|ndjson|xlsx|ods)$"))]
    pub format: String,
    /// Order, as for a list.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 200))]
    pub sort: String,
    /// Columns, as for a list; all of them when it is empty.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 1000))]
    pub fields: String,
}

/// A demande that was deleted, and may be restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemandeSupprimee {
    /// Identifier.
    pub id: String,
    /// First name.
    pub prenom: String,
    /// Last name.
    pub nom: String,
    /// Its structure.
    pub structure_nom: String,
    /// When it was deleted (RFC 3339, UTC).
    pub supprimee_le: String,
    /// Who deleted it: the name of a person or of a program.
    pub auteur: String,
}
