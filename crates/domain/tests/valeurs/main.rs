//! The values of the trade: parsing, refusals with their codes, display.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod adresses;
mod codes_otp;
mod dates;
mod mots;
mod siret;
mod territoires;
mod types_structure;
