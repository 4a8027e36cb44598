//! The exchange of a client's secret for an access token (RFC 6749, client credentials).

use domain::client_api::GenreCle;
use domain::permission::Portee;
use serde_json::json;

use crate::access::{program, token};
use crate::clock::{Clock, Moment};
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::limit::Tally;
use crate::journal::{self, Author, Entry};
use crate::throttle;

/// What a client asks for.
pub struct Asked {
    /// The client it says it is.
    pub client: String,
    /// Its secret, when it can be one.
    pub secret: Option<token::Presented>,
    /// Scopes wanted; all those of the client when there is none.
    pub scope: Option<String>,
    /// Address of the caller, an IPv6 one as its /64.
    pub address: String,
    /// Correlation id of the request.
    pub request: String,
    /// What the request is counted in.
    pub tally: Tally,
    /// Exchanges allowed to a key.
    pub per_client: u32,
    /// Exchanges allowed to an address.
    pub per_address: u32,
}

/// Why no token is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too many were asked for.
    TooMany,
    /// This is not a secret of this client that opens now.
    Client,
    /// The client does not have these scopes.
    Scope,
}

/// What the token to make will say.
pub struct Granted {
    /// The client.
    pub client: String,
    /// The key it showed.
    pub key: String,
    /// Scopes, separated by spaces.
    pub scope: String,
    /// Name of the token.
    pub id: String,
}

/// Counts the request, verifies the client and says what its token may do. Given or refused, it is in the journal.
pub fn exchange(
    conn: &mut DbConn,
    clock: &Clock,
    asked: &Asked,
    now: Moment,
) -> Result<Result<Granted, Refusal>, AppError> {
    let found = open(conn, asked, now)?;
    if !counted(conn, asked, found.as_ref(), now)? {
        return Ok(Err(Refusal::TooMany));
    }
    let shown = asked.secret.clone().zip(found);
    let Some((secret, open)) = shown.filter(|(secret, open)| {
        open.kind == GenreCle::Secret && open.who.id == asked.client && secret.opens(&open.hash)
    }) else {
        return refuse(conn, clock, asked, "client", now);
    };
    let known = open.who.scopes.clone().unwrap_or_default();
    let wanted = asked.scope.clone().unwrap_or_else(|| Portee::texte(&known));
    if !wanted.split(' ').all(|scope| Portee::parse(scope).is_some_and(|scope| known.contains(&scope))) {
        return refuse(conn, clock, asked, "portee", now).map(|_client| Err(Refusal::Scope));
    }
    let granted = Granted { client: open.who.id.clone(), key: secret.key, scope: wanted, id: clock.id() };
    program::mark(conn, &granted.key, now)?;
    let values = json!({
        "jeton": granted.id, "cle": granted.key, "portees": granted.scope, "adresse": asked.address,
    });
    let author = open.who.author(&asked.request);
    record(conn, clock, &author, "client_api.jeton_emis", &granted.client, &values, now)?;
    Ok(Ok(granted))
}

/// Counts the request before its secret is verified; false when there is no room. Requests that name a key of the client are
/// counted for this key, and all the others together: who knows the client's number only does not keep its keys out.
fn counted(conn: &mut DbConn, asked: &Asked, found: Option<&program::Open>, now: Moment) -> Result<bool, AppError> {
    let key = asked.secret.as_ref().filter(|_| found.is_some_and(|open| open.who.id == asked.client));
    let who = key.map_or_else(|| asked.client.clone(), |key| format!("{}\u{0}{}", asked.client, key.key));
    let quotas = [
        throttle::count(conn, throttle::TOKEN_CLIENT, asked.per_client, &who, now)?,
        throttle::count(conn, throttle::TOKEN_ADDRESS, asked.per_address, &asked.address, now)?,
    ];
    quotas.into_iter().for_each(|quota| asked.tally.add(quota));
    Ok(quotas.iter().all(|quota| quota.left.is_some()))
}

fn open(conn: &mut DbConn, asked: &Asked, now: Moment) -> Result<Option<program::Open>, AppError> {
    match &asked.secret {
        Some(secret) => Ok(program::by_key(conn, &secret.key, "", now)?),
        None => Ok(None),
    }
}

fn refuse(
    conn: &mut DbConn,
    clock: &Clock,
    asked: &Asked,
    why: &str,
    now: Moment,
) -> Result<Result<Granted, Refusal>, AppError> {
    // Only the public part of what was shown, if it has the form of a key: the rest may be anything.
    let key = asked.secret.as_ref().map(|secret| secret.key.clone());
    let values = json!({ "motif": why, "cle": key, "adresse": asked.address });
    record(conn, clock, &Author::public(asked.request.clone()), "client_api.refuse", "", &values, now)?;
    Ok(Err(Refusal::Client))
}

fn record(
    conn: &mut DbConn,
    clock: &Clock,
    author: &Author,
    action: &'static str,
    client: &str,
    values: &serde_json::Value,
    now: Moment,
) -> Result<(), AppError> {
    let entry = Entry { action, object: "client_api", object_id: client.to_owned(), values: values.to_string() };
    Ok(journal::append(conn, clock, author, now, vec![entry])?)
}
