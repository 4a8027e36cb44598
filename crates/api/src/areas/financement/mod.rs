//! Decisions on the financing of demandes: who is granted the money of an envelope, who waits, who is refused.

mod courriel;
pub mod liberation;
pub mod routes;
pub mod service;
