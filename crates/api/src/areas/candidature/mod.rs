//! Candidatures: the public form of the structures (system S1).

pub mod routes;
mod service;
pub mod suivi;
