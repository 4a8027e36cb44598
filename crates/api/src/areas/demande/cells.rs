//! Rows read as plain text cells: the table shows a choice of columns that only the request knows.

use diesel::deserialize::{self, FromSql};
use diesel::row::{Field, NamedRow, Row};
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};

use super::selection::Sql;
use crate::db::{DbConn, DbError, MultiBackend};

/// The cells of a row, in the order of the `SELECT`.
#[derive(Debug)]
pub struct Cells(pub Vec<String>);

impl QueryableByName<MultiBackend> for Cells {
    fn build<'a>(row: &impl NamedRow<'a, MultiBackend>) -> deserialize::Result<Self> {
        let mut cells = Vec::with_capacity(row.field_count());
        for place in 0..row.field_count() {
            let field = Row::get(row, place).ok_or("missing field")?;
            cells.push(<String as FromSql<Text, MultiBackend>>::from_nullable_sql(field.value())?);
        }
        Ok(Self(cells))
    }
}

impl Cells {
    /// The cell at a place; empty beyond the last.
    pub fn get(&self, place: usize) -> &str {
        self.0.get(place).map_or("", String::as_str)
    }

    /// The cell at a place, as a number.
    pub fn number(&self, place: usize) -> i64 {
        self.get(place).parse().unwrap_or(0)
    }
}

type Boxed = diesel::query_builder::BoxedSqlQuery<'static, MultiBackend, diesel::query_builder::SqlQuery>;

fn bound(sql: Sql) -> Boxed {
    let query = diesel::sql_query(sql.text).into_boxed::<MultiBackend>();
    sql.binds.into_iter().fold(query, |query, value| query.bind::<Text, _>(value))
}

/// Runs a query whose every column is text.
pub fn load(conn: &mut DbConn, sql: Sql) -> Result<Vec<Cells>, DbError> {
    Ok(bound(sql).load(conn)?)
}

/// Runs a statement; answers how many rows it changed.
pub fn execute(conn: &mut DbConn, sql: Sql) -> Result<usize, DbError> {
    Ok(bound(sql).execute(conn)?)
}
