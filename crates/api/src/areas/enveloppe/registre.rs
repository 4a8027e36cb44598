//! The accounts of envelopes: read before a change, written with it, counted again to check them.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use domain::demande::Formation;
use domain::enveloppe::{Compte, Depassement, Poids, Registre, Tarif};
use domain::error::{ErrorCode, FieldError, Problem};
use domain::text::fr_enveloppe as text;

use super::rows::Envelope;
use crate::db::schema::{enveloppe, tarif_enveloppe};
use crate::db::{DbConn, DbError};
use crate::error::AppError;
use crate::journal;

/// The accounts of these envelopes, held until the transaction ends: nobody else changes them meanwhile.
pub fn load(conn: &mut DbConn, ids: BTreeSet<&str>) -> Result<Registre, DbError> {
    if ids.is_empty() {
        return Ok(Registre::default());
    }
    journal::hold(conn)?;
    let rows: Vec<Envelope> = enveloppe::table.filter(enveloppe::id.eq_any(&ids)).load(conn)?;
    let mut tariffs = tariffs(conn, &ids)?;
    let accounts = rows.into_iter().map(|row| {
        let mut account: Compte = row.account();
        let own = tariffs.extract_if(.., |(id, _)| *id == row.id);
        account.tarifs.organismes = own.map(|(_, tariff)| tariff).collect();
        (row.id, account)
    });
    Ok(Registre::new(accounts.collect::<Vec<_>>()))
}

/// The prices of organismes in these envelopes.
fn tariffs(conn: &mut DbConn, ids: &BTreeSet<&str>) -> Result<Vec<(String, Tarif)>, DbError> {
    let rows: Vec<(String, String, String, i64)> = tarif_enveloppe::table
        .filter(tarif_enveloppe::enveloppe_id.eq_any(ids))
        .select((
            tarif_enveloppe::enveloppe_id,
            tarif_enveloppe::formation,
            tarif_enveloppe::organisme,
            tarif_enveloppe::prix,
        ))
        .load(conn)?;
    let known = rows.into_iter().filter_map(|(id, formation, organisme, prix)| {
        Some((id, Tarif { formation: Formation::parse(&formation)?, organisme, prix }))
    });
    Ok(known.collect())
}

/// Code of what does not fit.
pub const OVERRUN: &str = "montant_depasse";

/// Whether a refusal is that of what does not fit.
pub fn is_overrun(problem: &Problem) -> bool {
    problem.errors.iter().any(|field| field.code == OVERRUN)
}

/// The refusal of what does not fit.
fn overrun(excess: &Depassement) -> Problem {
    let sentence = text::depassement(excess);
    let mut problem = Problem::with_detail(ErrorCode::ConflitEtat, sentence.clone());
    problem.errors.push(FieldError::new("/montant", OVERRUN, sentence));
    problem
}

/// Writes what has changed. The condition holds even if the accounts were not held: an amount is never exceeded (ENV-2).
///
/// # Errors
/// 409 when an amount would be; nothing is then to be kept of the transaction.
pub fn settle(conn: &mut DbConn, registre: &Registre) -> Result<(), AppError> {
    registre.verifier().map_err(|excess| AppError::Problem(Box::new(overrun(&excess))))?;
    for (id, change) in registre.ecarts() {
        let weight = change.poids;
        let room = enveloppe::engage.le(enveloppe::montant - weight.engage.max(0));
        let written = diesel::update(enveloppe::table.find(id).filter(room))
            .set((
                enveloppe::engage.eq(enveloppe::engage + weight.engage),
                enveloppe::consomme.eq(enveloppe::consomme + weight.consomme),
                enveloppe::departs.eq(enveloppe::departs + weight.departs),
                enveloppe::file.eq(enveloppe::file + change.entrees),
            ))
            .execute(conn)?;
        if written == 0 {
            return Err(AppError::detail(ErrorCode::ConflitEtat, text::DEPASSE));
        }
    }
    Ok(())
}

/// The same condition as `domain::enveloppe::est_financee`; a test compares both.
const RECOUNT: &str = "SELECT count(*) AS departs, CAST(coalesce(sum(prix_accorde), 0) AS BIGINT) AS engage, \
     CAST(coalesce(sum(CASE WHEN presence = 'present' THEN prix_accorde ELSE 0 END), 0) AS BIGINT) AS consomme \
     FROM demande WHERE supprimee = FALSE AND coalesce(enveloppe_id, '') = $1 AND decision_financement = 'accorde' \
     AND financement = 'enveloppe' AND retiree <> 'oui' AND annulee_par = '' \
     AND (formation = 'aidants_numeriques' OR decision_eligibilite <> 'refusee' OR presence = 'present')";

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    departs: i64,
    #[diesel(sql_type = BigInt)]
    engage: i64,
    #[diesel(sql_type = BigInt)]
    consomme: i64,
}

/// What the demandes of an envelope weigh, counted again row by row: what its counters must say.
pub fn recount(conn: &mut DbConn, id: &str) -> Result<Poids, DbError> {
    let counted: Counted = diesel::sql_query(RECOUNT).bind::<Text, _>(id.to_owned()).get_result(conn)?;
    Ok(Poids { departs: counted.departs, engage: counted.engage, consomme: counted.consomme })
}
