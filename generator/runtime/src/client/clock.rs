//! The clock of a client. Tests replace it.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::time::{Duration, Instant, SystemTime};

/// Returns the time, and waits.
pub trait Clock: Send + Sync {
    /// Returns the time since a fixed point in time. It never decreases.
    fn now(&self) -> Duration;

    /// Returns the date and time, for a `Retry-After` with a date.
    fn date(&self) -> SystemTime;

    /// Returns a random number from 0 to 1, excluding 1.
    fn random(&self) -> f64;

    /// Blocks the thread for `duration`. Only blocking clients call it.
    fn pause(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// The system clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    fn date(&self) -> SystemTime {
        SystemTime::now()
    }

    fn random(&self) -> f64 {
        // Each state has random keys, which is random enough to vary delays.
        let bits = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or_default();
        f64::from(bits) / (f64::from(u32::MAX) + 1.0)
    }
}
