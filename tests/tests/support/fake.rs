//! A clock that is turned by hand, and a connection that plays a script.
//!
//! Whoever waits on the clock turns it to the end of the wait; whoever sends gets the next step of the script.
//! The binary that takes this in says whose runtime it is, by a `runtime` in its root.
//! So a test of time limits and retries takes no time, and sees each moment to the millisecond.

#![allow(dead_code, reason = "each binary that takes this in uses what it needs")]

#[path = "fake_body.rs"]
mod body;

use std::collections::VecDeque;
use std::future::{pending, poll_fn, ready};
use std::io::Read;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Request, Response};

use self::body::{Played, ReadAloud};
use crate::runtime::{
    BlockingTransport, Body, Clock, Incoming, Limits, Pending, Timer, Transport, TransportError, TransportKind,
};

/// A clock, a timer and a connection, which belong together. Clones are the same.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fake(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    now: Duration,
    script: VecDeque<Step>,
    sent: Vec<Sent>,
    /// When the chunk of a body comes that is waited for.
    due: Option<Duration>,
}

/// A request as it was sent.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    /// When, in milliseconds since the start.
    pub(crate) at: u128,
    /// What.
    pub(crate) request: Request<Bytes>,
}

/// What a connection does with a request.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// How long it takes.
    takes: Duration,
    outcome: Outcome,
}

#[derive(Debug, Clone)]
enum Outcome {
    Fail(TransportKind),
    Stall,
    Response {
        status: u16,
        headers: Vec<(String, String)>,
        chunks: Vec<Chunk>,
        end: End,
    },
}

/// A chunk of a body, and how long it is in coming.
type Chunk = (Duration, Bytes);

/// How the body of a response ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Complete,
    Cut,
    Stalled,
}

impl Step {
    /// Answers with JSON.
    #[must_use]
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::response(status, body).header("content-type", "application/json")
    }

    /// Answers with a body that says nothing of itself.
    #[must_use]
    pub(crate) fn response(status: u16, body: &str) -> Self {
        Self::of(Outcome::Response {
            status,
            headers: Vec::new(),
            chunks: match body {
                "" => Vec::new(),
                body => vec![(Duration::ZERO, Bytes::copy_from_slice(body.as_bytes()))],
            },
            end: End::Complete,
        })
    }

    /// Adds a chunk to the body, which comes that much later than the one before it.
    #[must_use]
    pub(crate) fn then(mut self, milliseconds: u64, chunk: &str) -> Self {
        if let Outcome::Response { chunks, .. } = &mut self.outcome {
            chunks.push((
                Duration::from_millis(milliseconds),
                Bytes::copy_from_slice(chunk.as_bytes()),
            ));
        }
        self
    }

    /// Fails.
    #[must_use]
    pub(crate) fn fail(kind: TransportKind) -> Self {
        Self::of(Outcome::Fail(kind))
    }

    /// Never answers.
    #[must_use]
    pub(crate) fn stall() -> Self {
        Self::of(Outcome::Stall)
    }

    fn of(outcome: Outcome) -> Self {
        Self {
            takes: Duration::ZERO,
            outcome,
        }
    }

    /// Takes that long.
    #[must_use]
    pub(crate) fn after(self, milliseconds: u64) -> Self {
        Self {
            takes: Duration::from_millis(milliseconds),
            ..self
        }
    }

    /// Adds a header.
    #[must_use]
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        if let Outcome::Response { headers, .. } = &mut self.outcome {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// Breaks off where the body ends.
    #[must_use]
    pub(crate) fn cut(self) -> Self {
        self.ending(End::Cut)
    }

    /// Goes silent where the body ends.
    #[must_use]
    pub(crate) fn stalled(self) -> Self {
        self.ending(End::Stalled)
    }

    fn ending(mut self, how: End) -> Self {
        if let Outcome::Response { end, .. } = &mut self.outcome {
            *end = how;
        }
        self
    }
}

impl Fake {
    /// Makes one that plays `script`.
    #[must_use]
    pub(crate) fn new(script: impl IntoIterator<Item = Step>) -> Self {
        let fake = Self::default();
        fake.state().script.extend(script);
        fake
    }

    /// Plays more, once the script is over.
    pub(crate) fn play(&self, script: impl IntoIterator<Item = Step>) {
        self.state().script.extend(script);
    }

    /// Returns what was sent.
    #[must_use]
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.state().sent.clone()
    }

    /// Returns when something was sent, in milliseconds.
    #[must_use]
    pub(crate) fn times(&self) -> Vec<u128> {
        self.state().sent.iter().map(|sent| sent.at).collect()
    }

    /// Returns the time, in milliseconds since the start.
    #[must_use]
    pub(crate) fn milliseconds(&self) -> u128 {
        self.state().now.as_millis()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a request in, and returns the next step.
    fn take(&self, request: Request<Body>) -> Step {
        let mut bytes = Vec::new();
        let (head, body) = request.into_parts();
        body.into_reader().read_to_end(&mut bytes).expect("a body in memory");
        let mut state = self.state();
        let at = state.now.as_millis();
        state.sent.push(Sent {
            at,
            request: Request::from_parts(head, bytes.into()),
        });
        let step = state.script.pop_front().expect("the script is over");
        state.now += step.takes;
        step
    }
}

impl Clock for Fake {
    fn now(&self) -> Duration {
        self.state().now
    }

    fn date(&self) -> SystemTime {
        // Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110.
        SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777) + self.now()
    }

    fn random(&self) -> f64 {
        0.5
    }

    fn pause(&self, duration: Duration) {
        self.state().now += duration;
    }
}

impl Timer for Fake {
    fn sleep(&self, duration: Duration) -> Pending<'static, ()> {
        let (fake, end) = (self.clone(), self.now() + duration);
        Box::pin(poll_fn(move |context| {
            let mut state = fake.state();
            // What comes before the end of the wait comes first.
            if let Some(due) = state.due.take_if(|due| *due <= end) {
                state.now = state.now.max(due);
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            state.now = state.now.max(end);
            Poll::Ready(())
        }))
    }
}

fn head(status: u16, headers: &[(String, String)]) -> Response<()> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    response.body(()).expect("the script has headers that are some")
}

fn failure(kind: TransportKind) -> TransportError {
    TransportError::new(kind, "as the script has it")
}

impl Transport for Fake {
    fn send(&self, request: Request<Body>) -> Pending<'_, Result<Response<Incoming>, TransportError>> {
        match self.take(request).outcome {
            Outcome::Fail(kind) => Box::pin(ready(Err(failure(kind)))),
            Outcome::Stall => Box::pin(pending()),
            Outcome::Response {
                status,
                headers,
                chunks,
                end,
            } => {
                let body = Incoming::new(Played {
                    fake: self.clone(),
                    chunks: chunks.into(),
                    end,
                    due: None,
                });
                Box::pin(ready(Ok(head(status, &headers).map(|()| body))))
            }
        }
    }
}

impl BlockingTransport for Fake {
    fn send(&self, request: Request<Body>, limits: Limits) -> Result<Response<Box<dyn Read + Send>>, TransportError> {
        // One that blocks notices by itself that the time is over.
        let wait = |fake: &Self| fake.pause(limits.time.expect("a script that stalls wants a limit"));
        let end_of_time = limits.time.map(|time| self.now() + time);
        match self.take(request).outcome {
            Outcome::Fail(kind) => Err(failure(kind)),
            Outcome::Stall => {
                wait(self);
                Err(failure(TransportKind::Timeout))
            }
            Outcome::Response {
                status,
                headers,
                chunks,
                end,
            } => {
                let body = ReadAloud {
                    fake: self.clone(),
                    chunks: chunks.into(),
                    end,
                    limit: end_of_time.filter(|_| !limits.is_stream),
                    idle: limits.idle,
                };
                Ok(head(status, &headers).map(|()| -> Box<dyn Read + Send> { Box::new(body) }))
            }
        }
    }
}
