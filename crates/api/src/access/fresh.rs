//! Sensitive acts ask for a one-time code given lately (SEC-24): an open session alone does not prove that its owner is
//! still in front of it. The limit is one setting, `PARCOURS_CODE_RECENT`.

use domain::error::ErrorCode;

use super::Identity;
use crate::app::App;
use crate::error::AppError;

/// What an act says of programs, which have no code to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Programs {
    /// Their scope is enough: whoever created the token gave a code then.
    Exempt,
    /// Only a person may do this.
    Refused,
}

/// Refuses with `code-requis` unless the caller gave a code lately. What was asked may then be sent again as it was.
pub fn fresh(app: &App, who: &Identity, programs: Programs) -> Result<(), AppError> {
    match who.code_at {
        Some(given) if app.clock.now() - given < chrono::Duration::seconds(app.config.limits.code_seconds) => Ok(()),
        Some(_) => Err(AppError::new(ErrorCode::CodeRequis)),
        None if programs == Programs::Exempt => Ok(()),
        None => Err(AppError::detail(ErrorCode::NonAutorise, crate::text::PEOPLE_ONLY)),
    }
}
