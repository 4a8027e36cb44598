//! Every sentence of the screens, in French. A second language is one more module of each.

pub mod accessibilite;
pub mod accueil;
pub mod avis;
pub mod candidature;
pub mod clients_api;
pub mod compte;
pub mod comptes;
pub mod connexion;
pub mod eligibilite;
pub mod enveloppes;
pub mod fr;
pub mod grille;
pub mod habilites;
pub mod journal;
pub mod liens;
pub mod masse;
pub mod modeles;
pub mod pilotage;
pub mod tableau;
pub mod vues;
