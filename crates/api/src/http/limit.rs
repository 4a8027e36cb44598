//! The limit on public writes, per client address (IPv6 by /64), with the `RateLimit` fields of API-07.

use std::net::IpAddr;
use std::num::NonZeroU32;

use actix_web::HttpResponseBuilder;
use actix_web::http::header::{HeaderName, HeaderValue};
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use crate::error::AppError;

/// Seconds of the window the quota is stated for.
const WINDOW: u32 = 60;

type Limiter = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock, StateInformationMiddleware>;

/// Counts the public writes of each address.
pub struct PublicLimit {
    limiter: Limiter,
    quota: u32,
}

/// What remains to an address after a request.
pub struct Remaining {
    quota: u32,
    left: u32,
}

impl PublicLimit {
    /// At most `per_minute` requests, replenished evenly.
    pub fn new(per_minute: u32) -> Self {
        let quota = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        let limiter = RateLimiter::dashmap(Quota::per_minute(quota)).with_middleware::<StateInformationMiddleware>();
        Self { limiter, quota: quota.get() }
    }

    /// Counts a request of this address, or refuses it and says when to come back.
    pub fn take(&self, address: IpAddr) -> Result<Remaining, AppError> {
        match self.limiter.check_key(&group(address)) {
            Ok(state) => Ok(Remaining { quota: self.quota, left: state.remaining_burst_capacity() }),
            Err(denied) => {
                let wait = denied.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                Err(AppError::TooMany { quota: self.quota, window: WINDOW, wait })
            }
        }
    }

    /// Forgets the addresses whose quota is full again, so that memory follows the traffic of the last minute.
    pub fn forget(&self) {
        self.limiter.retain_recent();
    }
}

impl Remaining {
    /// Tells the caller what remains.
    pub fn announce(&self, response: &mut HttpResponseBuilder) {
        let reset = u64::from(WINDOW / self.quota.max(1)).max(1);
        for (name, value) in fields(self.quota, WINDOW, self.left, reset) {
            response.insert_header((name, value));
        }
    }
}

/// The `RateLimit` fields.
pub fn fields(quota: u32, window: u32, left: u32, reset: u64) -> Vec<(HeaderName, HeaderValue)> {
    [
        ("ratelimit-policy", format!("\"ecritures-publiques\";q={quota};w={window}")),
        ("ratelimit", format!("\"ecritures-publiques\";r={left};t={reset}")),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?)))
    .collect()
}

/// One household or office is one client: an IPv6 subscriber owns a whole /64.
fn group(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            v6.to_ipv4_mapped().map_or_else(|| IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()), IpAddr::V4)
        }
    }
}
