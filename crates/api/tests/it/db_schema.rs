//! The two sets of migrations make the same schema, which is that of `db/schema.rs`; they go up, down and up again.

use std::collections::{BTreeMap, BTreeSet};

use api::db::{self, DbConn, Usage};

use crate::support::{Database, TestApp, execute, texts};

/// What must be equal on both databases.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    /// Table → column → type, with `Nullable<…>` around it.
    tables: BTreeMap<String, BTreeMap<String, String>>,
    /// Table → columns of the primary key.
    keys: BTreeMap<String, Vec<String>>,
    /// « table(columns) » of each other unique constraint.
    unique: BTreeSet<String>,
    /// « table.column -> table.column ».
    foreign: BTreeSet<String>,
    /// Names of the checks.
    checks: BTreeSet<String>,
}

const SQLITE_TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
     AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND name NOT LIKE 'demande\\_recherche%' ESCAPE '\\'";

fn sqlite(conn: &mut DbConn) -> Schema {
    let columns = texts(
        conn,
        &format!(
            "SELECT t.name || '|' || c.name || '|' || c.type || '|' || c.\"notnull\" || '|' || c.pk AS v \
             FROM ({SQLITE_TABLES}) t, pragma_table_info(t.name) c ORDER BY t.name, c.pk"
        ),
    );
    let unique = texts(
        conn,
        &format!(
            "SELECT t.name || '(' || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) \
             ORDER BY seqno)) || ')' AS v FROM ({SQLITE_TABLES}) t, pragma_index_list(t.name) i \
             WHERE i.\"unique\" = 1 AND i.origin <> 'pk'"
        ),
    );
    let foreign = texts(
        conn,
        &format!(
            "SELECT t.name || '.' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" AS v \
             FROM ({SQLITE_TABLES}) t, pragma_foreign_key_list(t.name) f"
        ),
    );
    let statements = texts(conn, "SELECT sql AS v FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL");
    let mut checks = BTreeSet::new();
    for statement in statements {
        for part in statement.split("CONSTRAINT ").skip(1) {
            let mut words = part.split_whitespace();
            let name = words.next().unwrap().to_owned();
            if words.next().is_some_and(|word| word.starts_with("CHECK")) {
                checks.insert(name);
            }
        }
    }
    schema(&columns, unique, foreign, checks)
}

const POSTGRES_CONSTRAINTS: &str = "SELECT c.conname, c.contype, c.conrelid::regclass::text AS t, \
     c.confrelid::regclass::text AS ft, \
     (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(c.conkey) WITH ORDINALITY k(no, n) \
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.no) AS cols, \
     (SELECT string_agg(a.attname, ', ' ORDER BY k.n) FROM unnest(c.confkey) WITH ORDINALITY k(no, n) \
      JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.no) AS fcols \
     FROM pg_constraint c JOIN pg_namespace s ON s.oid = c.connamespace \
     WHERE s.nspname = 'public' AND c.conrelid::regclass::text NOT LIKE '\\_\\_diesel%'";

fn postgres(conn: &mut DbConn) -> Schema {
    let columns = texts(
        conn,
        "SELECT c.table_name || '|' || c.column_name || '|' || c.data_type || '|' || \
         (CASE WHEN c.is_nullable = 'NO' THEN '1' ELSE '0' END) || '|' || coalesce(k.ordinal_position, 0) AS v \
         FROM information_schema.columns c \
         JOIN information_schema.tables t USING (table_schema, table_name) \
         LEFT JOIN (information_schema.key_column_usage k JOIN information_schema.table_constraints p \
           ON p.constraint_name = k.constraint_name AND p.constraint_schema = k.constraint_schema \
           AND p.constraint_type = 'PRIMARY KEY') \
         ON k.table_name = c.table_name AND k.column_name = c.column_name AND k.table_schema = c.table_schema \
         WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name NOT LIKE '\\_\\_diesel%' \
         ORDER BY c.table_name, coalesce(k.ordinal_position, 0)",
    );
    let of = |kind: &str, value: &str| {
        format!("SELECT {value} AS v FROM ({POSTGRES_CONSTRAINTS}) x WHERE contype = '{kind}'")
    };
    let unique = texts(conn, &of("u", "t || '(' || cols || ')'"));
    let foreign = texts(conn, &of("f", "t || '.' || cols || ' -> ' || ft || '.' || fcols"));
    let checks = texts(conn, &of("c", "conname::text")).into_iter().collect();
    schema(&columns, unique, foreign, checks)
}

fn schema(columns: &[String], unique: Vec<String>, foreign: Vec<String>, checks: BTreeSet<String>) -> Schema {
    let mut schema = Schema {
        unique: unique.into_iter().collect(),
        foreign: foreign.into_iter().collect(),
        checks,
        ..Schema::default()
    };
    for column in columns {
        let parts: Vec<&str> = column.split('|').collect();
        let [table, name, kind, not_null, key] = parts[..] else { panic!("{column}") };
        let kind = match kind.to_lowercase().as_str() {
            "text" => "Text",
            "bigint" | "integer" => "BigInt",
            "boolean" => "Bool",
            "timestamp" | "timestamp without time zone" => "Timestamp",
            other => panic!("{table}.{name}: type {other} is not of the common subset"),
        };
        let kind = if not_null == "1" { kind.to_owned() } else { format!("Nullable<{kind}>") };
        schema.tables.entry(table.to_owned()).or_default().insert(name.to_owned(), kind);
        if key != "0" {
            schema.keys.entry(table.to_owned()).or_default().push(name.to_owned());
        }
    }
    schema
}

fn introspect(conn: &mut DbConn) -> Schema {
    if conn.is_postgres() { postgres(conn) } else { sqlite(conn) }
}

/// Tables and keys as `db/schema.rs` declares them.
fn declared() -> Schema {
    let text = concat!(
        include_str!("../../src/db/schema.rs"),
        include_str!("../../src/db/schema/preuves.rs"),
        include_str!("../../src/db/schema/eligibilite.rs"),
        include_str!("../../src/db/schema/habilites.rs"),
        include_str!("../../src/db/schema/pilotage.rs"),
        include_str!("../../src/db/schema/rappels.rs"),
        include_str!("../../src/db/schema/referentiel.rs")
    );
    let mut schema = Schema::default();
    for block in text.split("diesel::table! {").skip(1) {
        let (head, body) = block.split_once('{').unwrap();
        let (table, key) = head.trim().trim_end_matches(')').split_once('(').unwrap();
        let table = table.trim().to_owned();
        schema.keys.insert(table.clone(), key.split(',').map(|column| column.trim().to_owned()).collect());
        let columns = body.split('}').next().unwrap();
        for column in columns.lines().map(str::trim).filter(|line| line.contains("->")) {
            let (name, kind) = column.trim_end_matches(',').split_once("->").unwrap();
            schema.tables.entry(table.clone()).or_default().insert(name.trim().to_owned(), kind.trim().to_owned());
        }
    }
    schema
}

#[actix_web::test]
async fn the_migrated_database_is_the_one_the_program_declares() {
    let app = TestApp::new().await;
    let (found, declared) = (introspect(&mut app.connection()), declared());
    assert!(declared.tables.len() > 15, "the file is read");
    assert_eq!(found.tables, declared.tables);
    assert_eq!(found.keys, declared.keys);
}

#[actix_web::test]
async fn both_databases_have_the_same_columns_constraints_and_checks() {
    let app = TestApp::new().await;
    let file = Database::file();
    let here = introspect(&mut app.connection());
    let there = introspect(&mut DbConn::open(&file.url, Usage::Write).unwrap());
    assert!(there.unique.len() >= 6 && there.foreign.len() >= 10 && there.checks.len() >= 15, "{there:?}");
    // On a run on SQLite this only compares a database with itself: the run on PostgreSQL is the one that tells.
    assert_eq!(here, there);
}

#[actix_web::test]
async fn every_unique_constraint_of_several_columns_has_a_name_for_sqlite() {
    let app = TestApp::new().await;
    let found = introspect(&mut app.connection());
    let several = found.keys.iter().filter(|(_, columns)| columns.len() > 1);
    let mut constraints: Vec<String> =
        several.map(|(table, columns)| format!("{table}({})", columns.join(", "))).collect();
    constraints.extend(found.unique);
    for constraint in constraints {
        let (table, columns) = constraint.trim_end_matches(')').split_once('(').unwrap();
        let named: Vec<String> = columns.split(", ").map(|column| format!("{table}.{column}")).collect();
        let named = named.join(", ");
        assert!(db::UNIQUE.iter().any(|(_, on)| *on == named), "{named} is missing from db/error.rs");
    }
}

#[actix_web::test]
async fn migrations_go_up_down_and_up_again() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    app.insert(vec![crate::support::line("01", 0, &envelope)]);
    let mut conn = app.connection();
    let before = introspect(&mut conn);
    assert!(!db::pending(&mut conn).unwrap(), "up to date");
    db::revert_all(&mut conn).unwrap();
    assert_eq!(introspect(&mut conn), Schema::default(), "down leaves nothing, even from a database in use");
    assert!(db::pending(&mut conn).unwrap(), "behind");
    db::migrate(&mut conn).unwrap();
    assert_eq!(introspect(&mut conn), before);
    assert!(!db::pending(&mut conn).unwrap());
    let communes = texts(&mut conn, "SELECT CAST(count(*) AS TEXT) AS v FROM commune");
    db::migrate(&mut conn).unwrap();
    assert_eq!(texts(&mut conn, "SELECT CAST(count(*) AS TEXT) AS v FROM commune"), communes, "again changes nothing");
}

#[actix_web::test]
async fn an_old_program_refuses_a_newer_schema() {
    let app = TestApp::new().await;
    let mut conn = app.connection();
    execute(&mut conn, "INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')").unwrap();
    let refused = db::pending(&mut conn).unwrap_err();
    assert!(refused.to_string().contains("9999"), "{refused}");
}

#[test]
fn both_folders_of_migrations_have_the_same_names_and_a_way_back() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
    let names = |side: &str| -> BTreeSet<String> {
        let folder = std::fs::read_dir(format!("{root}/{side}")).unwrap();
        folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
    for side in ["sqlite", "postgres"] {
        for name in names(side) {
            let down = std::fs::read_to_string(format!("{root}/{side}/{name}/down.sql")).unwrap();
            // What one of them alone needs is nothing to the other.
            let undone = ["DROP", "ALTER", "SELECT 1;"].iter().any(|word| down.contains(word));
            assert!(undone, "{side}/{name}: nothing goes down");
        }
    }
}
