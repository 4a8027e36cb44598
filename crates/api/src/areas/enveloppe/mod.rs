//! Envelopes, as far as the tableau de gestion needs them: département, year, récipiendaire, label.

pub mod routes;
pub mod service;
