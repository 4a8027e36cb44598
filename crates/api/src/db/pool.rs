//! The handle on the database: a pool of readers and one writer.

use std::sync::Arc;
use std::time::Duration;

use diesel::ConnectionError;
use diesel::r2d2::{ManageConnection, Pool};

use super::writer::{Writer, stopped};
use super::{DbConn, DbError, DbUrl, Usage};

/// Opens readers for the pool; the derived `establish` would try each database in turn and hide the real error.
struct Readers(DbUrl);

impl ManageConnection for Readers {
    type Connection = DbConn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<DbConn, Self::Error> {
        DbConn::open(&self.0, Usage::Read).map_err(diesel::r2d2::Error::ConnectionError)
    }

    /// Reads what the server has sent, without asking it anything: a sign of life would cost a round trip at each use.
    /// One that has gone left its last words and the end of the stream, and it takes two looks to find both.
    fn is_valid(&self, conn: &mut DbConn) -> Result<(), Self::Error> {
        let DbConn::Pg(conn) = conn else { return Ok(()) };
        (0..2)
            .try_for_each(|_| conn.notifications_iter().try_for_each(|sent| sent.map(drop)))
            .map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut DbConn) -> bool {
        match conn {
            DbConn::Pg(c) => diesel::r2d2::R2D2Connection::is_broken(c),
            DbConn::Sqlite(c) => diesel::r2d2::R2D2Connection::is_broken(c),
        }
    }
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    readers: Pool<Readers>,
    writer: Arc<Writer>,
    url: DbUrl,
}

impl Db {
    /// Opens the readers (lazily) and starts the writer. `readers` bounds the reads done at once.
    pub fn open(url: &DbUrl, readers: u32) -> Result<Self, ConnectionError> {
        let writer = Writer::start(url.clone())?;
        let pool = Pool::builder()
            .max_size(readers)
            .min_idle(Some(1))
            // A SQLite file cannot go away as a server can: its readers need no test at each use.
            .test_on_check_out(matches!(url, DbUrl::Postgres(_)))
            // A connection only sees new statistics once it is opened again.
            .max_lifetime(Some(Duration::from_secs(600)))
            .connection_timeout(Duration::from_secs(5))
            .build_unchecked(Readers(url.clone()));
        Ok(Self { readers: pool, writer: Arc::new(writer), url: url.clone() })
    }

    /// Where the database is.
    pub const fn url(&self) -> &DbUrl {
        &self.url
    }

    /// Runs a read on the blocking pool.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut DbConn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let db = self.clone();
        match actix_web::web::block(move || db.read_blocking(work)).await {
            Ok(result) => result,
            Err(error) => Err(DbError::Unavailable(error.to_string()).into()),
        }
    }

    /// Runs a read on this thread.
    pub fn read_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut DbConn) -> Result<T, E>,
        E: From<DbError>,
    {
        let mut conn = self.readers.get().map_err(|error| DbError::Unavailable(error.to_string()))?;
        work(&mut conn)
    }

    /// Runs a write in a savepoint of the next group; answers once the group is committed and synced.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut DbConn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.writer.submit(work).await.unwrap_or_else(|_closed| Err(stopped().into()))
    }

    /// The same as [`Db::write`], from a thread that may block.
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut DbConn) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.writer.submit(work).blocking_recv().unwrap_or_else(|_closed| Err(stopped().into()))
    }

    /// The writer, for what queues commands of its own.
    pub(super) fn writer(&self) -> &Writer {
        &self.writer
    }
}
