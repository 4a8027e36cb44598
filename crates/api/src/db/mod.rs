//! The database: two entry points only, [`Db::read`] and [`Db::write`]. Knows nothing about HTTP.

mod conn;
mod error;
mod migrations;
mod pool;
pub mod schema;
mod together;
mod writer;

pub use conn::{DbConn, DbUrl, MultiBackend, Usage};
pub(crate) use conn::{bulk_insert, on_backend};
pub use error::{DbError, UNIQUE};
pub use migrations::{migrate, pending, revert_all};
pub use pool::Db;
pub use together::Together;

/// Asks the database for a sign of life.
pub fn alive(conn: &mut DbConn) -> Result<(), DbError> {
    use diesel::RunQueryDsl;
    diesel::sql_query("SELECT 1").execute(conn)?;
    Ok(())
}

/// Refreshes the statistics of what has grown much, without reading all of it. PostgreSQL does so by itself.
pub fn refresh_statistics(conn: &mut DbConn) -> Result<(), DbError> {
    if let DbConn::Sqlite(c) = conn {
        diesel::connection::SimpleConnection::batch_execute(c, "PRAGMA optimize")?;
    }
    Ok(())
}

/// Refreshes the statistics by which the database chooses its indexes.
pub fn analyze(conn: &mut DbConn) -> Result<(), DbError> {
    use diesel::RunQueryDsl;
    diesel::sql_query("ANALYZE").execute(conn)?;
    Ok(())
}

/// The collation of a PostgreSQL that does not sort by bytes as SQLite does (docs/database.md): its lists are in another order, and
/// each comparison of its indexes is slower.
pub fn other_collation(conn: &mut DbConn) -> Result<Option<String>, DbError> {
    use diesel::RunQueryDsl;
    let DbConn::Pg(c) = conn else { return Ok(None) };
    let asked = "(SELECT datcollate::text FROM pg_database WHERE datname = current_database())";
    let collation: String = diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>(asked)).get_result(c)?;
    Ok(Some(collation).filter(|name| !matches!(name.as_str(), "C" | "POSIX")))
}
