//! The national list of envelopes to a CSV file, and from one: all of it or nothing, each line told what is wrong with it; the same file
//! again changes nothing.

use std::collections::HashSet;

use diesel::prelude::*;
use domain::enveloppe::tableau::{
    EnveloppesImportees, FACULTATIVES, LIGNES_MAX, OBLIGATOIRES, cellule, ecrire_euros, lire_euros, poser,
};
use domain::enveloppe::{EnveloppeNouvelle, EnveloppeReglages, MONTANT};
use domain::error::FieldError;
use domain::import::{denneutraliser, neutraliser};
use domain::text::fr_enveloppe as text;

use super::gestion::{self, Context};
use super::queries;
use super::rows::Envelope;
use crate::access::Perimeter;
use crate::db::DbConn;
use crate::db::schema::enveloppe;
use crate::error::AppError;

/// A line of the file: its cells by column, empty ones left out.
struct Line {
    number: usize,
    cells: Vec<(String, String)>,
}

impl Line {
    fn get(&self, column: &str) -> &str {
        self.cells.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| cell.as_str())
    }

    /// A refusal, placed in the file: lines are counted as a spreadsheet does.
    fn place(&self, refused: FieldError) -> FieldError {
        FieldError { champ: format!("/lignes/{}{}", self.number, refused.champ), ..refused }
    }
}

/// What a line asks for.
enum Wish {
    Make(Box<EnveloppeNouvelle>),
    Set(Box<(Envelope, EnveloppeReglages)>),
}

fn refused(field: &str, code: &str, message: impl Into<String>) -> AppError {
    AppError::fields(vec![FieldError::new(field, code, message)])
}

/// The lines of a file.
fn read(file: &str) -> Result<Vec<Line>, AppError> {
    let mut reader = crate::http::csv::lines(file);
    let headers = reader.headers().map_err(|error| AppError::Internal(error.to_string()))?;
    let names: Vec<String> = headers.iter().map(|name| name.trim().to_lowercase()).collect();
    check_columns(&names)?;
    let mut lines = Vec::new();
    for (place, record) in reader.records().enumerate() {
        let number = place + 2;
        let broken = || refused(&format!("/lignes/{number}"), "illisible", text::ligne_illisible(number));
        let record = record.map_err(|_unreadable| broken())?;
        if record.len() != names.len() {
            return Err(broken());
        }
        let cells = names.iter().cloned().zip(record.iter().map(|cell| denneutraliser(cell.trim()).into_owned()));
        let cells: Vec<_> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
        if !cells.is_empty() {
            lines.push(Line { number, cells });
        }
    }
    match lines.len() {
        0 => Err(refused("/lignes", "vide", text::FICHIER_VIDE)),
        many if many > LIGNES_MAX => Err(refused("/lignes", "trop", text::lignes(LIGNES_MAX))),
        _ => Ok(lines),
    }
}

fn check_columns(names: &[String]) -> Result<(), AppError> {
    let known = |name: &String| OBLIGATOIRES.contains(&name.as_str()) || FACULTATIVES.contains(&name.as_str());
    let unknown = names.iter().filter(|name| !known(name));
    let unknown = unknown.map(|name| FieldError::new("/entetes", "colonne_inconnue", text::colonne_inconnue(name)));
    let missing = OBLIGATOIRES.iter().filter(|name| !names.iter().any(|given| given == *name));
    let missing = missing.map(|name| FieldError::new("/entetes", "colonne_manquante", text::colonne_manquante(name)));
    let errors: Vec<FieldError> = unknown.chain(missing).collect();
    if errors.is_empty() { Ok(()) } else { Err(AppError::fields(errors)) }
}

/// What a line asks for, beside the envelope that it names.
fn wish(conn: &mut DbConn, line: &Line) -> Result<Result<Wish, Vec<FieldError>>, AppError> {
    let mut errors = Vec::new();
    let year = line.get("annee").parse::<i64>().unwrap_or_else(|_illegible| {
        errors.push(FieldError::new("/annee", "illisible", text::ENTIER));
        0
    });
    let amount = Some(line.get("montant_euros")).filter(|cell| !cell.is_empty()).map(lire_euros);
    if amount == Some(None) {
        errors.push(FieldError::new("/montant_euros", "illisible", text::EUROS));
    }
    let department = line.get("departement").to_uppercase();
    let known = enveloppe::departement.eq(&department).and(enveloppe::annee.eq(year));
    let known: Option<Envelope> =
        enveloppe::table.filter(known).filter(enveloppe::libelle.eq(line.get("libelle"))).first(conn).optional()?;
    let mut settings = match &known {
        Some(row) => gestion::settings(conn, row)?,
        None => EnveloppeReglages::default(),
    };
    errors.extend(line.cells.iter().filter_map(|(column, cell)| poser(&mut settings, column, cell).err()));
    if let (Some(row), Some(Some(amount))) = (&known, amount)
        && row.montant != amount
    {
        errors.push(FieldError::new("/montant_euros", "montant_fixe", text::MONTANT_FIXE));
    }
    let montant = amount.flatten().unwrap_or(MONTANT);
    let new = EnveloppeNouvelle { departement: department, annee: year, montant, reglages: settings };
    let checked = new.valider().map_err(|refusals| errors.extend(refusals));
    Ok(match checked {
        Ok(new) if errors.is_empty() => Ok(match known {
            Some(row) => Wish::Set(Box::new((row, new.reglages))),
            None => Wish::Make(Box::new(new)),
        }),
        _ => Err(errors),
    })
}

/// The file of the envelopes within reach, as it may be sent back.
///
/// # Errors
/// 500 when the database or the writing fails.
pub fn file(conn: &mut DbConn, perimeter: &Perimeter) -> Result<Vec<u8>, AppError> {
    let broken = |error: csv::Error| AppError::Internal(error.to_string());
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    let columns = || OBLIGATOIRES.into_iter().chain(FACULTATIVES);
    writer.write_record(columns()).map_err(broken)?;
    let mut after: Option<queries::Position> = None;
    loop {
        let rows = queries::page(conn, perimeter, after.as_ref(), LIGNES_MAX)?;
        after = rows.last().map(queries::Position::from);
        for row in rows {
            let settings = gestion::settings(conn, &row)?;
            let cell = |column: &str| match column {
                "departement" => row.departement.clone(),
                "annee" => row.annee.to_string(),
                "montant_euros" => ecrire_euros(row.montant),
                other => neutraliser(&cellule(&settings, other)).into_owned(),
            };
            writer.write_record(columns().map(cell)).map_err(broken)?;
        }
        if after.is_none() {
            return writer.into_inner().map_err(|error| AppError::Internal(error.to_string()));
        }
    }
}

/// Makes and sets the envelopes of a file, or tries to.
///
/// # Errors
/// 422 naming each line and column to mend; nothing is then written.
pub fn run(conn: &mut DbConn, context: &Context, file: &str, trial: bool) -> Result<EnveloppesImportees, AppError> {
    let (mut wishes, mut errors, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    for line in read(file)? {
        let key = ["departement", "annee", "libelle"].map(|column| line.get(column).to_uppercase());
        if !seen.insert(key) {
            errors.push(line.place(FieldError::new("/libelle", "ligne_en_double", text::LIGNE_DOUBLE)));
            continue;
        }
        match wish(conn, &line)? {
            Ok(wish) => wishes.push(wish),
            Err(refusals) => errors.extend(refusals.into_iter().map(|refusal| {
                let champ = refusal.champ.trim_start_matches("/reglages").to_owned();
                line.place(FieldError { champ, ..refusal })
            })),
        }
    }
    if !errors.is_empty() {
        return Err(AppError::fields(errors));
    }
    let mut done = EnveloppesImportees { essai: trial, ..EnveloppesImportees::default() };
    for wish in wishes {
        let count = match wish {
            Wish::Make(new) => {
                if !trial {
                    gestion::insert(conn, context, &new)?;
                }
                &mut done.creees
            }
            Wish::Set(change) => {
                let (row, settings) = *change;
                let differs = gestion::settings(conn, &row)? != settings;
                if differs && !trial {
                    gestion::set(conn, context, row, &settings)?;
                }
                if differs { &mut done.modifiees } else { &mut done.inchangees }
            }
        };
        *count += 1;
    }
    Ok(done)
}
