//! What the rules need to know beside a demande: the others of the same person, who gave her address, who is habilitated already.

use domain::demande::{Colonne, Ligne};
use domain::habilite::Habilite;

use super::cells::{self, Cells};
use super::queries::load_by;
use super::selection::Sql;
use crate::areas::habilite::service::Known;
use crate::areas::structure::{People, person_key};
use crate::db::{DbConn, DbError};

/// A demande of the same person, for ELI-5 and ELI-10.
#[derive(Debug, Clone)]
pub struct Sibling {
    /// Id.
    pub id: String,
    /// Person.
    pub person: String,
    /// Département.
    pub department: String,
    /// Training code.
    pub training: String,
    /// Stage code.
    pub stage: String,
    /// Envelope; empty when none.
    pub envelope: String,
}

/// What the rules need to know beside a demande, in one statement: the people who gave its address, the demandes of its person, and
/// what the lists of habilitated people say of her.
pub fn relations(conn: &mut DbConn, line: &Ligne, person: &str) -> Result<(People, Vec<Sibling>, Known), DbError> {
    let email = line.get(Colonne::Email);
    let mut sql = Sql::new(conn.is_postgres());
    sql.push("SELECT '' AS demande, email, cle, id, '' AS c4, '' AS c5 FROM personne WHERE email = ").bind(email);
    sql.push(" UNION ALL SELECT ").push(SIBLING).push(" AND personne_id = ").bind(person);
    sql.push(" UNION ALL SELECT '@habilite', email, nom, prenom, siret, structure_nom FROM habilite WHERE cle = ")
        .bind(person_key(line));
    sql.push(" OR (email <> '' AND email = ").bind(email);
    sql.push(") UNION ALL SELECT '@liste', departement, du, '', '', '' FROM habilite_liste WHERE departement = ")
        .bind(line.get(Colonne::Departement));
    let (mut people, mut siblings, mut listed, mut lists) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in cells::load_prepared(conn, sql)? {
        match row.get(0) {
            "" => people.push((row.owned(1), row.owned(2), row.owned(3))),
            "@habilite" => listed.push(Habilite {
                email: row.owned(1),
                nom: row.owned(2),
                prenom: row.owned(3),
                siret: row.owned(4),
                structure_nom: row.owned(5),
                ..Habilite::default()
            }),
            "@liste" => lists.push((row.owned(1), row.owned(2))),
            _ => siblings.push(sibling(row)),
        }
    }
    Ok((People::known_as(people), siblings, Known::new(lists, listed)))
}

/// What a [`Sibling`] is read from.
const SIBLING: &str = "id, personne_id, departement, formation, etape, coalesce(enveloppe_id, '') AS enveloppe \
                       FROM demande WHERE supprimee = FALSE";

fn sibling(row: Cells) -> Sibling {
    let mut cells = row.0.into_iter();
    let mut next = || cells.next().unwrap_or_default();
    Sibling { id: next(), person: next(), department: next(), training: next(), stage: next(), envelope: next() }
}

/// The demandes of these people.
pub fn of_people(conn: &mut DbConn, people: &[String]) -> Result<Vec<Sibling>, DbError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(conn.is_postgres());
    sql.push("SELECT ").push(SIBLING).push(" AND ");
    sql.push_in("personne_id", people);
    Ok(load_by(conn, sql, people)?.into_iter().map(sibling).collect())
}
