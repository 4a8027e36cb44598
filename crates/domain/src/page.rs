//! Lists by keyset pages: never an unbounded answer (architecture, invariant 9).

use serde::{Deserialize, Serialize};

/// Rows of a page when the caller does not say.
pub const LIMIT_DEFAULT: u32 = 50;
/// Most rows a page may hold (API-03).
pub const LIMIT_MAX: u32 = 1_000;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows, in the order asked for.
    pub items: Vec<T>,
    /// Opaque cursor of the next page; absent on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Exact number of rows that match, when `total=true` was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}
