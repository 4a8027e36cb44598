//! Who wants no reminder. Reminders also go to addresses that have no account: each holds a link with its own proof, and what
//! is kept is a keyed fingerprint, never the address.

use std::collections::HashSet;

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::clock::Moment;
use crate::db::schema::rappel_refuse;
use crate::db::{DbConn, DbError};
use crate::seal::Keys;

/// What begins the secret of the link; avis have their own kinds.
pub const KIND: &str = "rappel";

/// What an address is known by, under each key: the first is written in its links.
fn known_by(keys: &Keys, address: &str) -> Vec<String> {
    keys.fingerprints(&format!("rappel {}", address.to_lowercase()))
}

/// What proves that a link was made here.
fn proofs(keys: &Keys, fingerprint: &str) -> Vec<String> {
    keys.fingerprints(&format!("desabonnement {KIND} {fingerprint}"))
}

/// Where an address stops its reminders.
fn path(keys: &Keys, page: &str, address: &str) -> String {
    let fingerprint = known_by(keys, address).into_iter().next().unwrap_or_default();
    let proof = proofs(keys, &fingerprint).into_iter().next().unwrap_or_default();
    format!("{page}#{KIND}.{fingerprint}.{proof}")
}

/// Leaves out the mails of those who want none, and tells the others where to stop them.
pub(super) fn wanted(conn: &mut DbConn, keys: &Keys, page: &str, mails: Vec<Value>) -> Result<Vec<Value>, DbError> {
    let address = |mail: &Value| mail.get("a").and_then(Value::as_str).unwrap_or_default().to_owned();
    let all: Vec<String> = mails.iter().flat_map(|mail| known_by(keys, &address(mail))).collect();
    let mut refused = HashSet::new();
    for some in all.chunks(CHUNK) {
        let found = rappel_refuse::table.filter(rappel_refuse::empreinte.eq_any(some)).select(rappel_refuse::empreinte);
        refused.extend(found.load::<String>(conn)?);
    }
    let kept = mails.into_iter().filter_map(|mut mail| {
        let to = address(&mail);
        if known_by(keys, &to).iter().any(|one| refused.contains(one)) {
            return None;
        }
        mail.as_object_mut()?.insert("arret".to_owned(), json!(path(keys, page, &to)));
        Some(mail)
    });
    Ok(kept.collect())
}

/// Fingerprints looked for at once.
const CHUNK: usize = 1_000;

/// No more reminder for the address that these parts of a secret name; `false` when they were not made here.
pub fn refuse(
    conn: &mut DbConn,
    keys: &Keys,
    (fingerprint, proof): (&str, &str),
    now: Moment,
) -> Result<bool, DbError> {
    let same = |one: &String| bool::from(subtle::ConstantTimeEq::ct_eq(one.as_bytes(), proof.as_bytes()));
    if !proofs(keys, fingerprint).iter().any(same) {
        return Ok(false);
    }
    let known = rappel_refuse::table.find(fingerprint).count().get_result::<i64>(conn)? > 0;
    if !known {
        let row = (rappel_refuse::empreinte.eq(fingerprint), rappel_refuse::cree_le.eq(now));
        diesel::insert_into(rappel_refuse::table).values(row).execute(conn)?;
    }
    Ok(true)
}
