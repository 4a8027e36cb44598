//! Mails written once to the people of several demandes.

pub mod routes;
mod service;
