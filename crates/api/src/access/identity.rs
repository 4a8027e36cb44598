//! A recognised caller and the part of the data within its reach.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::engagement::GenreTexte;
use domain::permission::{Operation, Portee, Reach, Role, reach};

use super::session::idle_since;
use crate::clock::Moment;
use crate::db::schema::{acceptation, compte, compte_enveloppe, compte_role, session, texte_engagement};
use crate::db::{DbConn, DbError};
use crate::journal::Author;

/// A recognised caller.
#[derive(Clone, Debug)]
pub struct Identity {
    /// `compte` or `jeton`.
    pub kind: &'static str,
    /// Id of the account, or of the API client.
    pub id: String,
    /// Name shown.
    pub name: String,
    /// E-mail of the account; empty for a program.
    pub email: String,
    /// Active role.
    pub role: Role,
    /// Every role it may choose.
    pub roles: Vec<Role>,
    /// Scopes of the program; `None` for a person, who has all those of the role.
    pub scopes: Option<Vec<Portee>>,
    /// Its envelopes, when the role works on its own.
    pub envelopes: Vec<String>,
    /// Whether a text in force for the role is not accepted yet; never for a token, which is no person.
    pub owes_acceptance: bool,
    /// When its last one-time code was given; `None` for a program, which has none to give.
    pub code_at: Option<Moment>,
    /// Security stamp of the account; 0 for a program, which makes nothing that bears it.
    pub stamp: i64,
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
    /// No program may.
    Program,
    /// The program lacks this scope.
    Scope(Portee),
}

impl Identity {
    /// What the access matrix lets this caller reach for an operation.
    pub fn perimeter(&self, operation: Operation) -> Result<Perimeter, Denied> {
        if let Some(scopes) = &self.scopes {
            let asked = operation.scope().ok_or(Denied::Program)?;
            if !scopes.contains(&asked) {
                return Err(Denied::Scope(asked));
            }
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

pub(super) fn role_of(code: &str) -> Result<Role, DbError> {
    Role::parse(code).ok_or_else(|| DbError::Unavailable(format!("unknown role {code}")))
}

/// The rows of the one statement that recognises a caller: as many as it has roles, envelopes and texts to accept.
type SessionRow =
    ((String, String, String, i64), String, Moment, Moment, String, Option<String>, Option<String>, Option<String>);

/// A recognised session.
pub struct OpenSession {
    /// Whose.
    pub who: Identity,
    /// When it last served.
    pub seen: Moment,
}

/// The caller behind a session that is neither over nor idle, of an active account that still has its role. One
/// statement: a deactivation or a withdrawn role counts at the next request (SEC-22).
pub fn by_session(conn: &mut DbConn, hash: &str, now: Moment) -> Result<Option<OpenSession>, DbError> {
    let own = compte_enveloppe::compte_id.eq(compte::id).and(session::role.eq(Role::Recipiendaire.as_str()));
    let acts_as = |role: Role| session::role.eq(role.as_str());
    let required = texte_engagement::genre
        .eq(GenreTexte::Cgu.as_str())
        .or(texte_engagement::genre
            .eq(GenreTexte::CharteReferent.as_str())
            .and(acts_as(Role::Referent).or(acts_as(Role::CoReferent))))
        .or(texte_engagement::genre.eq(GenreTexte::CharteAidant.as_str()).and(acts_as(Role::Aidant)));
    let accepted = acceptation::texte_id.eq(texte_engagement::id).and(acceptation::compte_id.eq(compte::id));
    let rows: Vec<SessionRow> = session::table
        .inner_join(compte::table.on(compte::id.eq(session::compte_id)))
        .inner_join(compte_role::table.on(compte_role::compte_id.eq(compte::id)))
        .left_join(compte_enveloppe::table.on(own))
        .left_join(texte_engagement::table.on(texte_engagement::courant.eq(true).and(required)))
        .left_join(acceptation::table.on(accepted))
        .filter(session::empreinte.eq(hash).and(compte::etat.eq("actif")))
        .filter(session::expire_le.gt(now).and(session::vue_le.gt(idle_since(now))))
        .select((
            (compte::id, compte::nom, compte::email, compte::cachet),
            session::role,
            session::vue_le,
            session::otp_le,
            compte_role::role,
            compte_enveloppe::enveloppe_id.nullable(),
            texte_engagement::id.nullable(),
            acceptation::texte_id.nullable(),
        ))
        .load(conn)?;
    let Some(((id, name, email, stamp), active, seen, code, ..)) = rows.first().cloned() else { return Ok(None) };
    let held: BTreeSet<&str> = rows.iter().map(|row| row.4.as_str()).collect();
    if !held.contains(active.as_str()) {
        return Ok(None);
    }
    let roles = Role::COMPTES.into_iter().filter(|role| held.contains(role.as_str())).collect();
    let envelopes: BTreeSet<String> = rows.iter().filter_map(|row| row.5.clone()).collect();
    let who = Identity {
        kind: "compte",
        id,
        name,
        email,
        role: role_of(&active)?,
        roles,
        scopes: None,
        envelopes: envelopes.into_iter().collect(),
        owes_acceptance: rows.iter().any(|row| row.6.is_some() && row.7.is_none()),
        code_at: Some(code),
        stamp,
    };
    Ok(Some(OpenSession { who, seen }))
}
