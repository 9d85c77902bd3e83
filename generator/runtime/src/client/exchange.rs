//! The state of one call, without I/O and a clock: the next request, the next delay, and the result.

use std::time::Duration;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};

use crate::runtime::auth::authorizer::Authorizer;
use crate::runtime::client::config::Shared;
use crate::runtime::client::error::{RawResponse, TransportError, TransportKind};
use crate::runtime::client::interceptor::Sent;
use crate::runtime::client::options::{IDEMPOTENCY_KEY, Options};
use crate::runtime::client::retry::{Attempt, Outcome, Repeat, retry_after};
use crate::runtime::client::tracing;
use crate::runtime::request::body::Body;
use crate::runtime::request::operation::Operation;

/// A call in progress.
pub(crate) struct Exchange<'call> {
    operation: &'call Operation,
    options: &'call Options,
    shared: &'call Shared,
    /// The authorizer, if the credentials are not available yet.
    authorizer: Option<&'call dyn Authorizer>,
    head: Parts,
    body: Body,
    /// Whether the body was sent and cannot be sent again.
    is_spent: bool,
    started: Duration,
    /// The start of the current attempt.
    attempt_started: Duration,
    attempts: u32,
    /// The number of attempts since the last redirect or new credentials.
    tries: u32,
    redirects: u32,
    /// Whether refused credentials were replaced.
    is_renewed: bool,
    /// The tokens of the retry budget that the retries took.
    taken: u32,
}

/// A response, and its body if that is not received yet.
pub(crate) type Received<B> = (RawResponse, Option<B>);

/// The result of an attempt.
pub(crate) enum Decision<'call, B> {
    /// Another attempt, after an action.
    Again(Next<'call>),
    /// The call is complete.
    Done(Result<Received<B>, TransportError>),
}

/// The action before the next attempt.
pub(crate) enum Next<'call> {
    /// Wait for a delay.
    Wait(Duration),
    /// Replace the credentials that the server refused.
    Authorize(&'call dyn Authorizer, HeaderValue),
}

impl<'call> Exchange<'call> {
    pub(crate) fn new(
        operation: &'call Operation,
        options: &'call Options,
        shared: &'call Shared,
        request: Request<Body>,
    ) -> Self {
        let authorizer = shared.authorizer(operation, &request);
        let (head, body) = request.into_parts();
        let now = shared.clock.now();
        Self {
            operation,
            options,
            shared,
            authorizer,
            head,
            body,
            is_spent: false,
            started: now,
            attempt_started: now,
            attempts: 0,
            tries: 0,
            redirects: 0,
            is_renewed: false,
            taken: 0,
        }
    }

    /// Returns the authorizer, if the credentials are not available yet.
    pub(crate) fn authorizer(&self) -> Option<&'call dyn Authorizer> {
        self.authorizer
    }

    /// Returns the number of the current attempt.
    pub(crate) fn sent(&self) -> Sent<'call> {
        let now = self.shared.clock.now();
        Sent {
            operation: self.operation,
            attempt: self.attempts,
            elapsed: now.saturating_sub(self.attempt_started),
            call_elapsed: now.saturating_sub(self.started),
        }
    }

    /// Returns the request of the next attempt, and its time limit.
    pub(crate) fn request(&mut self) -> (Request<Body>, Option<Duration>) {
        self.attempts += 1;
        self.tries += 1;
        self.attempt_started = self.shared.clock.now();
        let body = self.body.try_clone().unwrap_or_else(|| {
            self.is_spent = true;
            std::mem::take(&mut self.body)
        });
        let limits = [self.options.attempt_timeout, self.left()];
        let limit = limits.into_iter().flatten().min();
        (Request::from_parts(self.head.clone(), body), limit)
    }

    /// Returns the remaining time of the call, if it has a limit.
    pub(crate) fn left(&self) -> Option<Duration> {
        let timeout = self.options.timeout?;
        Some((self.started + timeout).saturating_sub(self.shared.clock.now()))
    }

    /// Sets the credentials of the request, and replaces the current ones.
    pub(crate) fn authorize(&mut self, value: HeaderValue) {
        self.head.headers.insert(AUTHORIZATION, value);
    }

    /// Calls the interceptors with the outcome of an attempt, and returns the next action.
    pub(crate) fn decide<B>(&mut self, received: Result<Received<B>, TransportError>) -> Decision<'call, B> {
        let result = received.as_ref().map(|(response, _)| response);
        self.shared.after_receive(self.sent(), result);
        match self.next(result) {
            Some(next) => Decision::Again(next),
            None => Decision::Done(received.map_err(|error| TransportError {
                attempts: self.attempts,
                ..error
            })),
        }
    }

    /// Returns the action before the next attempt, if there is one.
    fn next(&mut self, result: Result<&RawResponse, &TransportError>) -> Option<Next<'call>> {
        if let Some(authorizer) = self.authorizer
            && let Some(refused) = self.refused(result)
        {
            return Some(Next::Authorize(authorizer, refused));
        }
        let wait = match result {
            Ok(response) if self.follows(response) => Duration::ZERO,
            Ok(response) if response.status.as_u16() < 400 => {
                self.shared.budget.give_back(self.taken);
                return None;
            }
            Ok(response) => self.wait(Outcome::Status(response.status), Some(&response.headers))?,
            Err(error) => self.wait(Outcome::Failed(error.kind), None)?,
        };
        tracing::wait(self.sent(), wait);
        Some(Next::Wait(wait))
    }

    /// Returns the credentials that the server refused, if they can be replaced. The call is repeated only once, since
    /// a server that refuses credentials has not processed the request ([RFC 9110
    /// §15.5.2](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2)).
    fn refused(&mut self, result: Result<&RawResponse, &TransportError>) -> Option<HeaderValue> {
        let is_refused = result.is_ok_and(|response| response.status == StatusCode::UNAUTHORIZED);
        if !is_refused || self.is_renewed || self.is_spent {
            return None;
        }
        // After a redirect to another origin, no credentials are sent.
        let value = self.head.headers.get(AUTHORIZATION)?.clone();
        self.is_renewed = true;
        self.tries = 0;
        Some(value)
    }

    /// Follows a redirect, if the policy allows it.
    fn follows(&mut self, response: &RawResponse) -> bool {
        if self.operation.documents_redirects {
            return false;
        }
        let credentials = self.shared.base.written(self.operation.security);
        let (redirects, count) = (self.options.redirects, self.redirects + 1);
        if !redirects.follow(&mut self.head, response, count, credentials) {
            return false;
        }
        self.redirects += 1;
        self.tries = 0;
        true
    }

    /// Returns the delay before a retry, if the call is retried.
    fn wait(&mut self, outcome: Outcome, headers: Option<&HeaderMap>) -> Option<Duration> {
        if self.is_spent {
            return None;
        }
        let clock = &*self.shared.clock;
        let wait = self.options.retry.wait(&Attempt {
            number: self.tries,
            method: &self.head.method,
            repeat: self.repeat(),
            outcome,
            retry_after: headers.and_then(|headers| retry_after(headers, clock.date())),
            random: clock.random(),
        })?;
        // A delay beyond the time limit would replace this error by a timeout.
        if self.left().is_some_and(|left| wait >= left) {
            return None;
        }
        self.taken += self.shared.budget.take(outcome)?;
        Some(wait)
    }

    fn repeat(&self) -> Repeat {
        let method = &self.head.method;
        if self.operation.is_safe {
            Repeat::Safe
        } else if self.head.headers.contains_key(IDEMPOTENCY_KEY) {
            Repeat::Keyed
        } else if matches!(*method, Method::PUT | Method::DELETE) {
            Repeat::Idempotent
        } else {
            Repeat::Unsafe
        }
    }
}

/// A response whose body is being received.
pub(crate) struct Partial {
    response: RawResponse,
    body: Vec<u8>,
    cap: usize,
}

impl Partial {
    /// Starts with the head of a response. `cap` is the size limit of the body in bytes.
    pub(crate) fn new<B>(response: Response<B>, cap: usize) -> (Self, B) {
        let (head, body) = response.into_parts();
        let response = RawResponse {
            status: head.status,
            headers: head.headers,
            body: Bytes::new(),
        };
        let partial = Self {
            response,
            body: Vec::new(),
            cap,
        };
        (partial, body)
    }

    /// Returns the head of the response.
    pub(crate) fn head(&self) -> &RawResponse {
        &self.response
    }

    /// Adds a chunk of the body.
    pub(crate) fn push(&mut self, chunk: &[u8]) -> Result<(), TransportError> {
        if self.body.len() + chunk.len() <= self.cap {
            self.body.extend_from_slice(chunk);
            return Ok(());
        }
        self.body.extend_from_slice(&chunk[..self.cap - self.body.len()]);
        let cap = self.cap;
        Err(TransportError::new(
            TransportKind::TooLarge,
            format!("it has more than {cap} bytes"),
        ))
    }

    /// Returns the complete response.
    pub(crate) fn finish(self) -> RawResponse {
        RawResponse {
            body: self.body.into(),
            ..self.response
        }
    }

    /// Returns an error with the part of the response that was received.
    pub(crate) fn fail(self, error: TransportError) -> TransportError {
        TransportError {
            response: Some(Box::new(self.finish())),
            ..error
        }
    }
}

/// Returns the error of an expired time limit.
pub(crate) fn out_of_time(limit: Duration) -> TransportError {
    TransportError::new(TransportKind::Timeout, format!("the limit is {limit:?}"))
}
