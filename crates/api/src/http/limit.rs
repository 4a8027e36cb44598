//! What a request was counted in, and the fields that tell it (API-07); the limit on public writes, per client address
//! (IPv6 by /64).

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use actix_web::{HttpMessage, HttpRequest};
use governor::RateLimiter;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;

use super::client::group;

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
    /// Whether it is used as nobody does who reads the answers: [`ABNORMAL`] times over in one window.
    pub abnormal: bool,
}

/// How many times its quota a caller asks for before the refusals say that this is no ordinary use (API-07).
pub const ABNORMAL: u32 = 10;

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

    /// Counts a request of this address; without room, it is to be refused.
    pub fn take(&self, address: IpAddr) -> Quota {
        let quota = Quota { policy: POLICY, quota: self.quota, window: WINDOW, left: None, reset: 1, abnormal: false };
        match self.limiter.check_key(&group(address)) {
            Ok(state) => {
                let reset = u64::from(WINDOW / self.quota.max(1)).max(1);
                Quota { left: Some(state.remaining_burst_capacity()), reset, ..quota }
            }
            Err(denied) => {
                let reset = denied.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                Quota { reset, ..quota }
            }
        }
    }

    /// Forgets the addresses whose quota is full again, so that memory follows the traffic of the last minute.
    pub fn forget(&self) {
        self.limiter.retain_recent();
    }
}

/// The quotas that a request was counted in. Whatever it is answered tells them: the middleware around every request adds
/// the fields, in this one place.
#[derive(Clone, Default)]
pub struct Tally(Arc<Mutex<Vec<Quota>>>);

impl Tally {
    /// That of a request.
    pub fn of(req: &HttpRequest) -> Self {
        req.extensions().get::<Self>().cloned().unwrap_or_default()
    }

    /// Adds a quota.
    pub fn add(&self, quota: Quota) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(quota);
    }

    /// Whether one of the quotas is used abnormally.
    pub fn abnormal(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|quota| quota.abnormal)
    }

    /// Adds the fields of an answer: what is left, and when to come back if it is too late. Gives the names of the quotas that
    /// are used up.
    pub fn tell(&self, headers: &mut HeaderMap) -> Vec<String> {
        let quotas = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if quotas.is_empty() {
            return Vec::new();
        }
        let list = |one: &dyn Fn(&Quota) -> String| quotas.iter().map(one).collect::<Vec<_>>().join(", ");
        for (name, value) in [
            ("ratelimit-policy", list(&|q| format!("\"{}\";q={};w={}", q.policy, q.quota, q.window))),
            ("ratelimit", list(&|q| format!("\"{}\";r={};t={}", q.policy, q.left.unwrap_or(0), q.reset))),
        ] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        let spent: Vec<&Quota> = quotas.iter().filter(|quota| quota.left.is_none()).collect();
        if let Some(wait) = spent.iter().map(|quota| quota.reset).max() {
            headers.insert(RETRY_AFTER, wait.into());
        }
        spent.into_iter().map(|quota| quota.policy.to_owned()).collect()
    }
}
