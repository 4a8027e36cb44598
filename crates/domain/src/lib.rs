//! What is true without a machine: the values, the rules and the state machines of the path of an
//! *aidant professionnel*. No I/O, no clock, no randomness: the browser and the server run this same code.

pub mod avis;
pub mod candidature;
pub mod client_api;
pub mod commentaire;
pub mod compte;
pub mod courriel;
pub mod demande;
pub mod engagement;
pub mod enveloppe;
pub mod error;
pub mod grist;
pub mod habilite;
pub mod import;
pub mod journal;
pub mod lien;
pub mod lot_eligibilite;
pub mod message;
pub mod mon_compte;
pub mod page;
pub mod permission;
pub mod pilotage;
pub mod preuve;
pub mod referentiel;
pub mod rules;
pub mod session;
pub mod text;
pub mod values;
pub mod vue;
