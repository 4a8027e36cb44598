//! The head of the chain, signed. Kept somewhere else, it betrays even a chain that was rewritten from its first entry,
//! which hashes alone cannot tell.

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use serde::{Deserialize, Serialize};

use super::chain::hex;
use super::rows;
use crate::clock::{Moment, rfc3339};
use crate::db::{DbConn, DbError};

/// What the head of the chain was, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// When (RFC 3339, UTC).
    pub date: String,
    /// Number of the last entry.
    pub numero: i64,
    /// Its hash.
    pub empreinte: String,
    /// Public key, in hexadecimal.
    pub cle: String,
    /// Signature (Ed25519), in hexadecimal.
    pub signature: String,
}

/// Why an attestation does not hold.
#[derive(Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// It was not signed by this key, or was altered.
    Unsigned,
    /// The entry of this number is gone.
    Removed(i64),
    /// The entry of this number is another one.
    Rewritten(i64),
}

/// The key that signs.
pub struct SigningKey(Ed25519KeyPair);

impl SigningKey {
    /// Reads a seed of 32 bytes in hexadecimal.
    pub fn parse(seed: &str) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(&unhex(seed)?).ok().map(Self)
    }

    /// The public key, in hexadecimal.
    pub fn public(&self) -> String {
        hex(self.0.public_key().as_ref())
    }

    /// Signs the present head.
    pub fn attest(&self, conn: &mut DbConn, now: Moment) -> Result<Attestation, DbError> {
        let head = rows::head(conn)?;
        let date = rfc3339(now);
        let signature = hex(self.0.sign(&signed(&date, head.numero, &head.empreinte)).as_ref());
        Ok(Attestation { date, numero: head.numero, empreinte: head.empreinte, cle: self.public(), signature })
    }
}

/// Compares an attestation of the key that is trusted with the chain; `None` when it holds.
pub fn compare(conn: &mut DbConn, kept: &Attestation, trusted: &str) -> Result<Option<Mismatch>, DbError> {
    let message = signed(&kept.date, kept.numero, &kept.empreinte);
    let genuine = kept.cle == trusted
        && unhex(trusted)
            .zip(unhex(&kept.signature))
            .is_some_and(|(key, signature)| UnparsedPublicKey::new(&ED25519, key).verify(&message, &signature).is_ok());
    if !genuine {
        return Ok(Some(Mismatch::Unsigned));
    }
    if kept.numero == 0 {
        return Ok(None);
    }
    let entry = rows::after(conn, kept.numero - 1, 1)?.into_iter().next().map(|(entry, _)| entry);
    Ok(match entry {
        Some(entry) if entry.numero == kept.numero && entry.empreinte == kept.empreinte => None,
        Some(entry) if entry.numero == kept.numero => Some(Mismatch::Rewritten(kept.numero)),
        _ => Some(Mismatch::Removed(kept.numero)),
    })
}

fn signed(date: &str, number: i64, hash: &str) -> Vec<u8> {
    format!("parcours-journal\n{date}\n{number}\n{hash}").into_bytes()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
    let digits = digits?;
    if digits.len() % 2 != 0 {
        return None;
    }
    Some(digits.chunks(2).filter_map(|pair| Some(pair.first()? << 4 | pair.get(1)?)).collect())
}
