//! Calls over a [`BlockingTransport`].

use std::fmt;
use std::io::{ErrorKind, Read};
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Request};

use super::authorizer::Authorizer;
use super::base::Base;
use super::body::Body;
use super::call::{self, Call, Reply};
use super::error::{Error, RawReply, TransportError, TransportKind};
use super::exchange::{Exchange, Next, Partial, Received, Verdict, out_of_time};
use super::interceptor::Sent;
use super::operation::Operation;
use super::options::Options;
use super::setup::Shared;
use super::transport::{BlockingBody, BlockingTransport, Limits};

/// What sends calls and blocks the thread meanwhile. Clones share connections and the budget for retries.
#[derive(Clone)]
pub struct BlockingClient {
    pub(super) shared: Arc<Shared>,
    transport: Arc<dyn BlockingTransport>,
    pub(super) options: Options,
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
        let reply = self.exchange(call.operation(), request, None);
        let (reply, _) = reply.map_err(|error| Error::Transport(Box::new(error)))?;
        call::decode_raw::<C>(reply)
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

    /// Sends `call` with other `headers`, and returns the body of a success while it comes in, if the head of
    /// the reply `is_wanted`; any other reply is taken in as a whole.
    ///
    /// Time limits and retries are over with the headers. From then on only the wait for each piece has a
    /// limit ([`Options::idle_timeout`]).
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is none that is wanted.
    pub fn open<C: Call>(
        &self,
        call: &C,
        headers: HeaderMap,
        is_wanted: fn(&RawReply) -> bool,
    ) -> Result<Reply<BlockingBody>, Error<C::Failure>> {
        let mut request = self.shared.request(call, &self.options).map_err(Error::Invalid)?;
        request.headers_mut().extend(headers);
        let is_open = |head: &RawReply| C::success(head).is_some() && is_wanted(head);
        let reply = self.exchange(call.operation(), request, Some(&is_open));
        match reply.map_err(|error| Error::Transport(Box::new(error)))? {
            (head, Some(body)) => Ok(Reply::new(body, head)),
            (reply, None) => Err(call::unwanted::<C>(reply)),
        }
    }

    /// Sends a request as often as it takes; the body of a reply whose head `is_open` has yet to come in.
    pub(super) fn exchange(
        &self,
        operation: &'static Operation,
        request: Request<Body>,
        is_open: Option<IsOpen<'_>>,
    ) -> Result<Received<BlockingBody>, TransportError> {
        let mut exchange = Exchange::new(operation, &self.options, &self.shared, request);
        if let Some(authorizer) = exchange.authorizer() {
            exchange.authorize(self.credentials(authorizer, None, exchange.left())?);
        }
        loop {
            let (request, time) = exchange.request();
            let limits = Limits {
                time,
                is_stream: is_open.is_some(),
                idle: self.options.idle_timeout.filter(|_| is_open.is_some()),
            };
            let received = self.attempt(exchange.sent(), request, limits, is_open);
            match exchange.verdict(received) {
                Verdict::Done(received) => return received,
                Verdict::Again(Next::Authorize(authorizer, refused)) => {
                    exchange.authorize(self.credentials(authorizer, Some(&refused), exchange.left())?);
                }
                Verdict::Again(Next::Wait(wait)) if wait.is_zero() => {}
                Verdict::Again(Next::Wait(wait)) => self.shared.clock.pause(wait),
            }
        }
    }

    /// Sends a request once, and takes the whole reply in, unless its head `is_open`.
    fn attempt(
        &self,
        sent: Sent<'_>,
        mut request: Request<Body>,
        limits: Limits,
        is_open: Option<IsOpen<'_>>,
    ) -> Result<Received<BlockingBody>, TransportError> {
        self.shared.before_send(sent, &mut request)?;
        let started = self.shared.clock.now();
        let response = self.transport.send(request, limits)?;
        let (mut partial, mut body) = Partial::new(response, self.options.max_reply);
        if is_open.is_some_and(|is_open| is_open(partial.head())) {
            return Ok((partial.finish(), Some(body)));
        }
        // A transport that was told of a stream does not look at the time behind the headers.
        let in_time = || match limits.time {
            Some(limit) if limits.is_stream && self.shared.clock.now() >= started + limit => Err(out_of_time(limit)),
            _ => Ok(()),
        };
        match collect(&mut partial, &mut *body, in_time) {
            Ok(()) => Ok((partial.finish(), None)),
            Err(error) => Err(partial.fail(error)),
        }
    }
}

/// Says of the head of a reply whether its body is taken while it comes in.
type IsOpen<'call> = &'call dyn Fn(&RawReply) -> bool;

/// Takes the body in, up to its cap, and while it is in time.
fn collect(
    partial: &mut Partial,
    body: &mut dyn Read,
    in_time: impl Fn() -> Result<(), TransportError>,
) -> Result<(), TransportError> {
    let mut piece = vec![0; 16 << 10];
    loop {
        match read(body, &mut piece)? {
            0 => return Ok(()),
            count => partial.push(&piece[..count])?,
        }
        in_time()?;
    }
}

/// Reads a piece of a body; none at its end.
pub(super) fn read(body: &mut dyn Read, piece: &mut [u8]) -> Result<usize, TransportError> {
    loop {
        match body.read(piece) {
            Ok(count) => return Ok(count),
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
