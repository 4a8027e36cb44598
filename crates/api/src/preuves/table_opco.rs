//! The SIRET-OPCO table (open data of SIRO), imported from its CSV: millions of lines, read once and written as they come.
//! A table is only read when it is whole; the one before is then removed. Both are there meanwhile, and the service runs.

use std::collections::HashMap;
use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};
use diesel::prelude::*;
use domain::preuve::Service;
use domain::values::Siret;

use crate::clock::{Clock, Moment, iso_date};
use crate::db::schema::{opco_siret, preuve, table_opco};
use crate::db::{DbConn, DbError, bulk_insert};
use crate::journal::{self, Author, Entry};
use crate::text::command as text;

/// Lines of one transaction: short enough for the service not to wait.
const BATCH: usize = 10_000;
/// Bytes read at a time.
const BUFFER: usize = 1 << 20;
/// Longest name of an OPCO that is kept, in characters.
const LONGEST: usize = 80;

/// What the active table says of an establishment.
pub struct Found {
    /// The OPCOs, each once: one, unless the table contradicts itself.
    pub opcos: Vec<String>,
    /// When the table was imported (ISO date).
    pub date: String,
}

/// What came of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Lines that were kept.
    pub lines: i64,
    /// Lines without a right SIRET or without an OPCO.
    pub refused: i64,
}

#[derive(Insertable)]
#[diesel(table_name = opco_siret, treat_none_as_default_value = false)]
struct Row<'a> {
    table_id: &'a str,
    siret: String,
    rang: i64,
    opco: String,
}

/// What the active table says of these establishments. That of one alone, which every edit asks, is a statement prepared once.
pub fn of(conn: &mut DbConn, sirets: &[&str]) -> Result<HashMap<String, Found>, DbError> {
    let active = opco_siret::table
        .inner_join(table_opco::table.on(table_opco::id.eq(opco_siret::table_id)))
        .filter(table_opco::active.eq(true))
        .order((opco_siret::siret, opco_siret::rang))
        .select((opco_siret::siret, opco_siret::opco, table_opco::importee_le));
    let rows: Vec<(String, String, Moment)> = match sirets {
        [only] => active.filter(opco_siret::siret.eq(only)).load(conn)?,
        _ => active.filter(opco_siret::siret.eq_any(sirets)).load(conn)?,
    };
    let mut found: HashMap<String, Found> = HashMap::new();
    for (siret, opco, date) in rows {
        let one = found.entry(siret).or_insert_with(|| Found { opcos: Vec::new(), date: iso_date(date) });
        if !one.opcos.contains(&opco) {
            one.opcos.push(opco);
        }
    }
    Ok(found)
}

/// Imports a table in the place of the one there is. The verdicts follow in the background.
///
/// # Errors
/// A sentence: the file is not such a table, or the database failed. The table there was stays then.
pub fn import(conn: &mut DbConn, clock: &Clock, file: impl Read) -> Result<Imported, Box<dyn std::error::Error>> {
    sweep(conn, None)?;
    let id = clock.id();
    let row = (
        table_opco::id.eq(&id),
        table_opco::importee_le.eq(clock.now()),
        table_opco::lignes.eq(0_i64),
        table_opco::active.eq(false),
    );
    diesel::insert_into(table_opco::table).values(row).execute(conn)?;
    let imported = match fill(conn, &id, file) {
        Ok(imported) if imported.lines > imported.refused => imported,
        other => {
            sweep(conn, None)?;
            return other.and(Err(text::NOT_A_TABLE.into()));
        }
    };
    conn.begin_write()?;
    match activate(conn, clock, &id, imported) {
        Ok(()) => conn.commit()?,
        Err(error) => {
            conn.rollback()?;
            return Err(error);
        }
    }
    sweep(conn, Some(&id))?;
    Ok(imported)
}

/// Reads the file to its end, batch after batch.
fn fill(conn: &mut DbConn, id: &str, mut file: impl Read) -> Result<Imported, Box<dyn std::error::Error>> {
    let mut start = Vec::with_capacity(4_096);
    file.by_ref().take(4_096).read_to_end(&mut start)?;
    let header = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let delimiter = if header.contains(&b';') { b';' } else { b',' };
    let skip = if start.starts_with(&[0xEF, 0xBB, 0xBF]) { 3 } else { 0 };
    let whole = start.get(skip..).unwrap_or_default().chain(file);
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).buffer_capacity(BUFFER).flexible(true).from_reader(whole);
    let (siret, opco) = columns(reader.byte_headers()?).ok_or(text::NOT_A_TABLE)?;
    let mut imported = Imported { lines: 0, refused: 0 };
    let mut rows = Vec::with_capacity(BATCH);
    let (mut record, mut rang) = (ByteRecord::new(), 0_i64);
    while reader.read_byte_record(&mut record)? {
        rang += 1;
        match line(&record, siret, opco) {
            Some((siret, opco)) => rows.push(Row { table_id: id, siret, rang, opco }),
            None => imported.refused += 1,
        }
        if rows.len() >= BATCH {
            imported.lines += write(conn, &mut rows)?;
        }
    }
    imported.lines += write(conn, &mut rows)?;
    Ok(imported)
}

/// Where the header says that SIRET and OPCO are; without names of theirs, the file is something else.
fn columns(header: &ByteRecord) -> Option<(usize, usize)> {
    let names: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
    let named = |exact: &str| {
        let begins = || names.iter().position(|name| name.contains(exact));
        names.iter().position(|name| name == exact).or_else(begins)
    };
    Some((named("siret")?, named("opco")?)).filter(|(siret, opco)| siret != opco)
}

/// SIRET and OPCO of a line.
fn line(record: &ByteRecord, siret: usize, opco: usize) -> Option<(String, String)> {
    let siret = std::str::from_utf8(record.get(siret)?).ok()?;
    let siret = Siret::parse(siret).ok()?;
    let opco = String::from_utf8_lossy(record.get(opco)?);
    let opco: String = opco.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    (!opco.is_empty()).then(|| (siret.as_str().to_owned(), opco))
}

/// Writes a batch in its transaction and empties it; answers how many lines it had.
fn write(conn: &mut DbConn, rows: &mut Vec<Row<'_>>) -> Result<i64, DbError> {
    let insert = |conn: &mut DbConn| -> Result<(), DbError> {
        bulk_insert!(conn, opco_siret::table, &*rows);
        Ok(())
    };
    conn.begin_write()?;
    if let Err(error) = insert(conn) {
        conn.rollback()?;
        return Err(error);
    }
    conn.commit()?;
    let count = i64::try_from(rows.len()).unwrap_or(0);
    rows.clear();
    Ok(count)
}

/// Makes a table the one that is read, and has every verdict follow.
fn activate(conn: &mut DbConn, clock: &Clock, id: &str, imported: Imported) -> Result<(), Box<dyn std::error::Error>> {
    diesel::update(table_opco::table.filter(table_opco::id.ne(id))).set(table_opco::active.eq(false)).execute(conn)?;
    let activated = diesel::update(table_opco::table.find(id))
        .set((table_opco::active.eq(true), table_opco::lignes.eq(imported.lines)))
        .execute(conn)?;
    if activated != 1 {
        // Another import has swept this one away.
        return Err(text::ANOTHER_TABLE.into());
    }
    let checked = preuve::table.filter(preuve::service.eq(Service::Entreprises.as_str()));
    diesel::update(checked).set(preuve::a_appliquer.eq(0)).execute(conn)?;
    let values = serde_json::json!({ "lignes": imported.lines, "refusees": imported.refused }).to_string();
    let entry = Entry { action: "opco.table_importee", object: "table_opco", object_id: id.to_owned(), values };
    journal::append(conn, clock, &Author::system("parcours import-opco"), clock.now(), vec![entry])?;
    Ok(())
}

/// Removes the tables that are not read: the former one, or what an interrupted import left. `keep` is spared.
fn sweep(conn: &mut DbConn, keep: Option<&str>) -> Result<(), DbError> {
    let idle: Vec<String> =
        table_opco::table.filter(table_opco::active.eq(false)).select(table_opco::id).limit(100).load(conn)?;
    for id in idle.iter().filter(|id| Some(id.as_str()) != keep) {
        diesel::delete(table_opco::table.find(id)).execute(conn)?;
        // By the first two digits: each statement is then short.
        for start in 0..100 {
            let (from, to) = (format!("{start:02}"), format!("{start:02}:"));
            let part = opco_siret::table.filter(opco_siret::table_id.eq(id));
            diesel::delete(part.filter(opco_siret::siret.ge(from).and(opco_siret::siret.lt(to)))).execute(conn)?;
        }
    }
    Ok(())
}
