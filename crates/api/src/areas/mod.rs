//! One folder per area of the trade. In each: `routes` (HTTP), `service` (decides, in one transaction), `queries` and
//! `rows` (the database). Imports go that way only.

pub mod avis;
pub mod candidature;
pub mod client_api;
pub mod commentaire;
pub mod compte;
pub mod demande;
pub mod eligibilite;
pub mod engagement;
pub mod enveloppe;
pub mod export;
pub mod financement;
pub mod grist;
pub mod habilite;
pub mod import;
pub mod journal;
pub mod lien;
pub mod message;
pub mod preuve;
pub mod referentiel;
pub mod structure;
pub mod tableau_de_bord;
pub mod vue;
