//! Making and revoking API clients and their keys. A key never has a right that the person who made it has lost; whoever
//! makes the last key of a client answers for it.

use diesel::prelude::*;
use domain::client_api::{CleCreee, NouveauClient, NouvelleCle};
use domain::error::{ErrorCode, FieldError};
use domain::permission::{Portee, Role};
use serde_json::{Value, json};

use super::super::queries::{self, Client};
use crate::access::{Identity, Perimeter, token};
use crate::clock::{Clock, Moment, rfc3339};
use crate::db::schema::{client_api, client_api_enveloppe, client_api_origine, jeton};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal::{self, Author, Entry};

/// Most keys of a client that open at the same time: two of each kind while one replaces the other, and some more.
const KEYS_MAX: i64 = 10;

/// Who acts, and when.
pub struct Context {
    /// Now and random.
    pub clock: Clock,
    /// The caller.
    pub who: Identity,
    /// What they reach.
    pub perimeter: Perimeter,
    /// The caller as the author of a journal entry.
    pub author: Author,
    /// When.
    pub now: Moment,
}

/// A client to store.
pub struct NewClient {
    /// Name shown.
    pub name: String,
    /// Role it acts under.
    pub role: Role,
    /// Scopes.
    pub scopes: Vec<Portee>,
    /// Envelopes it works on, for a role that works on its own.
    pub envelopes: Vec<String>,
    /// Origins of the pages that may call with its keys.
    pub origins: Vec<String>,
    /// The account that answers for it; none for the command line.
    pub answerer: Option<String>,
}

/// Stores a new client and returns its id.
fn insert(conn: &mut DbConn, clock: &Clock, new: &NewClient, now: Moment) -> Result<String, DbError> {
    let id = clock.id();
    diesel::insert_into(client_api::table)
        .values((
            client_api::id.eq(&id),
            client_api::nom.eq(&new.name),
            client_api::role.eq(new.role.as_str()),
            client_api::portees.eq(Portee::texte(&new.scopes)),
            client_api::responsable.eq(&new.answerer),
            client_api::cree_le.eq(now),
        ))
        .execute(conn)?;
    for envelope in &new.envelopes {
        let row = (client_api_enveloppe::client_id.eq(&id), client_api_enveloppe::enveloppe_id.eq(envelope));
        diesel::insert_into(client_api_enveloppe::table).values(row).execute(conn)?;
    }
    for origin in &new.origins {
        let row = (client_api_origine::client_id.eq(&id), client_api_origine::origine.eq(origin));
        diesel::insert_into(client_api_origine::table).values(row).execute(conn)?;
    }
    Ok(id)
}

/// Who makes a key, with the stamp under which they were recognised: what ended it since then ended the key too.
type Maker<'a> = Option<(&'a str, i64)>;

/// Stores a new key of a client and returns it; its secret is shown this once.
fn insert_key(
    conn: &mut DbConn,
    clock: &Clock,
    (client, maker): (&str, Maker<'_>),
    new: &NouvelleCle,
    now: Moment,
) -> Result<CleCreee, DbError> {
    let (key, secret) = token::draw(clock);
    let expires = now + chrono::Duration::days(new.jours);
    diesel::insert_into(jeton::table)
        .values((
            jeton::cle.eq(&key.key),
            jeton::empreinte.eq(&key.hash),
            jeton::client_id.eq(client),
            jeton::genre.eq(new.genre.as_str()),
            jeton::cree_le.eq(now),
            jeton::expire_le.eq(expires),
            jeton::revoque.eq(false),
            jeton::createur.eq(maker.map(|(account, _)| account)),
            jeton::cachet.eq(maker.map_or(0, |(_, stamp)| stamp)),
        ))
        .execute(conn)?;
    let (client, expire_le) = (client.to_owned(), rfc3339(expires));
    Ok(CleCreee { client, id: key.key, genre: new.genre, secret, expire_le })
}

/// Stores a client and its first key, which nobody answers for.
pub fn store(conn: &mut DbConn, clock: &Clock, new: &NewClient, key: &NouvelleCle) -> Result<CleCreee, DbError> {
    let now = clock.now();
    let id = insert(conn, clock, new, now)?;
    insert_key(conn, clock, (&id, None), key, now)
}

/// Makes a client that nobody answers for, and its first key: on the command line, by whoever runs the service.
pub fn create_alone(
    conn: &mut DbConn,
    clock: &Clock,
    new: &NewClient,
    key: &NouvelleCle,
) -> Result<CleCreee, AppError> {
    let now = clock.now();
    let made = store(conn, clock, new, key)?;
    let values = json!({ "nom": new.name, "role": new.role.as_str(), "portees": new.scopes, "cle": made.id });
    let object_id = made.client.clone();
    let entry = Entry { action: "client_api.cree", object: "client_api", object_id, values: values.to_string() };
    journal::append(conn, clock, &Author::system("parcours token create"), now, vec![entry])?;
    Ok(made)
}

/// Makes a client and its first key.
pub fn create(conn: &mut DbConn, context: &Context, asked: NouveauClient) -> Result<CleCreee, AppError> {
    let mut refused = asked.refus(context.who.role);
    if !asked.enveloppes.iter().all(|id| context.perimeter.holds(Some(id))) {
        refused.push(FieldError::new("/enveloppes", "enveloppe_inconnue", crate::text::UNKNOWN_ENVELOPE));
    }
    if !refused.is_empty() {
        return Err(AppError::fields(refused));
    }
    let new = NewClient {
        name: asked.nom.trim().to_owned(),
        role: context.who.role,
        scopes: unique(asked.portees),
        envelopes: unique(asked.enveloppes),
        origins: unique(asked.origines),
        answerer: Some(context.who.id.clone()),
    };
    let id = insert(conn, &context.clock, &new, context.now)?;
    let values = json!({
        "nom": new.name, "role": new.role.as_str(), "portees": new.scopes, "enveloppes": new.envelopes,
        "origines": new.origins,
    });
    record(conn, context, "client_api.cree", &id, &values)?;
    new_key(conn, context, &id, &asked.cle)
}

fn unique<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    list.sort();
    list.dedup();
    list
}

/// Makes another key of a client, to replace one without a stop.
pub fn add_key(conn: &mut DbConn, context: &Context, id: &str, asked: &NouvelleCle) -> Result<CleCreee, AppError> {
    let refused = asked.refus();
    if !refused.is_empty() {
        return Err(AppError::fields(refused));
    }
    let client = reached(conn, context, id)?;
    let conflict = |why: &str| Err(AppError::detail(ErrorCode::ConflitEtat, why));
    if client.revoked.is_some() {
        return conflict(crate::text::CLIENT_REVOKED);
    }
    if client.role != context.who.role.as_str() {
        return conflict(crate::text::CLIENT_OF_ANOTHER_ROLE);
    }
    if queries::good_keys(conn, id, context.now)? >= KEYS_MAX {
        return conflict(crate::text::TOO_MANY_KEYS);
    }
    let answers = client_api::responsable.eq(&context.who.id);
    diesel::update(client_api::table.find(id)).set(answers).execute(conn)?;
    new_key(conn, context, id, asked)
}

fn new_key(conn: &mut DbConn, context: &Context, id: &str, asked: &NouvelleCle) -> Result<CleCreee, AppError> {
    let maker = Some((context.who.id.as_str(), context.who.stamp));
    let made = insert_key(conn, &context.clock, (id, maker), asked, context.now)?;
    let values = json!({ "cle": made.id, "genre": asked.genre.as_str(), "expire_le": made.expire_le });
    record(conn, context, "client_api.cle_creee", id, &values)?;
    Ok(made)
}

/// Revokes a client and every key of it, for good; nothing more when it was already.
pub fn revoke(conn: &mut DbConn, context: &Context, id: &str) -> Result<(), AppError> {
    if reached(conn, context, id)?.revoked.is_some() {
        return Ok(());
    }
    diesel::update(client_api::table.find(id)).set(client_api::revoque_le.eq(context.now)).execute(conn)?;
    diesel::update(jeton::table.filter(jeton::client_id.eq(id))).set(jeton::revoque.eq(true)).execute(conn)?;
    record(conn, context, "client_api.revoque", id, &json!({}))
}

/// Revokes a key of a client, for good; nothing more when it was already.
pub fn revoke_key(conn: &mut DbConn, context: &Context, id: &str, key: &str) -> Result<(), AppError> {
    reached(conn, context, id)?;
    let of_client = jeton::table.filter(jeton::cle.eq(key).and(jeton::client_id.eq(id)));
    let revoked: Option<bool> = of_client.select(jeton::revoque).first(conn).optional()?;
    match revoked {
        None => Err(AppError::new(ErrorCode::Introuvable)),
        Some(true) => Ok(()),
        Some(false) => {
            diesel::update(jeton::table.find(key)).set(jeton::revoque.eq(true)).execute(conn)?;
            record(conn, context, "client_api.cle_revoquee", id, &json!({ "cle": key }))
        }
    }
}

/// A client within reach; the others do not exist (SEC-41).
fn reached(conn: &mut DbConn, context: &Context, id: &str) -> Result<Client, AppError> {
    let found = queries::within(conn, &context.perimeter, Some(id))?.into_iter().next();
    found.ok_or_else(|| AppError::new(ErrorCode::Introuvable))
}

fn record(
    conn: &mut DbConn,
    context: &Context,
    action: &'static str,
    client: &str,
    values: &Value,
) -> Result<(), AppError> {
    let entry = Entry { action, object: "client_api", object_id: client.to_owned(), values: values.to_string() };
    Ok(journal::append(conn, &context.clock, &context.author, context.now, vec![entry])?)
}
