//! Reads of accounts.

use diesel::prelude::*;
use domain::permission::Role;

use crate::clock::Moment;
use crate::db::schema::{boite_envoi, compte, compte_role, moyen_otp};
use crate::db::{DbConn, DbError};
use crate::otp::{Kind, Means};
use crate::seal::Sealed;

/// Mails that a demonstration instance shows.
const SHOWN_MAILS: i64 = 50;
/// Accounts that a demonstration instance lists.
const SHOWN_ACCOUNTS: i64 = 40;

/// The account of an address, whatever its state, with its means of giving codes.
#[derive(Debug)]
pub struct Candidate {
    /// Id.
    pub id: String,
    /// Whether it may sign in.
    pub active: bool,
    /// Its means.
    pub means: Vec<Means>,
}

type MeansRow = (String, String, String, String, i64);

/// The account of an address. One statement, whether it exists or not.
pub fn candidate(conn: &mut DbConn, email: &str) -> Result<Option<Candidate>, DbError> {
    let usable = moyen_otp::compte_id.eq(compte::id.nullable()).and(moyen_otp::etat.eq("actif"));
    let rows: Vec<(String, String, Option<MeansRow>)> = compte::table
        .left_join(moyen_otp::table.on(usable))
        .filter(compte::email.eq(email))
        .order(moyen_otp::id)
        .limit(10)
        .select((
            compte::id,
            compte::etat,
            (moyen_otp::id, moyen_otp::genre, moyen_otp::graine, moyen_otp::cle_id, moyen_otp::derive).nullable(),
        ))
        .load(conn)?;
    let Some((id, state, _)) = rows.first().cloned() else { return Ok(None) };
    let means = rows.into_iter().filter_map(|(_, _, row)| means_of(row?)).collect();
    Ok(Some(Candidate { id, active: state == "actif", means }))
}

fn means_of((id, kind, text, key, drift): MeansRow) -> Option<Means> {
    Some(Means { id, kind: Kind::parse(&kind)?, seed: Sealed { key, text }, drift })
}

/// The active means of an account.
pub fn means(conn: &mut DbConn, account: &str) -> Result<Vec<Means>, DbError> {
    let rows: Vec<MeansRow> = moyen_otp::table
        .filter(moyen_otp::compte_id.eq(account).and(moyen_otp::etat.eq("actif")))
        .order(moyen_otp::id)
        .limit(10)
        .select((moyen_otp::id, moyen_otp::genre, moyen_otp::graine, moyen_otp::cle_id, moyen_otp::derive))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(means_of).collect())
}

/// An account that may act.
#[derive(Clone, Debug)]
pub struct Account {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// E-mail.
    pub email: String,
    /// Its roles, in the order of the matrix.
    pub roles: Vec<Role>,
}

type AccountRow = (String, String, String, String);

/// Rows of accounts × roles, gathered by account in their order.
fn gather(rows: Vec<AccountRow>) -> Vec<Account> {
    let mut accounts: Vec<Account> = Vec::new();
    for (id, name, email, role) in rows {
        if accounts.last().is_none_or(|last| last.id != id) {
            accounts.push(Account { id, name, email, roles: Vec::new() });
        }
        if let (Some(account), Some(role)) = (accounts.last_mut(), Role::parse(&role)) {
            account.roles.push(role);
        }
    }
    for account in &mut accounts {
        account.roles.sort_by_key(|role| Role::ALL.iter().position(|listed| listed == role));
    }
    accounts
}

/// The account of this id, if it is active and has a role.
pub fn active(conn: &mut DbConn, id: &str) -> Result<Option<Account>, DbError> {
    let rows = compte::table
        .inner_join(compte_role::table.on(compte_role::compte_id.eq(compte::id)))
        .filter(compte::id.eq(id).and(compte::etat.eq("actif")))
        .select((compte::id, compte::nom, compte::email, compte_role::role))
        .load(conn)?;
    Ok(gather(rows).into_iter().next())
}

/// The accounts of a demonstration instance, in the order of their creation.
pub fn demonstration(conn: &mut DbConn) -> Result<Vec<Account>, DbError> {
    let rows = compte::table
        .inner_join(compte_role::table.on(compte_role::compte_id.eq(compte::id)))
        .filter(compte::etat.eq("actif").and(compte::email.like(format!("%{}", super::service::DEMONSTRATION_DOMAIN))))
        .order((compte::id, compte_role::role))
        .limit(SHOWN_ACCOUNTS)
        .select((compte::id, compte::nom, compte::email, compte_role::role))
        .load(conn)?;
    Ok(gather(rows))
}

/// A queued mail: id, moment and content.
pub type Mail = (String, Moment, String);

/// The last mails queued, last first.
pub fn mails(conn: &mut DbConn) -> Result<Vec<Mail>, DbError> {
    Ok(boite_envoi::table
        .filter(boite_envoi::sujet.eq(crate::outbox::MAIL))
        .order((boite_envoi::cree_le.desc(), boite_envoi::id.desc()))
        .limit(SHOWN_MAILS)
        .select((boite_envoi::id, boite_envoi::cree_le, boite_envoi::charge))
        .load(conn)?)
}
