//! Reads of the journal. A page looks at a bounded number of entries: a rare filter gives shorter pages, never a long
//! query, and the journal needs no index that every write would pay for.

use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::schema::{compte, journal, journal_donnees, journal_tete};
use crate::db::{DbConn, DbError};

/// Entries that one page looks at.
pub const LOOKED_AT: i64 = 20_000;

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Id of the author, or its kind.
    pub author: Option<String>,
    /// The action, or how it begins.
    pub action: Option<String>,
    /// Kind of object.
    pub object: Option<String>,
    /// Id of the object.
    pub object_id: Option<String>,
    /// From this moment on.
    pub since: Option<Moment>,
    /// Before this moment.
    pub until: Option<Moment>,
    /// Only what is older than this entry.
    pub before: Option<i64>,
    /// Most entries.
    pub limit: i64,
}

/// An entry, ready to be shown.
#[derive(Queryable, Debug)]
#[expect(missing_docs, reason = "the migration documents the columns")]
pub struct Line {
    pub numero: i64,
    pub date: Moment,
    pub acteur_genre: String,
    pub acteur_id: String,
    pub role: String,
    pub action: String,
    pub objet: String,
    pub objet_id: String,
    pub requete: String,
    pub nom: Option<String>,
    pub valeurs: Option<String>,
}

/// A page, and the entry before which the next one looks; none at the end.
pub type Found = (Vec<Line>, Option<i64>);

/// The id of the account of an address.
pub fn account(conn: &mut DbConn, email: &str) -> Result<Option<String>, DbError> {
    Ok(compte::table.filter(compte::email.eq(email)).select(compte::id).first(conn).optional()?)
}

/// The entries looked for, last first.
pub fn search(conn: &mut DbConn, search: &Search) -> Result<Found, DbError> {
    let last: i64 = journal_tete::table.select(journal_tete::numero).first(conn)?;
    let first = search.since.map_or(Ok(1), |moment| first_from(conn, moment, last))?;
    let end = search.until.map_or(Ok(last + 1), |moment| first_from(conn, moment, last))?;
    let end = end.min(search.before.unwrap_or(i64::MAX));
    // The index on objects gives the history of one at once.
    let from = if search.object_id.is_some() { first } else { first.max(end - LOOKED_AT) };
    let mut query = journal::table
        .left_join(compte::table.on(compte::id.eq(journal::acteur_id)))
        .left_join(journal_donnees::table.on(journal_donnees::numero.eq(journal::numero)))
        .filter(journal::numero.ge(from).and(journal::numero.lt(end)))
        .into_boxed();
    if let Some(author) = &search.author {
        query = query.filter(journal::acteur_id.eq(author.clone()).or(journal::acteur_genre.eq(author.clone())));
    }
    if let Some(action) = &search.action {
        query = query.filter(journal::action.like(format!("{action}%")));
    }
    if let Some(object) = &search.object {
        query = query.filter(journal::objet.eq(object.clone()));
    }
    if let Some(id) = &search.object_id {
        query = query.filter(journal::objet_id.eq(id.clone()));
    }
    let mut lines: Vec<Line> = query
        .order(journal::numero.desc())
        .limit(search.limit + 1)
        .select((
            journal::numero,
            journal::date,
            journal::acteur_genre,
            journal::acteur_id,
            journal::role,
            journal::action,
            journal::objet,
            journal::objet_id,
            journal::requete,
            compte::nom.nullable(),
            journal_donnees::valeurs.nullable(),
        ))
        .load(conn)?;
    let limit = usize::try_from(search.limit).unwrap_or(usize::MAX);
    let more = lines.len() > limit;
    lines.truncate(limit);
    let next = if more { lines.last().map(|line| line.numero) } else { (from > first).then_some(from) };
    Ok((lines, next))
}

/// Number of the first entry of this moment or later: entries are in the order of time, halving finds it.
fn first_from(conn: &mut DbConn, moment: Moment, last: i64) -> Result<i64, DbError> {
    let (mut low, mut high) = (1, last + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let found: Option<Moment> = journal::table
            .filter(journal::numero.ge(middle))
            .order(journal::numero)
            .select(journal::date)
            .first(conn)
            .optional()?;
        if found.is_some_and(|date| date < moment) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}
