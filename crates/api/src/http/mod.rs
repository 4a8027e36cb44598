//! What handlers share: reading requests strictly, conditional requests, idempotency, cursors, limits, answers.

pub mod beat;
pub mod body;
pub mod client;
pub mod condition;
pub mod cors;
pub mod csv;
pub mod cursor;
pub mod idempotency;
pub mod limit;
pub mod origin;
mod place;
pub mod query;
pub mod request;
pub mod server;
pub mod spa;
pub mod wire;
