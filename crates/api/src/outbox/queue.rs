//! What waits in the outbox. An attempt is claimed before it is made, so that two servers never make the same one; the
//! moment of the next is a matter of the age of the message and of the number of attempts.

use chrono::Duration;
use diesel::prelude::*;

use crate::clock::Moment;
use crate::db::schema::boite_envoi;
use crate::db::{DbConn, DbError};

/// Minutes after its writing at which each attempt to send a message is made.
const ATTEMPTS: [i64; 7] = [0, 1, 5, 30, 120, 480, 1_440];
/// Attempts after which a message is left alone until somebody looks at it.
pub const PARKED: i64 = 7;
/// Messages taken at once.
const LIMIT: i64 = 50;

/// A message of the outbox.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = boite_envoi)]
pub struct Message {
    /// Identifier, the same at each attempt.
    pub id: String,
    /// What it holds, JSON.
    pub charge: String,
    /// When it was written.
    pub cree_le: Moment,
    /// Attempts made.
    pub tentatives: i64,
}

/// The messages of a subject whose next attempt is due.
pub fn due(conn: &mut DbConn, subject: &str, now: Moment) -> Result<Vec<Message>, DbError> {
    let mut due = Vec::new();
    for (made, minutes) in (0_i64..).zip(ATTEMPTS) {
        let ready: Vec<Message> = boite_envoi::table
            .filter(boite_envoi::envoye_le.is_null().and(boite_envoi::sujet.eq(subject)))
            .filter(boite_envoi::tentatives.eq(made))
            .filter(boite_envoi::cree_le.le(now - Duration::minutes(minutes)))
            .order(boite_envoi::cree_le)
            .limit(LIMIT)
            .select(Message::as_select())
            .load(conn)?;
        due.extend(ready);
    }
    Ok(due)
}

/// Counts an attempt before it is made; `false` when another server made it.
pub fn claim(conn: &mut DbConn, message: &Message) -> Result<bool, DbError> {
    let claimed = diesel::update(boite_envoi::table.find(&message.id))
        .filter(boite_envoi::envoye_le.is_null().and(boite_envoi::tentatives.eq(message.tentatives)))
        .set(boite_envoi::tentatives.eq(message.tentatives + 1))
        .execute(conn)?;
    Ok(claimed == 1)
}

/// Records that a message left; with `forget`, what it held is not kept.
pub fn sent(conn: &mut DbConn, id: &str, now: Moment, forget: bool) -> Result<(), DbError> {
    diesel::update(boite_envoi::table.find(id)).set(boite_envoi::envoye_le.eq(now)).execute(conn)?;
    if forget {
        diesel::update(boite_envoi::table.find(id)).set(boite_envoi::charge.eq("{}")).execute(conn)?;
    }
    Ok(())
}

/// Leaves a message alone: trying again would not help.
pub fn park(conn: &mut DbConn, id: &str) -> Result<(), DbError> {
    diesel::update(boite_envoi::table.find(id)).set(boite_envoi::tentatives.eq(PARKED)).execute(conn)?;
    Ok(())
}

/// The messages that are left alone, the oldest first.
pub fn parked(conn: &mut DbConn, subject: &str) -> Result<Vec<Message>, DbError> {
    Ok(boite_envoi::table
        .filter(boite_envoi::envoye_le.is_null().and(boite_envoi::sujet.eq(subject)))
        .filter(boite_envoi::tentatives.ge(PARKED))
        .order(boite_envoi::cree_le)
        .limit(1_000)
        .select(Message::as_select())
        .load(conn)?)
}

/// Lets a parked message be tried again at once; `false` when it is not one.
pub fn release(conn: &mut DbConn, id: &str) -> Result<bool, DbError> {
    let parked = boite_envoi::table.find(id);
    let released = diesel::update(parked)
        .filter(boite_envoi::envoye_le.is_null().and(boite_envoi::tentatives.ge(PARKED)))
        .set(boite_envoi::tentatives.eq(0))
        .execute(conn)?;
    Ok(released == 1)
}
