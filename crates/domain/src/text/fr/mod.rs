//! French. Plain sentences that say what to do next.

pub mod client_api;
pub mod departements;
pub mod libelles;
pub mod problemes;
pub mod refus;
pub mod regles;
pub mod types_structure;

pub use libelles::{choix, colonne, etape, formation, role, verdict};
pub use problemes::{ABNORMAL_USAGE, problem_detail, problem_title};
