//! Time-based one-time codes (RFC 6238, SHA-1, six digits): which steps are looked at, and how a card whose clock has
//! drifted is found again (OTP-1, SEC-12). Nothing here widens after a failure: the windows are constants.

pub mod holder;
mod means;
mod pairing;
mod rekey;

pub use means::{Means, NewMeans, Shown, add, confirm, prepare, sealed_decoy, spend, verify};
pub use pairing::{Pairing, pairing};
pub use rekey::{Rekeyed, rekey};

use std::ops::RangeInclusive;

use domain::values::CodeOtp;
use totp_rs::{Algorithm, Builder, Totp};

use crate::clock::Moment;

/// What shows the codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An application on a telephone, set by the network: 30 seconds.
    App,
    /// A physical card with a clock of its own: 60 seconds.
    Card,
}

/// Steps around ours at which a card is looked for when it gives two codes in a row: half an hour either way.
const RELOCATION: RangeInclusive<i64> = -31..=31;

impl Kind {
    /// Its code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::App => "application",
            Self::Card => "carte",
        }
    }

    /// The kind with this code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::App, Self::Card].into_iter().find(|kind| kind.as_str() == code)
    }

    /// Seconds of a step.
    pub const fn period(self) -> i64 {
        match self {
            Self::App => 30,
            Self::Card => 60,
        }
    }

    /// Steps around the expected one whose code is taken: the one before, for whoever types slowly; the one after too
    /// for a card, whose clock may be ahead.
    pub const fn window(self) -> RangeInclusive<i64> {
        match self {
            Self::App => -1..=0,
            Self::Card => -1..=1,
        }
    }
}

/// Shows the codes of a seed.
pub struct Generator {
    totp: Totp,
    kind: Kind,
}

impl Generator {
    /// `None` when the seed is too short (128 bits, RFC 4226).
    pub fn new(kind: Kind, seed: &[u8]) -> Option<Self> {
        let step = u64::try_from(kind.period()).ok()?;
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_skew(0)
            .with_step_duration(step)
            .with_secret(seed)
            .build()
            .ok()?;
        Some(Self { totp, kind })
    }

    /// The step of a moment.
    pub fn step(&self, now: Moment) -> i64 {
        now.and_utc().timestamp().div_euclid(self.kind.period())
    }

    /// The code of a step.
    pub fn code(&self, step: i64) -> Option<String> {
        Some(self.totp.generate(self.seconds(step)?).to_string())
    }

    fn seconds(&self, step: i64) -> Option<u64> {
        u64::try_from(step.checked_mul(self.kind.period())?).ok()
    }

    fn is(&self, code: &CodeOtp, step: i64) -> bool {
        self.seconds(step).is_some_and(|seconds| self.totp.check(code.as_str(), seconds).is_some())
    }

    /// The step that this code belongs to, within `window` of the step that `drift` makes expected.
    pub fn find(&self, code: &CodeOtp, now: Moment, drift: i64, window: RangeInclusive<i64>) -> Option<i64> {
        let expected = self.step(now) + drift;
        window.map(|offset| expected + offset).find(|step| self.is(code, *step))
    }

    /// The step of the second of two codes in a row, anywhere within half an hour: for a card only.
    pub fn relocate(&self, first: &CodeOtp, second: &CodeOtp, now: Moment) -> Option<i64> {
        if self.kind == Kind::App {
            return None;
        }
        let present = self.step(now);
        let mut seconds = RELOCATION.map(|offset| present + offset);
        seconds.find(|step| self.is(first, *step - 1) && self.is(second, *step))
    }
}
