//! The door to the server: `http` sends, the other modules name the operations, one function each.

pub mod avis;
pub mod candidatures;
pub mod clients;
pub mod compte;
pub mod comptes;
pub mod demandes;
pub mod eligibilite;
pub mod enveloppes;
pub mod habilites;
pub mod http;
pub mod imports;
pub mod journal;
pub mod liens;
pub mod messages;
pub mod modeles;
pub mod pilotage;
pub mod query;
pub mod read;
pub mod referentiel;
pub mod session;
pub mod step_up;
mod upload;
pub mod vues;

pub use http::{ClientError, Request, Response};
pub use query::Query;
