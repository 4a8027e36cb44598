//! The outbox: what must be told to the outside is written in the transaction of the change it tells of, and leaves
//! later (architecture, invariant 5). Mails are its readers (`mail`).

pub mod queue;

use diesel::prelude::*;

use crate::clock::{Clock, Moment};
use crate::db::schema::boite_envoi;
use crate::db::{DbConn, DbError};

/// Subject of the mails.
pub const MAIL: &str = "courriel";

/// Adds a message, in the caller's transaction.
pub fn push(
    conn: &mut DbConn,
    clock: &Clock,
    now: Moment,
    subject: &str,
    payload: &serde_json::Value,
) -> Result<(), DbError> {
    diesel::insert_into(boite_envoi::table)
        .values((
            boite_envoi::id.eq(clock.id()),
            boite_envoi::sujet.eq(subject),
            boite_envoi::charge.eq(payload.to_string()),
            boite_envoi::cree_le.eq(now),
            boite_envoi::tentatives.eq(0),
        ))
        .execute(conn)?;
    Ok(())
}
