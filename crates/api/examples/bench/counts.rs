//! How many rows and index entries a database holds: what an import costs beyond its lines.

use api::db::{DbConn, DbUrl, Usage};
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{QueryableByName, RunQueryDsl};

use crate::Res;

/// Rows and index entries. The trigram index of the search, which has no entry per row, is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Rows of all tables.
    pub rows: i64,
    /// Entries of all their indexes.
    pub entries: i64,
}

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    nom: String,
}

#[derive(QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    nom: String,
    #[diesel(sql_type = Nullable<Text>)]
    condition: Option<String>,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

const SQLITE_TABLES: &str = "SELECT name AS nom FROM sqlite_master WHERE type = 'table' \
    AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'demande_recherche%'";
const SQLITE_INDEXES: &str = "SELECT tbl_name AS nom, \
    CASE WHEN instr(sql, ' WHERE ') > 0 THEN substr(sql, instr(sql, ' WHERE ') + 7) END AS condition \
    FROM sqlite_master WHERE type = 'index' AND tbl_name NOT LIKE 'demande_recherche%'";
const POSTGRES_TABLES: &str = "SELECT c.relname::text AS nom FROM pg_class c \
    JOIN pg_namespace s ON s.oid = c.relnamespace WHERE c.relkind = 'r' AND s.nspname = current_schema()";
const POSTGRES_INDEXES: &str = "SELECT t.relname::text AS nom, pg_get_expr(i.indpred, i.indrelid) AS condition \
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid \
    JOIN pg_am a ON a.oid = x.relam JOIN pg_namespace s ON s.oid = t.relnamespace \
    WHERE s.nspname = current_schema() AND a.amname <> 'gin'";

macro_rules! load {
    ($conn:expr, $sql:expr) => {
        match $conn {
            DbConn::Pg(c) => diesel::sql_query($sql).load(c),
            DbConn::Sqlite(c) => diesel::sql_query($sql).load(c),
        }
        .map_err(|error| error.to_string())
    };
}

impl Counts {
    /// Counts everything.
    pub fn read(url: &str) -> Res<Self> {
        let mut conn = DbConn::open(&DbUrl::parse(url)?, Usage::Read).map_err(|error| error.to_string())?;
        let (tables, indexes) =
            if conn.is_postgres() { (POSTGRES_TABLES, POSTGRES_INDEXES) } else { (SQLITE_TABLES, SQLITE_INDEXES) };
        let tables: Vec<Table> = load!(&mut conn, tables)?;
        let indexes: Vec<Index> = load!(&mut conn, indexes)?;
        let mut counts = Self::default();
        for table in tables {
            counts.rows += count(&mut conn, &table.nom, None)?;
        }
        for index in indexes {
            counts.entries += count(&mut conn, &index.nom, index.condition.as_deref())?;
        }
        Ok(counts)
    }

    /// What was added since.
    pub const fn since(self, before: Self) -> Self {
        Self { rows: self.rows - before.rows, entries: self.entries - before.entries }
    }
}

fn count(conn: &mut DbConn, table: &str, condition: Option<&str>) -> Res<i64> {
    let condition = condition.map(|text| format!(" WHERE {text}")).unwrap_or_default();
    let sql = format!("SELECT count(*) AS n FROM {table}{condition}");
    let counted: Vec<Count> = load!(conn, sql)?;
    Ok(counted.first().map_or(0, |count| count.n))
}
