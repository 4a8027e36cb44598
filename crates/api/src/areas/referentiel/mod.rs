//! Reference data: regions, départements, communes (COG 2026) and types of structure. Read-only, so it is served from
//! memory; the database holds it for its foreign keys.

mod queries;
pub mod routes;
mod territories;

pub use queries::load;
pub use territories::Territories;
