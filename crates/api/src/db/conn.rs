//! One connection type for both databases, chosen by the URL when the program starts (docs/database.md).

#![expect(missing_docs, reason = "the derive of MultiConnection writes undocumented items")]

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::{Connection, ConnectionError, ConnectionResult, PgConnection, QueryResult, SqliteConnection};

/// A connection to the database in use.
#[derive(diesel::MultiConnection)]
pub enum DbConn {
    /// PostgreSQL.
    Pg(PgConnection),
    /// Embedded SQLite.
    Sqlite(SqliteConnection),
}

/// Runs one body on whichever connection is behind the enum, for what the common subset cannot express.
/// Every use is listed in docs/database.md.
macro_rules! on_backend {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::db::DbConn::Pg($c) => $body,
            $crate::db::DbConn::Sqlite($c) => $body,
        }
    };
}

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum DbUrl {
    /// A `postgres://` or `postgresql://` address.
    Postgres(String),
    /// Path of an SQLite file.
    Sqlite(String),
}

impl DbUrl {
    /// Reads `DATABASE_URL`; an unknown scheme is refused, lest a typing error open an empty file.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")).unwrap_or(text);
        if path.is_empty() || path.contains("://") {
            return Err("expected postgres://… or the path of an SQLite file".to_owned());
        }
        Ok(Self::Sqlite(path.to_owned()))
    }

    /// The address without its password nor its options, which may hold another.
    pub fn masked(&self) -> String {
        match self {
            Self::Sqlite(path) => path.clone(),
            Self::Postgres(url) => {
                let (address, options) =
                    url.split_once('?').map_or((url.as_str(), ""), |(address, _)| (address, "?***"));
                match (address.find("://"), address.rfind('@')) {
                    (Some(start), Some(at)) => {
                        let user = address.get(start + 3..at).and_then(|u| u.split(':').next()).unwrap_or("");
                        format!("postgres://{user}:***{}{options}", address.get(at..).unwrap_or(""))
                    }
                    _ => format!("{address}{options}"),
                }
            }
        }
    }
}

/// What a connection will be used for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// Reads only; refuses writes.
    Read,
    /// The single writer of a server.
    Write,
    /// Migrations and commands, which write many rows in a row.
    Bulk,
}

impl DbConn {
    /// Opens and prepares a connection.
    pub fn open(url: &DbUrl, usage: Usage) -> ConnectionResult<Self> {
        match url {
            DbUrl::Postgres(url) => {
                let mut conn = PgConnection::establish(url)?;
                conn.batch_execute(postgres_settings(usage)).map_err(ConnectionError::CouldntSetupConfiguration)?;
                Ok(Self::Pg(conn))
            }
            DbUrl::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(path)?;
                conn.batch_execute(sqlite_settings(usage)).map_err(ConnectionError::CouldntSetupConfiguration)?;
                let mut conn = Self::Sqlite(conn);
                if usage == Usage::Bulk {
                    conn.widen().map_err(ConnectionError::CouldntSetupConfiguration)?;
                }
                Ok(conn)
            }
        }
    }

    /// Whether this is PostgreSQL, for the few texts of SQL that differ.
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Pg(_))
    }

    /// Gives a writer that is about to write many rows in a row the cache that this takes; [`DbConn::narrow`] takes it
    /// back.
    pub fn widen(&mut self) -> QueryResult<()> {
        self.on_sqlite("PRAGMA cache_size = -24576")
    }

    /// Lets go of what [`DbConn::widen`] gave.
    pub fn narrow(&mut self) -> QueryResult<()> {
        self.on_sqlite("PRAGMA cache_size = -4096; PRAGMA shrink_memory")
    }

    fn on_sqlite(&mut self, settings: &str) -> QueryResult<()> {
        match self {
            Self::Pg(_) => Ok(()),
            Self::Sqlite(c) => c.batch_execute(settings),
        }
    }

    /// Begins a transaction that takes the write lock at once, so that reading then writing never fails on it.
    pub fn begin_write(&mut self) -> QueryResult<()> {
        match self {
            Self::Pg(c) => AnsiTransactionManager::begin_transaction(c),
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        }
    }

    /// Runs reads that all see one state of the database: that of the first of them.
    pub fn snapshot<T, E: From<super::DbError>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let begun = match self {
            Self::Pg(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ"),
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction(c),
        };
        begun.map_err(super::DbError::from)?;
        let result = work(self);
        let ended = if result.is_ok() { self.commit() } else { self.rollback() };
        let result = result?;
        ended.map_err(super::DbError::from)?;
        Ok(result)
    }

    /// Commits what `begin_write` began.
    pub fn commit(&mut self) -> QueryResult<()> {
        on_backend!(self, |c| AnsiTransactionManager::commit_transaction(c))
    }

    /// Gives up what `begin_write` began.
    pub fn rollback(&mut self) -> QueryResult<()> {
        on_backend!(self, |c| AnsiTransactionManager::rollback_transaction(c))
    }
}

/// Busy time-out first: setting the journal mode can itself be busy. The cache of a server's writer is small, since it fills with
/// the end of the journal, which nobody reads again; see [`DbConn::widen`].
const fn sqlite_settings(usage: Usage) -> &'static str {
    match usage {
        Usage::Write | Usage::Bulk => {
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
             PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4096; \
             PRAGMA wal_autocheckpoint = 4000;"
        }
        Usage::Read => {
            "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; \
             PRAGMA cache_size = -8192; PRAGMA query_only = ON;"
        }
    }
}

const fn postgres_settings(usage: Usage) -> &'static str {
    match usage {
        Usage::Write | Usage::Bulk => {
            "SET application_name = 'parcours'; SET timezone = 'UTC'; SET lock_timeout = '10s';"
        }
        Usage::Read => {
            "SET application_name = 'parcours'; SET timezone = 'UTC'; SET statement_timeout = '30s'; \
             SET default_transaction_read_only = on;"
        }
    }
}

/// Inserts rows: `COPY` on PostgreSQL when there are several, else a loop over one prepared statement.
macro_rules! bulk_insert {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let rows = $rows;
        match $conn {
            $crate::db::DbConn::Pg(c) if rows.len() > 1 => {
                diesel::ExecuteCopyFromDsl::execute(diesel::copy_from($table).from_insertable(rows), c)?;
            }
            $crate::db::DbConn::Pg(c) => {
                for row in rows {
                    diesel::RunQueryDsl::execute(diesel::insert_into($table).values(row), c)?;
                }
            }
            $crate::db::DbConn::Sqlite(c) => {
                for row in rows {
                    diesel::RunQueryDsl::execute(diesel::insert_into($table).values(row), c)?;
                }
            }
        }
    }};
}
pub(crate) use {bulk_insert, on_backend};
