//! Calls over a [`BlockingTransport`].

use std::fmt;
use std::io::{ErrorKind, Read};
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Request};

use crate::runtime::auth::authorizer::Authorizer;
use crate::runtime::client::call::{self, Call, ResponseValue};
use crate::runtime::client::config::Shared;
use crate::runtime::client::error::{Error, RawResponse, TransportError, TransportKind};
use crate::runtime::client::exchange::{Decision, Exchange, Next, Partial, Received, out_of_time};
use crate::runtime::client::interceptor::Sent;
use crate::runtime::client::options::Options;
use crate::runtime::client::transport::{BlockingBody, BlockingTransport, Limits};
use crate::runtime::request::base::RequestDefaults;
use crate::runtime::request::body::Body;
use crate::runtime::request::operation::Operation;

/// A blocking client. Clones share connections and the retry budget.
#[derive(Clone)]
pub struct BlockingClient {
    pub(crate) shared: Arc<Shared>,
    transport: Arc<dyn BlockingTransport>,
    pub(crate) options: Options,
}

impl BlockingClient {
    pub(crate) fn new(shared: Shared, transport: Arc<dyn BlockingTransport>, options: Options) -> Self {
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

    /// Returns the settings that all requests share.
    #[must_use]
    pub fn request_defaults(&self) -> &RequestDefaults {
        &self.shared.base
    }

    /// Sends `call` and decodes the response.
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response is not a documented success.
    pub fn call<C: Call>(&self, call: &C) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
        let request = self.shared.request(call, &self.options).map_err(Error::Invalid)?;
        let response = self.exchange(C::OPERATION, request, None);
        let (response, _) = response.map_err(|error| Error::Transport(Box::new(error)))?;
        call::decode(response, C::success)
    }

    /// Returns the credentials of an authorizer: cached ones, or new ones if there are none or they were `refused`.
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

    /// Sends `call` with additional `headers`, and returns the body of a success as a reader, if the head of the
    /// response `is_wanted`. Any other response is received as a whole.
    ///
    /// Time limits and retries end with the headers. After that, only the wait for each chunk is limited
    /// ([`Options::idle_timeout`]).
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response is not of the requested kind.
    pub fn open<C: Call>(
        &self,
        call: &C,
        headers: HeaderMap,
        is_wanted: fn(&RawResponse) -> bool,
    ) -> Result<ResponseValue<BlockingBody>, Error<C::Failure>> {
        let mut request = self.shared.request(call, &self.options).map_err(Error::Invalid)?;
        request.headers_mut().extend(headers);
        let is_open = |head: &RawResponse| call::is_success::<C>(head) && is_wanted(head);
        let response = self.exchange(C::OPERATION, request, Some(&is_open));
        match response.map_err(|error| Error::Transport(Box::new(error)))? {
            (head, Some(body)) => Ok(ResponseValue::new(body, head)),
            (response, None) => Err(call::unwanted::<C>(response)),
        }
    }

    /// Sends a request with its retries and redirects. If the head of the response `is_open`, its body is not received
    /// yet.
    pub(crate) fn exchange(
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
            match exchange.decide(received) {
                Decision::Done(received) => return received,
                Decision::Again(Next::Authorize(authorizer, refused)) => {
                    exchange.authorize(self.credentials(authorizer, Some(&refused), exchange.left())?);
                }
                Decision::Again(Next::Wait(wait)) if wait.is_zero() => {}
                Decision::Again(Next::Wait(wait)) => self.shared.clock.pause(wait),
            }
        }
    }

    /// Sends a request once, and receives the whole response, unless its head `is_open`.
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
        let (mut partial, mut body) = Partial::new(response, self.options.max_response_size);
        if is_open.is_some_and(|is_open| is_open(partial.head())) {
            return Ok((partial.finish(), Some(body)));
        }
        // For a stream, the transport does not enforce the time limit after the headers.
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

/// Decides by the head of a response whether its body is streamed.
type IsOpen<'call> = &'call dyn Fn(&RawResponse) -> bool;

/// Receives the body up to its size limit and its time limit.
fn collect(
    partial: &mut Partial,
    body: &mut dyn Read,
    in_time: impl Fn() -> Result<(), TransportError>,
) -> Result<(), TransportError> {
    let mut chunk = vec![0; 16 << 10];
    loop {
        match read(body, &mut chunk)? {
            0 => return Ok(()),
            count => partial.push(&chunk[..count])?,
        }
        in_time()?;
    }
}

/// Reads a chunk of a body. Returns 0 at its end.
pub(crate) fn read(body: &mut dyn Read, chunk: &mut [u8]) -> Result<usize, TransportError> {
    loop {
        match body.read(chunk) {
            Ok(count) => return Ok(count),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::TimedOut => {
                return Err(TransportError::new(TransportKind::Timeout, error));
            }
            Err(error) => return Err(TransportError::new(TransportKind::Interrupted, error)),
        }
    }
}

/// Prints the base URL, and no secrets.
impl fmt::Debug for BlockingClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BlockingClient")
            .field("base", &self.shared.base)
            .finish_non_exhaustive()
    }
}
