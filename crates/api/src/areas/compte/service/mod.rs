//! What accounts do: ask for a sign-in link, open it, choose a role, close sessions.

pub mod accounts;
mod first_access;
pub mod invitations;
mod means;
pub mod recovery;
pub mod registration;
mod sessions;
pub mod sign_in;
mod step_up;
pub mod welcome;

pub use first_access::{FIRST_ACCESS_HOURS, Outcome, confirm, create_admin, prepare};
pub use means::{Coded, Holder, Removed, add_app, attach_card, prepare_app, relocate_card, remove, rename};
pub use sessions::{close, close_all, close_one, close_others, switch};
pub use sign_in::{Asked, Attempt, Context, Opened, Redemption, ask, redeem};
pub use step_up::{Renewed, step_up};

use domain::values::CodeOtp;

use crate::config::Mode;

/// Domain of the demonstration accounts.
pub const DEMONSTRATION_DOMAIN: &str = "@demo.example";
/// The one code of the demonstration accounts (product §5).
const DEMONSTRATION_CODE: &str = "123456";

/// Whether this is a seeded account of a demonstration instance: its code is known, without any means.
pub fn demonstration_account(mode: Mode, email: &str) -> bool {
    mode == Mode::Demonstration && email.ends_with(DEMONSTRATION_DOMAIN)
}

/// Whether this is the code of a seeded account of a demonstration instance. Nowhere else is it ever right.
fn demonstration_code(mode: Mode, email: &str, code: &CodeOtp) -> bool {
    demonstration_account(mode, email) && code.as_str() == DEMONSTRATION_CODE
}
