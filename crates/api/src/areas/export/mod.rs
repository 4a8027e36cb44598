//! Exports: exactly the filtered rows, streamed with bounded memory.

pub mod routes;
pub mod service;
