//! What may be done to API clients, and what they may obtain.

mod exchange;
mod manage;

pub use exchange::{Asked, Granted, Refusal, exchange};
pub use manage::{Context, NewClient, add_key, create, create_alone, revoke, revoke_key, store};
