//! Calls over a [`Transport`].

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request};

use super::authorizer::Authorizer;
use super::base::Base;
use super::body::Body;
use super::call::{self, Call, Reply};
use super::error::{Error, RawReply, TransportError, TransportKind};
use super::exchange::{Exchange, Partial, Verdict, out_of_time};
use super::interceptor::Sent;
use super::operation::Operation;
use super::options::Options;
use super::setup::Shared;
use super::trace;
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
        let reply = self.exchange(call.operation(), request, |_| false).await;
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
        let work = authorizer.obtain(self.apart(), clock, refused);
        match limit {
            Some(limit) => within(&*self.timer, limit, work).await,
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
        let reply = self.exchange(call.operation(), request, is_open).await;
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
    pub(super) async fn exchange(
        &self,
        operation: &'static Operation,
        request: Request<Body>,
        is_open: impl Fn(&RawReply) -> bool,
    ) -> Result<(RawReply, Option<Incoming>), TransportError> {
        let shared = &*self.shared;
        let clock = &*shared.clock;
        let authorizer = shared.authorizer(operation, &request);
        let mut exchange = Exchange::new(operation, &self.options, &shared.budget, request, clock.now());
        if let Some(authorizer) = authorizer {
            let limit = exchange.left(clock.now());
            exchange.authorize(self.credentials(authorizer, None, limit).await?);
        }
        loop {
            let (request, limit) = exchange.request(clock.now());
            let attempt = self.attempt(exchange.sent(), request, limit, &is_open).await;
            let (result, body) = match attempt {
                Ok((reply, body)) => (Ok(reply), body),
                Err(error) => (Err(error), None),
            };
            shared.after_receive(exchange.sent(), result.as_ref());
            if let Some(authorizer) = authorizer
                && let Some(refused) = exchange.refused(&result)
            {
                let limit = exchange.left(clock.now());
                exchange.authorize(self.credentials(authorizer, Some(refused), limit).await?);
                continue;
            }
            match exchange.verdict(clock, result) {
                Verdict::Again(wait) => {
                    trace::wait(exchange.sent(), wait);
                    if !wait.is_zero() {
                        self.timer.sleep(wait).await;
                    }
                }
                Verdict::Done(result) => return result.map(|reply| (reply, body)),
            }
        }
    }

    /// Sends a request once, and takes the whole reply in, unless its head `is_open`.
    async fn attempt(
        &self,
        sent: Sent<'_>,
        mut request: Request<Body>,
        limit: Option<Duration>,
        is_open: impl Fn(&RawReply) -> bool,
    ) -> Result<(RawReply, Option<Incoming>), TransportError> {
        self.shared.before_send(sent, &mut request)?;
        // What came before the time ran out stays here.
        let mut partial = None;
        let work = async {
            let response = self.transport.send(request).await?;
            let (head, mut body) = Partial::new(response, self.options.max_reply);
            let partial = partial.insert(head);
            if is_open(partial.head()) {
                return Ok(Some(body));
            }
            collect(partial, &mut body).await?;
            Ok(None)
        };
        let result = match limit {
            Some(limit) => within(&*self.timer, limit, work).await,
            None => work.await,
        };
        match (result, partial) {
            (Ok(body), Some(partial)) => Ok((partial.finish(), body)),
            (Err(error), Some(partial)) => Err(partial.fail(error)),
            (Err(error), None) => Err(error),
            (Ok(_), None) => Err(TransportError::new(TransportKind::Interrupted, "there was no reply")),
        }
    }
}

/// Takes the body in, up to its cap.
async fn collect(partial: &mut Partial, body: &mut Incoming) -> Result<(), TransportError> {
    while let Some(piece) = body.chunk().await? {
        partial.push(&piece)?;
    }
    Ok(())
}

/// A body each of whose pieces may be a limited time in coming.
struct Awaited {
    body: Incoming,
    timer: Arc<dyn Timer>,
    limit: Duration,
}

impl Chunks for Awaited {
    fn chunk(&mut self) -> Pending<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(within(&*self.timer, self.limit, self.body.chunk()))
    }
}

/// Waits for `work`, but no longer than `limit`.
async fn within<T>(
    timer: &dyn Timer,
    limit: Duration,
    work: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, TransportError> {
    let mut work = pin!(work);
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
