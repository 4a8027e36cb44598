//! Writing the rows as an OpenDocument spreadsheet: dates that are dates, a first line that stays in sight, columns wide enough. The
//! file waits on disk, for a zip ends with what is only known at its end.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

use domain::demande::Colonne;
use domain::demande::colonne::TypeColonne;
use domain::import::neutraliser;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::service::{broken, check_sheet, each_page, names, width};
use crate::areas::demande::queries::PageRow;
use crate::areas::demande::selection::Selection;
use crate::db::Db;
use crate::error::AppError;

/// Media type of the workbook, which its first file says too.
pub const MEDIA: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// Name of the sheet.
const SHEET: &str = "Demandes";
/// Bytes written at once.
const PIECE: usize = 1 << 16;

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;

/// The first line stays in sight.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" office:version="1.2"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1</config:config-item><config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="Demandes"><config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item><config:config-item config:name="VerticalSplitPosition" config:type="int">1</config:config-item><config:config-item config:name="ActiveSplitRange" config:type="short">2</config:config-item><config:config-item config:name="PositionBottom" config:type="int">1</config:config-item></config:config-item-map-entry></config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>"#;

const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2"><office:automatic-styles><number:date-style style:name="jour"><number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style><style:style style:name="date" style:family="table-cell" style:data-style-name="jour"/><style:style style:name="tete" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>"#;
const CLOSING: &str = "</table:table></office:spreadsheet></office:body></office:document-content>";

/// Writes the rows as ODS; answers how many.
///
/// # Errors
/// More rows than a sheet holds, the database, the disk, or the output.
pub fn write(db: &Db, selection: &Selection, columns: &[Colonne], out: &mut impl Write) -> Result<u64, AppError> {
    db.read_blocking(|conn| check_sheet(conn, selection))?;
    let mut zip = ZipWriter::new(tempfile::tempfile().map_err(broken)?);
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    // First and not compressed: programs tell the kind of the file by it.
    file(&mut zip, "mimetype", stored, MEDIA)?;
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    file(&mut zip, "META-INF/manifest.xml", deflated, MANIFEST)?;
    file(&mut zip, "settings.xml", deflated, SETTINGS)?;
    zip.start_file("content.xml", deflated).map_err(broken)?;
    let count = content(db, selection, columns, &mut zip)?;
    send(zip.finish().map_err(broken)?, out)?;
    Ok(count)
}

fn file(zip: &mut ZipWriter<File>, name: &str, options: SimpleFileOptions, text: &str) -> Result<(), AppError> {
    zip.start_file(name, options).map_err(broken)?;
    zip.write_all(text.as_bytes()).map_err(broken)
}

fn send(mut file: File, out: &mut impl Write) -> Result<(), AppError> {
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece).map_err(broken)? {
            0 => return Ok(()),
            size => out.write_all(piece.get(..size).unwrap_or_default()).map_err(broken)?,
        }
    }
}

fn content(db: &Db, selection: &Selection, columns: &[Colonne], zip: &mut ZipWriter<File>) -> Result<u64, AppError> {
    let mut text = String::from(OPENING);
    open_table(&mut text, columns);
    let count = each_page(db, selection, columns, u64::MAX, |rows| {
        for row in &rows {
            write_row(&mut text, row, columns);
        }
        zip.write_all(text.as_bytes()).map_err(broken)?;
        text.clear();
        Ok(())
    })?;
    text.push_str(CLOSING);
    zip.write_all(text.as_bytes()).map_err(broken)?;
    Ok(count)
}

/// The widths of the columns, then the line of their names.
fn open_table(text: &mut String, columns: &[Colonne]) {
    let widths = std::iter::once(36).chain(columns.iter().map(|column| width(*column)));
    for (place, width) in widths.clone().enumerate() {
        text.push_str(&format!(
            "<style:style style:name=\"c{place}\" style:family=\"table-column\"><style:table-column-properties \
             style:column-width=\"{}mm\"/></style:style>",
            u32::from(width) * 2
        ));
    }
    text.push_str("</office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"");
    text.push_str(SHEET);
    text.push_str("\">");
    for (place, _) in widths.enumerate() {
        text.push_str(&format!("<table:table-column table:style-name=\"c{place}\"/>"));
    }
    text.push_str("<table:table-header-rows><table:table-row>");
    for name in names(columns) {
        text.push_str("<table:table-cell table:style-name=\"tete\" office:value-type=\"string\"><text:p>");
        text.push_str(name);
        text.push_str("</text:p></table:table-cell>");
    }
    text.push_str("</table:table-row></table:table-header-rows>");
}

fn write_row(text: &mut String, row: &PageRow, columns: &[Colonne]) {
    text.push_str("<table:table-row>");
    write_text(text, &row.id);
    let mut empty = 0;
    for (column, cell) in row.cells(columns) {
        if cell.is_empty() {
            empty += 1;
            continue;
        }
        write_empty(text, std::mem::take(&mut empty));
        if column.genre() == TypeColonne::Date && is_day(cell) {
            text.push_str(
                "<table:table-cell table:style-name=\"date\" office:value-type=\"date\" office:date-value=\"",
            );
            text.push_str(cell);
            text.push_str("\"><text:p>");
            text.push_str(cell);
            text.push_str("</text:p></table:table-cell>");
        } else {
            write_text(text, &neutraliser(cell));
        }
    }
    text.push_str("</table:table-row>");
}

/// Empty cells before one that is not: those at the end of a row need not be said.
fn write_empty(text: &mut String, count: usize) {
    match count {
        0 => {}
        1 => text.push_str("<table:table-cell/>"),
        _ => text.push_str(&format!("<table:table-cell table:number-columns-repeated=\"{count}\"/>")),
    }
}

fn is_day(cell: &str) -> bool {
    cell.len() == 10 && cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// A cell of words: a paragraph per line, and the spaces that XML would lose.
fn write_text(text: &mut String, cell: &str) {
    text.push_str("<table:table-cell office:value-type=\"string\">");
    for line in cell.split('\n') {
        text.push_str("<text:p>");
        let mut after_space = true;
        for sign in line.chars() {
            match sign {
                '&' => text.push_str("&amp;"),
                '<' => text.push_str("&lt;"),
                '>' => text.push_str("&gt;"),
                ' ' if after_space => text.push_str("<text:s/>"),
                '\t' => text.push_str("<text:tab/>"),
                other => text.push(other),
            }
            after_space = sign == ' ';
        }
        text.push_str("</text:p>");
    }
    text.push_str("</table:table-cell>");
}
