//! Writing the rows of a selection as CSV, NDJSON or XLSX, page after page (ODS: `ods`). The same columns in the same order every time;
//! what a spreadsheet would run is put to sleep (SEC-48), and comes back as it was when the file is imported again.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, sync_channel};

use domain::demande::Colonne;
use domain::demande::choisies::CHOISIES_MAX;
use domain::demande::colonne::TypeColonne;
use domain::error::{ErrorCode, FieldError};
use domain::grist;
use domain::import::neutraliser;
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Workbook, Worksheet, XlsxError};
use serde_json::json;

use super::ods;
use crate::areas::demande::queries::{self, PageRow};
use crate::areas::demande::selection::{Position, Selection};
use crate::areas::import::text;
use crate::clock::{Clock, Moment};
use crate::db::{Db, DbConn};
use crate::error::AppError;
use crate::journal::{self, Author, Entry};

/// Rows read at once.
const PAGE: usize = 2_000;
/// Pages that may wait to be written.
const AHEAD: usize = 2;
/// Most rows of a sheet, its header line excepted.
const SHEET_ROWS: u64 = 1_048_575;

/// Formats that are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma, UTF-8 with its mark, so that a spreadsheet opens it well.
    Csv,
    /// One object per line.
    Ndjson,
    /// Excel workbook.
    Xlsx,
    /// OpenDocument spreadsheet.
    Ods,
    /// Records of Grist, no more than this number.
    Grist(u64),
}

impl Format {
    /// The format with this code.
    pub fn parse(code: &str) -> Result<Self, AppError> {
        match code {
            "csv" => Ok(Self::Csv),
            "ndjson" => Ok(Self::Ndjson),
            "xlsx" => Ok(Self::Xlsx),
            "ods" => Ok(Self::Ods),
            _ => Err(AppError::parameter("format", "format_inconnu", text::EXPORT_FORMAT)),
        }
    }

    /// Code, also the extension of the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Grist(_) => "grist",
        }
    }

    /// Whether it is a sheet, which holds so many rows and no more.
    pub fn is_sheet(self) -> bool {
        matches!(self, Self::Xlsx | Self::Ods)
    }

    /// Media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Ndjson => "application/x-ndjson",
            Self::Grist(_) => "application/json",
            Self::Ods => ods::MEDIA,
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// The reader of the file has gone, or the disk failed.
pub fn broken(error: impl std::fmt::Display) -> AppError {
    AppError::Internal(format!("export: {error}"))
}

fn pages(
    db: &Db,
    selection: &Selection,
    columns: &[Colonne],
    most: u64,
    send: &mut dyn FnMut(Vec<PageRow>) -> bool,
) -> Result<(), AppError> {
    let mut after: Option<Position> = None;
    let mut left = most;
    loop {
        let size = usize::try_from(left).map_or(PAGE, |left| left.min(PAGE));
        let rows =
            db.read_blocking(|conn| Ok::<_, AppError>(queries::page(conn, selection, columns, after.as_ref(), size)?))?;
        left -= rows.len() as u64;
        let more = rows.len() == size && left > 0;
        after = rows.last().map(|row| row.position.clone());
        if !rows.is_empty() && !send(rows) {
            return Ok(());
        }
        if !more {
            return Ok(());
        }
    }
}

/// Reads the pages, up to `most` rows, on another thread while this one writes those before.
pub(super) fn each_page(
    db: &Db,
    selection: &Selection,
    columns: &[Colonne],
    most: u64,
    mut work: impl FnMut(Vec<PageRow>) -> Result<(), AppError>,
) -> Result<u64, AppError> {
    let (output, input) = sync_channel(AHEAD);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let read = pages(db, selection, columns, most, &mut |rows| output.send(Ok(rows)).is_ok());
            if let Err(error) = read {
                // Nobody listens any more when the client has gone.
                let _gone = output.send(Err(error));
            }
        });
        consume(input, &mut work)
    })
}

fn consume(
    input: Receiver<Result<Vec<PageRow>, AppError>>,
    work: &mut impl FnMut(Vec<PageRow>) -> Result<(), AppError>,
) -> Result<u64, AppError> {
    let mut count = 0;
    for page in input {
        let rows = page?;
        count += rows.len() as u64;
        work(rows)?;
    }
    Ok(count)
}

pub(super) fn names(columns: &[Colonne]) -> impl Iterator<Item = &'static str> + '_ {
    std::iter::once("id").chain(columns.iter().map(|column| column.nom()))
}

/// Writes the rows as CSV; answers how many.
pub fn write_csv(db: &Db, selection: &Selection, columns: &[Colonne], out: &mut impl Write) -> Result<u64, AppError> {
    out.write_all("\u{feff}".as_bytes()).map_err(broken)?;
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(out);
    writer.write_record(names(columns)).map_err(broken)?;
    let count = each_page(db, selection, columns, u64::MAX, |rows| {
        for row in rows {
            writer.write_field(&row.id).map_err(broken)?;
            for (_, cell) in row.cells(columns) {
                writer.write_field(neutraliser(cell).as_bytes()).map_err(broken)?;
            }
            writer.write_record(None::<&[u8]>).map_err(broken)?;
        }
        Ok(())
    })?;
    writer.flush().map_err(broken)?;
    Ok(count)
}

/// Writes the rows as NDJSON, empty cells left out; answers how many.
pub fn write_ndjson(
    db: &Db,
    selection: &Selection,
    columns: &[Colonne],
    out: &mut impl Write,
) -> Result<u64, AppError> {
    let mut buffer: Vec<u8> = Vec::with_capacity(1 << 17);
    each_page(db, selection, columns, u64::MAX, |rows| {
        for row in rows {
            buffer.extend_from_slice(b"{\"id\":");
            serde_json::to_writer(&mut buffer, &row.id).map_err(broken)?;
            for (column, cell) in row.cells(columns) {
                write!(buffer, ",\"{}\":", column.nom()).map_err(broken)?;
                serde_json::to_writer(&mut buffer, cell).map_err(broken)?;
            }
            buffer.extend_from_slice(b"}\n");
        }
        out.write_all(&buffer).map_err(broken)?;
        buffer.clear();
        Ok(())
    })
}

/// Writes the rows as records of Grist, no more than `most`; answers how many.
pub fn write_grist(
    db: &Db,
    selection: &Selection,
    columns: &[Colonne],
    most: u64,
    out: &mut impl Write,
) -> Result<u64, AppError> {
    out.write_all(b"{\"records\":[").map_err(broken)?;
    let mut buffer: Vec<u8> = Vec::with_capacity(1 << 17);
    let mut first = true;
    let count = each_page(db, selection, columns, most, |rows| {
        for row in rows {
            let comma = if std::mem::take(&mut first) { "" } else { "," };
            write!(buffer, "{comma}{{\"id\":{},\"fields\":{{", row.position.rank).map_err(broken)?;
            for (place, (column, cell)) in row.cells(columns).enumerate() {
                let comma = if place == 0 { "" } else { "," };
                write!(buffer, "{comma}\"{}\":", grist::identifiant(column)).map_err(broken)?;
                serde_json::to_writer(&mut buffer, &grist::valeur(column, cell)).map_err(broken)?;
            }
            buffer.extend_from_slice(b"}}");
        }
        out.write_all(&buffer).map_err(broken)?;
        buffer.clear();
        Ok(())
    })?;
    out.write_all(b"]}").map_err(broken)?;
    Ok(count)
}

/// Refuses more rows than a sheet holds.
pub fn check_sheet(conn: &mut DbConn, selection: &Selection) -> Result<(), AppError> {
    if queries::count(conn, selection)? > SHEET_ROWS {
        return Err(AppError::parameter("format", "trop_de_lignes", text::TOO_MANY_ROWS));
    }
    Ok(())
}

/// Restricts a selection to the demandes of these ids.
///
/// # Errors
/// 422 naming `/ids` when there is none or too many; 404 when one of them is gone, or out of reach.
pub fn choose(conn: &mut DbConn, selection: Selection, mut ids: Vec<String>) -> Result<Selection, AppError> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() || ids.len() > CHOISIES_MAX {
        return Err(AppError::fields(vec![FieldError::new("/ids", "hors_limites", text::chosen(CHOISIES_MAX))]));
    }
    let selection = Selection { ranks: Some(queries::ranks_of(conn, &ids)?), ..selection };
    if queries::count(conn, &selection)? != ids.len() as u64 {
        return Err(AppError::detail(ErrorCode::Introuvable, text::CHOSEN_GONE));
    }
    Ok(selection)
}

/// Width of a column of a sheet, in characters.
pub(super) fn width(column: Colonne) -> u16 {
    match column {
        Colonne::Commentaire | Colonne::Adresse | Colonne::StructureNom => 40,
        Colonne::Email | Colonne::StructureEmail | Colonne::ReferentEmail | Colonne::EnveloppeId => 36,
        _ => match column.genre() {
            TypeColonne::Date | TypeColonne::OuiNon => 12,
            TypeColonne::Texte | TypeColonne::Code | TypeColonne::Choix => 20,
        },
    }
}

/// One column of a sheet.
struct SheetColumn {
    place: u16,
    date: bool,
}

fn sheet_columns(columns: &[Colonne]) -> Vec<SheetColumn> {
    let place = |place: usize| u16::try_from(place + 1).unwrap_or(u16::MAX);
    let column =
        |(at, column): (usize, &Colonne)| SheetColumn { place: place(at), date: column.genre() == TypeColonne::Date };
    columns.iter().enumerate().map(column).collect()
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: &SheetColumn,
    cell: &str,
    date: &CellFormat,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    if column.date
        && let Ok(day) = ExcelDateTime::parse_from_str(cell)
    {
        return sheet.write_datetime_with_format(row, column.place, &day, date).map(drop);
    }
    sheet.write_string(row, column.place, neutraliser(cell)).map(drop)
}

/// Builds the workbook of the rows, which waits on disk; answers how many there are.
fn workbook(db: &Db, selection: &Selection, columns: &[Colonne]) -> Result<(Workbook, u64), AppError> {
    db.read_blocking(|conn| check_sheet(conn, selection))?;
    let date = CellFormat::new().set_num_format("yyyy-mm-dd");
    let places = sheet_columns(columns);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory().map_err(broken)?;
    sheet.set_name("Demandes").map_err(broken)?;
    sheet.set_freeze_panes(1, 0).map_err(broken)?;
    sheet.set_column_width(0, 36).map_err(broken)?;
    for (column, place) in columns.iter().zip(&places) {
        sheet.set_column_width(place.place, width(*column)).map_err(broken)?;
    }
    for (place, name) in names(columns).enumerate() {
        sheet.write_string(0, u16::try_from(place).unwrap_or(u16::MAX), name).map_err(broken)?;
    }
    let mut place = 0_u32;
    let count = each_page(db, selection, columns, u64::MAX, |rows| {
        for row in rows {
            place += 1;
            sheet.write_string(place, 0, &row.id).map_err(broken)?;
            for (column, (_, cell)) in places.iter().zip(row.cells(columns)) {
                write_cell(sheet, place, column, cell, &date).map_err(broken)?;
            }
        }
        Ok(())
    })?;
    Ok((book, count))
}

/// Writes the rows as XLSX; answers how many.
pub fn write_xlsx(
    db: &Db,
    selection: &Selection,
    columns: &[Colonne],
    out: &mut (impl Write + Send),
) -> Result<u64, AppError> {
    let (mut book, count) = workbook(db, selection, columns)?;
    book.save_to_writer(out).map_err(broken)?;
    Ok(count)
}

/// Writes the rows in the format of this code (command line); answers how many.
///
/// # Errors
/// An unknown format, the database, or the output.
pub fn write(
    db: &Db,
    selection: &Selection,
    columns: &[Colonne],
    format: &str,
    out: &mut impl Write,
) -> Result<u64, AppError> {
    match Format::parse(format)? {
        Format::Csv => write_csv(db, selection, columns, out),
        Format::Ndjson => write_ndjson(db, selection, columns, out),
        Format::Grist(most) => write_grist(db, selection, columns, most, out),
        Format::Ods => ods::write(db, selection, columns, out),
        Format::Xlsx => {
            let (mut book, count) = workbook(db, selection, columns)?;
            let bytes = book.save_to_buffer().map_err(broken)?;
            out.write_all(&bytes).map_err(broken)?;
            Ok(count)
        }
    }
}

/// What the journal keeps of an export.
pub struct Exported {
    /// Format.
    pub format: Format,
    /// Filter, sort and search, as asked for.
    pub criteria: [String; 3],
    /// Number of rows.
    pub count: u64,
}

/// Notes an export.
pub fn note(conn: &mut DbConn, clock: &Clock, author: &Author, now: Moment, what: &Exported) -> Result<(), AppError> {
    let [filter, sort, search] = &what.criteria;
    let values = json!({
        "format": what.format.as_str(), "filtre": filter, "tri": sort, "recherche": search, "lignes": what.count,
    });
    let entry =
        Entry { action: "demandes.exportees", object: "export", object_id: clock.id(), values: values.to_string() };
    Ok(journal::append(conn, clock, author, now, vec![entry])?)
}

/// Hands what is written over in pieces; writing fails once nobody receives.
pub struct Pieces<F> {
    send: F,
    buffer: Vec<u8>,
}

/// Bytes of a piece.
const PIECE: usize = 128 * 1_024;

impl<F: FnMut(Vec<u8>) -> bool> Pieces<F> {
    /// Pieces given to `send`, which answers whether anybody still receives.
    pub fn new(send: F) -> Self {
        Self { send, buffer: Vec::with_capacity(PIECE) }
    }
}

impl<F: FnMut(Vec<u8>) -> bool> Write for Pieces<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE));
        if (self.send)(piece) { Ok(()) } else { Err(io::ErrorKind::BrokenPipe.into()) }
    }
}
