//! Accounts: signing in (e-mail, one-time code, mailed link), open sessions, active role, and what a demonstration
//! instance shows of itself.

pub mod queries;
pub mod routes;
pub mod service;
