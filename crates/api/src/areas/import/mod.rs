//! Imports of demandes: a file is received on disk, read by a background thread in batches of lines, each written in one
//! transaction with its report, so that an import survives a stop, can be cancelled and undone (docs/adr/0003).

mod batch;
mod journal;
mod overrun;
mod prepare;
mod queries;
mod reader;
mod receive;
mod report;
pub mod routes;
mod rows;
mod runner;
pub mod service;
pub mod text;
mod undo;
mod worker;

pub use runner::Runner;
