//! The checks to make, and what came of the last one. A check is claimed by putting its next time off, if nobody has
//! meanwhile: should its server die, it is due again a little later.

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Timestamp};
use domain::preuve::{EchecPreuve, Service};
use domain::values::Siret;

use crate::clock::{Clock, Moment};
use crate::db::schema::preuve;
use crate::db::{DbConn, DbError};

/// Minutes that whoever claims a check has to make it.
const LEASE: i64 = 2;
/// Days for which an answer is believed before the service is asked again.
const FRESH_DAYS: i64 = 30;
/// The same for « unknown »: a new establishment takes some days to appear.
const UNKNOWN_DAYS: i64 = 7;
/// Seconds before a check that failed is made again, the first time; twice as long each time.
const FIRST_RETRY: i64 = 20;
/// Longest of these waits, in seconds, dice left out: with the breaker's, well within ten minutes.
const LONGEST_RETRY: i64 = 200;
/// Checks that somebody may be waiting for at once: what the register answers in three seconds.
const AWAITED: i64 = 20;
/// What stands for « the service does not know the structure ».
pub const UNKNOWN: &str = "null";

/// A proof and the state of its check.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = preuve)]
pub struct Proof {
    /// SIRET of the structure.
    pub siret: String,
    /// Code of the service.
    pub service: String,
    /// What was answered (JSON): empty when nothing was, [`UNKNOWN`] when it is not known there.
    pub valeur: String,
    /// When that was.
    pub obtenue_le: Option<Moment>,
    /// When it was last asked.
    pub tentee_le: Option<Moment>,
    /// Code of the failure of that time; empty when there was none.
    pub echec: String,
    /// Failures since the last answer.
    pub tentatives: i64,
    /// From when on it is asked (again).
    pub prochaine_le: Moment,
}

#[derive(Insertable)]
#[diesel(table_name = preuve, treat_none_as_default_value = false)]
struct NewProof<'a> {
    siret: &'a str,
    service: &'a str,
    valeur: &'a str,
    echec: &'a str,
    tentatives: i64,
    prochaine_le: Moment,
}

/// Queues the check of structures with this service; those that have one already keep it. What is not a SIRET is left out.
pub fn enqueue<'a>(
    conn: &mut DbConn,
    service: Service,
    sirets: impl Iterator<Item = &'a str>,
    now: Moment,
) -> Result<(), DbError> {
    let sirets = sirets.filter(|siret| Siret::parse(siret).is_ok_and(|read| read.as_str() == *siret));
    match conn {
        DbConn::Pg(conn) => {
            let sirets: Vec<&str> = sirets.collect();
            diesel::sql_query(
                "INSERT INTO preuve (siret, service, valeur, echec, tentatives, prochaine_le) \
                 SELECT siret, $2, '', '', 0, $3 FROM unnest($1) AS siret ON CONFLICT DO NOTHING",
            )
            .bind::<Array<Text>, _>(sirets)
            .bind::<Text, _>(service.as_str())
            .bind::<Timestamp, _>(now)
            .execute(conn)?;
        }
        DbConn::Sqlite(conn) => {
            for siret in sirets {
                let row = NewProof {
                    siret,
                    service: service.as_str(),
                    valeur: "",
                    echec: "",
                    tentatives: 0,
                    prochaine_le: now,
                };
                diesel::insert_or_ignore_into(preuve::table).values(row).execute(conn)?;
            }
        }
    }
    Ok(())
}

/// Puts a check that was never made before all those that nobody waits for; one that failed keeps its turn. Not when more people
/// wait than the service answers in time.
pub fn put_first(conn: &mut DbConn, service: Service, siret: &str) -> Result<(), DbError> {
    let first = chrono::DateTime::UNIX_EPOCH.naive_utc();
    let awaited = preuve::table.filter(preuve::service.eq(service.as_str()).and(preuve::prochaine_le.eq(first)));
    let beyond = awaited.order(preuve::siret).offset(AWAITED).limit(1).select(preuve::siret);
    if beyond.first::<String>(conn).optional()?.is_some() {
        return Ok(());
    }
    enqueue(conn, service, std::iter::once(siret), first)?;
    let never = preuve::valeur.eq("").and(preuve::tentatives.eq(0)).and(preuve::tentee_le.is_null());
    let waiting = preuve::table.find((siret, service.as_str())).filter(never);
    diesel::update(waiting).set(preuve::prochaine_le.eq(first)).execute(conn)?;
    Ok(())
}

/// Queues the checks that follow from those the register has answered, for a service that is asked since: SIRO for what is
/// not of public law, the address base for what has an address.
pub fn catch_up(conn: &mut DbConn, service: Service) -> Result<usize, DbError> {
    let wanted = match service {
        Service::Entreprises => return Ok(0),
        Service::Siro => r#"e.valeur NOT LIKE '%"nature_juridique":"7%'"#,
        Service::Adresses => r#"e.valeur <> 'null' AND e.valeur NOT LIKE '%"adresse":""%'"#,
    };
    let service = service.as_str();
    let sql = format!(
        "INSERT INTO preuve (siret, service, valeur, echec, tentatives, prochaine_le) \
         SELECT e.siret, '{service}', '', '', 0, e.tentee_le FROM preuve e WHERE e.service = 'entreprises' \
         AND e.valeur <> '' AND {wanted} \
         AND NOT EXISTS (SELECT 1 FROM preuve s WHERE s.siret = e.siret AND s.service = '{service}')"
    );
    Ok(diesel::sql_query(sql).execute(conn)?)
}

/// What is known of these structures. That of one alone, which every edit asks, is a statement prepared once.
pub fn of(conn: &mut DbConn, sirets: &[&str]) -> Result<Vec<Proof>, DbError> {
    let proofs = preuve::table.select(Proof::as_select());
    Ok(match sirets {
        [only] => proofs.filter(preuve::siret.eq(only)).load(conn)?,
        _ => proofs.filter(preuve::siret.eq_any(sirets)).load(conn)?,
    })
}

/// Whether a check with this service is due.
pub fn is_due(conn: &mut DbConn, service: Service, now: Moment) -> Result<bool, DbError> {
    let due = preuve::table.filter(preuve::service.eq(service.as_str()).and(preuve::prochaine_le.le(now)));
    Ok(due.select(preuve::siret).first::<String>(conn).optional()?.is_some())
}

/// Forgets the checks that would be made again about a SIRET that no structure has: somebody had only typed it. What was once a
/// structure stays checked, since nothing queues it again when a demande comes back to it.
pub fn forget_unnamed(conn: &mut DbConn, service: Service, now: Moment) -> Result<usize, DbError> {
    Ok(diesel::sql_query(
        "DELETE FROM preuve WHERE service = $1 AND prochaine_le <= $2 AND (valeur <> '' OR tentatives > 0) \
         AND NOT EXISTS (SELECT 1 FROM structure s WHERE s.siret = preuve.siret)",
    )
    .bind::<Text, _>(service.as_str())
    .bind::<Timestamp, _>(now)
    .execute(conn)?)
}

/// Claims checks that are due, those that have waited longest first.
pub fn claim(conn: &mut DbConn, service: Service, most: i64, now: Moment) -> Result<Vec<Proof>, DbError> {
    let due: Vec<Proof> = preuve::table
        .filter(preuve::service.eq(service.as_str()).and(preuve::prochaine_le.le(now)))
        .order((preuve::prochaine_le, preuve::siret))
        .limit(most)
        .select(Proof::as_select())
        .load(conn)?;
    let mut claimed = Vec::with_capacity(due.len());
    for proof in due {
        let taken = diesel::update(preuve::table.find((&proof.siret, &proof.service)))
            .filter(preuve::prochaine_le.eq(proof.prochaine_le))
            .set((preuve::prochaine_le.eq(now + Duration::minutes(LEASE)), preuve::tentee_le.eq(now)))
            .execute(conn)?;
        if taken == 1 {
            claimed.push(proof);
        }
    }
    Ok(claimed)
}

/// Keeps an answer; the verdicts of its demandes follow when it says something new.
pub fn answered(conn: &mut DbConn, proof: &Proof, value: &str, clock: &Clock, now: Moment) -> Result<(), DbError> {
    let days = if value == UNKNOWN { UNKNOWN_DAYS } else { FRESH_DAYS };
    let seconds = days * 86_400;
    // Structures that came together are not asked about together again.
    let next = now + Duration::seconds(seconds - dice(clock, seconds / 10));
    let known = preuve::table.find((&proof.siret, &proof.service));
    diesel::update(known)
        .set((
            preuve::valeur.eq(value),
            preuve::obtenue_le.eq(now),
            preuve::echec.eq(""),
            preuve::tentatives.eq(0),
            preuve::prochaine_le.eq(next),
        ))
        .execute(conn)?;
    if proof.valeur != value {
        diesel::update(known).set(preuve::a_appliquer.eq(0)).execute(conn)?;
    }
    Ok(())
}

/// Records that the service did not answer, and when it is asked again. What it had said before stays, with its date.
pub fn failed(conn: &mut DbConn, proof: &Proof, kind: EchecPreuve, clock: &Clock, now: Moment) -> Result<(), DbError> {
    let doublings = u32::try_from(proof.tentatives).unwrap_or(8).min(8);
    let wait = (FIRST_RETRY << doublings).min(LONGEST_RETRY);
    diesel::update(preuve::table.find((&proof.siret, &proof.service)))
        .set((
            preuve::echec.eq(kind.as_str()),
            preuve::tentatives.eq(proof.tentatives + 1),
            preuve::prochaine_le.eq(now + Duration::seconds(wait + dice(clock, wait / 4))),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets the place of a structure whose address the register no longer publishes.
pub fn forget_place(conn: &mut DbConn, siret: &str) -> Result<usize, DbError> {
    Ok(diesel::delete(preuve::table.find((siret, Service::Adresses.as_str()))).execute(conn)?)
}

/// Makes the checks of a structure due, but those made since `before`; answers how many.
pub fn hasten(conn: &mut DbConn, siret: &str, before: Moment, now: Moment) -> Result<usize, DbError> {
    let later = preuve::table
        .filter(preuve::siret.eq(siret).and(preuve::prochaine_le.gt(now)))
        .filter(preuve::tentee_le.is_null().or(preuve::tentee_le.le(before)));
    Ok(diesel::update(later).set(preuve::prochaine_le.eq(now)).execute(conn)?)
}

/// A number below `sides`.
fn dice(clock: &Clock, sides: i64) -> i64 {
    i64::from(u32::from_le_bytes(clock.bytes::<4>())) % sides.max(1)
}
