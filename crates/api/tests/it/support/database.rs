//! A fresh database per test: a copy of a template that is migrated once per process. SQLite by default; PostgreSQL
//! when `PARCOURS_TEST_DATABASE_URL` names a server.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::db::{self, DbConn, DbUrl, Usage};
use diesel::RunQueryDsl;
use tempfile::TempDir;

use super::rows;

const VARIABLE: &str = "PARCOURS_TEST_DATABASE_URL";
const PREFIX: &str = "parcours_test_";

/// A database that disappears with the test.
pub struct Database {
    /// Where it is.
    pub url: DbUrl,
    kind: Kind,
}

enum Kind {
    File(TempDir),
    Server { admin: String, name: String },
}

fn server() -> Option<String> {
    std::env::var(VARIABLE).ok().filter(|url| !url.is_empty())
}

/// The same server, another database.
fn named(url: &str, name: &str) -> String {
    let (address, options) = url.split_once('?').unwrap_or((url, ""));
    let (host, _database) = address.rsplit_once('/').unwrap();
    if options.is_empty() { format!("{host}/{name}") } else { format!("{host}/{name}?{options}") }
}

fn run(url: &str, sql: &str) {
    let mut conn = DbConn::open(&DbUrl::Postgres(url.to_owned()), Usage::Write).unwrap();
    diesel::sql_query(sql).execute(&mut conn).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

fn number() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

fn file_template() -> &'static PathBuf {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_folder, path) = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("modele.sqlite");
        let mut conn = DbConn::open(&DbUrl::Sqlite(path.display().to_string()), Usage::Write).unwrap();
        db::migrate(&mut conn).unwrap();
        diesel::sql_query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut conn).unwrap();
        (folder, path)
    });
    path
}

fn server_template(admin: &str) -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        sweep(admin);
        let name = format!("{PREFIX}modele_{}", std::process::id());
        run(admin, &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"));
        let mut conn = DbConn::open(&DbUrl::Postgres(named(admin, &name)), Usage::Write).unwrap();
        db::migrate(&mut conn).unwrap();
        drop(conn);
        // Nobody may be connected to a template that is being copied.
        run(admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        name
    })
}

/// Drops what runs that were killed have left.
fn sweep(admin: &str) {
    let mut conn = DbConn::open(&DbUrl::Postgres(admin.to_owned()), Usage::Write).unwrap();
    let sql = format!("SELECT datname AS v FROM pg_database WHERE datname LIKE '{PREFIX}%'");
    for name in rows::texts(&mut conn, &sql) {
        let pid = name.trim_start_matches(PREFIX).trim_start_matches("modele_").split('_').next().unwrap_or("");
        if !std::path::Path::new("/proc").join(pid).exists() {
            diesel::sql_query(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).execute(&mut conn).unwrap();
        }
    }
}

impl Database {
    /// A copy of the template.
    pub fn fresh() -> Self {
        match server() {
            Some(admin) => {
                let template = server_template(&admin);
                let name = format!("{PREFIX}{}_{}", std::process::id(), number());
                run(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
                Self { url: DbUrl::Postgres(named(&admin, &name)), kind: Kind::Server { admin, name } }
            }
            None => Self::file(),
        }
    }

    /// A copy of the SQLite template, whatever the database of the run.
    pub fn file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parcours.sqlite");
        std::fs::copy(file_template(), &path).unwrap();
        Self { url: DbUrl::Sqlite(path.display().to_string()), kind: Kind::File(folder) }
    }

    /// The address as `DATABASE_URL` takes it.
    pub fn text(&self) -> String {
        match &self.url {
            DbUrl::Postgres(url) => url.clone(),
            DbUrl::Sqlite(path) => path.clone(),
        }
    }

    /// Runs a statement on the server, from outside this database; nothing on SQLite.
    pub fn run_outside(&self, sql: impl Fn(&str) -> String) {
        if let Kind::Server { admin, name } = &self.kind {
            run(admin, &sql(name));
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match &self.kind {
            Kind::File(folder) => drop(std::fs::remove_dir_all(folder.path())),
            Kind::Server { admin, name } => {
                if let Ok(mut conn) = DbConn::open(&DbUrl::Postgres(admin.clone()), Usage::Write) {
                    let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                    drop(diesel::sql_query(sql).execute(&mut conn));
                }
            }
        }
    }
}
