//! What forms share: which field is wrong and when to say so, the summary of errors, the focus, and what is proposed while one types.

pub mod faults;
mod proposals;
pub mod summary;

pub use faults::{Fault, Faults};
pub use proposals::Proposals;
pub use summary::Summary;
