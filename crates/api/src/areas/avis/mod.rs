//! What each account is told of — comments, demandes given to it or that move on, its imports — in the application, by a mail
//! at once, or by a daily one.

mod digest;
pub mod routes;
pub mod service;
pub mod suivies;

pub use digest::{keep, summarise};
pub use service::UNSUBSCRIBE_PAGE;
