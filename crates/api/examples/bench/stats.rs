//! Percentiles and medians of durations.

use std::time::Duration;

/// Durations of one run.
#[derive(Default)]
pub struct Sample(Vec<Duration>);

impl Sample {
    /// Adds a measure.
    pub fn push(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// Adds the measures of another.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many measures.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// The smallest duration that `percent` per cent of the measures do not exceed (nearest rank), in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).map_or(f64::NAN, |duration| duration.as_secs_f64() * 1_000.0)
    }
}

/// The median of the runs.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = values.get(middle).copied().unwrap_or(f64::NAN);
    if values.len() % 2 == 1 {
        return upper;
    }
    values.get(middle.saturating_sub(1)).map_or(upper, |lower| f64::midpoint(*lower, upper))
}
