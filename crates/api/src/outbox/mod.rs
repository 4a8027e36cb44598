//! The outbox: what must be told to the outside is written in the transaction of the change it tells of, and leaves
//! later (architecture, invariant 5). Mails are its readers (`mail`).

pub mod queue;

use diesel::prelude::*;

use crate::clock::{Clock, Moment};
use crate::db::schema::boite_envoi;
use crate::db::{DbConn, DbError, bulk_insert};

/// Subject of the mails.
pub const MAIL: &str = "courriel";

/// A message about to be written.
#[derive(Insertable)]
#[diesel(table_name = boite_envoi, treat_none_as_default_value = false)]
struct New<'a> {
    id: String,
    sujet: &'a str,
    charge: String,
    cree_le: Moment,
    tentatives: i64,
}

/// Adds a message, in the caller's transaction.
pub fn push(
    conn: &mut DbConn,
    clock: &Clock,
    now: Moment,
    subject: &str,
    payload: &serde_json::Value,
) -> Result<(), DbError> {
    push_all(conn, clock, now, subject, std::slice::from_ref(payload))
}

/// Adds messages, in the caller's transaction: all of them at once where the database can.
pub fn push_all(
    conn: &mut DbConn,
    clock: &Clock,
    now: Moment,
    subject: &str,
    payloads: &[serde_json::Value],
) -> Result<(), DbError> {
    let new = |payload: &serde_json::Value| New {
        id: clock.id(),
        sujet: subject,
        charge: payload.to_string(),
        cree_le: now,
        tentatives: 0,
    };
    let rows: Vec<New> = payloads.iter().map(new).collect();
    bulk_insert!(conn, boite_envoi::table, &rows);
    Ok(())
}

/// Takes back the messages of this moment whose payload has these parts and that have not left: the transaction that wrote
/// them tells the same again, as it then is.
pub fn take_back(conn: &mut DbConn, now: Moment, subject: &str, parts: [&str; 2]) -> Result<usize, DbError> {
    let [one, other] = parts.map(|part| format!("%{part}%"));
    let told = boite_envoi::table
        .filter(boite_envoi::envoye_le.is_null().and(boite_envoi::cree_le.eq(now)))
        .filter(boite_envoi::sujet.eq(subject).and(boite_envoi::tentatives.eq(0)))
        .filter(boite_envoi::charge.like(one).and(boite_envoi::charge.like(other)));
    Ok(diesel::delete(told).execute(conn)?)
}
