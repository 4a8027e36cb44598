//! Dashboards: counters kept with every change of a demande, read as figures, and the report of a convention.

pub mod compteurs;
mod fichiers;
mod pdf;
mod queries;
pub mod routes;
pub mod service;
