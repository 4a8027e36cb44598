//! Money of the envelopes, summed by département, and the envelopes themselves.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::areas::enveloppe::rows::Envelope;
use crate::db::schema::enveloppe;
use crate::db::{DbConn, DbError};

/// What the envelopes of a département hold together, in cents.
#[derive(QueryableByName, Clone, Debug, Default)]
pub struct Money {
    /// Code of the département.
    #[diesel(sql_type = Text)]
    pub departement: String,
    /// Amounts.
    #[diesel(sql_type = BigInt)]
    pub montant: i64,
    /// Engaged.
    #[diesel(sql_type = BigInt)]
    pub engage: i64,
    /// Consumed.
    #[diesel(sql_type = BigInt)]
    pub consomme: i64,
    /// Trainings aimed at.
    #[diesel(sql_type = BigInt)]
    pub cible: i64,
}

/// An envelope that is being prepared holds no money yet, unless something was taken from it.
const MONEY: &str = "SELECT departement, CAST(sum(montant) AS BIGINT) AS montant, CAST(sum(engage) AS BIGINT) AS engage, \
     CAST(sum(consomme) AS BIGINT) AS consomme, CAST(sum(cible) AS BIGINT) AS cible FROM enveloppe \
     WHERE (etat <> 'brouillon' OR departs > 0) AND ($1 = '' OR departement = $2) GROUP BY departement ORDER BY departement";

/// The money of every département that has some, or of this one.
pub fn money(conn: &mut DbConn, department: &str) -> Result<Vec<Money>, DbError> {
    Ok(diesel::sql_query(MONEY).bind::<Text, _>(department).bind::<Text, _>(department).load(conn)?)
}

/// Most envelopes of a département that are shown: there is one a year, or a few.
const ENVELOPES: i64 = 200;

/// The envelopes of a département, from the last year.
pub fn envelopes(conn: &mut DbConn, department: &str) -> Result<Vec<Envelope>, DbError> {
    Ok(enveloppe::table
        .filter(enveloppe::departement.eq(department))
        .order((enveloppe::annee.desc(), enveloppe::id))
        .limit(ENVELOPES)
        .load(conn)?)
}
