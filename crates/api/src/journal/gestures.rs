//! What one author did to demandes, request by request: the entries that may be undone.

use std::collections::HashMap;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::clock::Moment;
use crate::db::schema::{journal, journal_donnees};
use crate::db::{DbConn, DbError};

/// The entries that may be undone; to the letter the condition of the index `journal_par_geste`. An import has its own way
/// back, and its many entries do not pay for the index.
const UNDOABLE: &str = "action IN ('demande.creee', 'demande.modifiee', 'demande.supprimee', 'demande.restauree')";

/// An entry of a gesture.
#[derive(Queryable, Debug)]
pub struct Done {
    /// When.
    pub date: Moment,
    /// What.
    pub action: String,
    /// The demande.
    pub demande: String,
    /// Values before and after, unless erased.
    pub values: Option<String>,
}

/// What this author did in this request, in order.
pub fn gesture(conn: &mut DbConn, author: &str, request: &str) -> Result<Vec<Done>, DbError> {
    Ok(journal::table
        .left_join(journal_donnees::table.on(journal_donnees::numero.eq(journal::numero)))
        .filter(journal::acteur_id.eq(author).and(journal::requete.eq(request)))
        .filter(sql::<Bool>(UNDOABLE))
        .order(journal::numero)
        .select((journal::date, journal::action, journal::objet_id, journal_donnees::valeurs.nullable()))
        .load(conn)?)
}

/// The entries of decisions; to the letter the condition of the index `journal_par_decision`.
const DECISIONS: &str = "action IN ('demande.financement', 'demande.eligibilite')";

/// Whether this author decided on the financing or on the eligibility of demandes in this request.
pub fn decided(conn: &mut DbConn, author: &str, request: &str) -> Result<bool, DbError> {
    let entries = journal::table.filter(journal::acteur_id.eq(author).and(journal::requete.eq(request)));
    let found = entries.filter(sql::<Bool>(DECISIONS)).select(journal::numero);
    Ok(found.first::<i64>(conn).optional()?.is_some())
}

/// A request in which an author did something, with the number of demandes of each kind of change.
#[derive(QueryableByName, Debug)]
struct Counted {
    #[diesel(sql_type = Text)]
    requete: String,
    #[diesel(sql_type = BigInt)]
    derniere: i64,
    #[diesel(sql_type = BigInt)]
    creees: i64,
    #[diesel(sql_type = BigInt)]
    modifiees: i64,
    #[diesel(sql_type = BigInt)]
    supprimees: i64,
    #[diesel(sql_type = BigInt)]
    restaurees: i64,
}

/// A gesture.
#[derive(Debug)]
pub struct Gesture {
    /// Correlation id of its request.
    pub request: String,
    /// Number of its last entry.
    pub last: i64,
    /// When.
    pub date: Moment,
    /// How many were created, changed, deleted, restored.
    pub counts: [i64; 4],
    /// Values of its last entry, unless erased.
    pub values: Option<String>,
}

/// The gestures of an author whose last entry is older than `before`, last first.
pub fn gestures(conn: &mut DbConn, author: &str, before: i64, limit: i64) -> Result<Vec<Gesture>, DbError> {
    let count = |action: &str, name: &str| format!("COUNT(CASE WHEN action = 'demande.{action}' THEN 1 END) AS {name}");
    let counts =
        [("creee", "creees"), ("modifiee", "modifiees"), ("supprimee", "supprimees"), ("restauree", "restaurees")];
    let counts = counts.map(|(action, name)| count(action, name)).join(", ");
    let found: Vec<Counted> = diesel::sql_query(format!(
        "SELECT requete, MAX(numero) AS derniere, {counts} FROM journal WHERE acteur_id = $1 AND {UNDOABLE} \
         GROUP BY requete HAVING MAX(numero) < $2 ORDER BY derniere DESC LIMIT $3"
    ))
    .bind::<Text, _>(author.to_owned())
    .bind::<BigInt, _>(before)
    .bind::<BigInt, _>(limit)
    .load(conn)?;
    let last: Vec<i64> = found.iter().map(|one| one.derniere).collect();
    let ends: Vec<(i64, Moment, Option<String>)> = journal::table
        .left_join(journal_donnees::table.on(journal_donnees::numero.eq(journal::numero)))
        .filter(journal::numero.eq_any(last))
        .select((journal::numero, journal::date, journal_donnees::valeurs.nullable()))
        .load(conn)?;
    let mut ends: HashMap<i64, (Moment, Option<String>)> =
        ends.into_iter().map(|(number, date, values)| (number, (date, values))).collect();
    let gestures = found.into_iter().filter_map(|one| {
        let (date, values) = ends.remove(&one.derniere)?;
        let counts = [one.creees, one.modifiees, one.supprimees, one.restaurees];
        Some(Gesture { request: one.requete, last: one.derniere, date, counts, values })
    });
    Ok(gestures.collect())
}
