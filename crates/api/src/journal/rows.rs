//! The journal's tables.

use diesel::dsl::max;
use diesel::prelude::*;

use super::single::SingleEntry;
use crate::clock::Moment;
use crate::db::schema::{client_api, compte, journal, journal_donnees, journal_tete};
use crate::db::{DbConn, DbError, bulk_insert};

/// Where the chain ends.
#[derive(Queryable, Debug)]
pub struct Head {
    /// Number of the last entry.
    pub numero: i64,
    /// Its hash.
    pub empreinte: String,
}

/// An entry of the chain.
#[derive(Insertable, Queryable, Selectable, Debug)]
#[diesel(table_name = journal, treat_none_as_default_value = false)]
pub struct EntryRow {
    pub numero: i64,
    pub date: Moment,
    pub acteur_genre: String,
    pub acteur_id: String,
    pub role: String,
    pub action: String,
    pub objet: String,
    pub objet_id: String,
    pub requete: String,
    pub donnees_empreinte: String,
    pub precedente: String,
    pub empreinte: String,
}

/// The values beside an entry.
#[derive(Insertable, Queryable, Selectable, Debug)]
#[diesel(table_name = journal_donnees, treat_none_as_default_value = false)]
pub struct DataRow {
    pub numero: i64,
    pub sel: String,
    pub valeurs: String,
}

/// Reads the end of the chain.
pub fn head(conn: &mut DbConn) -> Result<Head, DbError> {
    Ok(journal_tete::table.select((journal_tete::numero, journal_tete::empreinte)).first(conn)?)
}

/// Number of the last entry.
pub fn last(conn: &mut DbConn) -> Result<i64, DbError> {
    Ok(journal_tete::table.select(journal_tete::numero).first(conn)?)
}

/// Reads the end of the chain and keeps other writers away until the commit (several servers may share PostgreSQL;
/// SQLite has one writer anyway).
pub fn lock_head(conn: &mut DbConn) -> Result<Head, DbError> {
    match conn {
        DbConn::Sqlite(_) => head(conn),
        DbConn::Pg(c) => {
            Ok(journal_tete::table.select((journal_tete::numero, journal_tete::empreinte)).for_update().first(c)?)
        }
    }
}

/// Adds sealed entries with their values, and records the new end of the chain: in one statement for the single entry of
/// an edit on PostgreSQL, where each statement is a round trip.
pub fn write(conn: &mut DbConn, entries: &[EntryRow], values: &[DataRow], head: &Head) -> Result<(), DbError> {
    if let (DbConn::Pg(c), [entry], [data]) = (&mut *conn, entries, values) {
        SingleEntry { entry, data }.execute(c)?;
        return Ok(());
    }
    bulk_insert!(conn, journal::table, entries);
    bulk_insert!(conn, journal_donnees::table, values);
    diesel::update(journal_tete::table)
        .set((journal_tete::numero.eq(head.numero), journal_tete::empreinte.eq(&head.empreinte)))
        .execute(conn)?;
    Ok(())
}

/// The entries after a number, with their values unless erased.
pub fn after(conn: &mut DbConn, numero: i64, limit: i64) -> Result<Vec<(EntryRow, Option<DataRow>)>, DbError> {
    Ok(journal::table
        .left_join(journal_donnees::table.on(journal_donnees::numero.eq(journal::numero)))
        .filter(journal::numero.gt(numero))
        .order(journal::numero)
        .limit(limit)
        .select((EntryRow::as_select(), Option::<DataRow>::as_select()))
        .load(conn)?)
}

/// One thing that happened to an object, ready to be shown.
#[derive(Queryable, Debug)]
pub struct Event {
    /// Number in the chain.
    pub numero: i64,
    /// When.
    pub date: Moment,
    /// What.
    pub action: String,
    /// Kind of author.
    pub acteur_genre: String,
    /// The request it was done in.
    pub requete: String,
    /// Role under which it was done.
    pub role: String,
    /// Name of the account, when the author is one.
    pub nom: Option<String>,
    /// Name of the program, when the author is one.
    pub client: Option<String>,
    /// Values before and after, unless erased.
    pub valeurs: Option<String>,
}

/// Which part of a history to read.
pub struct Page {
    /// Only what is older than this entry.
    pub before: Option<i64>,
    /// Most entries.
    pub limit: i64,
}

/// What happened to an object, last first.
pub fn history(conn: &mut DbConn, object_id: &str, page: &Page) -> Result<Vec<Event>, DbError> {
    Ok(journal::table
        .left_join(compte::table.on(compte::id.eq(journal::acteur_id)))
        .left_join(client_api::table.on(client_api::id.eq(journal::acteur_id)))
        .left_join(journal_donnees::table.on(journal_donnees::numero.eq(journal::numero)))
        .filter(journal::objet_id.eq(object_id))
        .filter(journal::numero.lt(page.before.unwrap_or(i64::MAX)))
        .order(journal::numero.desc())
        .limit(page.limit)
        .select((
            journal::numero,
            journal::date,
            journal::action,
            journal::acteur_genre,
            journal::requete,
            journal::role,
            compte::nom.nullable(),
            client_api::nom.nullable(),
            journal_donnees::valeurs.nullable(),
        ))
        .load(conn)?)
}

/// How many times something happened to an object since another thing last did, or ever if that never did.
pub fn count_since(conn: &mut DbConn, object_id: &str, action: &str, since: &str) -> Result<i64, DbError> {
    let of = |action| journal::table.filter(journal::objet_id.eq(object_id)).filter(journal::action.eq(action));
    let last: Option<i64> = of(since).select(max(journal::numero)).first(conn)?;
    Ok(of(action).filter(journal::numero.gt(last.unwrap_or(0))).count().get_result(conn)?)
}
