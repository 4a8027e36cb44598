//! The access matrix, role × operation × scope × field, as data (architecture, invariant 4): authorisation, the tables of
//! `docs/security.md`, the OpenAPI document and the generated tests all read it, and nothing else says who may do what.

mod catalogue;
mod fields;
mod operation;
mod portee;
mod role;

pub use catalogue::{Access, CATALOGUE, access};
pub use fields::{Door, Field, field, may_read, may_write, readable};
pub use operation::{Operation, Reach, Row, reach};
pub use portee::Portee;
pub use role::Role;
