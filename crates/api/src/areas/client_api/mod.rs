//! API clients: programs of third parties, managed by the people whose data they reach, and the exchange of their secrets
//! for access tokens (docs/adr/0005).

pub mod queries;
pub mod routes;
pub mod service;
