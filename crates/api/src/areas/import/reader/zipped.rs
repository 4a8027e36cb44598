//! Workbooks are zips of XML: what they weigh once unpacked is measured before anything reads them (SEC-49).

use std::fs::File;
use std::io::{self, Read, Seek};

use zip::ZipArchive;

use super::{FileError, Limits};
use crate::areas::import::text;

/// Most files in a workbook.
const ENTRIES: usize = 5_000;
/// Bytes under which a high ratio is of no matter.
const SMALL: u64 = 16 << 20;
/// Times a workbook may grow when unpacked: tables of repeated text reach 60, bombs 1,000.
const RATIO: u64 = 200;

fn unreadable<E>(_: E) -> FileError {
    FileError::refused(text::NOT_A_WORKBOOK)
}

/// Opens the directory of a workbook.
pub fn open(file: File) -> Result<ZipArchive<File>, FileError> {
    ZipArchive::new(file).map_err(unreadable)
}

/// Refuses a zip that grows beyond the limits. The directory is believed only when it announces too much: each entry is
/// then unpacked into nothing, up to the limit, since a bomb lies about its size.
pub fn check(file: &File, limits: Limits) -> Result<(), FileError> {
    let mut copy = file.try_clone()?;
    copy.rewind()?;
    let mut magic = [0; 4];
    if copy.read_exact(&mut magic).is_err() || &magic != b"PK\x03\x04" {
        // An encrypted workbook is not a zip but an OLE container.
        let protected = magic == [0xD0, 0xCF, 0x11, 0xE0];
        return Err(FileError::refused(if protected { text::PROTECTED } else { text::NOT_A_WORKBOOK }));
    }
    let packed = copy.metadata()?.len();
    let mut archive = open(copy)?;
    if archive.len() > ENTRIES {
        return Err(FileError::refused(text::TOO_BIG_OPEN));
    }
    let most = limits.unpacked.min((packed * RATIO).max(SMALL));
    let mut left = most;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(unreadable)?;
        if entry.encrypted() {
            return Err(FileError::refused(text::PROTECTED));
        }
        if entry.size() > left {
            return Err(FileError::refused(text::TOO_BIG_OPEN));
        }
        let read = io::copy(&mut entry.take(left + 1), &mut io::sink()).map_err(unreadable)?;
        if read > left {
            return Err(FileError::refused(text::TOO_BIG_OPEN));
        }
        left -= read;
    }
    // The copy shares its place in the file with the original.
    let mut file = file;
    file.rewind()?;
    Ok(())
}
