//! Calls over a [`Transport`].

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response};

use crate::runtime::auth::authorizer::Authorizer;
use crate::runtime::client::call::{self, Call, ResponseValue};
use crate::runtime::client::config::Shared;
use crate::runtime::client::error::{Error, InvalidRequest, RawResponse, TransportError, TransportKind};
use crate::runtime::client::exchange::{Decision, Exchange, Next, Partial, Received, out_of_time};
use crate::runtime::client::interceptor::Sent;
use crate::runtime::client::options::Options;
use crate::runtime::client::sending::{PendingResponse, Sending};
use crate::runtime::client::transport::{Chunks, Incoming, Pending, Timer, Transport};
use crate::runtime::request::base::RequestDefaults;
use crate::runtime::request::body::Body;
use crate::runtime::request::operation::Operation;

/// An async client. Clones share connections and the retry budget.
#[derive(Clone)]
pub struct AsyncClient {
    pub(crate) shared: Arc<Shared>,
    transport: Arc<dyn Transport>,
    pub(crate) timer: Arc<dyn Timer>,
    pub(crate) options: Options,
}

impl AsyncClient {
    pub(crate) fn new(shared: Shared, transport: Arc<dyn Transport>, timer: Arc<dyn Timer>, options: Options) -> Self {
        Self {
            shared: Arc::new(shared),
            transport,
            timer,
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
    ///
    /// The request is made at once, and sent when the future is polled.
    pub fn call<C: Call>(&self, call: &C) -> Sending<'_, C::Success, C::Failure> {
        let request = self.shared.request(call, &self.options);
        Sending::new(self.send(C::OPERATION, request), C::success)
    }

    /// Sends a request, if it is one, and receives the response as a whole.
    fn send(
        &self,
        operation: &'static Operation,
        request: Result<Request<Body>, InvalidRequest>,
    ) -> PendingResponse<'_> {
        Box::pin(async move {
            let request = request.map_err(Error::Invalid)?;
            let (response, _) = self
                .run(operation, request, None)
                .await
                .map_err(|error| Error::Transport(Box::new(error)))?;
            Ok(response)
        })
    }

    /// Returns a client for token requests: with the same transport, but without interceptors and credentials.
    fn apart(&self) -> Self {
        Self {
            shared: Arc::new(self.shared.apart()),
            ..self.clone()
        }
    }

    /// Returns the credentials of an authorizer: cached ones, or new ones if there are none or they were `refused`.
    async fn credentials(
        &self,
        authorizer: &dyn Authorizer,
        refused: Option<HeaderValue>,
        limit: Option<Duration>,
    ) -> Result<HeaderValue, TransportError> {
        let clock = &*self.shared.clock;
        if let Some(value) = authorizer.at_hand(clock, refused.as_ref()) {
            return Ok(value);
        }
        let mut work = authorizer.obtain(self.apart(), clock, refused);
        match limit {
            Some(limit) => within(&*self.timer, limit, work.as_mut()).await,
            None => work.await,
        }
    }

    /// Sends `call` with additional `headers`, and returns the body of a success as a stream, if the head of the
    /// response `is_wanted`. Any other response is received as a whole.
    ///
    /// Time limits and retries end with the headers. After that, only the wait for each chunk is limited
    /// ([`Options::idle_timeout`]).
    ///
    /// # Errors
    ///
    /// If the request is invalid, the call fails, or the response is not of the requested kind.
    pub async fn open<C: Call>(
        &self,
        call: &C,
        headers: HeaderMap,
        is_wanted: fn(&RawResponse) -> bool,
    ) -> Result<ResponseValue<Incoming>, Error<C::Failure>> {
        let mut request = self.shared.request(call, &self.options).map_err(Error::Invalid)?;
        request.headers_mut().extend(headers);
        let is_open = |head: &RawResponse| call::is_success::<C>(head) && is_wanted(head);
        let response = self.exchange(C::OPERATION, request, Some(&is_open)).await;
        match response.map_err(|error| Error::Transport(Box::new(error)))? {
            (head, Some(body)) => Ok(ResponseValue::new(self.awaited(body), head)),
            (response, None) => Err(call::unwanted::<C>(response)),
        }
    }

    /// Limits the wait for each chunk of a body.
    fn awaited(&self, body: Incoming) -> Incoming {
        match self.options.idle_timeout {
            None => body,
            Some(limit) => Incoming::new(Awaited {
                body,
                timer: Arc::clone(&self.timer),
                limit,
            }),
        }
    }

    /// Sends a request with its retries and redirects. If the head of the response `is_open`, its body is not received
    /// yet.
    ///
    /// The future is boxed, since callers move it.
    pub(crate) fn exchange<'run>(
        &'run self,
        operation: &'static Operation,
        request: Request<Body>,
        is_open: Option<IsOpen<'run>>,
    ) -> Pending<'run, Result<Received<Incoming>, TransportError>> {
        Box::pin(self.run(operation, request, is_open))
    }

    /// Sends a request as [`Self::exchange`] does.
    async fn run(
        &self,
        operation: &'static Operation,
        request: Request<Body>,
        is_open: Option<IsOpen<'_>>,
    ) -> Result<Received<Incoming>, TransportError> {
        let mut exchange = Exchange::new(operation, &self.options, &self.shared, request);
        if let Some(authorizer) = exchange.authorizer() {
            exchange.authorize(self.credentials(authorizer, None, exchange.left()).await?);
        }
        loop {
            let (request, limit) = exchange.request();
            let received = self.attempt(exchange.sent(), request, limit, is_open).await;
            let next = match exchange.decide(received) {
                Decision::Done(received) => return received,
                Decision::Again(next) => next,
            };
            match next {
                Next::Authorize(authorizer, refused) => {
                    let left = exchange.left();
                    exchange.authorize(self.credentials(authorizer, Some(refused), left).await?);
                }
                Next::Wait(wait) if wait.is_zero() => {}
                Next::Wait(wait) => self.timer.sleep(wait).await,
            }
        }
    }

    /// Sends a request once, and receives the whole response, unless its head `is_open`.
    fn attempt<'run>(
        &'run self,
        sent: Sent<'_>,
        mut request: Request<Body>,
        limit: Option<Duration>,
        is_open: Option<IsOpen<'run>>,
    ) -> impl Future<Output = Result<Received<Incoming>, TransportError>> + Send + 'run {
        let stopped = self.shared.before_send(sent, &mut request);
        let response = stopped.map(|()| self.transport.send(request));
        async move {
            // Keeps the part that was received before a timeout.
            let mut partial = None;
            let result = {
                let work = pin!(receive(
                    response?,
                    self.options.max_response_size,
                    is_open,
                    &mut partial
                ));
                match limit {
                    Some(limit) => within(&*self.timer, limit, work).await,
                    None => work.await,
                }
            };
            match (result, partial) {
                (Ok(body), Some(partial)) => Ok((partial.finish(), body)),
                (Err(error), Some(partial)) => Err(partial.fail(error)),
                (Err(error), None) => Err(error),
                (Ok(_), None) => Err(TransportError::new(TransportKind::Interrupted, "there was no response")),
            }
        }
    }
}

/// Decides by the head of a response whether its body is streamed.
type IsOpen<'run> = &'run (dyn Fn(&RawResponse) -> bool + Sync);

/// Receives a response up to its size limit, without its body if the head is open.
async fn receive(
    response: Pending<'_, Result<Response<Incoming>, TransportError>>,
    cap: usize,
    is_open: Option<IsOpen<'_>>,
    partial: &mut Option<Partial>,
) -> Result<Option<Incoming>, TransportError> {
    let (head, mut body) = Partial::new(response.await?, cap);
    let partial = partial.insert(head);
    if is_open.is_some_and(|is_open| is_open(partial.head())) {
        return Ok(Some(body));
    }
    while let Some(chunk) = body.chunk().await? {
        partial.push(&chunk)?;
    }
    Ok(None)
}

/// A body with a time limit for each chunk.
struct Awaited {
    body: Incoming,
    timer: Arc<dyn Timer>,
    limit: Duration,
}

impl Chunks for Awaited {
    fn chunk(&mut self) -> Pending<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async {
            let chunk = pin!(self.body.chunk());
            within(&*self.timer, self.limit, chunk).await
        })
    }
}

/// Waits for `work` up to `limit`.
async fn within<T>(
    timer: &dyn Timer,
    limit: Duration,
    mut work: Pin<&mut (impl Future<Output = Result<T, TransportError>> + ?Sized)>,
) -> Result<T, TransportError> {
    let mut end = timer.sleep(limit);
    poll_fn(|context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(done);
        }
        end.as_mut().poll(context).map(|()| Err(out_of_time(limit)))
    })
    .await
}

/// Prints the base URL, and no secrets.
impl fmt::Debug for AsyncClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AsyncClient")
            .field("base", &self.shared.base)
            .finish_non_exhaustive()
    }
}
