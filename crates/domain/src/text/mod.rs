//! What people read: labels, titles, sentences. One module per language.

pub mod fr;
pub mod fr_demande;
pub mod fr_vue;
