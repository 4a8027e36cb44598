//! Reads and writes of demandes. Knows nothing about HTTP nor rights: what is within reach arrives as a perimeter.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use domain::demande::{Colonne, Filtre, Ligne, Operateur};
use domain::enveloppe::{Inscription, Prise};
use domain::pilotage::{Jalons, Suivie};

use super::cells::{self, Cells};
use super::milestones;
use super::rows::{DemandeRow, RowIdentity};
use super::selection::{Phase, Plan, Position, Selection, Sql, key};
use crate::access::Perimeter;
use crate::areas::eligibilite::effets::Change;
use crate::db::schema::{demande, demande_declaree};
use crate::db::{DbConn, DbError, bulk_insert};

/// A demande read whole.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Rank.
    pub rank: i64,
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// Whether it was deleted.
    pub deleted: bool,
    /// Id of the structure.
    pub structure: String,
    /// Id of the person.
    pub person: String,
    /// Its columns.
    pub line: Ligne,
    /// What it takes from its envelope.
    pub taken: Prise,
    /// The days of its milestones.
    pub milestones: Jalons,
}

impl Stored {
    /// It as the dashboards know it.
    pub fn counted(&self) -> Suivie<'_> {
        Suivie { ligne: &self.line, jalons: &self.milestones, supprimee: self.deleted }
    }

    /// It as its envelope knows it.
    pub fn entered(&self) -> Inscription<'_> {
        let Prise { prix, attente } = self.taken;
        Inscription { ligne: &self.line, supprimee: self.deleted, prix, attente }
    }

    /// Its envelope, if it has one.
    pub fn envelope(&self) -> Option<&str> {
        Some(self.line.get(Colonne::EnveloppeId)).filter(|id| !id.is_empty())
    }
}

/// A demande about to be inserted.
pub struct New {
    /// Id.
    pub id: String,
    /// Id of the structure.
    pub structure: String,
    /// Id of the person.
    pub person: String,
    /// Its columns, computed ones included.
    pub line: Ligne,
    /// What it takes from its envelope.
    pub taken: Prise,
}

impl New {
    /// It as what follows from an eligibility knows it.
    pub const fn change(&mut self) -> Change<'_> {
        Change {
            id: self.id.as_str(),
            structure: self.structure.as_str(),
            person: self.person.as_str(),
            before: None,
            line: &mut self.line,
            deleted: false,
        }
    }
}

/// A row of a page: rank, id, version, then the asked columns, then the sort keys.
pub struct PageRow {
    /// Where the next page begins if this is the last row.
    pub position: Position,
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    cells: String,
}

impl PageRow {
    /// The asked columns, in order.
    pub fn cells<'a>(&'a self, columns: &'a [Colonne]) -> impl Iterator<Item = (Colonne, &'a str)> {
        columns.iter().copied().zip(self.cells.split(SEPARATOR))
    }
}

/// Stands between the cells of a row read as one text, which is several times quicker than a text for each. No cell holds
/// it: a valid demande has no control character.
pub(super) const SEPARATOR: char = '\u{1f}';

/// Named otherwise than the columns: PostgreSQL would sort by the text that bears the name of the column.
const IDENTITY: &str = "CAST(rang AS TEXT) AS rang_texte, id, CAST(version AS TEXT) AS version_texte";

fn cell(column: Colonne) -> &'static str {
    match column {
        Colonne::EnveloppeId => "coalesce(enveloppe_id, '')",
        other => other.nom(),
    }
}

/// The asked columns in one text.
fn joined(postgres: bool, columns: &[Colonne]) -> String {
    if columns.is_empty() {
        return "'' AS cellules".to_owned();
    }
    let cells: String = columns.iter().map(|column| format!(", {}", cell(*column))).collect();
    format!("concat_ws({}(31){cells}) AS cellules", if postgres { "chr" } else { "char" })
}

/// Rows up to which a substring counts as rare.
const RARE: usize = 1_000;

/// Looks how rare the substrings of a selection are: one short statement for each.
fn plan(conn: &mut DbConn, selection: &Selection) -> Result<Plan, DbError> {
    let mut plan = Plan::default();
    let mut sql = Sql::new(conn.is_postgres());
    if sql.push_search_probe(&selection.search, RARE + 1) {
        plan.rare_search = is_rare(conn, sql)?;
    }
    for (column, value) in selection.substrings() {
        let mut sql = Sql::new(conn.is_postgres());
        sql.push("SELECT CAST(count(*) AS TEXT) AS n FROM (SELECT 1 FROM demande").push_rows_containing(column, &value);
        sql.push(&format!(" LIMIT {}) AS sonde", RARE + 1));
        if is_rare(conn, sql)? {
            plan.rare.push((column, value));
        }
    }
    Ok(plan)
}

/// Rows from which a filter counts as frequent.
const FREQUENT: usize = 2_000;

/// The plan of a page: also looks how frequent the filter is, where SQLite needs to be told.
fn page_plan(conn: &mut DbConn, selection: &Selection) -> Result<Plan, DbError> {
    let mut plan = plan(conn, selection)?;
    if selection.filter.conditions() == 0 || plan.rare_search || !plan.rare.is_empty() {
        return Ok(plan);
    }
    if !selection.substrings().is_empty() {
        // Known not to be rare: alone, it is frequent; among others, SQLite does well enough.
        plan.frequent = conn.is_postgres() || selection.filter.conditions() == 1;
        return Ok(plan);
    }
    if conn.is_postgres() {
        return Ok(plan);
    }
    let mut probe = Sql::new(false);
    probe.push("SELECT CAST(count(*) AS TEXT) AS n FROM (SELECT 1 FROM demande").push_where(selection, &plan);
    probe.push(&format!(" LIMIT {FREQUENT})"));
    let counted = cells::load(conn, probe)?.first().map_or(0, |row| row.number(0));
    plan.frequent = usize::try_from(counted).is_ok_and(|rows| rows == FREQUENT);
    Ok(plan)
}

fn is_rare(conn: &mut DbConn, probe: Sql) -> Result<bool, DbError> {
    let counted = cells::load(conn, probe)?.first().map_or(0, |row| row.number(0));
    Ok(usize::try_from(counted).is_ok_and(|rows| rows <= RARE))
}

/// The rows after a position, at most `limit`. Two statements at most: the rows that have the first sort key, then
/// those that do not.
pub fn page(
    conn: &mut DbConn,
    selection: &Selection,
    columns: &[Colonne],
    after: Option<&Position>,
    limit: usize,
) -> Result<Vec<PageRow>, DbError> {
    let plan = page_plan(conn, selection)?;
    let in_empty = after.is_some_and(|position| position.keys.first().is_some_and(String::is_empty));
    let mut rows = Vec::new();
    if !in_empty {
        rows = phase(conn, (selection, &plan), columns, Phase::Filled, after, limit)?;
    }
    // Without a sort key, no row lacks it.
    if rows.len() < limit && !selection.sort.cles().is_empty() {
        let after = after.filter(|_| in_empty);
        rows.extend(phase(conn, (selection, &plan), columns, Phase::Empty, after, limit - rows.len())?);
    }
    Ok(rows)
}

fn phase(
    conn: &mut DbConn,
    (selection, plan): (&Selection, &Plan),
    columns: &[Colonne],
    phase: Phase,
    after: Option<&Position>,
    limit: usize,
) -> Result<Vec<PageRow>, DbError> {
    let mut sql = Sql::new(conn.is_postgres());
    sql.push("SELECT ").push(IDENTITY).push(", ").push(&joined(conn.is_postgres(), columns));
    for (place, cle) in selection.sort.cles().iter().enumerate() {
        sql.push(", ").push(&key(cle.colonne)).push(&format!(" AS cle_{place}"));
    }
    sql.push(" FROM demande");
    if phase == Phase::Filled && !conn.is_postgres() {
        sql.push(&sort_index(selection, plan));
    }
    sql.push_where(selection, plan).push_phase(&selection.sort, phase);
    if let Some(position) = after {
        sql.push_after(&selection.sort, position);
    }
    sql.push_order(&selection.sort, phase).push(&format!(" LIMIT {limit}"));
    Ok(cells::load(conn, sql)?.into_iter().map(page_row).collect())
}

/// Names the index of the first sort key where SQLite, which forgets the limit when an index gives only a part of the order,
/// would sort the whole table instead.
fn sort_index(selection: &Selection, plan: &Plan) -> String {
    let many = plan.frequent || (selection.filter.conditions() == 0 && selection.search.trim().is_empty());
    match selection.sort.cles() {
        [first, _, ..] if many && selection.perimeter == Perimeter::All && first.colonne != Colonne::EnveloppeId => {
            format!(" INDEXED BY demande_par_{}", first.colonne.nom())
        }
        _ => String::new(),
    }
}

fn page_row(row: Cells) -> PageRow {
    let (rank, version) = (row.number(0), row.number(2));
    let mut cells = row.0.into_iter().skip(1);
    let id = cells.next().unwrap_or_default();
    let joined = cells.nth(1).unwrap_or_default();
    PageRow { position: Position { keys: cells.collect(), rank }, id, version, cells: joined }
}

/// Exact number of rows. Rows without a value are counted as all less those that have one, which sparse indexes know.
pub fn count(conn: &mut DbConn, selection: &Selection) -> Result<u64, DbError> {
    if let Some(opposite) = opposite(&selection.filter) {
        let all = Selection { filter: Filtre::default(), ..selection.clone() };
        let others = Selection { filter: opposite, ..selection.clone() };
        return Ok(count_matching(conn, &all)?.saturating_sub(count_matching(conn, &others)?));
    }
    count_matching(conn, selection)
}

/// The condition that holds exactly where this one does not, when that one is the quicker to count.
fn opposite(filter: &Filtre) -> Option<Filtre> {
    let Filtre::Condition { colonne, operateur, valeurs } = filter else { return None };
    let operateur = match operateur {
        Operateur::Empty => Operateur::Filled,
        Operateur::Ne => Operateur::Eq,
        _ => return None,
    };
    Some(Filtre::Condition { colonne: *colonne, operateur, valeurs: valeurs.clone() })
}

fn count_matching(conn: &mut DbConn, selection: &Selection) -> Result<u64, DbError> {
    let plan = plan(conn, selection)?;
    let mut sql = Sql::new(conn.is_postgres());
    sql.push("SELECT CAST(count(*) AS TEXT) AS n FROM demande").push_where(selection, &plan);
    let rows = cells::load(conn, sql)?;
    Ok(rows.first().map_or(0, |row| u64::try_from(row.number(0)).unwrap_or(0)))
}

/// Number of rows by value of a column.
pub fn count_by(conn: &mut DbConn, selection: &Selection, column: Colonne) -> Result<HashMap<String, u64>, DbError> {
    let plan = plan(conn, selection)?;
    let mut sql = Sql::new(conn.is_postgres());
    sql.push(&format!("SELECT {0} AS valeur, CAST(count(*) AS TEXT) AS n FROM demande", cell(column)))
        .push_where(selection, &plan)
        .push(&format!(" GROUP BY {}", cell(column)));
    let rows = cells::load(conn, sql)?;
    Ok(rows.iter().map(|row| (row.get(0).to_owned(), u64::try_from(row.number(1)).unwrap_or(0))).collect())
}

/// The last row of every run of `step` rows, so that a virtual table can jump anywhere.
pub fn landmarks(conn: &mut DbConn, selection: &Selection, step: u32) -> Result<Vec<Position>, DbError> {
    let plan = plan(conn, selection)?;
    let filled = numbered(conn, (selection, &plan), Phase::Filled, (0, step))?;
    let mut passed = Sql::new(conn.is_postgres());
    passed.push("SELECT CAST(count(*) AS TEXT) AS n FROM demande").push_where(selection, &plan);
    passed.push_phase(&selection.sort, Phase::Filled);
    let passed = cells::load(conn, passed)?.first().map_or(0, |row| row.number(0));
    let empty = numbered(conn, (selection, &plan), Phase::Empty, (passed, step))?;
    Ok(filled.into_iter().chain(empty).collect())
}

/// The landmarks of a phase, `before` rows having come before it.
fn numbered(
    conn: &mut DbConn,
    (selection, plan): (&Selection, &Plan),
    phase: Phase,
    (before, step): (i64, u32),
) -> Result<Vec<Position>, DbError> {
    let keys: Vec<String> = selection.sort.cles().iter().map(|cle| key(cle.colonne)).collect();
    let named: String = keys.iter().enumerate().map(|(place, key)| format!(", {key} AS cle_{place}")).collect();
    let plain: String = (0..keys.len()).map(|place| format!(", cle_{place}")).collect();
    let mut sql = Sql::new(conn.is_postgres());
    sql.push(&format!("SELECT CAST(rang AS TEXT) AS rang{plain} FROM (SELECT rang{named}, row_number() OVER ("));
    sql.push_order(&selection.sort, phase).push(") AS n FROM demande");
    sql.push_where(selection, plan).push_phase(&selection.sort, phase);
    sql.push(&format!(") AS numerotees WHERE (n + {before}) % {step} = 0 ORDER BY n"));
    let rows = cells::load(conn, sql)?;
    Ok(rows
        .into_iter()
        .map(|row| Position { rank: row.number(0), keys: row.0.into_iter().skip(1).collect() })
        .collect())
}

/// One demande whole, deleted or not.
pub fn find(conn: &mut DbConn, id: &str) -> Result<Option<Stored>, DbError> {
    Ok(find_all(conn, &[id.to_owned()])?.pop())
}

/// Runs a query that looks for these values: of one fixed shape when there is only one.
pub(super) fn load_by(conn: &mut DbConn, sql: Sql, values: &[String]) -> Result<Vec<Cells>, DbError> {
    if values.len() == 1 { cells::load_prepared(conn, sql) } else { cells::load(conn, sql) }
}

/// Several demandes whole, deleted or not, in no particular order.
pub fn find_all(conn: &mut DbConn, ids: &[String]) -> Result<Vec<Stored>, DbError> {
    let mut sql = whole(conn);
    sql.push_in("id", ids);
    Ok(load_by(conn, sql, ids)?.into_iter().map(stored).collect())
}

/// The ranks of the demandes of these ids, deleted or not.
pub fn ranks_of(conn: &mut DbConn, ids: &[String]) -> Result<Vec<i64>, DbError> {
    Ok(demande::table.filter(demande::id.eq_any(ids)).select(demande::rang).load(conn)?)
}

/// The demandes of these ranks, deleted or not, in no particular order.
pub fn find_ranks(conn: &mut DbConn, ranks: &[i64]) -> Result<Vec<Stored>, DbError> {
    let mut sql = whole(conn);
    sql.push_ranks(ranks);
    Ok(cells::load(conn, sql)?.into_iter().map(stored).collect())
}

/// `SELECT … WHERE` of what [`stored`] reads.
fn whole(conn: &DbConn) -> Sql {
    let mut sql = Sql::new(conn.is_postgres());
    sql.push("SELECT ").push(IDENTITY).push(", ").push(&joined(conn.is_postgres(), Colonne::ALL));
    sql.push(", structure_id, personne_id, CASE WHEN supprimee THEN '1' ELSE '' END AS supprimee");
    sql.push(", CAST(prix_accorde AS TEXT) AS prix, CAST(attente AS TEXT) AS place, ");
    sql.push(&milestones::joined(conn.is_postgres()))
        .push(" FROM demande LEFT JOIN demande_jalon ON demande_id = id WHERE ");
    sql
}

fn stored(row: Cells) -> Stored {
    let mut line = Ligne::default();
    for (column, value) in Colonne::ALL.iter().zip(row.get(3).split(SEPARATOR)) {
        line.set(*column, value);
    }
    let text = |place| row.get(place).to_owned();
    Stored {
        rank: row.number(0),
        id: text(1),
        version: row.number(2),
        deleted: !row.get(6).is_empty(),
        taken: Prise { prix: row.number(7), attente: row.number(8) },
        structure: text(4),
        person: text(5),
        milestones: milestones::read(row.get(9)),
        line,
    }
}

#[derive(diesel::QueryableByName)]
struct Rank {
    #[diesel(sql_type = BigInt)]
    rang: i64,
}

/// Ranks for `count` new rows. SQLite has one writer, so the next numbers are free; PostgreSQL has a sequence.
fn ranks(conn: &mut DbConn, count: usize) -> Result<Vec<i64>, DbError> {
    let count_wide = i64::try_from(count).unwrap_or(0);
    if conn.is_postgres() {
        let rows: Vec<Rank> = diesel::sql_query(
            "SELECT nextval(pg_get_serial_sequence('demande', 'rang')) AS rang FROM generate_series(1, $1)",
        )
        .bind::<BigInt, _>(count_wide)
        .load(conn)?;
        return Ok(rows.into_iter().map(|row| row.rang).collect());
    }
    let last: Option<i64> = demande::table.select(diesel::dsl::max(demande::rang)).first(conn)?;
    let first = last.unwrap_or(0) + 1;
    Ok((first..first + count_wide).collect())
}

/// Inserts new demandes.
pub fn insert(conn: &mut DbConn, new: &[New]) -> Result<(), DbError> {
    let ranks = ranks(conn, new.len())?;
    let first = ranks.first().copied();
    let rows: Vec<DemandeRow<'_>> = new
        .iter()
        .zip(ranks)
        .map(|(new, rank)| {
            let identity =
                RowIdentity { rank, id: &new.id, structure: &new.structure, person: &new.person, taken: new.taken };
            DemandeRow::new(identity, &new.line)
        })
        .collect();
    bulk_insert!(conn, demande::table, &rows);
    make_searchable(conn, first)
}

/// Adds the rows from this rank on to SQLite's search index, in one statement: within a trigger FTS5 would flush for each
/// row. PostgreSQL maintains its index by itself.
fn make_searchable(conn: &mut DbConn, first: Option<i64>) -> Result<(), DbError> {
    if let (DbConn::Sqlite(c), Some(first)) = (conn, first) {
        diesel::sql_query(
            "INSERT INTO demande_recherche (rowid, texte) SELECT rang, texte FROM demande_texte WHERE rang >= ?",
        )
        .bind::<BigInt, _>(first)
        .execute(c)?;
    }
    Ok(())
}

/// The decisions a demande was imported with and that nobody has taken here.
pub fn declared(conn: &mut DbConn, id: &str) -> Result<Vec<(String, String)>, DbError> {
    Ok(demande_declaree::table
        .filter(demande_declaree::demande_id.eq(id))
        .select((demande_declaree::colonne, demande_declaree::valeur))
        .load(conn)?)
}

/// Forgets what was declared of a column: it is now decided.
pub fn forget_declared(conn: &mut DbConn, ids: &[String], column: Colonne) -> Result<(), DbError> {
    let declared = demande_declaree::table.filter(demande_declaree::demande_id.eq_any(ids));
    diesel::delete(declared.filter(demande_declaree::colonne.eq(column.nom()))).execute(conn)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = demande_declaree, treat_none_as_default_value = false)]
struct DeclaredRow<'a> {
    demande_id: &'a str,
    colonne: &'a str,
    valeur: &'a str,
}

/// Keeps declared decisions, replacing those of the same columns.
pub fn declare(conn: &mut DbConn, declared: &[(String, String, String)]) -> Result<(), DbError> {
    let ids: Vec<&str> = declared.iter().map(|(id, _, _)| id.as_str()).collect();
    diesel::delete(demande_declaree::table.filter(demande_declaree::demande_id.eq_any(ids))).execute(conn)?;
    let rows: Vec<DeclaredRow<'_>> = declared
        .iter()
        .map(|(id, column, value)| DeclaredRow { demande_id: id, colonne: column, valeur: value })
        .collect();
    bulk_insert!(conn, demande_declaree::table, &rows);
    Ok(())
}

/// The demandes of these départements that are not deleted, after this rank: rank and id.
pub fn of_departments(
    conn: &mut DbConn,
    departments: &[String],
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, String)>, DbError> {
    Ok(demande::table
        .filter(demande::supprimee.eq(false).and(demande::departement.eq_any(departments)))
        .filter(demande::rang.gt(after))
        .order(demande::rang)
        .limit(limit)
        .select((demande::rang, demande::id))
        .load(conn)?)
}
