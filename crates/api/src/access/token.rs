//! The keys of API clients as they are shown: `parcours_<key>_<secret><checksum>` (API-20). The prefix is recognisable by
//! secret scanners, the checksum refuses a fake without asking the database, and only a hash of the secret is stored.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::clock::Clock;
use crate::journal::hex;

const PREFIX: &str = "parcours_";
const KEY: usize = 12;
const SECRET: usize = 64;
const CHECKSUM: usize = 8;

/// A key as presented: its public part and the hash of its secret.
#[derive(Clone, Debug)]
pub struct Presented {
    /// Public part.
    pub key: String,
    /// SHA-256 of the secret, in hexadecimal.
    pub hash: String,
}

impl Presented {
    /// Whether this is the key whose secret is stored under this hash.
    pub fn opens(&self, stored: &str) -> bool {
        self.hash.as_bytes().ct_eq(stored.as_bytes()).into()
    }
}

fn checksum(key: &str, secret: &str) -> String {
    let digest = hex(&Sha256::new().chain_update(key).chain_update(secret).finalize());
    digest.chars().take(CHECKSUM).collect()
}

fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

/// Reads a key; `None` when its form or checksum is wrong.
pub fn parse(text: &str) -> Option<Presented> {
    let (key, rest) = text.strip_prefix(PREFIX)?.split_once('_')?;
    if key.len() != KEY || rest.len() != SECRET + CHECKSUM || !rest.is_ascii() {
        return None;
    }
    let (secret, sum) = rest.split_at(SECRET);
    (checksum(key, secret) == sum).then(|| Presented { key: key.to_owned(), hash: hash(secret) })
}

/// Draws a new key: what will be stored, and the text that is shown once.
pub fn draw(clock: &Clock) -> (Presented, String) {
    let key = hex(&clock.bytes::<6>());
    let secret = hex(&clock.bytes::<32>());
    let text = format!("{PREFIX}{key}_{secret}{}", checksum(&key, &secret));
    (Presented { key, hash: hash(&secret) }, text)
}
