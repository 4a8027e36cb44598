//! The chain itself: each entry is sealed by the hash of its fields and of the entry before it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::rows::{self, DataRow, EntryRow, Head};
use super::{Author, Entry};
use crate::clock::Moment;
use crate::db::{DbConn, DbError};

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from(DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0')));
        }
    }
    text
}

/// Seals an entry after `head` and moves `head` to it.
pub fn seal(head: &mut Head, author: &Author, now: Moment, salt: [u8; 16], entry: Entry) -> (EntryRow, DataRow) {
    let numero = head.numero + 1;
    let sel = hex(&salt);
    let mut row = EntryRow {
        numero,
        date: now,
        acteur_genre: author.kind.to_owned(),
        acteur_id: author.id.clone(),
        role: author.role.to_owned(),
        action: entry.action.to_owned(),
        objet: entry.object.to_owned(),
        objet_id: entry.object_id,
        requete: author.request.clone(),
        donnees_empreinte: data_hash(&sel, &entry.values),
        precedente: std::mem::take(&mut head.empreinte),
        empreinte: String::new(),
    };
    row.empreinte = entry_hash(&row);
    head.numero = numero;
    head.empreinte.clone_from(&row.empreinte);
    (row, DataRow { numero, sel, valeurs: entry.values })
}

fn data_hash(salt: &str, values: &str) -> String {
    hex(&Sha256::new().chain_update(salt).chain_update(values).finalize())
}

/// Hash of the fields, each preceded by its length so that no two entries read the same.
fn entry_hash(row: &EntryRow) -> String {
    let mut hasher = Sha256::new();
    hasher.update(row.numero.to_be_bytes());
    hasher.update(row.date.and_utc().timestamp_micros().to_be_bytes());
    let fields = [
        &row.acteur_genre,
        &row.acteur_id,
        &row.role,
        &row.action,
        &row.objet,
        &row.objet_id,
        &row.requete,
        &row.donnees_empreinte,
        &row.precedente,
    ];
    for field in fields {
        hasher.update((field.len() as u64).to_be_bytes());
        hasher.update(field);
    }
    hex(&hasher.finalize())
}

/// A place where the chain does not hold.
#[derive(Debug, PartialEq, Eq)]
pub enum Defect {
    /// The entry of this number was edited.
    Edited(i64),
    /// Entries are missing, or were slipped in, before this number.
    Broken(i64),
    /// The values beside this entry are not those it was sealed with.
    ValuesEdited(i64),
    /// The last entries are gone: the chain stops before its recorded head.
    Truncated(i64),
}

/// How far a verification went: the last entry read, and its hash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Number of the entry.
    pub numero: i64,
    /// Its hash.
    pub empreinte: String,
}

/// What the verification of a part of the chain gave.
#[derive(Debug)]
pub struct Part {
    /// Where it does not hold.
    pub defects: Vec<Defect>,
    /// How far it went.
    pub mark: Mark,
    /// Whether the end of the chain was reached.
    pub ended: bool,
}

/// Reads the `limit` entries after `from` and tells where they do not hold. Erased values are not a defect.
pub fn verify_part(conn: &mut DbConn, from: Mark, limit: i64) -> Result<Part, DbError> {
    let (mut defects, mut mark) = (Vec::new(), from);
    let batch = rows::after(conn, mark.numero, limit)?;
    let full = i64::try_from(batch.len()).is_ok_and(|read| read == limit);
    for (row, data) in batch {
        if row.numero != mark.numero + 1 || row.precedente != mark.empreinte {
            defects.push(Defect::Broken(row.numero));
        }
        if entry_hash(&row) != row.empreinte {
            defects.push(Defect::Edited(row.numero));
        }
        if data.is_some_and(|data| data_hash(&data.sel, &data.valeurs) != row.donnees_empreinte) {
            defects.push(Defect::ValuesEdited(row.numero));
        }
        mark = Mark { numero: row.numero, empreinte: row.empreinte };
    }
    if full {
        return Ok(Part { defects, mark, ended: false });
    }
    // Read after the entries it must come after: others may have been written meanwhile, and are read by the next part.
    let head = rows::head(conn)?;
    let grown = head.numero > mark.numero && !rows::after(conn, mark.numero, 1)?.is_empty();
    if !grown && (head.numero != mark.numero || head.empreinte != mark.empreinte) {
        defects.push(Defect::Truncated(mark.numero));
    }
    Ok(Part { defects, mark, ended: !grown })
}

/// Reads the whole chain and tells where it does not hold.
pub fn verify(conn: &mut DbConn) -> Result<Vec<Defect>, DbError> {
    let (mut defects, mut mark) = (Vec::new(), Mark::default());
    loop {
        let part = verify_part(conn, mark, 1_000)?;
        defects.extend(part.defects);
        if part.ended {
            return Ok(defects);
        }
        mark = part.mark;
    }
}
