//! Small reads in plain SQL, and rows put straight into the table.

use std::collections::BTreeMap;

use api::areas::demande::service::{self, Context, Incoming};
use api::db::{DbConn, DbError};
use api::error::AppError;
use api::journal::Author;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use domain::demande::Ligne;

use super::TestApp;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = Text)]
    v: String,
}

/// The number that a query names `n`.
pub fn number(conn: &mut DbConn, sql: &str) -> i64 {
    diesel::sql_query(sql).get_result::<Number>(conn).unwrap().n
}

/// The texts that a query names `v`.
pub fn texts(conn: &mut DbConn, sql: &str) -> Vec<String> {
    let rows: Vec<Value> = diesel::sql_query(sql).load(conn).unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.into_iter().map(|row| row.v).collect()
}

/// The texts that a query names `v`, on a connection of any state.
pub fn texts_of(app: &TestApp, sql: &str) -> Vec<String> {
    let sql = sql.to_owned();
    app.read(move |conn| Ok(texts(conn, &sql)))
}

/// Runs a statement.
pub fn execute(conn: &mut DbConn, sql: &str) -> Result<usize, DbError> {
    Ok(diesel::sql_query(sql).execute(conn)?)
}

impl TestApp {
    /// The texts that a query names `v`.
    pub fn texts(&self, sql: &str) -> Vec<String> {
        texts_of(self, sql)
    }

    /// Runs a statement through the writer.
    pub fn execute(&self, sql: &str) -> Result<usize, DbError> {
        let sql = sql.to_owned();
        self.write(move |conn| execute(conn, &sql))
    }

    /// What a change made by the program itself needs to know.
    pub fn context(&self) -> Context {
        Context {
            clock: self.clock.clone(),
            territories: self.app.territories.clone(),
            author: Author::system("test"),
            now: self.clock.now(),
            keys: self.app.config.keys.clone(),
        }
    }

    /// Adds demandes as an import would, and gives their ids in order.
    pub fn insert(&self, lines: Vec<Ligne>) -> Vec<String> {
        let context = self.context();
        let incoming = lines.into_iter().map(|line| Incoming { line, declared: BTreeMap::new() }).collect();
        let db = self.db();
        let created = super::elsewhere(|| {
            db.write_blocking(move |conn| service::create(conn, &context, "demande.creee", incoming))
        });
        let created = created.unwrap_or_else(|error: AppError| panic!("{error}"));
        created.into_iter().map(|one| one.id).collect()
    }
}
