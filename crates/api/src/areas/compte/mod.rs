//! Accounts and sign-in. Complete sign-in (mailed link, one-time codes) comes with its own issue; until then only a
//! demonstration instance has accounts, all with the code 123456.

pub mod routes;
pub mod service;
