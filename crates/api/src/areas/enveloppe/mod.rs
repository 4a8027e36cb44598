//! Envelopes: what they hold, what is taken from them, and which one a demande goes to.

pub mod gestion;
mod liste;
pub mod mouvement;
mod queries;
pub mod registre;
pub mod routes;
pub mod rows;
pub mod service;
