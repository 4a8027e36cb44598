//! Receiving a file: streamed to disk while it is counted, hashed and looked at, synced before it has a name (SEC-49).

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use actix_web::web;
use domain::error::ErrorCode;
use domain::import::Correspondance;
use domain::import::entetes::ENTETES_MAX;
use futures_util::StreamExt;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::prepare::{Layout, shortened};
use super::reader::{self, Charset, FileError, Format, Halt, Limits, Record, Sink};
use super::text;
use crate::config::LimitConfig;
use crate::error::AppError;
use crate::journal::hex;

/// What a request says of the file that it carries.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// Format.
    pub format: Format,
    /// Encoding, when it is text.
    pub charset: Charset,
}

impl Declared {
    /// Reads `Content-Type`.
    pub fn of_header(header: &str) -> Result<Self, AppError> {
        let mut parts = header.split(';').map(str::trim);
        let media = parts.next().unwrap_or_default().to_ascii_lowercase();
        let format =
            Format::of_media(&media).ok_or_else(|| AppError::detail(ErrorCode::TypeNonAccepte, text::MEDIA))?;
        let named = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().to_owned())
        });
        let charset = match named {
            Some(name) if !format.is_workbook() => {
                Charset::parse(&name).ok_or_else(|| AppError::detail(ErrorCode::EncodageInvalide, text::CHARSET))?
            }
            _ => Charset::Unknown,
        };
        Ok(Self { format, charset })
    }

    /// Most bytes of such a file.
    pub const fn limit(self, limits: &LimitConfig) -> u64 {
        if self.format.is_workbook() { limits.workbook_bytes } else { limits.file_bytes }
    }

    /// Name of the waiting file of an import.
    pub fn file_name(self, id: &str) -> String {
        format!("{id}.{}.{}", self.charset.as_str(), self.format.as_str())
    }
}

/// A file on disk.
pub struct Received {
    /// Where it is.
    pub path: PathBuf,
    /// Its path from the spool.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub hash: String,
}

/// A full disk is not an accident of ours to hide: the caller is told to come back.
fn disk(error: &io::Error) -> AppError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            AppError::detail(ErrorCode::Indisponible, text::DISK_FULL)
        }
        _ => AppError::Internal(format!("spool: {error}")),
    }
}

/// The refusal of a file.
pub fn unreadable(error: FileError) -> AppError {
    match error {
        FileError::Refused(sentence) => AppError::detail(ErrorCode::FichierIllisible, sentence),
        FileError::Io(error) => disk(&error),
    }
}

/// The part being written; removed unless it is kept.
struct Part {
    path: PathBuf,
    kept: bool,
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            let _removed = fs::remove_file(&self.path);
        }
    }
}

/// What goes into the file.
struct Intake {
    output: BufWriter<File>,
    hash: Sha256,
    bytes: u64,
    lines: u64,
    text: bool,
}

impl Intake {
    fn take(&mut self, chunk: &[u8]) -> Result<(), AppError> {
        if self.text {
            if let Some(place) = chunk.iter().position(|byte| *byte == 0) {
                return Err(self.nul(chunk.get(..place).unwrap_or_default()));
            }
            self.lines += newlines(chunk);
        }
        self.bytes += chunk.len() as u64;
        self.hash.update(chunk);
        self.output.write_all(chunk).map_err(|error| disk(&error))
    }

    /// UTF-16 is full of NUL bytes, and is told as what it is when the file is read.
    fn nul(&self, before: &[u8]) -> AppError {
        let utf16 = self.bytes == 0 && (before.starts_with(&[0xFF, 0xFE]) || before.starts_with(&[0xFE, 0xFF]));
        let zip = self.bytes == 0 && before.starts_with(b"PK\x03\x04");
        let sentence = match (utf16, zip) {
            (true, _) => text::UTF16.to_owned(),
            (_, true) => text::NOT_TEXT.to_owned(),
            _ => text::nul_at(self.lines + newlines(before) + 1),
        };
        AppError::detail(ErrorCode::FichierIllisible, sentence)
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte == b'\n')).sum()
}

/// Writes what arrives, then gives the file its name.
fn store(
    directory: &Path,
    name: &str,
    text: bool,
    chunks: &mut mpsc::Receiver<Option<web::Bytes>>,
) -> Result<Received, AppError> {
    fs::create_dir_all(directory).map_err(|error| disk(&error))?;
    let path = directory.join(name);
    let mut part = Part { path: directory.join(format!("{name}.part")), kept: false };
    let file = File::create(&part.path).map_err(|error| disk(&error))?;
    let mut intake =
        Intake { output: BufWriter::with_capacity(1 << 18, file), hash: Sha256::new(), bytes: 0, lines: 0, text };
    loop {
        match chunks.blocking_recv() {
            Some(Some(chunk)) => intake.take(&chunk)?,
            Some(None) => break,
            // The other side gave up: too large, or cut.
            None => return Err(AppError::detail(ErrorCode::FichierIllisible, text::CUT)),
        }
    }
    let Intake { output, hash, bytes, .. } = intake;
    if bytes == 0 {
        return Err(AppError::detail(ErrorCode::FichierIllisible, text::EMPTY_FILE));
    }
    let file = output.into_inner().map_err(|error| disk(error.error()))?;
    file.sync_all().map_err(|error| disk(&error))?;
    fs::rename(&part.path, &path).map_err(|error| disk(&error))?;
    part.kept = true;
    File::open(directory).and_then(|directory| directory.sync_all()).map_err(|error| disk(&error))?;
    Ok(Received { path, name: format!("imports/{name}"), bytes, hash: hex(&hash.finalize()) })
}

/// Receives the body of a request into `<spool>/imports/<name>`.
pub async fn receive(
    mut payload: web::Payload,
    directory: PathBuf,
    name: String,
    text: bool,
    limit: u64,
) -> Result<Received, AppError> {
    let (output, mut chunks) = mpsc::channel::<Option<web::Bytes>>(8);
    let stored = actix_web::rt::task::spawn_blocking(move || store(&directory, &name, text, &mut chunks));
    let mut total = 0_u64;
    let mut refusal = None;
    while let Some(chunk) = payload.next().await {
        match chunk {
            Ok(chunk) => {
                total += chunk.len() as u64;
                if total > limit {
                    refusal = Some(too_large(limit));
                    break;
                }
                if output.send(Some(chunk)).await.is_err() {
                    // The writing side has already refused.
                    break;
                }
            }
            Err(error) => {
                tracing::info!(error = %error, "import.body_cut");
                refusal = Some(AppError::detail(ErrorCode::FichierIllisible, text::CUT));
                break;
            }
        }
    }
    if refusal.is_none() {
        let _refused_already = output.send(None).await;
    }
    drop(output);
    let stored = stored.await.map_err(|error| AppError::Internal(error.to_string()))?;
    match refusal {
        Some(refusal) => Err(refusal),
        None => stored,
    }
}

/// The refusal of a file beyond its limit.
pub fn too_large(limit: u64) -> AppError {
    AppError::detail(ErrorCode::CorpsTropGrand, text::too_large(limit))
}

/// Records of a file that are shown before it is imported.
const SHOWN: usize = 20;
/// Examples of each column.
const EXAMPLES: usize = 3;

/// The beginning of a file: its headers, and some cells under each.
#[derive(Default)]
pub struct Preview {
    /// Headers, in order.
    pub headers: Vec<String>,
    /// Some cells under each.
    pub examples: Vec<Vec<String>>,
    /// Names of the sheets that are not read.
    pub ignored: Vec<String>,
    records: usize,
}

impl Preview {
    /// The place of a header, added when it is new.
    fn place(&mut self, header: &str) -> usize {
        self.headers.iter().position(|known| known == header).unwrap_or_else(|| {
            self.headers.push(header.to_owned());
            self.examples.push(Vec::new());
            self.headers.len() - 1
        })
    }
}

impl Sink for Preview {
    fn ignored(&mut self, sheets: Vec<String>) -> Result<(), Halt> {
        self.ignored = sheets;
        Ok(())
    }

    fn start(&mut self, header: Option<Vec<String>>, _: u8) -> Result<(), Halt> {
        self.headers = header.unwrap_or_default();
        self.headers.truncate(ENTETES_MAX);
        self.examples = vec![Vec::new(); self.headers.len()];
        Ok(())
    }

    fn record(&mut self, record: Record, _: u64) -> Result<(), Halt> {
        let places: Vec<usize> = match &record.keys {
            Some(keys) => keys.iter().take(ENTETES_MAX).map(|key| self.place(key)).collect(),
            None => (0..self.headers.len()).collect(),
        };
        for (place, value) in places.into_iter().zip(&record.values) {
            if let Some(examples) = self.examples.get_mut(place)
                && examples.len() < EXAMPLES
                && !value.trim().is_empty()
                && !examples.contains(value)
            {
                examples.push(shortened(value));
            }
        }
        self.records += 1;
        if self.records < SHOWN { Ok(()) } else { Err(Halt::Stop) }
    }
}

/// The headers of a file and some cells under each; on the blocking pool.
pub async fn preview(path: PathBuf, declared: Declared, limits: Limits) -> Result<Preview, AppError> {
    let seen = web::block(move || {
        let mut seen = Preview::default();
        match reader::read(&path, declared.format, declared.charset, limits, &mut seen) {
            Err(Halt::File(error)) => Err(error),
            Ok(()) | Err(Halt::Stop) if seen.headers.is_empty() => Err(FileError::refused(text::EMPTY_FILE)),
            Ok(()) | Err(Halt::Stop) => Ok(seen),
        }
    });
    match seen.await {
        Ok(seen) => seen.map_err(unreadable),
        Err(error) => Err(AppError::Internal(error.to_string())),
    }
}

/// Refuses at once a file whose beginning cannot be imported, and gives its headers; on the blocking pool.
pub async fn examine(
    path: PathBuf,
    declared: Declared,
    limits: Limits,
    chosen: Correspondance,
) -> Result<Vec<String>, AppError> {
    let examined = web::block(move || {
        let mut headers = Vec::new();
        let mut check = |header: &[String]| {
            headers = header.to_vec();
            Layout::of_header(header.to_vec(), &chosen).map(drop)
        };
        reader::probe(&path, declared.format, declared.charset, limits, &mut check)?;
        Ok(headers)
    });
    match examined.await {
        Ok(judged) => judged.map_err(unreadable),
        Err(error) => Err(AppError::Internal(error.to_string())),
    }
}
