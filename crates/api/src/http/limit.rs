//! The limit on public writes, per client address (IPv6 by /64), with the `RateLimit` fields of API-07.

use std::net::IpAddr;
use std::num::NonZeroU32;

use actix_web::HttpResponseBuilder;
use actix_web::http::header::{HeaderName, HeaderValue};
use governor::RateLimiter;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;

use super::client::group;
use crate::error::AppError;

/// Seconds of the window the quota is stated for.
const WINDOW: u32 = 60;

type Limiter = RateLimiter<IpAddr, DefaultKeyedStateStore<IpAddr>, DefaultClock, StateInformationMiddleware>;

/// What a quota is called on public writes.
const POLICY: &str = "ecritures-publiques";

/// A quota and what is left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Its name.
    pub policy: &'static str,
    /// Requests allowed per window.
    pub quota: u32,
    /// Seconds of the window.
    pub window: u32,
    /// Requests left; `None` when this one was already too many.
    pub left: Option<u32>,
    /// Seconds until there is room again.
    pub reset: u64,
}

/// Counts the public writes of each address.
pub struct PublicLimit {
    limiter: Limiter,
    quota: u32,
}

impl PublicLimit {
    /// At most `per_minute` requests, replenished evenly.
    pub fn new(per_minute: u32) -> Self {
        let quota = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
        let limiter =
            RateLimiter::dashmap(governor::Quota::per_minute(quota)).with_middleware::<StateInformationMiddleware>();
        Self { limiter, quota: quota.get() }
    }

    /// Counts a request of this address, or refuses it and says when to come back.
    pub fn take(&self, address: IpAddr) -> Result<Quota, AppError> {
        let quota = Quota { policy: POLICY, quota: self.quota, window: WINDOW, left: None, reset: 1 };
        match self.limiter.check_key(&group(address)) {
            Ok(state) => {
                let reset = u64::from(WINDOW / self.quota.max(1)).max(1);
                Ok(Quota { left: Some(state.remaining_burst_capacity()), reset, ..quota })
            }
            Err(denied) => {
                let reset = denied.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                Err(AppError::TooMany(Quota { reset, ..quota }))
            }
        }
    }

    /// Forgets the addresses whose quota is full again, so that memory follows the traffic of the last minute.
    pub fn forget(&self) {
        self.limiter.retain_recent();
    }
}

/// Tells the caller what remains.
pub fn announce(response: &mut HttpResponseBuilder, quotas: &[Quota]) {
    for header in fields(quotas) {
        response.insert_header(header);
    }
}

/// The `RateLimit` fields.
pub fn fields(quotas: &[Quota]) -> Vec<(HeaderName, HeaderValue)> {
    let list = |one: &dyn Fn(&Quota) -> String| quotas.iter().map(one).collect::<Vec<_>>().join(", ");
    [
        ("ratelimit-policy", list(&|q| format!("\"{}\";q={};w={}", q.policy, q.quota, q.window))),
        ("ratelimit", list(&|q| format!("\"{}\";r={};t={}", q.policy, q.left.unwrap_or(0), q.reset))),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?)))
    .collect()
}
