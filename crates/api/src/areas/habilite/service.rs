//! What rule ELI-5 knows of the list of habilitated people, and the list given anew.

use std::collections::{HashMap, HashSet};

use domain::demande::{Colonne, Ligne};
use domain::error::{ErrorCode, FieldError};
use domain::habilite::{ERREURS_MAX, EntetesHabilites, Habilite, LIGNES_MAX, ListeHabilites};
use domain::text::fr_habilite as text;
use serde_json::json;

use super::queries::{self, HabiliteRow};
use crate::areas::demande::queries as demandes;
use crate::areas::demande::service::{Context, Deed, REWEIGHED, replace_all};
use crate::areas::structure::person_key;
use crate::clock::iso_date;
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal;

/// Demandes weighed again in one transaction: others write in between.
pub const WEIGHED: i64 = 250;

/// What is known of some people: the lists that were given, and those of them who may be the same.
#[derive(Default)]
pub struct Known {
    lists: HashMap<String, String>,
    emails: HashSet<String>,
    by_key: HashMap<String, Vec<Habilite>>,
}

impl Known {
    /// The lists, by département, with their day, and people who may be those of the lines.
    pub fn new(lists: impl IntoIterator<Item = (String, String)>, people: Vec<Habilite>) -> Self {
        let mut known = Self { lists: lists.into_iter().collect(), ..Self::default() };
        for one in people {
            if !one.email.is_empty() {
                known.emails.insert(one.email.clone());
            }
            known.by_key.entry(Habilite::cle(&one.nom, &one.prenom)).or_default().push(one);
        }
        known
    }

    /// What is to be known beside these lines.
    pub fn beside<'a>(conn: &mut DbConn, lines: impl Iterator<Item = &'a Ligne> + Clone) -> Result<Self, DbError> {
        let lists = queries::lists(conn)?;
        if lists.is_empty() {
            return Ok(Self::default());
        }
        let emails: Vec<&str> = lines.clone().map(|line| line.get(Colonne::Email)).collect();
        let keys: Vec<String> = lines.map(person_key).collect();
        let alike = queries::alike(conn, &emails, &keys)?;
        Ok(Self::new(lists, alike.into_iter().map(HabiliteRow::view).collect()))
    }

    /// Whether the person of a line is in the list: unknown when the list of its département was never given, and then who is
    /// found in another one is found all the same.
    pub fn holds(&self, line: &Ligne) -> Option<bool> {
        let namesakes = self.by_key.get(&person_key(line));
        let found = self.emails.contains(line.get(Colonne::Email))
            || namesakes.is_some_and(|people| people.iter().any(|one| one.est(line)));
        if found { Some(true) } else { self.day(line).map(|_given| false) }
    }

    /// The day of the list of a line's département.
    pub fn day(&self, line: &Ligne) -> Option<&str> {
        self.lists.get(line.get(Colonne::Departement)).map(String::as_str)
    }
}

/// The people of a file, or all that is wrong with it, line by line.
pub fn read(file: &str) -> Result<Vec<Habilite>, AppError> {
    let mut reader = crate::http::csv::lines(file);
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let unreadable = |error: csv::Error| {
        AppError::detail(ErrorCode::FichierIllisible, text::illisible(error.position().map(csv::Position::line)))
    };
    let headers = cells(reader.headers().map_err(unreadable)?);
    let columns = EntetesHabilites::lire(&headers).map_err(AppError::fields)?;
    let (mut people, mut errors, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for record in reader.records() {
        let record = record.map_err(unreadable)?;
        let line = record.position().map_or(0, csv::Position::line);
        if people.len() >= LIGNES_MAX {
            return Err(AppError::fields(vec![FieldError::new(
                format!("/{line}"),
                "trop_long",
                text::trop(LIGNES_MAX),
            )]));
        }
        match one(&columns, headers.len(), line, &cells(&record), &mut seen) {
            Ok(person) => people.extend(person),
            Err(wrong) => errors.extend(wrong),
        }
        if errors.len() >= ERREURS_MAX {
            break;
        }
    }
    if people.is_empty() && errors.is_empty() {
        errors.push(FieldError::new("/", "vide", text::VIDE));
    }
    errors.truncate(ERREURS_MAX);
    if errors.is_empty() { Ok(people) } else { Err(AppError::fields(errors)) }
}

/// Somebody of a line who was not seen before in the same structure; nobody when the line is of a référent who is no aidant.
fn one(
    columns: &EntetesHabilites,
    width: usize,
    line: u64,
    cells: &[String],
    seen: &mut HashSet<[String; 3]>,
) -> Result<Option<Habilite>, Vec<FieldError>> {
    if cells.len() != width {
        return Err(vec![FieldError::new(format!("/{line}"), "cellules", text::LARGEUR)]);
    }
    if !columns.retient(cells) {
        return Ok(None);
    }
    let person = columns.personne(line, cells)?;
    let structure = if person.siret.is_empty() { &person.structure_nom } else { &person.siret };
    let identity = [Habilite::cle(&person.nom, &person.prenom), structure.clone(), person.email.clone()];
    if seen.insert(identity) {
        Ok(Some(person))
    } else {
        Err(vec![FieldError::new(format!("/{line}/nom"), "doublon", text::DOUBLON)])
    }
}

/// Replaces the list of the départements of these people.
pub fn replace(conn: &mut DbConn, context: &Context, people: Vec<Habilite>) -> Result<ListeHabilites, AppError> {
    let mut departments: Vec<String> = people.iter().map(|one| one.departement.clone()).collect();
    departments.sort_unstable();
    departments.dedup();
    let rows: Vec<HabiliteRow> = people.into_iter().map(|one| HabiliteRow::new(context.clock.id(), one)).collect();
    let gone = queries::replace(conn, &departments, &iso_date(context.now), &rows)?;
    let done = ListeHabilites {
        lignes: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        remplacees: i64::try_from(gone).unwrap_or(i64::MAX),
        departements: departments,
    };
    let values = json!({ "lignes": done.lignes, "departements": done.departements }).to_string();
    let entry = journal::Entry { action: "habilites.importes", object: "habilites", object_id: String::new(), values };
    journal::append(conn, &context.clock, &context.author, context.now, vec![entry])?;
    Ok(done)
}

/// Weighs again the demandes of these départements after this rank, a bounded number of them; answers where the next ones begin.
pub fn weigh(
    conn: &mut DbConn,
    context: &Context,
    departments: &[String],
    after: i64,
) -> Result<Option<i64>, AppError> {
    let ids = demandes::of_departments(conn, departments, after, WEIGHED)?;
    let Some(last) = ids.last().map(|(rank, _)| *rank) else { return Ok(None) };
    let ids: Vec<String> = ids.into_iter().map(|(_, id)| id).collect();
    let stored = demandes::find_all(conn, &ids)?;
    let changes = stored.into_iter().map(|one| (one.clone(), one.line)).collect();
    replace_all(conn, context, Deed::plain(REWEIGHED), changes)?;
    Ok(Some(last))
}
