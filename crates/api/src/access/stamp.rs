//! The security stamp of an account (SEC-22, RT-13): what it made under a former stamp opens nothing. The stamp changes when
//! the account is closed and when its means of giving codes change; a right that is withdrawn needs none, for each request
//! looks at the rights themselves.

use diesel::prelude::*;
use domain::compte::EtatCompte;

use crate::db::schema::compte;
use crate::db::{DbConn, DbError};

/// Changes the stamp of an account: its keys stop for good, and with them the access tokens that they gave.
pub fn renew(conn: &mut DbConn, account: &str) -> Result<(), DbError> {
    diesel::update(compte::table.find(account)).set(compte::cachet.eq(compte::cachet + 1)).execute(conn)?;
    Ok(())
}

/// The person who made a key, as they stand now.
#[derive(Queryable, Clone, Debug)]
pub struct Maker {
    /// Who; nobody for a key made on the command line.
    id: Option<String>,
    /// Their stamp when they made it.
    then: i64,
    /// Their stamp now.
    now: Option<i64>,
    /// State of their account.
    state: Option<String>,
    /// The role of the client, when they hold it.
    role: Option<String>,
}

impl Maker {
    /// Whether nobody made the key: whoever runs the service answers for it.
    pub const fn is_nobody(&self) -> bool {
        self.id.is_none()
    }

    /// Whether what they made may still serve.
    pub fn stands(&self) -> bool {
        let active = self.state.as_deref() == Some(EtatCompte::Actif.as_str());
        self.is_nobody() || (active && self.role.is_some() && self.now == Some(self.then))
    }
}
