//! A recognised caller and the part of the data within its reach.

use diesel::prelude::*;
use domain::permission::{Operation, Reach, Role, reach};

use crate::clock::Moment;
use crate::db::schema::{compte, compte_enveloppe, jeton, jeton_enveloppe, session};
use crate::db::{DbConn, DbError};
use crate::journal::Author;

/// A recognised caller.
#[derive(Clone, Debug)]
pub struct Identity {
    /// `compte` or `jeton`.
    pub kind: &'static str,
    /// Id of the account, or public part of the token.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// E-mail of the account; empty for a token.
    pub email: String,
    /// Active role.
    pub role: Role,
    /// Scopes of the token; `None` for a person, who has all those of the role.
    pub scopes: Option<Vec<String>>,
    /// Its envelopes, when the role works on its own.
    pub envelopes: Vec<String>,
}

/// The demandes within reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Perimeter {
    /// Every one.
    All,
    /// Those of these envelopes.
    Envelopes(Vec<String>),
}

impl Perimeter {
    /// Whether an object of this envelope is within reach; what waits for an envelope is for those who see all.
    pub fn holds(&self, envelope: Option<&str>) -> bool {
        match self {
            Self::All => true,
            Self::Envelopes(own) => envelope.is_some_and(|id| own.iter().any(|o| o == id)),
        }
    }
}

/// Why an operation is refused.
#[derive(Debug, PartialEq, Eq)]
pub enum Denied {
    /// The role may not.
    Role,
    /// The token lacks the scope.
    Scope,
}

impl Identity {
    /// What the access matrix lets this caller reach for an operation.
    pub fn perimeter(&self, operation: Operation) -> Result<Perimeter, Denied> {
        if self.scopes.as_ref().is_some_and(|scopes| scopes.iter().all(|scope| scope != operation.scope())) {
            return Err(Denied::Scope);
        }
        match reach(self.role, operation) {
            Reach::Nothing => Err(Denied::Role),
            Reach::All => Ok(Perimeter::All),
            Reach::Own => Ok(Perimeter::Envelopes(self.envelopes.clone())),
        }
    }

    /// This caller as the author of a journal entry.
    pub fn author(&self, request: &str) -> Author {
        Author { kind: self.kind, id: self.id.clone(), role: self.role.as_str(), request: request.to_owned() }
    }
}

fn role_of(code: &str) -> Result<Role, DbError> {
    Role::parse(code).ok_or_else(|| DbError::Unavailable(format!("unknown role {code}")))
}

/// The caller behind an unexpired session of an active account.
pub fn by_session(conn: &mut DbConn, hash: &str, now: Moment) -> Result<Option<Identity>, DbError> {
    let found: Option<(String, String, String, String)> = session::table
        .inner_join(compte::table.on(compte::id.eq(session::compte_id)))
        .filter(session::empreinte.eq(hash).and(session::expire_le.gt(now)).and(compte::actif.eq(true)))
        .select((compte::id, compte::nom, compte::email, compte::role))
        .first(conn)
        .optional()?;
    let Some((id, name, email, role)) = found else { return Ok(None) };
    let envelopes = compte_enveloppe::table
        .filter(compte_enveloppe::compte_id.eq(&id))
        .select(compte_enveloppe::enveloppe_id)
        .load(conn)?;
    Ok(Some(Identity { kind: "compte", id, name, email, role: role_of(&role)?, scopes: None, envelopes }))
}

/// The caller behind a token that is neither expired nor revoked.
pub fn by_token(conn: &mut DbConn, key: &str, hash: &str, now: Moment) -> Result<Option<Identity>, DbError> {
    let found: Option<(String, String, String)> = jeton::table
        .filter(jeton::cle.eq(key).and(jeton::empreinte.eq(hash)))
        .filter(jeton::expire_le.gt(now).and(jeton::revoque.eq(false)))
        .select((jeton::nom, jeton::role, jeton::portees))
        .first(conn)
        .optional()?;
    let Some((name, role, scopes)) = found else { return Ok(None) };
    let envelopes =
        jeton_enveloppe::table.filter(jeton_enveloppe::cle.eq(key)).select(jeton_enveloppe::enveloppe_id).load(conn)?;
    Ok(Some(Identity {
        kind: "jeton",
        id: key.to_owned(),
        name,
        email: String::new(),
        role: role_of(&role)?,
        scopes: Some(scopes.split(' ').map(str::to_owned).collect()),
        envelopes,
    }))
}
