//! The means of an account as their holder manages them: named, attached, found again, removed, never the last one.

use diesel::prelude::*;
use domain::values::CodeOtp;

use super::means::take;
use super::{Kind, Means, spend, verify};
use crate::clock::Moment;
use crate::db::schema::{compte, moyen_otp};
use crate::db::{DbConn, DbError};
use crate::seal::{Keys, Sealed};

/// Means that an account may have.
pub const AT_MOST: usize = 5;

/// A means as its holder sees it.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = moyen_otp)]
pub struct Held {
    /// Id.
    pub id: String,
    /// Kind.
    pub genre: String,
    /// Name given.
    pub nom: String,
    /// Serial number of a card.
    pub serie: Option<String>,
    /// Last step taken.
    pub dernier_pas: i64,
    /// Steps by which its clock is ahead.
    pub derive: i64,
    /// When it was added.
    pub cree_le: Moment,
}

impl Held {
    /// When it last gave a code that was taken: the moment of its last step, which may have begun before it was added.
    pub fn used(&self) -> Option<Moment> {
        let seconds = (self.dernier_pas - self.derive).checked_mul(Kind::parse(&self.genre)?.period())?;
        let moment = chrono::DateTime::from_timestamp(seconds, 0)?.naive_utc();
        (self.dernier_pas >= 0).then_some(moment.max(self.cree_le))
    }
}

/// Two codes in a row.
pub struct Pair {
    /// The first.
    pub first: CodeOtp,
    /// The next.
    pub next: CodeOtp,
}

/// The active means of an account, the first added first.
pub fn held(conn: &mut DbConn, account: &str) -> Result<Vec<Held>, DbError> {
    Ok(moyen_otp::table
        .filter(moyen_otp::compte_id.eq(account).and(moyen_otp::etat.eq("actif")))
        .order((moyen_otp::cree_le, moyen_otp::id))
        .limit(100)
        .select(Held::as_select())
        .load(conn)?)
}

/// Keeps other changes of the means of this account away until the commit.
pub fn lock(conn: &mut DbConn, account: &str) -> Result<(), DbError> {
    // A write that changes nothing: the lock of a row, said in the same way to both databases.
    diesel::update(compte::table.find(account)).set(compte::etat.eq(compte::etat)).execute(conn)?;
    Ok(())
}

/// Names the app that was just prepared.
pub fn name_prepared(conn: &mut DbConn, account: &str, name: &str) -> Result<(), DbError> {
    let prepared = moyen_otp::table.filter(moyen_otp::compte_id.eq(account).and(moyen_otp::etat.eq("a_confirmer")));
    diesel::update(prepared).set(moyen_otp::nom.eq(name)).execute(conn)?;
    Ok(())
}

/// The name of the app that was prepared, if any.
pub fn prepared_name(conn: &mut DbConn, account: &str) -> Result<Option<String>, DbError> {
    let prepared = moyen_otp::table.filter(moyen_otp::compte_id.eq(account).and(moyen_otp::etat.eq("a_confirmer")));
    Ok(prepared.select(moyen_otp::nom).first(conn).optional()?)
}

/// Renames a means of an account; false when it has no such one.
pub fn rename(conn: &mut DbConn, account: &str, id: &str, name: &str) -> Result<bool, DbError> {
    let own = moyen_otp::table.filter(moyen_otp::id.eq(id).and(moyen_otp::compte_id.eq(account)));
    let renamed = diesel::update(own.filter(moyen_otp::etat.eq("actif"))).set(moyen_otp::nom.eq(name)).execute(conn)?;
    Ok(renamed == 1)
}

type CardRow = (String, String, String, i64);

fn card((id, text, key, drift): CardRow) -> Means {
    Means { id, kind: Kind::Card, seed: Sealed { key, text }, drift }
}

/// Finds the clock of a card of this account again by two codes in a row; false when they are not.
pub fn relocate(
    conn: &mut DbConn,
    keys: &Keys,
    account: &str,
    id: &str,
    codes: &Pair,
    now: Moment,
) -> Result<bool, DbError> {
    let found: Option<CardRow> = moyen_otp::table
        .filter(moyen_otp::id.eq(id).and(moyen_otp::compte_id.eq(account)))
        .filter(moyen_otp::genre.eq(Kind::Card.as_str()).and(moyen_otp::etat.eq("actif")))
        .select((moyen_otp::id, moyen_otp::graine, moyen_otp::cle_id, moyen_otp::derive))
        .first(conn)
        .optional()?;
    let shown = found.and_then(|row| verify(keys, &card(row), &codes.first, Some(&codes.next), now));
    match shown {
        Some(shown) => spend(conn, &shown),
        None => Ok(false),
    }
}

/// Attaches a card in stock to an account by two codes in a row; false when there is no such card, or these are not its
/// codes: nothing tells which.
pub fn attach(
    conn: &mut DbConn,
    keys: &Keys,
    account: &str,
    serial: &str,
    codes: &Pair,
    now: Moment,
) -> Result<bool, DbError> {
    let found: Option<CardRow> = moyen_otp::table
        .filter(moyen_otp::serie.eq(serial))
        .filter(moyen_otp::compte_id.is_null().and(moyen_otp::etat.ne("desactive")))
        .select((moyen_otp::id, moyen_otp::graine, moyen_otp::cle_id, moyen_otp::derive))
        .first(conn)
        .optional()?;
    let Some(card) = found.map(card) else { return Ok(false) };
    let Some(shown) = verify(keys, &card, &codes.first, Some(&codes.next), now) else { return Ok(false) };
    take(conn, &shown, account, now)
}

/// Takes a means from its account; a card stays known, unusable, until somebody decides of it.
pub fn remove(conn: &mut DbConn, account: &str, means: &Held) -> Result<(), DbError> {
    let own = moyen_otp::table.filter(moyen_otp::id.eq(&means.id).and(moyen_otp::compte_id.eq(account)));
    if means.serie.is_some() {
        diesel::update(own).set(moyen_otp::etat.eq("desactive")).execute(conn)?;
    } else {
        diesel::delete(own).execute(conn)?;
    }
    Ok(())
}
