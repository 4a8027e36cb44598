//! Who takes care of a demande: somebody who reaches it. Asked of the database only when a line names somebody new.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use domain::commentaire::Collegue;
use domain::compte::EtatCompte;
use domain::demande::{Colonne, Ligne};
use domain::error::FieldError;
use domain::permission::{Operation, Reach, Role, reach};

use crate::access::Perimeter;
use crate::db::schema::{compte, compte_enveloppe, compte_role};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::text::lots as text;

/// What some accounts reach, by e-mail.
#[derive(Default)]
pub struct Followers(HashMap<String, Reached>);

/// What an account reaches.
#[derive(Default)]
struct Reached {
    everything: bool,
    envelopes: HashSet<String>,
}

impl Followers {
    /// The active accounts of these addresses; nothing is asked when there is none.
    pub fn find<'a>(conn: &mut DbConn, emails: impl Iterator<Item = &'a str>) -> Result<Self, DbError> {
        let emails: HashSet<&str> = emails.filter(|email| !email.is_empty()).collect();
        if emails.is_empty() {
            return Ok(Self::default());
        }
        let rows: Vec<(String, String, Option<String>)> = compte::table
            .inner_join(compte_role::table.on(compte_role::compte_id.eq(compte::id)))
            .left_join(compte_enveloppe::table.on(compte_enveloppe::compte_id.eq(compte::id)))
            .filter(compte::etat.eq(EtatCompte::Actif.as_str()).and(compte::email.eq_any(emails)))
            .select((compte::email, compte_role::role, compte_enveloppe::enveloppe_id.nullable()))
            .load(conn)?;
        let mut found: HashMap<String, Reached> = HashMap::new();
        for (email, role, envelope) in rows {
            let reached = found.entry(email).or_default();
            match Role::parse(&role).map(|role| reach(role, Operation::DemandeModifier)) {
                Some(Reach::All) => reached.everything = true,
                Some(Reach::Own) => reached.envelopes.extend(envelope),
                _ => {}
            }
        }
        Ok(Self(found))
    }

    /// Refuses a line followed by somebody who does not reach it.
    ///
    /// # Errors
    /// 422 naming `/suivi_par`.
    pub fn check(&self, line: &Ligne) -> Result<(), AppError> {
        if self.admits(line) {
            return Ok(());
        }
        Err(AppError::fields(vec![FieldError::new("/suivi_par", FOLLOWER, text::FOLLOWER)]))
    }

    /// Whether nobody follows a line, or somebody who reaches it.
    pub fn admits(&self, line: &Ligne) -> bool {
        let (email, envelope) = (line.get(Colonne::SuiviPar), line.get(Colonne::EnveloppeId));
        let reaches = |reached: &Reached| reached.everything || reached.envelopes.contains(envelope);
        email.is_empty() || self.0.get(email).is_some_and(reaches)
    }
}

/// Most colleagues proposed.
const PROPOSED: i64 = 1_000;

/// Those to whom one may give the demandes within reach, by name: the people of the same envelopes; every one, for who reaches
/// everything.
pub fn colleagues(conn: &mut DbConn, perimeter: &Perimeter) -> Result<Vec<Collegue>, DbError> {
    let roles = |wanted: &[Reach]| {
        let roles = Role::COMPTES.into_iter().filter(|role| wanted.contains(&reach(*role, Operation::DemandeModifier)));
        roles.map(Role::as_str).collect::<Vec<_>>()
    };
    let active = compte::table
        .inner_join(compte_role::table.on(compte_role::compte_id.eq(compte::id)))
        .filter(compte::etat.eq(EtatCompte::Actif.as_str()))
        .select((compte::email, compte::nom))
        .order((compte::nom, compte::email))
        .distinct()
        .limit(PROPOSED);
    let found: Vec<(String, String)> = match perimeter {
        Perimeter::All => active.filter(compte_role::role.eq_any(roles(&[Reach::Own, Reach::All]))).load(conn)?,
        Perimeter::Envelopes(own) => active
            .inner_join(compte_enveloppe::table.on(compte_enveloppe::compte_id.eq(compte::id)))
            .filter(compte_role::role.eq_any(roles(&[Reach::Own])).and(compte_enveloppe::enveloppe_id.eq_any(own)))
            .load(conn)?,
    };
    Ok(found.into_iter().map(|(email, nom)| Collegue { email, nom }).collect())
}

/// Code of the refusal.
pub const FOLLOWER: &str = "suivi_impossible";

/// Refuses a change that gives a demande to somebody who does not reach it. What stood before may stand.
///
/// # Errors
/// 422 naming `/suivi_par`.
pub fn check_change(conn: &mut DbConn, before: &Ligne, after: &Ligne) -> Result<(), AppError> {
    let email = after.get(Colonne::SuiviPar);
    if email == before.get(Colonne::SuiviPar) {
        return Ok(());
    }
    Followers::find(conn, std::iter::once(email))?.check(after)
}
