//! The professionals who are habilitated already (S6): read by those who attribute the financings, given by the national team, and
//! what rule ELI-5 knows.

pub mod queries;
pub mod routes;
pub mod service;
