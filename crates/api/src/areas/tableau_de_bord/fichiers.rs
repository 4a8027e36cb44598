//! A dashboard as a CSV file, the report of a convention as a workbook.

use domain::enveloppe::EnveloppeReglages;
use domain::import::neutraliser;
use domain::pilotage::{Cellule, TableauDeBord, sections};
use domain::text::fr_pilotage as text;
use domain::values::DateIso;
use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};

use crate::error::AppError;

fn broken(error: impl std::fmt::Display) -> AppError {
    AppError::Internal(format!("report: {error}"))
}

/// Cents as euros that a program reads: `1234.50`.
fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

/// The dashboard as CSV: one figure a line.
pub fn csv(dashboard: &TableauDeBord) -> Result<Vec<u8>, AppError> {
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record([text::RUBRIQUE, text::ELEMENT, text::MESURE, text::VALEUR, text::UNITE]).map_err(broken)?;
    for section in sections(dashboard) {
        for row in &section.lignes {
            let words = row.iter().filter_map(|cell| match cell {
                Cellule::Texte(words) => Some(words.as_str()),
                _ => None,
            });
            let element = words.collect::<Vec<_>>().join(" : ");
            for (head, cell) in section.entetes.iter().zip(row) {
                let (value, unit) = match cell {
                    Cellule::Texte(_) => continue,
                    Cellule::Nombre(number) => (number.to_string(), ""),
                    Cellule::Euros(cents) => (euros(*cents), text::EUROS),
                    Cellule::Jours(days) => (days.map(|days| days.to_string()).unwrap_or_default(), text::JOURS),
                };
                let record = [section.titre, &neutraliser(&element), head, &value, unit];
                writer.write_record(record).map_err(broken)?;
            }
        }
    }
    writer.into_inner().map_err(broken)
}

/// What identifies a convention: each name with its value, those that are not known left out.
pub fn identity(dashboard: &TableauDeBord, settings: &EnveloppeReglages, today: &str) -> Vec<(&'static str, String)> {
    let day = |iso: &str| DateIso::parse_iso(iso).map(|day| day.afficher()).unwrap_or_default();
    let envelope = dashboard.enveloppes.first().map(|summary| &summary.enveloppe);
    let lines = [
        (text::ENVELOPPE, dashboard.titre.clone()),
        (text::DEPARTEMENT, envelope.map(|one| one.departement.clone()).unwrap_or_default()),
        (text::ANNEE, envelope.map(|one| one.annee.to_string()).unwrap_or_default()),
        (text::RECIPIENDAIRE, settings.recipiendaire.clone()),
        (text::SIRET, settings.siret.clone()),
        (text::CONVENTION, settings.convention.clone()),
        (text::DEBUT, day(&settings.debut)),
        (text::FIN, day(&settings.fin)),
        (text::ARRETE, day(today)),
    ];
    lines.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The formats of a sheet.
struct Formats {
    title: Format,
    head: Format,
    number: Format,
    money: Format,
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cellule,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cellule::Texte(words) => sheet.write_string(row, column, neutraliser(words)),
        // No count nor amount of ours comes near what a spreadsheet rounds.
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        Cellule::Nombre(number) | Cellule::Jours(Some(number)) => {
            sheet.write_number_with_format(row, column, *number as f64, &formats.number)
        }
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        Cellule::Euros(cents) => sheet.write_number_with_format(row, column, *cents as f64 / 100.0, &formats.money),
        Cellule::Jours(None) => return Ok(()),
    }
    .map(drop)
}

fn fill(
    sheet: &mut Worksheet,
    dashboard: &TableauDeBord,
    identity: &[(&'static str, String)],
) -> Result<(), XlsxError> {
    let formats = Formats {
        title: Format::new().set_bold().set_font_size(14),
        head: Format::new().set_bold(),
        number: Format::new().set_num_format("#,##0"),
        money: Format::new().set_num_format("#,##0.00 \"€\""),
    };
    sheet.set_name(text::FEUILLE)?;
    sheet.set_column_width(0, 48)?;
    sheet.set_column_range_width(1, 8, 20)?;
    sheet.write_string_with_format(0, 0, text::RAPPORT, &formats.title)?;
    let mut row = 2;
    for (name, value) in identity {
        sheet.write_string_with_format(row, 0, *name, &formats.head)?;
        sheet.write_string(row, 1, neutraliser(value))?;
        row += 1;
    }
    for section in sections(dashboard) {
        row += 1;
        sheet.write_string_with_format(row, 0, section.titre, &formats.title)?;
        row += 1;
        for (column, head) in (0_u16..).zip(&section.entetes) {
            sheet.write_string_with_format(row, column, *head, &formats.head)?;
        }
        row += 1;
        for cells in &section.lignes {
            for (column, cell) in (0_u16..).zip(cells) {
                write_cell(sheet, (row, column), cell, &formats)?;
            }
            row += 1;
        }
    }
    Ok(())
}

/// The report as a workbook of one sheet.
pub fn xlsx(dashboard: &TableauDeBord, identity: &[(&'static str, String)]) -> Result<Vec<u8>, AppError> {
    let mut book = Workbook::new();
    let title = format!("{} : {}", text::RAPPORT, dashboard.titre);
    book.set_properties(&DocProperties::new().set_title(title));
    fill(book.add_worksheet(), dashboard, identity).map_err(broken)?;
    book.save_to_buffer().map_err(broken)
}
