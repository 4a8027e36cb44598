//! Money that comes back to an envelope for which people wait. Its named accesses are told, once for a transaction, and decide:
//! nothing is granted by itself (ENV-3, ADR 0007).

use std::collections::BTreeSet;

use domain::courriel::Evenement;
use domain::enveloppe::{Compte, Registre};
use domain::text::fr_enveloppe;

use crate::areas::demande::{queries, waiting};
use crate::areas::enveloppe::registre;
use crate::clock::{Clock, Moment};
use crate::courriels::{self, Fact, Subject, Values};
use crate::db::{DbConn, DbError};
use crate::outbox;

/// An envelope to which a change gives money back, and whose waiting list has been entered.
pub struct Freed {
    id: String,
    /// As it is once the change is made.
    account: Compte,
}

/// The envelopes to which what was entered gives money back: read from memory, so that a change that gives none asks nothing.
pub fn freed(registre: &Registre) -> Vec<Freed> {
    registre.liberees().map(|(id, account)| Freed { id: id.to_owned(), account }).collect()
}

/// Tells the accesses of an envelope whose amount has grown.
///
/// # Errors
/// The database failed.
pub fn raised(conn: &mut DbConn, clock: &Clock, now: Moment, envelope: &str) -> Result<(), DbError> {
    let account = registre::load(conn, BTreeSet::from([envelope]))?.compte(envelope).filter(Compte::peut_servir);
    let freed: Vec<Freed> = account.map(|account| Freed { id: envelope.to_owned(), account }).into_iter().collect();
    tell(conn, clock, now, &freed)
}

/// Tells the accesses of these envelopes, once the change is written, where the first that waits now fits.
///
/// # Errors
/// The database failed.
pub fn tell(conn: &mut DbConn, clock: &Clock, now: Moment, freed: &[Freed]) -> Result<(), DbError> {
    for one in freed {
        let Some(first) = waiting::in_turn(conn, &one.id, 1)?.pop() else { continue };
        let Some(first) = queries::find(conn, &first)? else { continue };
        if one.account.solde.tient(one.account.tarifs.prix(&first.line)).is_err() {
            continue;
        }
        let path = format!("/administration/enveloppes/{}/financement", one.id);
        let values = Values::from([
            ("reste", fr_enveloppe::euros(one.account.solde.reste())),
            ("nombre", waiting::count(conn, &one.id)?.to_string()),
            ("chemin", path.clone()),
        ]);
        // A file whose lines are written one by one gives money back several times: the last says it all.
        outbox::take_back(conn, now, outbox::MAIL, [Evenement::FondsLiberes.as_str(), &path])?;
        let fact = Fact { subject: Subject::Enveloppe(&one.id), values, detail: String::new() };
        courriels::push(conn, clock, now, Evenement::FondsLiberes, &[fact])?;
    }
    Ok(())
}
