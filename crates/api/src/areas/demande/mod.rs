//! The tableau de gestion: demandes listed, read, added, changed, deleted and restored.

pub mod cells;
mod change;
pub mod decisions;
pub mod edits;
mod flux;
mod gestes;
mod lots;
mod milestones;
pub mod queries;
pub mod routes;
mod rows;
pub mod selection;
pub mod service;
mod siblings;
pub mod suivi;
mod supprimees;
pub mod totals;
mod updates;
pub mod waiting;
