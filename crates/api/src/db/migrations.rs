//! Migrations of both databases, embedded in the binary, and the reference data they load.

use diesel::migration::MigrationSource;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{DbConn, DbError};
use crate::areas::referentiel;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> DbError {
    DbError::Diesel(diesel::result::Error::QueryBuilderError(error))
}

/// Brings the database up to this program's schema and loads the territories. Safe to run again.
pub fn migrate(conn: &mut DbConn) -> Result<(), DbError> {
    match conn {
        DbConn::Pg(c) => c.run_pending_migrations(POSTGRES).map(drop).map_err(failed)?,
        DbConn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(drop).map_err(failed)?,
    }
    referentiel::load(conn)?;
    // Statistics, so that the first queries already use the right index.
    super::analyze(conn)
}

/// Undoes every migration, last first (tests of the way back).
pub fn revert_all(conn: &mut DbConn) -> Result<(), DbError> {
    match conn {
        DbConn::Pg(c) => c.revert_all_migrations(POSTGRES).map(drop).map_err(failed),
        DbConn::Sqlite(c) => c.revert_all_migrations(SQLITE).map(drop).map_err(failed),
    }
}

/// Whether the database is behind this program (`Ok(true)`), or ahead of it (an error: an old program refuses a newer
/// schema, REL-05).
pub fn pending(conn: &mut DbConn) -> Result<bool, DbError> {
    let applied = match conn {
        DbConn::Pg(c) => c.applied_migrations().map_err(failed)?,
        DbConn::Sqlite(c) => c.applied_migrations().map_err(failed)?,
    };
    let known = MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE).map_err(failed)?;
    if let Some(newer) = applied.iter().find(|version| known.iter().all(|m| m.name().version() != **version)) {
        return Err(DbError::Unavailable(format!("the database has migration {newer}, unknown to this program")));
    }
    Ok(applied.len() < known.len())
}
