//! Comments about demandes, and who else has one open.

pub mod presence;
pub mod routes;
pub mod service;
