//! Calls over a [`Transport`].

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response};

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
use super::transport::{Chunks, Incoming, Pending, Timer, Transport};

/// What sends calls without blocking a thread. Clones share connections and the budget for retries.
#[derive(Clone)]
pub struct AsyncClient {
    pub(super) shared: Arc<Shared>,
    transport: Arc<dyn Transport>,
    pub(super) timer: Arc<dyn Timer>,
    pub(super) options: Options,
}

impl AsyncClient {
    pub(super) fn new(shared: Shared, transport: Arc<dyn Transport>, timer: Arc<dyn Timer>, options: Options) -> Self {
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
    pub async fn call<C: Call>(&self, call: &C) -> Result<Reply<C::Success>, Error<C::Failure>> {
        let request = self.shared.request(call, &self.options).map_err(Error::Invalid)?;
        let reply = self.exchange(call.operation(), request, None).await;
        let (reply, _) = reply.map_err(|error| Error::Transport(Box::new(error)))?;
        call::decode_raw::<C>(reply)
    }

    /// Returns a client for requests that are no calls: over the same transport, past the interceptors, and without
    /// credentials.
    fn apart(&self) -> Self {
        Self {
            shared: Arc::new(self.shared.apart()),
            ..self.clone()
        }
    }

    /// Returns the credentials of an authorizer: those at hand, or else new ones, in place of those `refused`.
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

    /// Sends `call` with other `headers`, and returns the body of a success while it comes in, if the head of
    /// the reply `is_wanted`; any other reply is taken in as a whole.
    ///
    /// Time limits and retries are over with the headers. From then on only the wait for each piece has a
    /// limit ([`Options::idle_timeout`]).
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is none that is wanted.
    pub async fn open<C: Call>(
        &self,
        call: &C,
        headers: HeaderMap,
        is_wanted: fn(&RawReply) -> bool,
    ) -> Result<Reply<Incoming>, Error<C::Failure>> {
        let mut request = self.shared.request(call, &self.options).map_err(Error::Invalid)?;
        request.headers_mut().extend(headers);
        let is_open = |head: &RawReply| C::success(head).is_some() && is_wanted(head);
        let reply = self.exchange(call.operation(), request, Some(&is_open)).await;
        match reply.map_err(|error| Error::Transport(Box::new(error)))? {
            (head, Some(body)) => Ok(Reply::new(self.awaited(body), head)),
            (reply, None) => Err(call::unwanted::<C>(reply)),
        }
    }

    /// Gives the wait for each piece of a body its limit.
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

    /// Sends a request as often as it takes; the body of a reply whose head `is_open` has yet to come in.
    ///
    /// The future is behind a pointer, since that of a call is moved about by whoever waits for it. This and what it
    /// calls make what they can before they return one: what a future takes over lies in it once more.
    pub(super) fn exchange<'run>(
        &'run self,
        operation: &'static Operation,
        request: Request<Body>,
        is_open: Option<IsOpen<'run>>,
    ) -> Pending<'run, Result<Received<Incoming>, TransportError>> {
        let mut exchange = Exchange::new(operation, &self.options, &self.shared, request);
        Box::pin(async move {
            if let Some(authorizer) = exchange.authorizer() {
                exchange.authorize(self.credentials(authorizer, None, exchange.left()).await?);
            }
            loop {
                let (request, limit) = exchange.request();
                let received = self.attempt(exchange.sent(), request, limit, is_open).await;
                let next = match exchange.verdict(received) {
                    Verdict::Done(received) => return received,
                    Verdict::Again(next) => next,
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
        })
    }

    /// Sends a request once, and takes the whole reply in, unless its head `is_open`.
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
            // What came before the time ran out stays here.
            let mut partial = None;
            let result = {
                let work = pin!(receive(response?, self.options.max_reply, is_open, &mut partial));
                match limit {
                    Some(limit) => within(&*self.timer, limit, work).await,
                    None => work.await,
                }
            };
            match (result, partial) {
                (Ok(body), Some(partial)) => Ok((partial.finish(), body)),
                (Err(error), Some(partial)) => Err(partial.fail(error)),
                (Err(error), None) => Err(error),
                (Ok(_), None) => Err(TransportError::new(TransportKind::Interrupted, "there was no reply")),
            }
        }
    }
}

/// Says of the head of a reply whether its body is taken while it comes in.
type IsOpen<'run> = &'run (dyn Fn(&RawReply) -> bool + Sync);

/// Takes a reply in, up to its cap; its body only if its head is not open.
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
    while let Some(piece) = body.chunk().await? {
        partial.push(&piece)?;
    }
    Ok(None)
}

/// A body each of whose pieces may be a limited time in coming.
struct Awaited {
    body: Incoming,
    timer: Arc<dyn Timer>,
    limit: Duration,
}

impl Chunks for Awaited {
    fn chunk(&mut self) -> Pending<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async {
            let piece = pin!(self.body.chunk());
            within(&*self.timer, self.limit, piece).await
        })
    }
}

/// Waits for `work`, but no longer than `limit`.
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

/// Shows where it sends to, and nothing that could be a secret.
impl fmt::Debug for AsyncClient {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("AsyncClient")
            .field("base", &self.shared.base)
            .finish_non_exhaustive()
    }
}
