//! What every test starts from: an application on a fresh database, callers, builders and asserts.

mod builders;
mod database;
mod people;
mod process;
mod request;
mod rows;
mod smtp;
mod statements;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use actix_web::dev::Service;
use actix_web::test::{self, TestRequest};
use actix_web::web;
use api::app::App;
use api::areas::referentiel::Territories;
use api::clock::{Clock, Moment};
use api::config::{Brand, Config};
use api::db::{Db, DbConn, DbError, DbUrl, Usage};
use api::http::server::{Static, build};
use futures_util::future::LocalBoxFuture;
use tempfile::TempDir;

pub use builders::*;
pub use database::Database;
pub use people::{Person, SEED};
pub use process::{Process, Reply, some_time};
pub use request::{Answer, Caller, Request, SCOPES, Who, encode, query};
use rows::texts_of;
pub use rows::{execute, number, texts};
pub use smtp::{Protection, Smtp};
pub use statements::counts;

type Handler = Rc<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Answer>>;

/// The whole service in this process, on a database of its own.
pub struct TestApp {
    handler: Handler,
    /// What the handlers share.
    pub app: web::Data<App>,
    /// The same clock as the application's: it stands still until a test moves it.
    pub clock: Clock,
    _spool: TempDir,
    /// Dropped last: the server of databases refuses to drop one that is in use.
    pub database: Database,
}

/// A key that signs access tokens, made for the tests.
pub const ES256: &str = "test:MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRn54vKHXQWNjGzRbLavr4rFfPsR3edV5qnIaN3VcUpmhRANCAASD6EXxK6xAEtG6XzywD4llC7hLgK3k51gjHftsRSTOXn8/B+kjgVN9TlxygD2kgWTcrZY9daaNTkPYblq5URgw";

/// Monday 2 March 2026, 9:00 UTC.
pub fn start() -> Moment {
    chrono::DateTime::from_timestamp(1_772_442_000, 0).unwrap().naive_utc()
}

/// Built once: the document does not depend on a test.
fn fixed() -> Arc<Static> {
    static FIXED: OnceLock<Arc<Static>> = OnceLock::new();
    FIXED.get_or_init(|| Static::new(Brand::Neutral)).clone()
}

/// Read once: 35,000 communes are the same everywhere.
fn territories(db: &Db) -> Territories {
    static TERRITORIES: OnceLock<Territories> = OnceLock::new();
    TERRITORIES.get_or_init(|| db.read_blocking(Territories::read).unwrap()).clone()
}

impl TestApp {
    /// An application with the settings most tests want: a demonstration instance without a tight limit.
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// The same with other environment variables.
    pub async fn with(variables: &[(&str, &str)]) -> Self {
        let database = Database::fresh();
        let spool = tempfile::tempdir().unwrap();
        let mut environment: HashMap<String, String> = [
            ("DATABASE_URL", database.text()),
            ("PARCOURS_MODE", "demonstration".to_owned()),
            ("PARCOURS_DONNEES", spool.path().display().to_string()),
            ("PARCOURS_LECTEURS", "4".to_owned()),
            // Followers of the feed are told what there is and leave.
            ("PARCOURS_FLUX_DUREE", "0".to_owned()),
            ("PARCOURS_LIMITE_PUBLIQUE", "100000".to_owned()),
            ("PARCOURS_CLES_OTP", "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned()),
            ("PARCOURS_CLES_JWT", ES256.to_owned()),
            ("PARCOURS_SECRET", "une-cle-pour-les-tests-et-rien-qu-eux".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        if variables.contains(&("PARCOURS_MODE", "production")) {
            let reached =
                [("PARCOURS_URL", "https://aidants.example"), ("PARCOURS_SMTP", "smtps://relais.example:465")];
            environment.extend(reached.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        environment.extend(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let config = Config::from_lookup(&|name| environment.get(name).cloned()).unwrap();
        statements::install();
        let db = Db::open(&config.database, config.readers).unwrap();
        let clock = Clock::fixed(start(), 1);
        let territories = territories(&db);
        let app = App::assemble(config, db, clock.clone(), territories).unwrap();
        Self { handler: handler(app.clone()).await, app, clock, _spool: spool, database }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.app.db
    }

    /// A connection that may write, beside those of the application.
    pub fn connection(&self) -> DbConn {
        DbConn::open(&self.database.url, Usage::Write).unwrap()
    }

    /// Writes through the application's writer.
    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut DbConn) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        let db = self.db();
        elsewhere(|| db.write_blocking(work))
    }

    /// Does the same piece of work `times` times on ten connections at once, each in a transaction of its own.
    pub fn in_parallel<T: Send>(&self, times: usize, work: impl Fn(&mut DbConn) -> T + Sync) -> Vec<T> {
        let url = &self.database.url;
        let once = |conn: &mut DbConn| {
            conn.begin_write().unwrap();
            let result = work(conn);
            conn.commit().unwrap();
            result
        };
        let many = || {
            let mut conn = DbConn::open(url, Usage::Write).unwrap();
            (0..times / 10).map(|_| once(&mut conn)).collect::<Vec<_>>()
        };
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..10).map(|_| scope.spawn(many)).collect();
            threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
        })
    }

    /// Reads through the application's readers.
    pub fn read<T>(&self, work: impl FnOnce(&mut DbConn) -> Result<T, DbError>) -> T {
        self.db().read_blocking(work).unwrap()
    }

    /// Number of rows of a table.
    pub fn rows(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) AS n FROM {table}");
        self.read(move |conn| Ok(rows::number(conn, &sql)))
    }

    /// Whether the tests run on PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self.database.url, DbUrl::Postgres(_))
    }
}

/// Runs on a thread that may block, which that of an asynchronous test may not.
pub fn elsewhere<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

async fn handler(app: web::Data<App>) -> Handler {
    let service = Rc::new(test::init_service(build(app, fixed())).await);
    Rc::new(move |request| {
        let service = service.clone();
        Box::pin(async move {
            match service.call(request.to_request()).await {
                Ok(response) => {
                    let (status, headers) = (response.status(), response.headers().clone());
                    Answer { status: status.as_u16(), headers, body: test::read_body(response).await }
                }
                Err(error) => panic!("the service answered nothing: {error}"),
            }
        })
    })
}
