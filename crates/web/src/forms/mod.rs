//! What forms share: which field is wrong and when to say so, the summary of errors, and the focus.

pub mod faults;
pub mod summary;

pub use faults::{Fault, Faults};
pub use summary::Summary;
