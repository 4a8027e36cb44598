//! Comments about demandes, and what each account is told of them: in the application, by a mail at once, or by a daily one.

mod avis;
mod digest;
mod presence;
pub mod routes;
pub mod service;

pub use avis::UNSUBSCRIBE_PAGE;
pub use digest::{keep, summarise};
