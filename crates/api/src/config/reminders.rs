//! When reminders are sent. Each is a number of days; 0 sends none.

use super::{ConfigError, Lookup, parsed};

/// Days after which what a demande lacks is asked for.
const INFORMATION: (&str, u32) = ("PARCOURS_RAPPEL_RENSEIGNEMENTS", 10);
/// Days before a batch of eligibility.
const BATCH: (&str, u32) = ("PARCOURS_RAPPEL_LOT", 3);
/// Days before the end of a convention.
const CONVENTION: (&str, u32) = ("PARCOURS_RAPPEL_CONVENTION", 60);

/// When reminders are sent, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemindersConfig {
    /// After the request ([`INFORMATION`]).
    pub information: u32,
    /// Before the batch ([`BATCH`]).
    pub batch: u32,
    /// Before the end of the convention ([`CONVENTION`]).
    pub convention: u32,
}

impl RemindersConfig {
    /// Reads the variables.
    pub(super) fn read(get: Lookup) -> Result<Self, ConfigError> {
        let days = |(variable, default)| parsed(get, variable, default).map(|days: u32| days.min(MOST));
        Ok(Self { information: days(INFORMATION)?, batch: days(BATCH)?, convention: days(CONVENTION)? })
    }

    /// Its variables and their values.
    pub(super) fn describe(&self) -> [(&'static str, String); 3] {
        [
            (INFORMATION.0, self.information.to_string()),
            (BATCH.0, self.batch.to_string()),
            (CONVENTION.0, self.convention.to_string()),
        ]
    }
}

/// Ten years: what is longer means never.
const MOST: u32 = 3_650;
