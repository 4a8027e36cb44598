//! Answers that must tell nothing by their delay leave on a beat (SEC-07): what an account that exists costs more than one that does
//! not, some microseconds, is then lost in the wait for the next beat. Nothing but the answer waits.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Length of the beat: well beyond the difference to hide, and felt by nobody.
pub const BEAT: Duration = Duration::from_millis(5);

/// When the work of an answer began.
pub struct Beat(Instant);

impl Beat {
    /// Begins now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Waits for the next beat since the beginning.
    pub async fn end(self) {
        let beats = u32::try_from(self.0.elapsed().as_nanos() / BEAT.as_nanos()).unwrap_or(u32::MAX - 1);
        sleep_until(self.0 + BEAT.saturating_mul(beats + 1)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn an_answer_leaves_on_the_first_beat_after_its_work() {
        for (work, beats) in [(0, 1), (7, 2)] {
            let (beat, started) = (Beat::start(), Instant::now());
            tokio::time::sleep(Duration::from_millis(work)).await;
            beat.end().await;
            assert!(started.elapsed() >= BEAT * beats, "{work}");
        }
    }
}
