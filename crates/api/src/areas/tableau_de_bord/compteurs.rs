//! The counters of the dashboards: written in the transaction that changes a demande, one row for each that moves however many
//! demandes move it, read back by place, counted again to check them.

use diesel::prelude::*;
use domain::pilotage::{Cle, Compteurs, Ecart, Etendue, Mesure, Place};

use crate::areas::demande::cells;
use crate::areas::demande::selection::Sql;
use crate::db::schema::{compteur, demande};
use crate::db::{DbConn, DbError};

/// Counters written by one statement: four values each, far below what either database takes.
const AT_ONCE: usize = 500;

/// Writes what has moved, in the order of the keys. To be called behind the journal, whose end is held till the commit: two
/// servers never wait for each other.
pub fn write(conn: &mut DbConn, counters: Compteurs) -> Result<(), DbError> {
    for moved in counters.ecarts().chunks(AT_ONCE) {
        let mut sql = Sql::new(conn.is_postgres());
        sql.push("INSERT INTO compteur (etendue, mesure, lieu, valeur, jours, nombre) VALUES ");
        for (place, Ecart { etendue, lieu, cle, nombre }) in moved.iter().enumerate() {
            sql.push(if place > 0 { ", (" } else { "(" });
            // Codes of ours and numbers are written as they stand; what people wrote is bound.
            sql.push(&format!("'{}', '{}', ", etendue.as_str(), cle.mesure.as_str())).bind(lieu).push(", ");
            sql.bind(cle.valeur.clone()).push(&format!(", {}, {nombre})", cle.jours));
        }
        sql.push(" ON CONFLICT (etendue, mesure, lieu, valeur, jours) DO UPDATE SET nombre = compteur.nombre + excluded.nombre");
        cells::execute(conn, sql)?;
    }
    Ok(())
}

type Row = (String, String, i64, i64);

/// What a counter counts, and how many.
pub type Counter = (Cle, i64);

fn key((measure, value, days, count): Row) -> Option<Counter> {
    Some((Cle { mesure: Mesure::parse(&measure)?, valeur: value.into(), jours: days }, count))
}

/// The counters of a place; those at zero are left out.
pub fn read(conn: &mut DbConn, place: Place<'_>) -> Result<Vec<Counter>, DbError> {
    let measures: Vec<&str> = Mesure::ALL.iter().map(|measure| measure.as_str()).collect();
    let rows: Vec<Row> = compteur::table
        .filter(compteur::etendue.eq(place.etendue.as_str()).and(compteur::lieu.eq(place.lieu)))
        .filter(compteur::mesure.eq_any(measures).and(compteur::nombre.ne(0)))
        .select((compteur::mesure, compteur::valeur, compteur::jours, compteur::nombre))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(key).collect())
}

/// The stages, of all and of the financed, in every département: the département beside each.
pub fn by_department(conn: &mut DbConn) -> Result<Vec<(String, Counter)>, DbError> {
    let stages = [Mesure::Etape, Mesure::Depart].map(Mesure::as_str);
    let rows: Vec<(String, Row)> = compteur::table
        .filter(compteur::etendue.eq(Etendue::Departement.as_str()).and(compteur::mesure.eq_any(stages)))
        .filter(compteur::nombre.ne(0))
        .order(compteur::lieu)
        .select((compteur::lieu, (compteur::mesure, compteur::valeur, compteur::jours, compteur::nombre)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(place, row)| Some((place, key(row)?))).collect())
}

/// Demandes read at once by a recount.
const READ: i64 = 1_000;

/// The counters as every demande, read again, makes them: what the table must say.
pub fn recount(conn: &mut DbConn) -> Result<Vec<Ecart>, DbError> {
    let (mut counters, mut after) = (Compteurs::default(), 0);
    loop {
        let ranks: Vec<i64> = demande::table
            .filter(demande::rang.gt(after))
            .order(demande::rang)
            .limit(READ)
            .select(demande::rang)
            .load(conn)?;
        let Some(last) = ranks.last() else { return Ok(counters.ecarts()) };
        after = *last;
        for stored in crate::areas::demande::queries::find_ranks(conn, &ranks)? {
            counters.ajouter(stored.counted());
        }
    }
}

/// The counters as they are kept, in the order of [`recount`]; those at zero are left out.
pub fn kept(conn: &mut DbConn) -> Result<Vec<Ecart>, DbError> {
    let rows: Vec<(String, String, Row)> = compteur::table
        .filter(compteur::nombre.ne(0))
        .select((
            compteur::etendue,
            compteur::lieu,
            (compteur::mesure, compteur::valeur, compteur::jours, compteur::nombre),
        ))
        .load(conn)?;
    let mut kept: Vec<Ecart> = rows
        .into_iter()
        .filter_map(|(scope, place, row)| {
            let (cle, nombre) = key(row)?;
            Some(Ecart { etendue: Etendue::parse(&scope)?, lieu: place, cle, nombre })
        })
        .collect();
    kept.sort_by(|a, b| {
        let order = |one: &Ecart| (one.etendue, one.cle.mesure, one.lieu.clone(), one.cle.clone());
        order(a).cmp(&order(b))
    });
    Ok(kept)
}
