//! What all the servers together allow themselves with a service: a budget of requests, and a circuit breaker that leaves a
//! failing service alone. One row for each service, read and written in the transaction that claims the checks.

use chrono::Duration;
use diesel::prelude::*;
use domain::preuve::Service;

use super::outgoing::Failure;
use crate::clock::Moment;
use crate::db::schema::service_externe;
use crate::db::{DbConn, DbError};

/// Failures in a row after which nobody asks for a while.
pub const BREAKS_AT: i64 = 5;
/// Seconds during which nobody asks, the first time; twice as long each time that the one who tries again fails.
const FIRST_PAUSE: i64 = 30;
/// Longest of these pauses, in seconds: a service that is back is found so within five minutes.
const LONGEST_PAUSE: i64 = 240;
/// Seconds that the one who tries again has, before another does.
const TRIAL: i64 = 60;

/// Requests to a service between two pauses of a second: so many in any second at most.
pub const fn per_second(service: Service) -> i64 {
    match service {
        Service::Entreprises => 7,
        // It publishes no figure: as careful as with the first.
        Service::Siro => 5,
        // Fifty are allowed.
        Service::Adresses => 20,
    }
}

/// What is known of a service.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = service_externe)]
pub struct Gate {
    pris: i64,
    dernier_le: Moment,
    /// Failures in a row.
    pub echecs: i64,
    /// Until when nobody asks.
    pub ouvert_jusqu: Moment,
}

impl Gate {
    /// Whether failures have opened the circuit: one request at most tries again.
    pub const fn is_open(&self) -> bool {
        self.echecs >= BREAKS_AT
    }

    /// How many requests may leave now.
    fn room(&self, service: Service, now: Moment) -> i64 {
        if now < self.ouvert_jusqu {
            return 0;
        }
        let left = per_second(service) - self.taken(now);
        if self.is_open() { left.min(1) } else { left }
    }

    /// Requests since the last pause of a second. Counting so, rather than by the second of the clock, two bursts never
    /// touch.
    fn taken(&self, now: Moment) -> i64 {
        if now - self.dernier_le >= Duration::seconds(1) { 0 } else { self.pris }
    }
}

/// The gate of a service.
pub fn read(conn: &mut DbConn, service: Service) -> Result<Gate, DbError> {
    Ok(service_externe::table.find(service.as_str()).select(Gate::as_select()).first(conn)?)
}

/// Takes room for some requests at most; answers how many may leave at once. Of several servers that ask together, one gets
/// the room.
pub fn take(conn: &mut DbConn, service: Service, wanted: i64, now: Moment) -> Result<i64, DbError> {
    let gate = read(conn, service)?;
    let granted = gate.room(service, now).min(wanted);
    if granted <= 0 {
        return Ok(0);
    }
    let until = if gate.is_open() { now + Duration::seconds(TRIAL) } else { gate.ouvert_jusqu };
    let taken = diesel::update(service_externe::table.find(service.as_str()))
        .filter(service_externe::dernier_le.eq(gate.dernier_le).and(service_externe::pris.eq(gate.pris)))
        .filter(service_externe::ouvert_jusqu.eq(gate.ouvert_jusqu))
        .set((
            service_externe::pris.eq(gate.taken(now) + granted),
            service_externe::dernier_le.eq(now),
            service_externe::ouvert_jusqu.eq(until),
        ))
        .execute(conn)?;
    Ok(if taken == 1 { granted } else { 0 })
}

/// Records how requests that left together ended: an answer closes the circuit, failures open it, and a pause that the
/// service asks for is kept.
pub fn record(
    conn: &mut DbConn,
    service: Service,
    outcomes: &[Result<(), Failure>],
    now: Moment,
) -> Result<(), DbError> {
    let gate = read(conn, service)?;
    let failed = outcomes.iter().rev().take_while(|outcome| outcome.is_err()).count();
    let failed = i64::try_from(failed).unwrap_or(i64::MAX);
    let all_failed = outcomes.iter().all(Result::is_err);
    let failures = match all_failed {
        true if gate.is_open() => gate.echecs + 1,
        true => gate.echecs.saturating_add(failed).min(BREAKS_AT),
        false => failed.min(BREAKS_AT - 1),
    };
    let breaker = if failures >= BREAKS_AT {
        let doublings = u32::try_from(failures - BREAKS_AT).unwrap_or(0).min(8);
        (FIRST_PAUSE << doublings).min(LONGEST_PAUSE)
    } else {
        0
    };
    if failures >= BREAKS_AT {
        tracing::warn!(service = service.as_str(), failures, seconds = breaker, "preuves.service_left_alone");
    }
    let asked = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()?.pause).max().unwrap_or(0);
    let pause = now + Duration::seconds(breaker.max(asked));
    // A pause that is still running was asked for by an answer to another server; only the trial's own is lifted early.
    let until = if gate.is_open() { pause } else { pause.max(gate.ouvert_jusqu) };
    diesel::update(service_externe::table.find(service.as_str()))
        .set((service_externe::echecs.eq(failures), service_externe::ouvert_jusqu.eq(until)))
        .execute(conn)?;
    Ok(())
}
