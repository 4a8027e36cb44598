//! Rows read as plain text cells: the table shows a choice of columns that only the request knows.

use diesel::deserialize::{self, FromSql};
use diesel::expression::expression_types::Untyped;
use diesel::query_builder::{AstPass, BoxedSqlQuery, Query, QueryFragment, QueryId, SqlQuery};
use diesel::row::{Field, NamedRow, Row};
use diesel::sql_types::Text;
use diesel::{QueryResult, QueryableByName, RunQueryDsl};

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

    /// The same, to keep.
    pub fn owned(&self, place: usize) -> String {
        self.get(place).to_owned()
    }

    /// The cell at a place, as a number.
    pub fn number(&self, place: usize) -> i64 {
        self.get(place).parse().unwrap_or(0)
    }
}

type Boxed = BoxedSqlQuery<'static, MultiBackend, SqlQuery>;

fn bound(sql: Sql) -> Boxed {
    let query = diesel::sql_query(sql.text).into_boxed::<MultiBackend>();
    sql.binds.into_iter().fold(query, |query, value| query.bind::<Text, _>(value))
}

/// Runs a query whose every column is text.
pub fn load(conn: &mut DbConn, sql: Sql) -> Result<Vec<Cells>, DbError> {
    Ok(bound(sql).load(conn)?)
}

/// A query of a shape that does not depend on the request: prepared once for each connection, where [`load`] prepares
/// again, lest every filter ever asked stay in memory.
struct Prepared(Sql);

impl QueryId for Prepared {
    type QueryId = ();
    // Known by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Prepared {
    type SqlType = Untyped;
}

impl<Conn> RunQueryDsl<Conn> for Prepared {}

impl QueryFragment<MultiBackend> for Prepared {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, MultiBackend>) -> QueryResult<()> {
        let mut pieces = self.0.text.split('$');
        out.push_sql(pieces.next().unwrap_or_default());
        for (value, piece) in self.0.binds.iter().zip(pieces) {
            // SQLite plans a statement again for each value that it compares with a column of which it knows samples; not through
            // a conversion.
            out.push_sql("CAST(");
            out.push_bind_param::<Text, _>(value)?;
            out.push_sql(" AS TEXT)");
            out.push_sql(piece.trim_start_matches(|c: char| c.is_ascii_digit()));
        }
        Ok(())
    }
}

/// The same as [`load`] for a query of fixed shape, whose values are all bound.
pub fn load_prepared(conn: &mut DbConn, sql: Sql) -> Result<Vec<Cells>, DbError> {
    Ok(Prepared(sql).load(conn)?)
}

/// Runs a statement; answers how many rows it changed.
pub fn execute(conn: &mut DbConn, sql: Sql) -> Result<usize, DbError> {
    Ok(bound(sql).execute(conn)?)
}

/// The same as [`execute`] for a statement of one of few shapes, whose values are all bound.
pub fn execute_prepared(conn: &mut DbConn, sql: Sql) -> Result<usize, DbError> {
    Ok(Prepared(sql).execute(conn)?)
}
