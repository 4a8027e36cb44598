//! The parts of the bench, one per group of figures.

mod browser;
pub mod export;
pub mod import;
pub mod mass;
pub mod national;
pub mod opco;
pub mod paste;
pub mod reads;
pub mod scroll;
pub mod sign_in;
pub mod start;
pub mod stream;
pub mod weight;
pub mod writes;
