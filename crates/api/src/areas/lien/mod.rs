//! Links of the candidature form: made by those who manage an envelope, followed by anybody.

pub mod routes;
pub mod service;
