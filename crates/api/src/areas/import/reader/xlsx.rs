//! XLSX: the visible sheet that holds demandes, cell after cell, so that a far-away cell costs nothing.

use std::fs::File;
use std::io::BufReader;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use domain::import::Cible;

use super::csv::trimmed;
use super::ndjson::number;
use super::{FileError, Halt, Limits, RECORD_MAX, Record, Sink, WIDTH_MAX};
use crate::areas::import::text;

fn unreadable(error: XlsxError) -> FileError {
    match error {
        XlsxError::Password => FileError::refused(text::PROTECTED),
        _ => FileError::refused(text::NOT_A_WORKBOOK),
    }
}

/// The text of a cell as a person would type it: a whole number without decimals nor exponent, a date in ISO form.
fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => number(*value),
        DataRef::String(value) | DataRef::DurationIso(value) => value.clone(),
        DataRef::SharedString(value) => (*value).to_owned(),
        DataRef::Bool(value) => if *value { "oui" } else { "non" }.to_owned(),
        DataRef::DateTime(value) if value.is_datetime() => {
            let (year, month, day, ..) = value.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(value) => number(value.as_f64()),
        DataRef::DateTimeIso(value) => value.split('T').next().unwrap_or_default().to_owned(),
        // What a spreadsheet writes for an error is no text to keep, but must not pass for an empty cell.
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// Rows of a sheet handed over one at a time.
pub struct Rows<'a> {
    sink: &'a mut dyn Sink,
    header: Option<usize>,
    values: Vec<String>,
    row: u64,
    /// Bytes of the row.
    weight: usize,
}

impl<'a> Rows<'a> {
    /// Rows that go to `sink`.
    pub fn new(sink: &'a mut dyn Sink) -> Self {
        Self { sink, header: None, values: Vec::new(), row: 0, weight: 0 }
    }

    /// A cell that is not empty; cells come in the order of the rows. `row` is from 1.
    pub fn cell(&mut self, (row, column): (u64, usize), value: String, position: u64) -> Result<(), Halt> {
        if row != self.row {
            self.flush(position)?;
            self.row = row;
            self.weight = 0;
        }
        self.weight += value.len();
        if self.weight > RECORD_MAX {
            return Err(FileError::refused(text::line_too_long(row, RECORD_MAX)).into());
        }
        if column >= WIDTH_MAX {
            return Err(FileError::refused(text::too_many_columns(domain::import::entetes::ENTETES_MAX)).into());
        }
        while self.values.len() <= column {
            self.values.push(String::new());
        }
        if let Some(cell) = self.values.get_mut(column) {
            *cell = value;
        }
        Ok(())
    }

    /// Hands the present row over.
    pub fn flush(&mut self, position: u64) -> Result<(), Halt> {
        let mut values = std::mem::take(&mut self.values);
        if values.iter().all(|value| value.trim().is_empty()) {
            return Ok(());
        }
        let Some(width) = self.header else {
            let header = trimmed(values);
            self.header = Some(header.len());
            return self.sink.start(Some(header), b';');
        };
        while values.len() > width && values.last().is_some_and(|value| value.trim().is_empty()) {
            values.pop();
        }
        let record = Record { line: self.row, keys: None, values, raw: None, fault: None };
        self.sink.record(record, position)
    }
}

/// The visible sheet whose first row names most of our columns, the first of them when several do: the export of a whole
/// Grist document has one sheet per table. With the names of the others.
fn sheet_of_demandes(book: &mut Xlsx<BufReader<File>>) -> Result<(String, Vec<String>), FileError> {
    let shown = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet;
    let names: Vec<String> = book.sheets_metadata().iter().filter(shown).map(|sheet| sheet.name.clone()).collect();
    let mut best: Option<(usize, &String)> = None;
    for name in &names {
        let known = known_headers(book, name)?;
        if best.as_ref().is_none_or(|(most, _)| known > *most) {
            best = Some((known, name));
        }
    }
    let read = best.map(|(_, name)| name.clone()).ok_or_else(|| FileError::refused(text::NO_SHEET))?;
    let others = names.into_iter().filter(|name| *name != read).collect();
    Ok((read, others))
}

/// How many cells of the first row that is not empty are headers of our columns.
fn known_headers(book: &mut Xlsx<BufReader<File>>, name: &str) -> Result<usize, FileError> {
    let mut cells = book.worksheet_cells_reader(name).map_err(unreadable)?;
    let mut header = None;
    let mut known = 0;
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, _) = cell.get_position();
        let value = cell_text(cell.get_value());
        if value.trim().is_empty() {
            continue;
        }
        if *header.get_or_insert(row) != row {
            break;
        }
        known += usize::from(matches!(Cible::reconnaitre(&value), Cible::Colonne(_)));
    }
    Ok(known)
}

/// Reads an XLSX workbook, already measured.
pub fn read(file: File, limits: Limits, sink: &mut dyn Sink) -> Result<(), Halt> {
    let size = file.metadata()?.len();
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(unreadable)?;
    let (name, others) = sheet_of_demandes(&mut book)?;
    sink.ignored(others)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(unreadable)?;
    let height = u64::from(cells.dimensions().end.0) + 1;
    let mut rows = Rows::new(sink);
    // Shared text may be named by every cell: what the cells weigh together is measured too.
    let mut weight = 0_u64;
    let mut position = 0;
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let value = cell_text(cell.get_value());
        if value.is_empty() {
            continue;
        }
        weight += value.len() as u64;
        if weight > limits.unpacked.saturating_mul(2) {
            return Err(FileError::refused(text::TOO_BIG_OPEN).into());
        }
        position = size.saturating_mul(u64::from(row)) / height.max(u64::from(row) + 1);
        rows.cell((u64::from(row) + 1, column as usize), value, position)?;
    }
    rows.flush(position)
}
