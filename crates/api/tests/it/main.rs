//! Integration tests: the whole service in this process, each test on a database of its own. The same source runs on
//! SQLite and, when `PARCOURS_TEST_DATABASE_URL` names a server, on PostgreSQL.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test that meets the unexpected must stop there"
)]

mod access;
mod access_fields;
mod access_objects;
mod accounts;
mod anchors;
mod avertis;
mod bad_input;
mod brouillons;
mod canaries;
mod candidature;
mod client_api;
mod command_line;
mod commentaires;
mod config;
mod courriels;
mod crash;
mod crash_sign_in;
mod db_outage;
mod db_schema;
mod db_semantics;
mod db_writer;
mod demandes_filters;
mod demandes_list;
mod demandes_pages;
mod ecritures;
mod edits;
mod eligibilite;
mod eligibilite_echanges;
mod eligibilite_effets;
mod engagements;
mod enveloppes;
mod exports;
mod financement;
mod first_access;
mod flux;
mod grist;
mod habilites;
mod imports;
mod imports_bad;
mod imports_colonnes;
mod imports_files;
mod imports_life;
mod imports_outage;
mod invitations;
mod journal;
mod journal_page;
mod jwt;
mod liberations;
mod liens;
mod limites;
mod lots;
mod mails;
mod means;
mod messages;
mod openapi;
mod openapi_text;
mod otp;
mod otp_keys;
mod preuves;
mod rappels;
mod refusals;
mod registration;
mod session;
mod sign_in;
mod single_use;
mod step_up;
mod suivi;
mod support;
mod tableaux_de_bord;
mod throttle;
mod vues;
mod welcome;
mod wire;
