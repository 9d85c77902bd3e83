//! Time, as far as a call knows any: a test drives it by hand.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;
use std::time::{Duration, Instant, SystemTime};

/// Tells the time, and waits.
pub trait Clock: Send + Sync {
    /// Returns the time since a fixed moment; it never goes back.
    fn now(&self) -> Duration;

    /// Returns the date, which a `Retry-After` may name.
    fn date(&self) -> SystemTime;

    /// Returns a number from 0 up to 1, another one each time.
    fn random(&self) -> f64;

    /// Waits; only a blocking client does.
    fn pause(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// The clock of the system.
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
        // Each state has keys of its own, which is as much chance as spreading retries takes.
        let bits = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or_default();
        f64::from(bits) / (f64::from(u32::MAX) + 1.0)
    }
}
