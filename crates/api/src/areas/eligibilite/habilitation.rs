//! The habilitation of a structure: once, with a number of its own, and the date.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::demande::{Colonne, Ligne};
use domain::lot_eligibilite::prefixe;
use serde_json::json;

use crate::areas::demande::service::Context;
use crate::db::schema::{sequence_habilitation, structure};
use crate::db::{DbConn, DbError};
use crate::journal::Entry;

/// The one row of the sequence.
const SEQUENCE: i64 = 1;

/// What a number is made from.
pub struct Wanted {
    /// What it begins with.
    prefix: String,
    /// The number that the demande says the structure already has; empty when it says none.
    declared: String,
}

impl Wanted {
    /// What the line of a demande tells of the structure.
    pub fn of(line: &Ligne) -> Self {
        Self { prefix: prefixe(line), declared: line.get(Colonne::NumeroHabilitation).to_owned() }
    }
}

/// Structure → number.
type Numbers = HashMap<String, String>;

/// The numbers of these structures, given to those that have none yet; and what the journal says of those. The caller holds the
/// journal, so that nobody gives one meanwhile.
pub fn ensure(
    conn: &mut DbConn,
    context: &Context,
    wanted: &HashMap<&str, Wanted>,
) -> Result<(Numbers, Vec<Entry>), DbError> {
    if wanted.is_empty() {
        return Ok((Numbers::new(), Vec::new()));
    }
    let ids: Vec<&str> = wanted.keys().copied().collect();
    let known: Vec<(String, Option<String>)> = structure::table
        .filter(structure::id.eq_any(&ids))
        .order(structure::id)
        .select((structure::id, structure::numero_habilitation))
        .load(conn)?;
    let mut numbers = Numbers::new();
    let mut without = Vec::new();
    for (id, number) in known {
        match number {
            Some(number) => drop(numbers.insert(id, number)),
            None => without.push(id),
        }
    }
    let mut entries = Vec::with_capacity(without.len());
    for (id, number) in give(conn, wanted, without)? {
        let habilitated = diesel::update(structure::table.find(&id).filter(structure::numero_habilitation.is_null()))
            .set((structure::numero_habilitation.eq(&number), structure::habilitee_le.eq(context.now)))
            .execute(conn)?;
        if habilitated == 1 {
            let values = json!({ "numero_habilitation": number }).to_string();
            entries.push(Entry { action: "structure.habilitee", object: "structure", object_id: id.clone(), values });
        }
        numbers.insert(id, number);
    }
    Ok((numbers, entries))
}

/// A number for each: the one it declares, unless another structure has it, else the next of the sequence.
fn give(
    conn: &mut DbConn,
    wanted: &HashMap<&str, Wanted>,
    without: Vec<String>,
) -> Result<Vec<(String, String)>, DbError> {
    let of = |id: &String| wanted.get(id.as_str());
    let declared: Vec<&str> =
        without.iter().filter_map(of).map(|one| one.declared.as_str()).filter(|number| !number.is_empty()).collect();
    let mut taken = holders(conn, &declared)?;
    let mut given = Vec::with_capacity(without.len());
    let mut left = Vec::new();
    for id in without {
        let own = of(&id).map(|one| one.declared.clone()).filter(|number| !number.is_empty());
        match own.filter(|number| taken.insert(number.clone())) {
            Some(number) => given.push((id, number)),
            None => left.push(id),
        }
    }
    while !left.is_empty() {
        let first = reserve(conn, left.len())?;
        let numbered = left.drain(..).zip(first..).map(|(id, rank)| {
            let number = format!("{}{rank}", of(&id).map_or("000", |one| one.prefix.as_str()));
            (id, number)
        });
        let numbered: Vec<(String, String)> = numbered.collect();
        // A structure that came with its number may hold one of these: it is then given the next.
        let held = holders(conn, &numbered.iter().map(|(_, number)| number.as_str()).collect::<Vec<_>>())?;
        for (id, number) in numbered {
            if held.contains(&number) || !taken.insert(number.clone()) {
                left.push(id);
            } else {
                given.push((id, number));
            }
        }
    }
    Ok(given)
}

/// Those of these numbers that a structure has.
fn holders(conn: &mut DbConn, numbers: &[&str]) -> Result<HashSet<String>, DbError> {
    if numbers.is_empty() {
        return Ok(HashSet::new());
    }
    let held = structure::table.filter(structure::numero_habilitation.eq_any(numbers));
    let held: Vec<Option<String>> = held.select(structure::numero_habilitation).load(conn)?;
    Ok(held.into_iter().flatten().collect())
}

/// Takes so many numbers of the sequence; answers the first.
fn reserve(conn: &mut DbConn, count: usize) -> Result<i64, DbError> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let row = sequence_habilitation::table.find(SEQUENCE);
    diesel::update(row).set(sequence_habilitation::dernier.eq(sequence_habilitation::dernier + count)).execute(conn)?;
    let last: i64 = row.select(sequence_habilitation::dernier).first(conn)?;
    Ok(last - count + 1)
}
