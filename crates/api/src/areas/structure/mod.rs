//! Structures and the people they employ: found by SIRET and by e-mail, created when new.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::demande::{Colonne, Ligne};
use domain::preuve::Service;
use domain::values::texte::plier;

use crate::areas::demande::service::Context;
use crate::clock::Clock;
use crate::db::schema::{personne, structure};
use crate::db::{DbConn, DbError, bulk_insert};
use crate::preuves::queue;

#[derive(Insertable)]
#[diesel(table_name = structure, treat_none_as_default_value = false)]
struct StructureRow<'a> {
    id: String,
    siret: &'a str,
    nom: &'a str,
    genre: &'a str,
    departement: &'a str,
}

#[derive(Insertable)]
#[diesel(table_name = personne, treat_none_as_default_value = false)]
struct PersonRow<'a> {
    id: String,
    email: &'a str,
    cle: String,
    nom: &'a str,
    prenom: &'a str,
}

/// What tells a person from another at the same address.
pub fn person_key(line: &Ligne) -> String {
    plier(&format!("{} {}", line.get(Colonne::Nom), line.get(Colonne::Prenom)))
}

/// Somebody of [`People`].
struct Person {
    id: String,
    /// Whether this very change created them: nothing else can be known of them yet.
    new: bool,
}

/// People by e-mail and folded name.
pub struct People {
    by_key: HashMap<(String, String), Person>,
    /// E-mail → how many different people gave it.
    sharing: HashMap<String, usize>,
}

impl People {
    /// People the platform knows: their e-mail, folded name and id.
    pub fn known_as(known: impl IntoIterator<Item = (String, String, String)>) -> Self {
        let mut people = Self { by_key: HashMap::new(), sharing: HashMap::new() };
        for (email, key, id) in known {
            *people.sharing.entry(email.clone()).or_default() += 1;
            people.by_key.insert((email, key), Person { id, new: false });
        }
        people
    }

    fn person(&self, line: &Ligne) -> Option<&Person> {
        self.by_key.get(&(line.get(Colonne::Email).to_owned(), person_key(line)))
    }

    /// Id of the person of this line.
    pub fn id(&self, line: &Ligne) -> Option<&str> {
        self.person(line).map(|person| person.id.as_str())
    }

    /// Ids of those who were known before.
    pub fn known(&self) -> Vec<String> {
        self.by_key.values().filter(|person| !person.new).map(|person| person.id.clone()).collect()
    }

    /// Whether somebody else gave the same address (ELI-4).
    pub fn shares_address(&self, line: &Ligne) -> bool {
        self.sharing.get(line.get(Colonne::Email)).is_some_and(|people| *people > 1)
    }
}

/// The structures of these lines by SIRET, created when new; the new ones are then checked in the background.
pub fn ensure_structures<'a>(
    conn: &mut DbConn,
    context: &Context,
    lines: impl Iterator<Item = &'a Ligne> + Clone,
) -> Result<HashMap<String, String>, DbError> {
    let mut sirets: Vec<&str> = lines.clone().map(|line| line.get(Colonne::Siret)).collect();
    sirets.sort_unstable();
    sirets.dedup();
    let known: Vec<(String, String)> = structure::table
        .filter(structure::siret.eq_any(&sirets))
        .select((structure::siret, structure::id))
        .load(conn)?;
    let mut ids: HashMap<String, String> = known.into_iter().collect();
    let mut rows = Vec::new();
    for line in lines {
        let siret = line.get(Colonne::Siret);
        if ids.contains_key(siret) {
            continue;
        }
        let id = context.clock.id();
        ids.insert(siret.to_owned(), id.clone());
        rows.push(StructureRow {
            id,
            siret,
            nom: line.get(Colonne::StructureNom),
            genre: line.get(Colonne::StructureType),
            departement: line.get(Colonne::Departement),
        });
    }
    bulk_insert!(conn, structure::table, &rows);
    queue::enqueue(conn, Service::Entreprises, rows.iter().map(|row| row.siret), context.now)?;
    Ok(ids)
}

/// The people who gave these addresses.
pub fn find_people(conn: &mut DbConn, emails: &[&str]) -> Result<People, DbError> {
    let known: Vec<(String, String, String)> = personne::table
        .filter(personne::email.eq_any(emails))
        .select((personne::email, personne::cle, personne::id))
        .load(conn)?;
    Ok(People::known_as(known))
}

/// The people of these lines, created when new.
pub fn ensure_people<'a>(
    conn: &mut DbConn,
    clock: &Clock,
    lines: impl Iterator<Item = &'a Ligne> + Clone,
) -> Result<People, DbError> {
    let mut emails: Vec<&str> = lines.clone().map(|line| line.get(Colonne::Email)).collect();
    emails.sort_unstable();
    emails.dedup();
    let mut people = find_people(conn, &emails)?;
    let mut rows = Vec::new();
    for line in lines {
        let (email, key) = (line.get(Colonne::Email), person_key(line));
        if people.by_key.contains_key(&(email.to_owned(), key.clone())) {
            continue;
        }
        let id = clock.id();
        *people.sharing.entry(email.to_owned()).or_default() += 1;
        people.by_key.insert((email.to_owned(), key.clone()), Person { id: id.clone(), new: true });
        rows.push(PersonRow { id, email, cle: key, nom: line.get(Colonne::Nom), prenom: line.get(Colonne::Prenom) });
    }
    bulk_insert!(conn, personne::table, &rows);
    Ok(people)
}
