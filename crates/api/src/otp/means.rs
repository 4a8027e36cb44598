//! The means of an account: verified, spent and added. A step is spent by one conditional update (SEC-11).

use diesel::prelude::*;
use domain::values::CodeOtp;
use zeroize::Zeroizing;

use super::{Generator, Kind};
use crate::clock::{Clock, Moment};
use crate::db::schema::moyen_otp;
use crate::db::{DbConn, DbError};
use crate::seal::{Keys, Place, Sealed};

pub(super) const COLUMN: &str = "moyen_otp.graine";
/// Bytes of the seed of an app: 160 bits (SEC-13).
const SEED: usize = 20;

/// A means of giving codes.
#[derive(Clone, Debug)]
pub struct Means {
    /// Id.
    pub id: String,
    /// App or card.
    pub kind: Kind,
    /// Its seed.
    pub seed: Sealed,
    /// Steps by which its clock is ahead.
    pub drift: i64,
}

/// What a means showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The means.
    id: String,
    /// The step of the (last) code.
    step: i64,
    /// Drift learnt.
    drift: i64,
}

/// Looks the code up in the window of this means, or the two codes in a row wherever the card may be.
pub fn verify(keys: &Keys, means: &Means, code: &CodeOtp, next: Option<&CodeOtp>, now: Moment) -> Option<Shown> {
    let seed = keys.open(Place { column: COLUMN, row: &means.id }, &means.seed)?;
    let generator = Generator::new(means.kind, &seed)?;
    let step = match next {
        None => generator.find(code, now, means.drift, means.kind.window())?,
        Some(next) => generator.relocate(code, next, now)?,
    };
    let drift = match means.kind {
        Kind::App => 0,
        Kind::Card => step - generator.step(now),
    };
    Some(Shown { id: means.id.clone(), step, drift })
}

/// Spends the step: false when it, or a later one, was already.
pub fn spend(conn: &mut DbConn, shown: &Shown) -> Result<bool, DbError> {
    let unspent = moyen_otp::table
        .filter(moyen_otp::id.eq(&shown.id).and(moyen_otp::etat.eq("actif")))
        .filter(moyen_otp::dernier_pas.lt(shown.step));
    let spent = diesel::update(unspent)
        .set((moyen_otp::dernier_pas.eq(shown.step), moyen_otp::derive.eq(shown.drift)))
        .execute(conn)?;
    Ok(spent == 1)
}

/// Gives a card in stock to an account and spends the step at once; false when it was taken or spent meanwhile.
pub(super) fn take(conn: &mut DbConn, shown: &Shown, account: &str, now: Moment) -> Result<bool, DbError> {
    let free = moyen_otp::table
        .filter(moyen_otp::id.eq(&shown.id).and(moyen_otp::compte_id.is_null()))
        .filter(moyen_otp::dernier_pas.lt(shown.step).and(moyen_otp::etat.ne("desactive")));
    let taken = diesel::update(free)
        .set((
            moyen_otp::compte_id.eq(account),
            moyen_otp::etat.eq("actif"),
            moyen_otp::dernier_pas.eq(shown.step),
            moyen_otp::derive.eq(shown.drift),
            moyen_otp::cree_le.eq(now),
        ))
        .execute(conn)?;
    Ok(taken == 1)
}

/// A means nobody has: an account without any costs the same verification as the others (SEC-07).
pub fn sealed_decoy(keys: &Keys, clock: &Clock) -> Means {
    let seed = keys.seal(clock, Place { column: COLUMN, row: "" }, &clock.bytes::<SEED>());
    Means { id: String::new(), kind: Kind::Card, seed, drift: 0 }
}

/// A means to add.
pub struct NewMeans<'a> {
    /// Its account.
    pub account: &'a str,
    /// App or card.
    pub kind: Kind,
    /// Its seed.
    pub seed: &'a [u8],
    /// Whether it may serve at once, or only once a code has confirmed it.
    pub active: bool,
}

/// Adds a means and returns its id.
pub fn add(conn: &mut DbConn, keys: &Keys, clock: &Clock, new: &NewMeans<'_>) -> Result<String, DbError> {
    let id = clock.id();
    let sealed = keys.seal(clock, Place { column: COLUMN, row: &id }, new.seed);
    diesel::insert_into(moyen_otp::table)
        .values((
            moyen_otp::id.eq(&id),
            moyen_otp::compte_id.eq(new.account),
            moyen_otp::genre.eq(new.kind.as_str()),
            moyen_otp::etat.eq(if new.active { "actif" } else { "a_confirmer" }),
            moyen_otp::graine.eq(&sealed.text),
            moyen_otp::cle_id.eq(&sealed.key),
            moyen_otp::dernier_pas.eq(-1_i64),
            moyen_otp::derive.eq(0_i64),
            moyen_otp::cree_le.eq(clock.now()),
        ))
        .execute(conn)?;
    Ok(id)
}

/// Prepares the app of an account and returns its seed; an app prepared before and never confirmed is forgotten.
pub fn prepare(conn: &mut DbConn, keys: &Keys, clock: &Clock, account: &str) -> Result<Zeroizing<[u8; SEED]>, DbError> {
    let pending = moyen_otp::table.filter(moyen_otp::compte_id.eq(account).and(moyen_otp::etat.eq("a_confirmer")));
    diesel::delete(pending).execute(conn)?;
    let seed = Zeroizing::new(clock.bytes::<SEED>());
    add(conn, keys, clock, &NewMeans { account, kind: Kind::App, seed: seed.as_slice(), active: false })?;
    Ok(seed)
}

/// Confirms the prepared app of an account by a code it shows; false when the code is not one of its own. The telephone
/// may be a step ahead this once (SEC-12).
pub fn confirm(conn: &mut DbConn, keys: &Keys, account: &str, code: &CodeOtp, now: Moment) -> Result<bool, DbError> {
    let pending = moyen_otp::table.filter(moyen_otp::compte_id.eq(account).and(moyen_otp::etat.eq("a_confirmer")));
    let found: Option<(String, String, String)> =
        pending.select((moyen_otp::id, moyen_otp::graine, moyen_otp::cle_id)).first(conn).optional()?;
    let Some((id, text, key)) = found else { return Ok(false) };
    let seed = keys.open(Place { column: COLUMN, row: &id }, &Sealed { key, text });
    let generator = seed.and_then(|seed| Generator::new(Kind::App, &seed));
    let Some(step) = generator.and_then(|generator| generator.find(code, now, 0, -1..=1)) else { return Ok(false) };
    let row = moyen_otp::table.filter(moyen_otp::id.eq(&id).and(moyen_otp::etat.eq("a_confirmer")));
    let confirmed =
        diesel::update(row).set((moyen_otp::etat.eq("actif"), moyen_otp::dernier_pas.eq(step))).execute(conn)?;
    Ok(confirmed == 1)
}
