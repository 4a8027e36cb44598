//! Writing over the rows of demandes: only the columns that change, so that the indexes of the others are left alone, and only
//! over the version that was read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use diesel::pg::{Pg, PgConnection};
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
use domain::demande::Colonne;
use domain::demande::colonne::TypeColonne;
use domain::enveloppe::Prise;

use super::cells;
use super::queries::Stored;
use super::rows::folded;
use super::selection::{Sql, key};
use crate::db::schema::demande;
use crate::db::{DbConn, DbError};

/// Rows that one statement writes over: all their values are then in memory.
const BLOCK: usize = 1_000;

/// A column of the table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Column {
    name: Cow<'static, str>,
    kind: Kind,
}

/// How the text that is bound becomes the value of a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Text,
    Number,
    /// Of another table; none when it is empty.
    Reference,
}

impl Column {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name: Cow::Borrowed(name), kind }
    }

    /// What stands around the text in `SET`.
    const fn around(&self) -> (&'static str, &'static str) {
        match self.kind {
            Kind::Text => ("", ""),
            Kind::Number => ("CAST(", " AS BIGINT)"),
            Kind::Reference => ("nullif(", ", '')"),
        }
    }
}

/// What changes of a row.
struct Change<'a> {
    id: &'a str,
    version: String,
    columns: Vec<Column>,
    /// What each column becomes.
    values: Vec<Cow<'a, str>>,
}

impl<'a> Change<'a> {
    fn between(before: &'a Stored, after: &'a Stored) -> Self {
        let mut change =
            Self { id: &before.id, version: before.version.to_string(), columns: Vec::new(), values: Vec::new() };
        let (old, new) = (before.taken, after.taken);
        change.text("structure_id", &before.structure, &after.structure);
        change.text("personne_id", &before.person, &after.person);
        change.number("prix_accorde", old.prix, new.prix);
        change.number("attente", old.attente, new.attente);
        for ((column, old), (_, new)) in before.line.iter().zip(after.line.iter()) {
            change.cell(column, old, new);
        }
        change
    }

    fn set(&mut self, column: Column, value: impl Into<Cow<'a, str>>) {
        self.columns.push(column);
        self.values.push(value.into());
    }

    fn text(&mut self, name: &'static str, old: &str, new: &'a str) {
        if old != new {
            self.set(Column::new(name, Kind::Text), new);
        }
    }

    fn number(&mut self, name: &'static str, old: i64, new: i64) {
        if old != new {
            self.set(Column::new(name, Kind::Number), new.to_string());
        }
    }

    /// A cell of the table, with its folded twin.
    fn cell(&mut self, column: Colonne, old: &str, new: &'a str) {
        if old == new {
            return;
        }
        let kind = if column == Colonne::EnveloppeId { Kind::Reference } else { Kind::Text };
        self.set(Column::new(column.nom(), kind), new);
        if column.genre() == TypeColonne::Texte {
            self.set(Column { name: key(column).into(), kind: Kind::Text }, folded(new));
        }
    }
}

/// Writes what has changed of demandes, read and as they become; `false` when somebody else was quicker with one of them.
/// PostgreSQL, which is a round trip away, writes those of which the same columns change in one statement.
pub fn write(conn: &mut DbConn, changed: &[(&Stored, &Stored)]) -> Result<bool, DbError> {
    let changes: Vec<Change<'_>> = changed.iter().map(|(before, after)| Change::between(before, after)).collect();
    if let (DbConn::Pg(conn), [_, _, ..]) = (&mut *conn, changes.as_slice()) {
        return by_columns(conn, &changes);
    }
    for change in &changes {
        if !alone(conn, change)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn alone(conn: &mut DbConn, change: &Change<'_>) -> Result<bool, DbError> {
    let mut sql = Sql::new(conn.is_postgres());
    sql.push("UPDATE demande SET version = version + 1");
    for (column, value) in change.columns.iter().zip(&change.values) {
        let (before, after) = column.around();
        sql.push(", ").push(&column.name).push(" = ").push(before).bind(value.as_ref()).push(after);
    }
    sql.push(" WHERE id = ").bind(change.id);
    sql.push(" AND version = CAST(").bind(&change.version).push(" AS BIGINT)");
    // One column, with its twin, is the most frequent change, and there are as many shapes of it as columns.
    let frequent = change.columns.len() <= 2;
    let updated = if frequent { cells::execute_prepared(conn, sql)? } else { cells::execute(conn, sql)? };
    Ok(updated == 1)
}

fn by_columns(conn: &mut PgConnection, changes: &[Change<'_>]) -> Result<bool, DbError> {
    let mut alike: BTreeMap<&[Column], Vec<&Change<'_>>> = BTreeMap::new();
    for change in changes {
        alike.entry(&change.columns).or_default().push(change);
    }
    for (columns, changes) in alike {
        for block in changes.chunks(BLOCK) {
            if together(conn, columns, block)? != block.len() {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Writes the same columns of several rows; answers how many had the version that was read.
fn together(conn: &mut PgConnection, columns: &[Column], changes: &[&Change<'_>]) -> Result<usize, DbError> {
    let (mut set, mut given, mut named) = (String::new(), String::new(), String::new());
    for (place, column) in columns.iter().enumerate() {
        let (before, after) = column.around();
        set.push_str(&format!(", {} = {before}v{place}{after}", column.name));
        given.push_str(&format!(", ${}", place + 3));
        named.push_str(&format!(", v{place}"));
    }
    let text = format!(
        "UPDATE demande SET version = version + 1{set} FROM unnest($1, $2{given}) AS nouvelles (demande_id, lue{named}) \
         WHERE id = demande_id AND version = CAST(lue AS BIGINT)"
    );
    let ids: Vec<&str> = changes.iter().map(|change| change.id).collect();
    let versions: Vec<&str> = changes.iter().map(|change| change.version.as_str()).collect();
    let mut query =
        diesel::sql_query(text).into_boxed::<Pg>().bind::<Array<Text>, _>(ids).bind::<Array<Text>, _>(versions);
    for place in 0..columns.len() {
        let values: Vec<&str> =
            changes.iter().filter_map(|change| change.values.get(place).map(AsRef::as_ref)).collect();
        query = query.bind::<Array<Text>, _>(values);
    }
    Ok(query.execute(conn)?)
}

/// Marks a demande deleted or restored; `false` when somebody else was quicker.
pub fn set_deleted(conn: &mut DbConn, stored: &Stored, deleted: bool, taken: Prise) -> Result<bool, DbError> {
    let (id, version) = (&stored.id, stored.version);
    let changed = diesel::update(demande::table.filter(demande::id.eq(id).and(demande::version.eq(version))))
        .set((
            demande::supprimee.eq(deleted),
            demande::version.eq(version + 1),
            demande::prix_accorde.eq(taken.prix),
            demande::attente.eq(taken.attente),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}
