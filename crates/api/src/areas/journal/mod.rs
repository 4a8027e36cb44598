//! The journal as the national administrators read it: its entries, and the verification of its chain.

pub mod queries;
pub mod routes;
