//! What the journal keeps of imports.

use serde_json::json;

use super::rows::ImportRow;
use crate::clock::{Clock, Moment};
use crate::db::{DbConn, DbError};
use crate::journal::{Author, Entry, append};

/// Adds an entry about an import.
pub fn note(
    conn: &mut DbConn,
    clock: &Clock,
    author: &Author,
    now: Moment,
    action: &'static str,
    row: &ImportRow,
) -> Result<(), DbError> {
    let values = json!({
        "format": row.format,
        "essai": row.essai,
        "octets": row.octets,
        "lignes": row.lignes,
        "creees": row.creees,
        "modifiees": row.modifiees,
        "inchangees": row.inchangees,
        "rejetees": row.rejetees,
    });
    let entry = Entry { action, object: "import", object_id: row.id.clone(), values: values.to_string() };
    append(conn, clock, author, now, vec![entry])
}
