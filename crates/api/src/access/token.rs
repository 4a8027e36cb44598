//! API tokens: `parcours_<key>_<secret><checksum>` (API-20). The prefix is recognisable by secret scanners, the
//! checksum refuses a fake without asking the database, and only a hash of the secret is stored.

use diesel::prelude::*;
use domain::permission::Role;
use sha2::{Digest, Sha256};

use crate::clock::{Clock, Moment};
use crate::db::schema::{jeton, jeton_enveloppe};
use crate::db::{DbConn, DbError};
use crate::journal::hex;

const PREFIX: &str = "parcours_";
const KEY: usize = 12;
const SECRET: usize = 64;
const CHECKSUM: usize = 8;

/// A token as presented: its public key and the hash of its secret.
pub struct Presented {
    /// Public part.
    pub key: String,
    /// SHA-256 of the secret, in hexadecimal.
    pub hash: String,
}

fn checksum(key: &str, secret: &str) -> String {
    let digest = hex(&Sha256::new().chain_update(key).chain_update(secret).finalize());
    digest.chars().take(CHECKSUM).collect()
}

fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

/// Reads a token; `None` when its form or checksum is wrong.
pub fn parse(text: &str) -> Option<Presented> {
    let (key, rest) = text.strip_prefix(PREFIX)?.split_once('_')?;
    if key.len() != KEY || rest.len() != SECRET + CHECKSUM || !rest.is_ascii() {
        return None;
    }
    let (secret, sum) = rest.split_at(SECRET);
    (checksum(key, secret) == sum).then(|| Presented { key: key.to_owned(), hash: hash(secret) })
}

/// What a new token may do.
pub struct NewToken {
    /// Name shown.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Scopes.
    pub scopes: Vec<String>,
    /// Envelopes it works on, for a role that works on its own.
    pub envelopes: Vec<String>,
    /// When it stops.
    pub expires: Moment,
}

/// Stores a new token and returns it; it is shown this once.
pub fn create(conn: &mut DbConn, clock: &Clock, new: &NewToken) -> Result<String, DbError> {
    let key: String = hex(&clock.bytes::<6>());
    let secret = hex(&clock.bytes::<32>());
    diesel::insert_into(jeton::table)
        .values((
            jeton::cle.eq(&key),
            jeton::empreinte.eq(hash(&secret)),
            jeton::nom.eq(&new.name),
            jeton::role.eq(new.role.as_str()),
            jeton::portees.eq(new.scopes.join(" ")),
            jeton::expire_le.eq(new.expires),
            jeton::revoque.eq(false),
        ))
        .execute(conn)?;
    for envelope in &new.envelopes {
        diesel::insert_into(jeton_enveloppe::table)
            .values((jeton_enveloppe::cle.eq(&key), jeton_enveloppe::enveloppe_id.eq(envelope)))
            .execute(conn)?;
    }
    let sum = checksum(&key, &secret);
    Ok(format!("{PREFIX}{key}_{secret}{sum}"))
}
