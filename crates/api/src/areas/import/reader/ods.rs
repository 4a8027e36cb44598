//! ODS: the sheet that holds demandes, read as a stream. Repeated cells and rows are only written out when they hold something, and
//! never without bound: a few bytes may announce a billion cells.

use std::fs::File;
use std::io::Read;

use domain::demande::request::OBLIGATOIRES;
use domain::import::Cible;

use super::xlsx::Rows;
use super::xml::{Token, Tokens, attribute};
use super::{FileError, Halt, RECORD_MAX, Record, Sink, WIDTH_MAX, zipped};
use crate::areas::import::text;

/// Most times a row that holds something may be repeated.
const ROW_REPEATS: u64 = 10_000;
/// Most cells that repetition may add to a file.
const ADDED: u64 = 2_000_000;

/// What is known of the cell being read.
struct Cell {
    repeats: usize,
    /// Value of a typed cell, which wins over the text shown.
    typed: Option<String>,
    shown: String,
    paragraphs: usize,
}

/// Reading of a sheet.
struct Sheet<'a> {
    rows: Rows<'a>,
    row: u64,
    row_repeats: u64,
    column: usize,
    /// Cells of the row that hold something.
    filled: Vec<(usize, String)>,
    cell: Option<Cell>,
    /// Depth inside an annotation, whose text is not the cell's.
    note: usize,
    added: u64,
}

/// Reads an ODS spreadsheet, already measured.
pub fn read(file: File, sink: &mut dyn Sink) -> Result<(), Halt> {
    let size = file.metadata()?.len();
    let (place, others) = table_of_demandes(file.try_clone()?)?;
    sink.ignored(others)?;
    let mut archive = zipped::open(file)?;
    let content = archive.by_name("content.xml").map_err(|_missing| FileError::refused(text::NOT_A_WORKBOOK))?;
    let full = content.size().max(1);
    let mut tokens = Tokens::new(content);
    let mut sheet = Sheet::new(sink);
    for _ in 0..=place {
        find_table(&mut tokens)?;
    }
    loop {
        let position = size.saturating_mul(tokens.position().min(full)) / full;
        let Some(token) = tokens.next()? else {
            return Err(FileError::refused(text::NOT_A_WORKBOOK).into());
        };
        if sheet.take(token, position)? {
            return sheet.rows.flush(position);
        }
    }
}

/// Counts the headers of our columns, and sees nothing else.
#[derive(Default)]
struct Headers {
    known: usize,
    all: bool,
}

impl Sink for Headers {
    fn start(&mut self, header: Option<Vec<String>>, _: u8) -> Result<(), Halt> {
        let targets: Vec<Cible> = header.iter().flatten().map(|title| Cible::reconnaitre(title)).collect();
        self.known = targets.iter().filter(|target| matches!(target, Cible::Colonne(_))).count();
        self.all = OBLIGATOIRES.iter().all(|column| targets.contains(&Cible::Colonne(*column)));
        Err(Halt::Stop)
    }

    fn record(&mut self, _: Record, _: u64) -> Result<(), Halt> {
        Err(Halt::Stop)
    }
}

/// Place of the sheet whose first row names most of our columns, the first of them when several do: the first that names all that
/// a demande needs ends the search. With the names of the others.
fn table_of_demandes(file: File) -> Result<(usize, Vec<String>), FileError> {
    let mut archive = zipped::open(file)?;
    let content = archive.by_name("content.xml").map_err(|_missing| FileError::refused(text::NOT_A_WORKBOOK))?;
    let mut tokens = Tokens::new(content);
    let mut best: Option<(usize, usize)> = None;
    let (mut names, mut found) = (Vec::new(), false);
    while let Some(name) = find_table(&mut tokens)? {
        if !found {
            let mut headers = Headers::default();
            read_header(&mut tokens, &mut headers)?;
            if best.is_none_or(|(known, _)| headers.known > known) {
                best = Some((headers.known, names.len()));
            }
            found = headers.all;
        }
        names.push(name);
    }
    let (_, place) = best.ok_or_else(|| FileError::refused(text::NO_SHEET))?;
    names.remove(place);
    Ok((place, names))
}

/// Reads the first row of a sheet that holds something.
fn read_header<R: Read>(tokens: &mut Tokens<R>, headers: &mut Headers) -> Result<(), FileError> {
    let mut sheet = Sheet::new(headers);
    while let Some(token) = tokens.next()? {
        let over = match sheet.take(token, 0) {
            Ok(true) => sheet.rows.flush(0).map(|()| true),
            other => other,
        };
        match over {
            Ok(false) => {}
            Ok(true) | Err(Halt::Stop) => return Ok(()),
            Err(Halt::File(error)) => return Err(error),
        }
    }
    Ok(())
}

/// Goes to the next sheet, and gives its name.
fn find_table<R: Read>(tokens: &mut Tokens<R>) -> Result<Option<String>, FileError> {
    while let Some(token) = tokens.next()? {
        if let Token::Open { name, attributes, empty: false } = &token
            && name == "table:table"
        {
            return Ok(Some(attribute(attributes, "table:name").unwrap_or_default()));
        }
    }
    Ok(None)
}

fn repeats(attributes: &str, name: &str) -> u64 {
    attribute(attributes, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

impl Cell {
    fn new(attributes: &str) -> Self {
        let get = |name: &str| attribute(attributes, name);
        let typed = match get("office:value-type").as_deref() {
            Some("float" | "currency" | "percentage") => get("office:value").map(|text| plain_number(&text)),
            Some("date") => get("office:date-value").map(|text| text.split('T').next().unwrap_or("").to_owned()),
            Some("boolean") => {
                get("office:boolean-value").map(|text| if text == "true" { "oui" } else { "non" }.to_owned())
            }
            Some("string") => get("office:string-value"),
            _ => None,
        };
        let wide = repeats(attributes, "table:number-columns-repeated");
        Self { repeats: usize::try_from(wide).unwrap_or(usize::MAX), typed, shown: String::new(), paragraphs: 0 }
    }

    fn text(self) -> String {
        self.typed.unwrap_or(self.shown)
    }
}

/// `2.175E+13` in full; a text that is no number stays.
fn plain_number(text: &str) -> String {
    let whole = !text.contains(['e', 'E', '.']);
    match text.parse::<f64>() {
        Ok(value) if !whole && value.is_finite() => super::ndjson::number(value),
        _ => text.to_owned(),
    }
}

impl<'a> Sheet<'a> {
    fn new(sink: &'a mut dyn Sink) -> Self {
        Self {
            rows: Rows::new(sink),
            row: 0,
            row_repeats: 1,
            column: 0,
            filled: Vec::new(),
            cell: None,
            note: 0,
            added: 0,
        }
    }

    /// Takes a token; whether the sheet is over.
    fn take(&mut self, token: Token, position: u64) -> Result<bool, Halt> {
        match token {
            Token::Open { name, attributes, empty } => self.open(&name, &attributes, empty, position)?,
            Token::Close(name) => return self.close(&name, position),
            Token::Text(text) => {
                if let Some(cell) = self.cell.as_mut().filter(|cell| cell.paragraphs > 0 && self.note == 0) {
                    cell.shown.push_str(&text);
                }
            }
        }
        Ok(false)
    }

    fn open(&mut self, name: &str, attributes: &str, empty: bool, position: u64) -> Result<(), Halt> {
        match name {
            "table:table-row" => {
                self.row_repeats = repeats(attributes, "table:number-rows-repeated");
                self.column = 0;
                if empty {
                    self.end_row(position)?;
                }
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.cell = Some(Cell::new(attributes));
                if empty {
                    self.end_cell()?;
                }
            }
            "office:annotation" if !empty => self.note += 1,
            _ => {
                if self.note == 0 {
                    self.inline(name, attributes);
                }
            }
        }
        Ok(())
    }

    /// Paragraphs, and the signs that XML would lose.
    fn inline(&mut self, name: &str, attributes: &str) {
        let Some(cell) = self.cell.as_mut() else { return };
        match name {
            "text:p" => {
                cell.paragraphs += 1;
                if cell.paragraphs > 1 {
                    cell.shown.push('\n');
                }
            }
            "text:line-break" => cell.shown.push('\n'),
            "text:tab" => cell.shown.push(' '),
            "text:s" => {
                let count = repeats(attributes, "text:c").min(1_000);
                (0..count).for_each(|_| cell.shown.push(' '));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, position: u64) -> Result<bool, Halt> {
        match name {
            "table:table-cell" | "table:covered-table-cell" => self.end_cell()?,
            "table:table-row" => self.end_row(position)?,
            "office:annotation" => self.note = self.note.saturating_sub(1),
            "table:table" => return Ok(true),
            _ => {}
        }
        Ok(false)
    }

    fn end_cell(&mut self) -> Result<(), Halt> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let (first, repeats) = (self.column, cell.repeats);
        self.column = self.column.saturating_add(repeats);
        let value = cell.text();
        if value.is_empty() {
            return Ok(());
        }
        let last = first.saturating_add(repeats);
        if last > WIDTH_MAX {
            return Err(FileError::refused(text::too_many_columns(domain::import::entetes::ENTETES_MAX)).into());
        }
        if value.len().saturating_mul(repeats) > RECORD_MAX {
            return Err(FileError::refused(text::line_too_long(self.row + 1, RECORD_MAX)).into());
        }
        self.count(repeats as u64 - 1)?;
        for column in first..last {
            self.filled.push((column, value.clone()));
        }
        Ok(())
    }

    fn count(&mut self, added: u64) -> Result<(), Halt> {
        self.added = self.added.saturating_add(added);
        if self.added > ADDED {
            return Err(FileError::refused(text::TOO_BIG_OPEN).into());
        }
        Ok(())
    }

    fn end_row(&mut self, position: u64) -> Result<(), Halt> {
        let filled = std::mem::take(&mut self.filled);
        let repeats = std::mem::replace(&mut self.row_repeats, 1);
        if filled.is_empty() {
            self.row = self.row.saturating_add(repeats);
            return Ok(());
        }
        if repeats > ROW_REPEATS {
            return Err(FileError::refused(text::TOO_BIG_OPEN).into());
        }
        self.count((repeats - 1) * filled.len() as u64)?;
        for _ in 0..repeats {
            self.row += 1;
            for (column, value) in &filled {
                self.rows.cell((self.row, *column), value.clone(), position)?;
            }
        }
        Ok(())
    }
}
