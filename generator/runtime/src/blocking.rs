//! Calls over a [`BlockingTransport`].

use std::fmt;
use std::io::{ErrorKind, Read};
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Request};

use super::authorizer::Authorizer;
use super::base::Base;
use super::body::Body;
use super::call::{self, Call, Reply};
use super::error::{Error, RawReply, TransportError, TransportKind};
use super::exchange::{Exchange, Partial, Verdict};
use super::interceptor::Sent;
use super::operation::Operation;
use super::options::Options;
use super::setup::Shared;
use super::trace;
use super::transport::{BlockingTransport, Limits};

/// What sends calls and blocks the thread meanwhile. Clones share connections and the budget for retries.
#[derive(Clone)]
pub struct BlockingClient {
    shared: Arc<Shared>,
    transport: Arc<dyn BlockingTransport>,
    options: Options,
}

impl BlockingClient {
    pub(super) fn new(shared: Shared, transport: Arc<dyn BlockingTransport>, options: Options) -> Self {
        Self {
            shared: Arc::new(shared),
            transport,
            options,
        }
    }

    /// Returns the same client with other options.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(Options) -> Options) -> Self {
        Self {
            options: change(self.options.clone()),
            ..self.clone()
        }
    }

    /// Returns what all requests have in common.
    #[must_use]
    pub fn base(&self) -> &Base {
        &self.shared.base
    }

    /// Sends `call` and decodes the reply.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is no documented success.
    pub fn call<C: Call>(&self, call: &C) -> Result<Reply<C::Success>, Error<C::Failure>> {
        let request = self.shared.request(call, &self.options).map_err(Error::Invalid)?;
        let reply = self.exchange(call.operation(), request);
        call::decode_raw::<C>(reply.map_err(|error| Error::Transport(Box::new(error)))?)
    }

    /// Returns the credentials of an authorizer: those at hand, or else new ones, in place of those `refused`.
    fn credentials(
        &self,
        authorizer: &dyn Authorizer,
        refused: Option<&HeaderValue>,
        limit: Option<Duration>,
    ) -> Result<HeaderValue, TransportError> {
        let clock = &*self.shared.clock;
        if let Some(value) = authorizer.at_hand(clock, refused) {
            return Ok(value);
        }
        let mut apart = Self {
            shared: Arc::new(self.shared.apart()),
            ..self.clone()
        };
        if limit.is_some() {
            apart.options = apart.options.timeout(limit);
        }
        authorizer.obtain_blocking(&apart, clock, refused)
    }

    /// Sends a request as often as it takes.
    pub(super) fn exchange(
        &self,
        operation: &'static Operation,
        request: Request<Body>,
    ) -> Result<RawReply, TransportError> {
        let shared = &*self.shared;
        let clock = &*shared.clock;
        let authorizer = shared.authorizer(operation, &request);
        let mut exchange = Exchange::new(operation, &self.options, &shared.budget, request, clock.now());
        if let Some(authorizer) = authorizer {
            let limit = exchange.left(clock.now());
            exchange.authorize(self.credentials(authorizer, None, limit)?);
        }
        loop {
            let (request, time) = exchange.request(clock.now());
            let result = self.attempt(exchange.sent(), request, Limits { time });
            shared.after_receive(exchange.sent(), result.as_ref());
            if let Some(authorizer) = authorizer
                && let Some(refused) = exchange.refused(&result)
            {
                let limit = exchange.left(clock.now());
                exchange.authorize(self.credentials(authorizer, Some(&refused), limit)?);
                continue;
            }
            match exchange.verdict(clock, result) {
                Verdict::Again(wait) => {
                    trace::wait(exchange.sent(), wait);
                    if !wait.is_zero() {
                        clock.pause(wait);
                    }
                }
                Verdict::Done(result) => return result,
            }
        }
    }

    /// Sends a request once, and takes the whole reply in.
    fn attempt(&self, sent: Sent<'_>, mut request: Request<Body>, limits: Limits) -> Result<RawReply, TransportError> {
        self.shared.before_send(sent, &mut request)?;
        let response = self.transport.send(request, limits)?;
        let (mut partial, mut body) = Partial::new(response, self.options.max_reply);
        match collect(&mut partial, &mut *body) {
            Ok(()) => Ok(partial.finish()),
            Err(error) => Err(partial.fail(error)),
        }
    }
}

/// Takes the body in, up to its cap.
fn collect(partial: &mut Partial, body: &mut dyn Read) -> Result<(), TransportError> {
    let mut piece = vec![0; 16 << 10];
    loop {
        match body.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => partial.push(&piece[..count])?,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::TimedOut => {
                return Err(TransportError::new(TransportKind::Timeout, error));
            }
            Err(error) => return Err(TransportError::new(TransportKind::Interrupted, error)),
        }
    }
}

/// Shows where it sends to, and nothing that could be a secret.
impl fmt::Debug for BlockingClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BlockingClient")
            .field("base", &self.shared.base)
            .finish_non_exhaustive()
    }
}
