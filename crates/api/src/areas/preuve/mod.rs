//! What the outside says of a structure, for those who manage its demandes, and asking it again.

pub mod routes;
mod service;
