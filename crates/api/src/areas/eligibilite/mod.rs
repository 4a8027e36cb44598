//! The eligibility batches (S5, BAT-1): opened by the schedule, decided by the Aidants Connect team, and what follows from a
//! decision.

mod calendrier;
mod decisions;
mod echange;
pub mod effets;
mod habilitation;
mod lots;
mod queries;
pub mod routes;
mod worker;

pub use calendrier::next_opening;
pub use decisions::{Work, decide};
pub use echange::{answer, public_threads, takes_answers};
pub use lots::open_due;
pub use worker::keep;
