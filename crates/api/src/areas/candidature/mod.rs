//! Candidatures: the public form of the structures (system S1).

mod brouillons;
pub mod routes;
mod service;
pub mod suivi;
