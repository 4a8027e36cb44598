//! Reads of envelopes: pages, prices, who holds them.

use diesel::prelude::*;
use domain::demande::Formation;
use domain::enveloppe::{AccesVue, TarifSaisi};
use serde::{Deserialize, Serialize};

use super::rows::Envelope;
use crate::access::Perimeter;
use crate::clock::Moment;
use crate::db::schema::{compte, compte_enveloppe, enveloppe, invitation, tarif_enveloppe};
use crate::db::{DbConn, DbError};

/// Where a page of envelopes begins: after this one, by département, from the last year.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Position {
    departement: String,
    annee: i64,
    id: String,
}

impl From<&Envelope> for Position {
    fn from(row: &Envelope) -> Self {
        Self { departement: row.departement.clone(), annee: row.annee, id: row.id.clone() }
    }
}

/// The envelopes within reach after a position, at most `limit`.
pub fn page(
    conn: &mut DbConn,
    perimeter: &Perimeter,
    after: Option<&Position>,
    limit: usize,
) -> Result<Vec<Envelope>, DbError> {
    let mut query = enveloppe::table.into_boxed();
    if let Perimeter::Envelopes(own) = perimeter {
        query = query.filter(enveloppe::id.eq_any(own.clone()));
    }
    if let Some(Position { departement, annee, id }) = after.cloned() {
        let same = enveloppe::annee.eq(annee).and(enveloppe::id.gt(id));
        let later = enveloppe::annee.lt(annee).or(same);
        let here = enveloppe::departement.eq(departement.clone()).and(later);
        query = query.filter(enveloppe::departement.gt(departement).or(here));
    }
    let order = (enveloppe::departement, enveloppe::annee.desc(), enveloppe::id);
    Ok(query.order(order).limit(i64::try_from(limit).unwrap_or(i64::MAX)).load(conn)?)
}

/// The prices of the organismes of an envelope, as they were typed.
pub fn tariffs(conn: &mut DbConn, id: &str) -> Result<Vec<TarifSaisi>, DbError> {
    let rows: Vec<(String, String, i64)> = tarif_enveloppe::table
        .filter(tarif_enveloppe::enveloppe_id.eq(id))
        .order((tarif_enveloppe::organisme, tarif_enveloppe::formation))
        .select((tarif_enveloppe::formation, tarif_enveloppe::nom, tarif_enveloppe::prix))
        .load(conn)?;
    let known = rows.into_iter().filter_map(|(formation, organisme, prix)| {
        Some(TarifSaisi { formation: Formation::parse(&formation)?, organisme, prix })
    });
    Ok(known.collect())
}

/// Who holds an envelope, then who is invited to and has not answered yet.
pub fn accesses(conn: &mut DbConn, id: &str, now: Moment) -> Result<Vec<AccesVue>, DbError> {
    let holders: Vec<(String, String)> = compte_enveloppe::table
        .inner_join(compte::table.on(compte::id.eq(compte_enveloppe::compte_id)))
        .filter(compte_enveloppe::enveloppe_id.eq(id))
        .order(compte::email)
        .limit(ACCESSES)
        .select((compte::nom, compte::email))
        .load(conn)?;
    let waiting = invitation::acceptee_le.is_null().and(invitation::retiree_le.is_null());
    let invited: Vec<(String, String)> = invitation::table
        .filter(invitation::enveloppe_id.eq(id).and(invitation::expire_le.gt(now)).and(waiting))
        .order(invitation::email)
        .limit(ACCESSES)
        .select((invitation::nom, invitation::email))
        .load(conn)?;
    let mut accesses: Vec<AccesVue> =
        holders.into_iter().map(|(nom, email)| AccesVue { nom, email, invitation: false }).collect();
    for (nom, email) in invited {
        if accesses.iter().all(|known| known.email != email) {
            accesses.push(AccesVue { nom, email, invitation: true });
        }
    }
    Ok(accesses)
}

/// Most holders that are read: far more than an envelope may have.
const ACCESSES: i64 = 500;
