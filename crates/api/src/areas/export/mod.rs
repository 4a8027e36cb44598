//! Exports: exactly the filtered rows, streamed with bounded memory.

mod ods;
pub mod routes;
pub mod service;

pub use routes::AT_ONCE;
