//! The screens, one folder or file each.

pub mod accessibilite;
pub mod accueil;
pub mod avis;
pub mod candidature;
pub mod clients_api;
pub mod comptes;
pub mod connexion;
pub mod courriels;
pub mod demande;
pub mod eligibilite;
pub mod engagements;
pub mod enveloppes;
pub mod habilites;
pub mod import;
pub mod introuvable;
pub mod journal;
pub mod liens;
pub mod modeles;
pub mod mon_compte;
pub mod pilotage;
pub mod probleme;
pub mod suivi;
pub mod tableau;
