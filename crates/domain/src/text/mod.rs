//! What people read: labels, titles, sentences. One module per language.

pub mod fr;
pub mod fr_commentaire;
pub mod fr_courriel;
pub mod fr_demande;
pub mod fr_enveloppe;
pub mod fr_habilite;
pub mod fr_lien;
pub mod fr_lot;
pub mod fr_message;
pub mod fr_pilotage;
pub mod fr_vue;
