//! Reading files of demandes, whatever their format, as a stream of records. Memory stays bounded whatever the file.

mod csv;
mod ndjson;
mod ods;
mod xlsx;
mod xml;
mod zipped;

use std::fs::File;
use std::path::Path;

pub use csv::Charset;

use super::text;

/// Longest line, in bytes, quotes included: beyond, a quote was surely left open.
pub const RECORD_MAX: usize = 1 << 20;
/// Widest sheet that is looked at; the header line is then refused with its own sentence.
pub const WIDTH_MAX: usize = 1_000;

/// Formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text with delimiters.
    Csv,
    /// One JSON object per line.
    Ndjson,
    /// Excel workbook.
    Xlsx,
    /// OpenDocument spreadsheet.
    Ods,
}

impl Format {
    /// Code, as stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
        }
    }

    /// The format with this code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Csv, Self::Ndjson, Self::Xlsx, Self::Ods].into_iter().find(|format| format.as_str() == code)
    }

    /// The format a media type stands for.
    pub fn of_media(media: &str) -> Option<Self> {
        match media {
            "text/csv" => Some(Self::Csv),
            "application/x-ndjson" => Some(Self::Ndjson),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => Some(Self::Xlsx),
            "application/vnd.oasis.opendocument.spreadsheet" => Some(Self::Ods),
            _ => None,
        }
    }

    /// Whether the file is a zip of XML, read within the limits of workbooks.
    pub const fn is_workbook(self) -> bool {
        matches!(self, Self::Xlsx | Self::Ods)
    }
}

/// Why a file cannot be read to its end: nothing of it is kept.
#[derive(Debug)]
pub enum FileError {
    /// Something the sender can mend; the sentence says what.
    Refused(String),
    /// The disk failed; the text is for the log.
    Io(std::io::Error),
}

impl FileError {
    /// A refusal.
    pub fn refused(sentence: impl Into<String>) -> Self {
        Self::Refused(sentence.into())
    }
}

impl From<std::io::Error> for FileError {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Why reading stops before the end.
#[derive(Debug)]
pub enum Halt {
    /// The file is at fault.
    File(FileError),
    /// The reader of the records has seen enough.
    Stop,
}

impl<E: Into<FileError>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::File(error.into())
    }
}

/// What is wrong with a whole line.
#[derive(Debug, Clone)]
pub struct Fault {
    /// Member or header at fault; empty when it is the line.
    pub column: String,
    /// Stable code.
    pub code: &'static str,
    /// What to do.
    pub message: String,
}

/// One line of a file.
#[derive(Debug)]
pub struct Record {
    /// Line of the file, from 1.
    pub line: u64,
    /// Names of the values, when the line gives them itself (NDJSON).
    pub keys: Option<Vec<String>>,
    /// Values as written, in the order of the headers or of `keys`.
    pub values: Vec<String>,
    /// The line as written, when it is JSON.
    pub raw: Option<String>,
    /// Why the line cannot be used at all.
    pub fault: Option<Fault>,
}

/// Where the records go.
pub trait Sink {
    /// The names of the sheets of a workbook that are not read, before the header line.
    fn ignored(&mut self, _sheets: Vec<String>) -> Result<(), Halt> {
        Ok(())
    }
    /// The header line, before any record; none in NDJSON. `delimiter` is the one to answer with.
    fn start(&mut self, header: Option<Vec<String>>, delimiter: u8) -> Result<(), Halt>;
    /// A record, and the bytes of the file read so far.
    fn record(&mut self, record: Record, position: u64) -> Result<(), Halt>;
}

/// Limits of the workbooks.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes once unpacked.
    pub unpacked: u64,
}

/// Reads a file from its beginning and hands its records over, until the end or until the sink stops.
pub fn read(path: &Path, format: Format, charset: Charset, limits: Limits, sink: &mut dyn Sink) -> Result<(), Halt> {
    let file = File::open(path).map_err(gone)?;
    match format {
        Format::Csv => csv::read(file, charset, sink),
        Format::Ndjson => ndjson::read(file, sink),
        Format::Xlsx => {
            zipped::check(&file, limits)?;
            xlsx::read(file, limits, sink)
        }
        Format::Ods => {
            zipped::check(&file, limits)?;
            ods::read(file, sink)
        }
    }
}

fn gone(error: std::io::Error) -> FileError {
    match error.kind() {
        std::io::ErrorKind::NotFound => FileError::refused(text::FILE_GONE),
        _ => FileError::Io(error),
    }
}

/// Sees whether there is a header line and at least one record, and what is wrong with the beginning of the file.
struct Probe<'a> {
    check: &'a mut dyn FnMut(&[String]) -> Result<(), FileError>,
    header: bool,
    record: bool,
}

impl Sink for Probe<'_> {
    fn start(&mut self, header: Option<Vec<String>>, _: u8) -> Result<(), Halt> {
        self.header = true;
        match header {
            Some(header) => Ok((self.check)(&header)?),
            None => Ok(()),
        }
    }

    fn record(&mut self, _: Record, _: u64) -> Result<(), Halt> {
        self.record = true;
        Err(Halt::Stop)
    }
}

/// Refuses at once a file whose beginning shows that it cannot be imported. `check` judges the header line.
pub fn probe(
    path: &Path,
    format: Format,
    charset: Charset,
    limits: Limits,
    check: &mut dyn FnMut(&[String]) -> Result<(), FileError>,
) -> Result<(), FileError> {
    let mut probe = Probe { check, header: false, record: false };
    match read(path, format, charset, limits, &mut probe) {
        Err(Halt::File(error)) => Err(error),
        Ok(()) | Err(Halt::Stop) if probe.record => Ok(()),
        Ok(()) | Err(Halt::Stop) if probe.header && format != Format::Ndjson => {
            Err(FileError::refused(text::HEADER_ONLY))
        }
        Ok(()) | Err(Halt::Stop) => Err(FileError::refused(text::EMPTY_FILE)),
    }
}
