//! The tableau de gestion: demandes listed, read, added, changed, deleted and restored.

pub mod cells;
pub mod queries;
pub mod routes;
mod rows;
pub mod selection;
pub mod service;
pub mod totals;
