//! Named views of the table: kept, shown to colleagues, changed by their owner alone.

pub mod routes;
mod service;
