//! When a call is tried again, and how long before.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method, StatusCode, header};

use super::error::{RETRYABLE, TransportKind};

/// Decides whether a call is tried again.
///
/// It is asked after every attempt that failed. What it says holds if the wait ends within the
/// call's time limit, the body can be sent twice, and the client's budget for retries is not used up.
pub trait RetryPolicy: fmt::Debug + Send + Sync {
    /// Returns how long to wait before the next attempt; `None` gives the call up.
    fn wait(&self, attempt: &Attempt<'_>) -> Option<Duration>;
}

/// An attempt that failed.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'call> {
    /// The how-manieth it was, from 1.
    pub number: u32,
    /// The method of the request.
    pub method: &'call Method,
    /// What it does to send the request again.
    pub repeat: Repeat,
    /// What became of it.
    pub outcome: Outcome,
    /// How long the server asks to wait (`Retry-After`, in either form).
    pub retry_after: Option<Duration>,
    /// A number from 0 up to 1, by which waits differ between clients.
    pub random: f64,
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server answered with a status of 400 or above.
    Status(StatusCode),
    /// No complete reply came.
    Failed(TransportKind),
}

/// What it does to send a request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Nothing: the method only reads
    /// ([RFC 9110 §9.2.1](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1)), or the document says so.
    Safe,
    /// Nothing: the server knows it by its `Idempotency-Key`.
    Keyed,
    /// The same once more: the method is idempotent
    /// ([RFC 9110 §9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)), though the second
    /// answer may differ, and what others did in between is undone.
    Idempotent,
    /// Perhaps the same thing twice.
    Unsafe,
}

/// Waits that grow twofold, each shortened by chance to as little as half, or as long as the server asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backoff {
    attempts: u32,
    first: Duration,
    longest: Duration,
    longest_asked: Duration,
    statuses: Vec<u16>,
    repeats: Repeat,
}

impl Default for Backoff {
    /// Three attempts, half a second before the second; after 408, 429, 500, 502, 503, 504 and failed
    /// connections; requests that are safe or have a key.
    fn default() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
            longest_asked: Duration::from_secs(60),
            statuses: RETRYABLE.to_vec(),
            repeats: Repeat::Keyed,
        }
    }
}

impl Backoff {
    /// Gives every call up after one attempt.
    #[must_use]
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// Sets how often a call is tried, the first time included.
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Sets the longest wait before the second attempt, and before any.
    #[must_use]
    pub fn waits(self, first: Duration, longest: Duration) -> Self {
        Self { first, longest, ..self }
    }

    /// Sets how long a wait that the server asks for may be; a call that is asked to wait longer is given up.
    #[must_use]
    pub fn longest_asked(self, longest_asked: Duration) -> Self {
        Self { longest_asked, ..self }
    }

    /// Sets the statuses after which a call is tried again.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    /// Tries requests of idempotent methods again too: `PUT` and `DELETE`.
    #[must_use]
    pub fn idempotent(self) -> Self {
        Self {
            repeats: Repeat::Idempotent,
            ..self
        }
    }

    /// Tries every request again, also where the server may then do the same thing twice.
    #[must_use]
    pub fn whatever_it_does(self) -> Self {
        Self {
            repeats: Repeat::Unsafe,
            ..self
        }
    }

    fn may_repeat(&self, attempt: &Attempt<'_>) -> bool {
        match attempt.repeat {
            // Without a connection nothing was sent.
            _ if attempt.outcome == Outcome::Failed(TransportKind::Connect) => true,
            Repeat::Safe | Repeat::Keyed => true,
            Repeat::Idempotent => self.repeats != Repeat::Keyed,
            Repeat::Unsafe => self.repeats == Repeat::Unsafe,
        }
    }
}

impl RetryPolicy for Backoff {
    fn wait(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        let helps = match attempt.outcome {
            Outcome::Status(status) => self.statuses.contains(&status.as_u16()),
            Outcome::Failed(kind) => kind.is_retryable(),
        };
        if !helps || attempt.number >= self.attempts || !self.may_repeat(attempt) {
            return None;
        }
        if let Some(asked) = attempt.retry_after {
            return (asked <= self.longest_asked).then_some(asked);
        }
        let doublings = attempt.number.saturating_sub(1).min(31);
        let wait = self.first.saturating_mul(1 << doublings).min(self.longest);
        Some(wait.mul_f64(0.5 + attempt.random / 2.0))
    }
}

/// How much a client may spend on retries: where most calls fail, trying again makes it worse.
///
/// A bucket of 500 tokens: a retry takes five, or ten after a time limit ran out; a call that succeeds gives
/// back what its retries took, and one token if it had none.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(Self::CAPACITY))
    }
}

impl Budget {
    const CAPACITY: u32 = 500;

    /// Takes what a retry costs; `None` where less is left.
    pub(super) fn take(&self, outcome: Outcome) -> Option<u32> {
        let is_timeout = outcome == Outcome::Failed(TransportKind::Timeout);
        let cost = if is_timeout { 10 } else { 5 };
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(cost));
        taken.ok().map(|_| cost)
    }

    /// Gives back what the retries of a call took that succeeded in the end.
    pub(super) fn give_back(&self, taken: u32) {
        let add = |left: u32| Some((left + taken.max(1)).min(Self::CAPACITY));
        // It never refuses.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

/// Returns how long a server asks to wait, in seconds or as a date
/// ([RFC 9110 §10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).
pub(super) fn retry_after(headers: &HeaderMap, date: SystemTime) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(date).unwrap_or_default())
}
