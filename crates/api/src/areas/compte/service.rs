//! Accounts: found by e-mail, listed on a demonstration instance, and signing in.

use diesel::prelude::*;
use domain::permission::Role;
use domain::session::SessionVue;

use crate::config::Mode;
use crate::db::schema::compte;
use crate::db::{DbConn, DbError};

/// The one code of a demonstration instance (product §5).
const DEMONSTRATION_CODE: &str = "123456";

/// An account that may sign in.
#[derive(Queryable, Debug)]
pub struct Account {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Role code.
    pub role: String,
}

impl Account {
    /// As the wire shows it.
    pub fn view(&self) -> Option<SessionVue> {
        Some(SessionVue { nom: self.name.clone(), email: self.email.clone(), role: Role::parse(&self.role)? })
    }
}

/// Whether the code opens a session: on a demonstration instance only, whatever the account.
pub fn code_accepted(mode: Mode, code: &str) -> bool {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    mode == Mode::Demonstration && digits == DEMONSTRATION_CODE
}

/// The active account of an address.
pub fn find(conn: &mut DbConn, email: &str) -> Result<Option<Account>, DbError> {
    Ok(compte::table
        .filter(compte::email.eq(email).and(compte::actif.eq(true)))
        .select((compte::id, compte::nom, compte::email, compte::role))
        .first(conn)
        .optional()?)
}

/// The accounts of a demonstration instance.
pub fn demonstration(conn: &mut DbConn) -> Result<Vec<Account>, DbError> {
    Ok(compte::table
        .filter(compte::actif.eq(true))
        .order(compte::id)
        .limit(20)
        .select((compte::id, compte::nom, compte::email, compte::role))
        .load(conn)?)
}
