//! Comments about demandes, and who else has one open.

mod presence;
pub mod routes;
pub mod service;
