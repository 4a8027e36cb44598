//! The table in the form of Grist's REST API, so that a script written for Grist works by changing its base address.
//! Rights, rules and journal are those of every other door (product §3).

pub mod routes;
mod service;
mod wire;
