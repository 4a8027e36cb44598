//! Terms of use and charters: versions, acceptances, and what blocks until both are there (REF-4).

pub mod routes;
pub mod service;
