//! Where each recipient is written to: what the table asks for is read at once, for all the facts.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::compte::EtatCompte;
use domain::courriel::{Destinataire, Evenement, envois};
use domain::demande::Colonne;
use domain::permission::Role;

use super::{Fact, Subject};
use crate::db::schema::{compte, compte_enveloppe, compte_role, enveloppe};
use crate::db::{DbConn, DbError};

/// Most accounts of a national role that are written to: far more than there are.
const NATIONAL: i64 = 1_000;

/// The addresses and the names that the mails of an event need.
#[derive(Default)]
pub(super) struct Annuaire {
    /// Id of an envelope → who holds it, and its label.
    envelopes: HashMap<String, (String, String)>,
    /// Id of an envelope → its named accesses.
    accesses: HashMap<String, Vec<String>>,
    instructors: Vec<String>,
    administrators: Vec<String>,
}

impl Annuaire {
    /// Reads what the rows of this event ask for.
    pub(super) fn load(conn: &mut DbConn, event: Evenement, facts: &[Fact]) -> Result<Self, DbError> {
        let mut ids: Vec<&str> = facts.iter().filter_map(|fact| id(&fact.subject)).collect();
        ids.sort_unstable();
        ids.dedup();
        let told = |recipient| envois(event).any(|row| row.destinataire == recipient);
        let mut directory = Self { envelopes: envelopes(conn, &ids)?, ..Self::default() };
        if told(Destinataire::Recipiendaire) {
            directory.accesses = accesses(conn, &ids)?;
        }
        if told(Destinataire::InstructeursAidantsConnect) {
            directory.instructors = national(conn, Role::Instructeur)?;
        }
        if told(Destinataire::Anct) {
            directory.administrators = national(conn, Role::Anct)?;
        }
        Ok(directory)
    }

    /// Who holds the envelope of a subject, and its label.
    pub(super) fn envelope(&self, subject: &Subject) -> Option<(&str, &str)> {
        self.envelopes.get(id(subject)?).map(|(holder, label)| (holder.as_str(), label.as_str()))
    }

    /// Where a recipient is written to about a subject; an address that is not known is empty, or left out.
    pub(super) fn addresses<'a>(&'a self, recipient: Destinataire, subject: &Subject<'a>) -> Vec<&'a str> {
        let all = |addresses: &'a [String]| addresses.iter().map(String::as_str).collect();
        match (recipient, *subject) {
            (Destinataire::Professionnel, Subject::Demande(stored)) => vec![stored.line.get(Colonne::Email)],
            (Destinataire::Referent, Subject::Demande(stored)) => vec![stored.line.get(Colonne::ReferentEmail)],
            (Destinataire::Structure, Subject::Demande(stored)) => vec![stored.line.get(Colonne::StructureEmail)],
            (Destinataire::Structure, Subject::Address(address)) => vec![address],
            (Destinataire::Recipiendaire, subject) => {
                id(&subject).and_then(|id| self.accesses.get(id)).map_or_else(Vec::new, |addresses| all(addresses))
            }
            (Destinataire::InstructeursAidantsConnect, _) => all(&self.instructors),
            (Destinataire::Anct, _) => all(&self.administrators),
            _ => Vec::new(),
        }
    }
}

/// The envelope of a subject.
fn id<'a>(subject: &Subject<'a>) -> Option<&'a str> {
    match *subject {
        Subject::Demande(stored) => stored.envelope(),
        Subject::Enveloppe(id) => Some(id),
        Subject::Address(_) | Subject::National => None,
    }
}

fn envelopes(conn: &mut DbConn, ids: &[&str]) -> Result<HashMap<String, (String, String)>, DbError> {
    let named = enveloppe::table.filter(enveloppe::id.eq_any(ids));
    let rows: Vec<(String, String, String)> =
        named.select((enveloppe::id, enveloppe::recipiendaire, enveloppe::libelle)).load(conn)?;
    Ok(rows.into_iter().map(|(id, holder, label)| (id, (holder, label))).collect())
}

fn accesses(conn: &mut DbConn, ids: &[&str]) -> Result<HashMap<String, Vec<String>>, DbError> {
    let rows: Vec<(String, String)> = compte_enveloppe::table
        .inner_join(compte::table.on(compte::id.eq(compte_enveloppe::compte_id)))
        .filter(compte_enveloppe::enveloppe_id.eq_any(ids))
        .filter(compte::etat.eq(EtatCompte::Actif.as_str()))
        .order(compte::email)
        .select((compte_enveloppe::enveloppe_id, compte::email))
        .load(conn)?;
    let mut accesses: HashMap<String, Vec<String>> = HashMap::new();
    for (envelope, email) in rows {
        accesses.entry(envelope).or_default().push(email);
    }
    Ok(accesses)
}

fn national(conn: &mut DbConn, role: Role) -> Result<Vec<String>, DbError> {
    Ok(compte_role::table
        .inner_join(compte::table.on(compte::id.eq(compte_role::compte_id)))
        .filter(compte_role::role.eq(role.as_str()).and(compte::etat.eq(EtatCompte::Actif.as_str())))
        .order(compte::email)
        .limit(NATIONAL)
        .select(compte::email)
        .load(conn)?)
}
