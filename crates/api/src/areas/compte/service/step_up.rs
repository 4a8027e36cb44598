//! A code given again in an open session, before a sensitive act: verified and spent as at sign-in, with a throttle of
//! its own, for whoever holds a stolen cookie must not guess.

use domain::values::CodeOtp;
use serde_json::json;

use super::sign_in::{Attempt, Context, verified};
use crate::access::{Identity, session};
use crate::areas::compte::queries;
use crate::db::DbConn;
use crate::error::AppError;
use crate::http::limit::Quota;
use crate::journal::{self, Author, Entry};
use crate::throttle;

/// What became of a code, and what is left to the account.
pub struct Renewed {
    /// The new id of the session; `None` when the code is wrong.
    pub id: Option<String>,
    /// What is left to the account.
    pub quota: Quota,
}

/// Verifies a code of the caller and renews its session; `None` when the session has just ended.
pub fn step_up(
    conn: &mut DbConn,
    context: &Context,
    who: &Identity,
    id: &str,
    code: Option<CodeOtp>,
) -> Result<Option<Renewed>, AppError> {
    let quota = context.count(conn, throttle::STEP_UP, context.per_account, &who.id)?;
    if quota.left.is_none() {
        return Ok(Some(Renewed { id: None, quota }));
    }
    let means = queries::means(conn, &who.id)?;
    let attempt = Attempt { email: who.email.clone(), code, next: None, client: String::new(), known: None };
    let author = who.author(&context.request);
    if !verified(conn, context, &means, &attempt, true)? {
        record(conn, context, &author, "session.code_refuse")?;
        return Ok(Some(Renewed { id: None, quota }));
    }
    let Some(next) = session::renew(conn, &context.clock, id, context.now)? else { return Ok(None) };
    record(conn, context, &author, "session.code_donne")?;
    Ok(Some(Renewed { id: Some(next), quota }))
}

fn record(conn: &mut DbConn, context: &Context, author: &Author, action: &'static str) -> Result<(), AppError> {
    let values = json!({ "adresse": context.address }).to_string();
    let entry = Entry { action, object: "compte", object_id: author.id.clone(), values };
    Ok(journal::append(conn, &context.clock, author, context.now, vec![entry])?)
}
