//! The server of Parcours Aidants: the REST API, its document, the single-page app, and the command line.

pub mod access;
pub mod app;
pub mod areas;
pub mod cli;
pub mod clock;
pub mod config;
pub mod courriels;
pub mod db;
pub mod demo;
pub mod error;
pub mod http;
pub mod journal;
pub mod mail;
pub mod openapi;
pub mod otp;
pub mod outbox;
pub mod preuves;
pub mod seal;
pub mod single_use;
pub mod text;
pub mod throttle;
