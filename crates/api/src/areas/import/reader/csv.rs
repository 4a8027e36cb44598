//! CSV, streamed: one pass over the bytes, so that the line of an open quote is known and memory stays bounded.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use encoding_rs::WINDOWS_1252;

use super::{Fault, FileError, Halt, RECORD_MAX, Record, Sink, WIDTH_MAX};
use crate::areas::import::text;

/// Bytes looked at to tell the encoding and the delimiter.
const SAMPLE: usize = 64 * 1_024;

/// Encoding of a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// Not declared: told from the bytes.
    Unknown,
    /// UTF-8, declared.
    Utf8,
    /// Windows-1252, which contains ISO 8859-1.
    Windows1252,
}

impl Charset {
    /// The encoding of a `charset` parameter.
    pub fn parse(name: &str) -> Option<Self> {
        match name.trim_matches('"').to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" | "us-ascii" => Some(Self::Utf8),
            "windows-1252" | "cp1252" | "iso-8859-1" | "latin1" | "iso-8859-15" => Some(Self::Windows1252),
            _ => None,
        }
    }

    /// Code kept in the name of the waiting file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "auto",
            Self::Utf8 => "utf-8",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// What the first bytes tell.
struct Sample {
    charset: Charset,
    delimiter: u8,
    /// Length of the byte order mark.
    skip: usize,
}

fn sample(bytes: &[u8], declared: Charset) -> Result<Sample, FileError> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(FileError::refused(text::UTF16));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(FileError::refused(text::NOT_TEXT));
    }
    let bom = bytes.starts_with(&[0xEF, 0xBB, 0xBF]);
    let charset = match declared {
        Charset::Unknown if !bom && !looks_utf8(bytes) => Charset::Windows1252,
        Charset::Windows1252 if bom => Charset::Utf8,
        other => other,
    };
    let skip = if bom { 3 } else { 0 };
    Ok(Sample { charset, delimiter: delimiter(bytes.get(skip..).unwrap_or_default()), skip })
}

/// Whether the bytes are UTF-8 but for a sign cut at the end.
fn looks_utf8(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    }
}

/// The sign that parts the header line best; a comma when there is none.
fn delimiter(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted && counts.iter().any(|(_, count)| *count > 0) => break,
            _ if quoted => {}
            other => {
                if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| sign == other) {
                    *count += 1;
                }
            }
        }
    }
    // The first wins when equal.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| *sign)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// A quote inside a quoted field: its end, or the first of a pair.
    QuoteInQuoted,
}

/// Cuts bytes into records.
struct Splitter {
    delimiter: u8,
    state: State,
    /// Bytes of the fields of the record, one after the other.
    data: Vec<u8>,
    /// Where each finished field ends in `data`.
    ends: Vec<usize>,
    /// Line being read.
    line: u64,
    /// Line where the record began.
    begun: u64,
    /// Line where the quote was opened.
    quote: u64,
    /// The last byte was a carriage return that ended a record.
    after_return: bool,
}

impl Splitter {
    const fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            state: State::FieldStart,
            data: Vec::new(),
            ends: Vec::new(),
            line: 1,
            begun: 1,
            quote: 1,
            after_return: false,
        }
    }

    fn end_field(&mut self) {
        self.ends.push(self.data.len());
        self.state = State::FieldStart;
    }

    /// Takes bytes up to the end of a record. Answers how many, and whether a record is complete.
    fn feed(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (place, byte) in bytes.iter().copied().enumerate() {
            if byte == b'\n' {
                if std::mem::take(&mut self.after_return) {
                    // Second half of a line end already counted.
                    continue;
                }
                self.line += 1;
            }
            self.after_return = false;
            if self.step(byte) {
                return (place + 1, true);
            }
        }
        (bytes.len(), false)
    }

    /// One byte; whether it ends the record.
    fn step(&mut self, byte: u8) -> bool {
        match (self.state, byte) {
            (State::Quoted, b'"') => self.state = State::QuoteInQuoted,
            (State::Quoted, other) => self.data.push(other),
            (State::QuoteInQuoted, b'"') => {
                self.data.push(b'"');
                self.state = State::Quoted;
            }
            (State::FieldStart, b'"') => {
                self.state = State::Quoted;
                self.quote = self.line;
            }
            (_, b'\n' | b'\r') => {
                self.after_return = byte == b'\r';
                self.line += u64::from(self.after_return);
                self.end_field();
                return true;
            }
            (_, other) if other == self.delimiter => self.end_field(),
            (_, other) => {
                self.data.push(other);
                self.state = State::Plain;
            }
        }
        false
    }

    /// Whether the record holds nothing but empty cells.
    fn is_blank(&self) -> bool {
        self.data.iter().all(u8::is_ascii_whitespace)
    }

    fn next(&mut self) {
        self.data.clear();
        self.ends.clear();
        self.begun = self.line;
    }

    fn too_long(&self) -> FileError {
        match self.state {
            State::Quoted => FileError::refused(text::unclosed_quote(self.quote)),
            _ => FileError::refused(text::line_too_long(self.begun, RECORD_MAX)),
        }
    }

    /// The cells, decoded; a fault when they are not in the declared encoding.
    fn cells(&self, charset: Charset) -> (Vec<String>, Option<Fault>) {
        let utf8 = charset != Charset::Windows1252 && std::str::from_utf8(&self.data).is_ok();
        let wrong = charset == Charset::Utf8 && !utf8;
        let mut start = 0;
        let mut cells = Vec::with_capacity(self.ends.len());
        for end in &self.ends {
            let bytes = self.data.get(start..*end).unwrap_or_default();
            start = *end;
            let text: Cow<'_, str> = if utf8 || wrong {
                String::from_utf8_lossy(bytes)
            } else {
                // Not UTF-8: line by line, since files glued together mix encodings.
                WINDOWS_1252.decode_without_bom_handling(bytes).0
            };
            cells.push(text.into_owned());
        }
        let fault = wrong.then(|| Fault {
            column: String::new(),
            code: "encodage_invalide",
            message: text::ENCODING.to_owned(),
        });
        (cells, fault)
    }
}

/// Reads a CSV file.
pub fn read(mut file: File, declared: Charset, sink: &mut dyn Sink) -> Result<(), Halt> {
    let mut first = Vec::with_capacity(SAMPLE);
    file.by_ref().take(SAMPLE as u64).read_to_end(&mut first)?;
    let Sample { charset, delimiter, skip } = sample(&first, declared)?;
    let mut reader = BufReader::with_capacity(SAMPLE, std::io::Cursor::new(first).chain(file));
    std::io::copy(&mut reader.by_ref().take(skip as u64), &mut std::io::sink())?;
    let mut splitter = Splitter::new(delimiter);
    let mut position = skip as u64;
    let mut header = false;
    loop {
        let (taken, complete, at_end) = {
            let bytes = reader.fill_buf()?;
            let (taken, complete) = splitter.feed(bytes);
            (taken, complete, bytes.is_empty())
        };
        reader.consume(taken);
        position += taken as u64;
        if at_end {
            return finish(&mut splitter, charset, position, header, sink);
        }
        if complete {
            header |= emit(&splitter, charset, position, header, sink)?;
            splitter.next();
        } else if splitter.data.len() > RECORD_MAX || splitter.ends.len() > RECORD_MAX {
            return Err(splitter.too_long().into());
        }
    }
}

/// The last record may lack its line end.
fn finish(
    splitter: &mut Splitter,
    charset: Charset,
    position: u64,
    header: bool,
    sink: &mut dyn Sink,
) -> Result<(), Halt> {
    if splitter.state == State::Quoted {
        return Err(FileError::refused(text::unclosed_quote(splitter.quote)).into());
    }
    splitter.end_field();
    emit(splitter, charset, position, header, sink).map(drop)
}

/// Hands a record over; whether it was the header line.
fn emit(splitter: &Splitter, charset: Charset, position: u64, header: bool, sink: &mut dyn Sink) -> Result<bool, Halt> {
    if splitter.is_blank() {
        return Ok(false);
    }
    let (values, fault) = splitter.cells(charset);
    if header {
        let record = Record { line: splitter.begun, keys: None, values, raw: None, fault };
        sink.record(record, position)?;
        return Ok(false);
    }
    if values.len() > WIDTH_MAX {
        return Err(FileError::refused(text::too_many_columns(domain::import::entetes::ENTETES_MAX)).into());
    }
    sink.start(Some(trimmed(values)), splitter.delimiter)?;
    Ok(true)
}

/// A header line without the empty names that trailing delimiters leave.
pub fn trimmed(mut header: Vec<String>) -> Vec<String> {
    while header.last().is_some_and(|name| name.trim().is_empty()) {
        header.pop();
    }
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records with their lines, fed in pieces of `step` bytes.
    fn split(text: &[u8], step: usize) -> Vec<(u64, Vec<String>)> {
        let mut splitter = Splitter::new(b',');
        let mut found = Vec::new();
        for piece in text.chunks(step) {
            let mut rest = piece;
            while !rest.is_empty() {
                let (taken, complete) = splitter.feed(rest);
                rest = &rest[taken..];
                if complete {
                    found.push((splitter.begun, splitter.cells(Charset::Unknown).0));
                    splitter.next();
                }
            }
        }
        found
    }

    #[test]
    fn fields_quotes_and_line_numbers_do_not_depend_on_where_the_bytes_are_cut() {
        let text = b"a,b\r\n\"x,\"\"y\",\"two\r\nlines\"\r\nq\"r,\n\xe9,z\n";
        let expected = vec![
            (1, vec!["a".to_owned(), "b".to_owned()]),
            (2, vec!["x,\"y".to_owned(), "two\r\nlines".to_owned()]),
            (4, vec!["q\"r".to_owned(), String::new()]),
            (5, vec!["é".to_owned(), "z".to_owned()]),
        ];
        for step in 1..text.len() {
            assert_eq!(split(text, step), expected, "{step}");
        }
    }

    #[test]
    fn the_delimiter_is_the_one_of_the_header() {
        assert_eq!(delimiter(b"a;b;c\n1,2,3,4,5\n"), b';');
        assert_eq!(delimiter(b"a\tb\n"), b'\t');
        assert_eq!(delimiter(b"\"a;b;c\",d\n"), b',');
        assert_eq!(delimiter(b"seule\n"), b',');
    }
}
