//! The only module that knows what time it is and throws dice (architecture, invariant 6). Tests and demonstration
//! data inject a fixed clock and a seed.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use ring::rand::SystemRandom;

/// A moment in UTC, cut to the microsecond that both databases keep.
pub type Moment = NaiveDateTime;

enum Time {
    System,
    /// Stands still until it is moved.
    Fixed(Mutex<Moment>),
}

/// *Now* and *random*. Cheap to clone.
#[derive(Clone)]
pub struct Clock {
    time: Arc<Time>,
    random: Arc<Mutex<StdRng>>,
}

impl Clock {
    /// The machine's clock and the operating system's randomness.
    pub fn system() -> Self {
        Self { time: Arc::new(Time::System), random: Arc::new(Mutex::new(StdRng::from_os_rng())) }
    }

    /// A clock that stands at `now`, and dice thrown from `seed`: everything becomes reproducible.
    pub fn fixed(now: Moment, seed: u64) -> Self {
        Self {
            time: Arc::new(Time::Fixed(Mutex::new(now.trunc_subsecs(6)))),
            random: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))),
        }
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        match self.time.as_ref() {
            Time::System => Utc::now().naive_utc().trunc_subsecs(6),
            Time::Fixed(moment) => *moment.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock; the machine's clock is left alone.
    pub fn advance(&self, by: chrono::Duration) {
        if let Time::Fixed(moment) = self.time.as_ref() {
            *moment.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }

    /// Random bytes fit for secrets.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A new identifier (UUIDv7).
    pub fn id(&self) -> String {
        let millis = u64::try_from(self.now().and_utc().timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.bytes::<10>()).into_uuid().to_string()
    }
}

/// The operating system's randomness, in the form that signatures ask for.
pub fn entropy() -> SystemRandom {
    SystemRandom::new()
}

/// RFC 3339 in UTC, as every moment travels.
pub fn rfc3339(moment: Moment) -> String {
    DateTime::<Utc>::from_naive_utc_and_offset(moment, Utc).to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// The ISO date of a moment.
pub fn iso_date(moment: Moment) -> String {
    moment.format("%Y-%m-%d").to_string()
}
