//! The chain itself: each entry is sealed by the hash of its fields and of the entry before it.

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

/// Reads the whole chain and tells where it does not hold. Erased values are not a defect.
pub fn verify(conn: &mut DbConn) -> Result<Vec<Defect>, DbError> {
    let mut defects = Vec::new();
    let (mut last, mut previous) = (0, String::new());
    loop {
        let batch = rows::after(conn, last, 1_000)?;
        if batch.is_empty() {
            break;
        }
        for (row, data) in batch {
            if row.numero != last + 1 || row.precedente != previous {
                defects.push(Defect::Broken(row.numero));
            }
            if entry_hash(&row) != row.empreinte {
                defects.push(Defect::Edited(row.numero));
            }
            if data.is_some_and(|data| data_hash(&data.sel, &data.valeurs) != row.donnees_empreinte) {
                defects.push(Defect::ValuesEdited(row.numero));
            }
            last = row.numero;
            previous = row.empreinte;
        }
    }
    let head = rows::head(conn)?;
    if head.numero != last || head.empreinte != previous {
        defects.push(Defect::Truncated(last));
    }
    Ok(defects)
}
