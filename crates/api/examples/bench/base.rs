//! Fresh databases to measure on: an SQLite file in a temporary folder, or a database of the PostgreSQL server.

use std::path::{Path, PathBuf};

use diesel::{Connection, PgConnection, RunQueryDsl};
use tempfile::TempDir;

use crate::Res;
use crate::process::Parcours;

/// The variable that names the PostgreSQL server.
const VARIABLE: &str = "PARCOURS_BENCH_DATABASE_URL";

/// A kind of database.
pub enum Base {
    /// Embedded.
    Sqlite,
    /// A server at this address.
    Postgres(String),
}

/// A fresh database; dropping it removes it.
pub struct Fresh {
    /// `DATABASE_URL`.
    pub url: String,
    folder: TempDir,
    server: Option<(String, String)>,
}

fn cause(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Base {
    /// SQLite, then PostgreSQL when its address is given; only the one of this name, if one is asked for.
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn all(asked: Option<&str>) -> Res<Vec<Self>> {
        let server = std::env::var(VARIABLE).ok().filter(|url| !url.is_empty());
        let all = std::iter::once(Self::Sqlite).chain(server.map(Self::Postgres));
        let chosen = |base: &Self| asked.is_none_or(|name| base.name().eq_ignore_ascii_case(name));
        let chosen: Vec<Self> = all.filter(chosen).collect();
        match asked {
            Some(name) if chosen.is_empty() => Err(format!(
                "Aucune base du nom de « {name} » : SQLite, ou PostgreSQL si {VARIABLE} donne son adresse."
            )),
            _ => Ok(chosen),
        }
    }

    /// Name shown.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Its column in the report.
    pub const fn column(&self) -> usize {
        match self {
            Self::Sqlite => 0,
            Self::Postgres(_) => 1,
        }
    }

    /// An empty database with the demonstration accounts and envelopes, and this many demandes.
    pub fn fresh(&self, rows: usize) -> Res<Fresh> {
        let folder = tempfile::Builder::new().prefix("parcours-bench").tempdir().map_err(cause)?;
        let fresh = match self {
            Self::Sqlite => {
                Fresh { url: folder.path().join("bench.sqlite").to_string_lossy().into_owned(), folder, server: None }
            }
            Self::Postgres(server) => {
                let name = folder.path().file_name().unwrap_or_default().to_string_lossy().to_lowercase();
                let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
                // As docs/database.md asks for it, whatever the server makes by itself.
                run_on(server, &format!("CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"))?;
                Fresh { url: with_database(server, &name)?, folder, server: Some((server.clone(), name)) }
            }
        };
        Parcours::new(&fresh)?.finish(&["demo", "--rows", &rows.to_string()])?;
        Ok(fresh)
    }
}

impl Fresh {
    /// A folder beside the database, on the same disk for SQLite.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file in that folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.server
            && let Err(cause) = run_on(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        {
            eprintln!("La base {name} reste sur le serveur : {cause}");
        }
    }
}

fn run_on(server: &str, sql: &str) -> Res {
    let mut conn = PgConnection::establish(server).map_err(cause)?;
    diesel::sql_query(sql).execute(&mut conn).map(drop).map_err(cause)
}

/// The same server, another database.
fn with_database(server: &str, name: &str) -> Res<String> {
    let (address, options) = server.split_once('?').map_or((server, None), |(a, o)| (a, Some(o)));
    let start = address.find("://").map(|place| place + 3).ok_or("Adresse PostgreSQL mal formée.")?;
    let end = address.get(start..).and_then(|rest| rest.find('/')).map_or(address.len(), |place| start + place);
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    Ok(format!("{}/{name}{options}", address.get(..end).unwrap_or(address)))
}
