//! Retries: which calls are retried, and after which delay.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use http::{HeaderMap, Method, StatusCode, header};

use crate::runtime::client::error::{RETRYABLE, TransportKind};

/// Decides whether a call is retried.
///
/// Called after every failed attempt. The decision is followed if the delay ends within the time limit of the call, the
/// body can be sent again, and the retry budget of the client is not used up.
pub trait RetryPolicy: fmt::Debug + Send + Sync {
    /// Returns the delay before the next attempt. `None` ends the call.
    fn wait(&self, attempt: &Attempt<'_>) -> Option<Duration>;
}

/// A failed attempt.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'call> {
    /// Attempt number, starting at 1.
    pub number: u32,
    /// The method of the request.
    pub method: &'call Method,
    /// The effect of sending the request again.
    pub repeat: Repeat,
    /// The outcome of the attempt.
    pub outcome: Outcome,
    /// The delay that the server requests (`Retry-After`, in either form).
    pub retry_after: Option<Duration>,
    /// A random number from 0 to 1, to vary the delays of different clients.
    pub random: f64,
}

/// The outcome of a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The server answered with a status of 400 or above.
    Status(StatusCode),
    /// No complete response was received.
    Failed(TransportKind),
}

/// The effect of sending a request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// No effect: the method only reads ([RFC 9110 §9.2.1](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1)), or
    /// the document says so.
    Safe,
    /// No effect: the server recognizes it by its `Idempotency-Key`.
    Keyed,
    /// The same effect as sending it once: the method is idempotent ([RFC 9110
    /// §9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)), although the second response may differ, and
    /// changes made by others in between are overwritten.
    Idempotent,
    /// The effect may happen twice.
    Unsafe,
}

/// Exponential backoff: the delay doubles with each attempt and is shortened at random by up to half. A delay that the
/// server requests takes precedence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backoff {
    attempts: u32,
    first: Duration,
    longest: Duration,
    max_retry_after: Duration,
    statuses: Vec<u16>,
    repeats: Repeat,
}

impl Default for Backoff {
    /// Three attempts, with half a second before the second; after 408, 429, 500, 502, 503, 504 and failed connections;
    /// only requests that are safe or have an idempotency key.
    fn default() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
            statuses: RETRYABLE.to_vec(),
            repeats: Repeat::Keyed,
        }
    }
}

impl Backoff {
    /// Never retries.
    #[must_use]
    pub fn never() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the maximum number of attempts, including the first.
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Sets the maximum delay before the second attempt, and before any attempt.
    #[must_use]
    pub fn delays(self, first: Duration, longest: Duration) -> Self {
        Self { first, longest, ..self }
    }

    /// Sets the maximum delay that the server may request. If the server requests more, the call is not retried.
    #[must_use]
    pub fn max_retry_after(self, max_retry_after: Duration) -> Self {
        Self {
            max_retry_after,
            ..self
        }
    }

    /// Sets the statuses after which a call is retried.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = statuses.into_iter().collect();
        self
    }

    /// Also retries requests with an idempotent method: `PUT` and `DELETE`.
    #[must_use]
    pub fn idempotent(self) -> Self {
        Self {
            repeats: Repeat::Idempotent,
            ..self
        }
    }

    /// Retries every request, even if its effect may happen twice.
    #[must_use]
    pub fn retry_unsafe(self) -> Self {
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
            return (asked <= self.max_retry_after).then_some(asked);
        }
        let doublings = attempt.number.saturating_sub(1).min(31);
        let wait = self.first.saturating_mul(1 << doublings).min(self.longest);
        Some(wait.mul_f64(0.5 + attempt.random / 2.0))
    }
}

/// The retry budget of a client: it limits retries while most calls fail.
///
/// A bucket of 500 tokens. A retry takes five tokens, or ten after a timeout. A successful call returns the tokens of
/// its retries, or one token if it had no retries.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(Self::CAPACITY))
    }
}

impl Budget {
    const CAPACITY: u32 = 500;

    /// Takes the tokens of a retry. Returns `None` if too few are left.
    pub(crate) fn take(&self, outcome: Outcome) -> Option<u32> {
        let is_timeout = outcome == Outcome::Failed(TransportKind::Timeout);
        let cost = if is_timeout { 10 } else { 5 };
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(cost));
        taken.ok().map(|_| cost)
    }

    /// Returns the tokens of a call that succeeded.
    pub(crate) fn give_back(&self, taken: u32) {
        let add = |left: u32| Some((left + taken.max(1)).min(Self::CAPACITY));
        // The closure never fails.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

/// Returns the delay that the server requests, in seconds or as a date ([RFC 9110
/// §10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).
pub(crate) fn retry_after(headers: &HeaderMap, date: SystemTime) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    Some(until.duration_since(date).unwrap_or_default())
}
