//! Proofs from the outside: the company register, SIRO and the address base, asked in the background. Nothing that people do
//! waits for them: a check is queued with the structure, made by whichever server claims it, and its answer is taken into
//! the verdicts afterwards.

pub mod adresses;
pub mod entreprises;
pub mod facts;
pub mod gate;
pub mod outgoing;
pub mod queue;
mod reading;

pub mod simulateurs;
pub mod siro;
pub mod table_opco;
mod verdicts;
pub mod worker;

/// A path added to the base address of a service, which ends with a slash.
fn join(base: &reqwest::Url, path: &str) -> reqwest::Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path()));
    url
}

pub use worker::{Checks, check, keep, pass};
