//! Open sessions: closing them, and choosing the role one acts under.

use domain::permission::Role;
use serde_json::json;

use crate::access::session;
use crate::clock::{Clock, Moment};
use crate::db::DbConn;
use crate::error::AppError;
use crate::journal::{self, Author, Entry};

fn entry(action: &'static str, account: &str, values: &serde_json::Value) -> Vec<Entry> {
    vec![Entry { action, object: "compte", object_id: account.to_owned(), values: values.to_string() }]
}

/// Gives the session of this cookie another role of its account and returns its new id; `None` when it has just ended.
pub fn switch(
    conn: &mut DbConn,
    clock: &Clock,
    author: &Author,
    id: &str,
    role: Role,
    now: Moment,
) -> Result<Option<String>, AppError> {
    let Some(next) = session::switch(conn, clock, id, role, now)? else { return Ok(None) };
    let values = json!({ "avant": author.role, "apres": role.as_str() });
    journal::append(conn, clock, author, now, entry("session.role_change", &author.id, &values))?;
    Ok(Some(next))
}

/// Closes the session of this cookie.
pub fn close(conn: &mut DbConn, clock: &Clock, author: &Author, id: &str, now: Moment) -> Result<(), AppError> {
    session::close(conn, id)?;
    Ok(journal::append(conn, clock, author, now, entry("session.fermee", &author.id, &json!({})))?)
}

/// Closes another of one's sessions; false when there is no such one.
pub fn close_one(conn: &mut DbConn, clock: &Clock, author: &Author, id: &str, now: Moment) -> Result<bool, AppError> {
    let closed = session::close_one(conn, &author.id, id)?;
    if closed {
        journal::append(conn, clock, author, now, entry("session.fermee", &author.id, &json!({ "session": id })))?;
    }
    Ok(closed)
}

/// Closes every session of the caller.
pub fn close_all(conn: &mut DbConn, clock: &Clock, author: &Author, now: Moment) -> Result<(), AppError> {
    let closed = session::close_all(conn, &author.id)?;
    let values = json!({ "nombre": closed });
    Ok(journal::append(conn, clock, author, now, entry("session.toutes_fermees", &author.id, &values))?)
}

/// Closes every session of the caller but this one.
pub fn close_others(conn: &mut DbConn, clock: &Clock, author: &Author, id: &str, now: Moment) -> Result<(), AppError> {
    let closed = session::close_others(conn, &author.id, id)?;
    let values = json!({ "nombre": closed });
    Ok(journal::append(conn, clock, author, now, entry("session.autres_fermees", &author.id, &values))?)
}
