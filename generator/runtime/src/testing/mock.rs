//! A mock server in the same process, for tests of callers.
//!
//! A [`Mock`] is the transport and the clock of a client: delays between attempts take no time, and a response that
//! stalls times out at once.

use std::any::TypeId;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::future::{pending, ready};
#[cfg(feature = "blocking")]
use std::io::{Cursor, ErrorKind, Read};
use std::marker::PhantomData;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};

use crate::runtime::client::call::Call;
use crate::runtime::client::clock::Clock;
use crate::runtime::client::error::{TransportError, TransportKind};
#[cfg(feature = "blocking")]
use crate::runtime::client::transport::{BlockingTransport, Limits};
use crate::runtime::client::transport::{Chunks, Incoming, Pending, Timer, Transport};
use crate::runtime::json::codec::{Decode, Encode, from_slice};
use crate::runtime::json::decode_error::DecodeError;
use crate::runtime::request::body::Body;
use crate::runtime::testing::mock_response::{End, MockResponse};

/// A mock server. Clones share its state.
#[derive(Clone, Default)]
pub struct Mock(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    now: Duration,
    answers: BTreeMap<TypeId, Queue>,
    recorded: Vec<(Option<TypeId>, Recorded)>,
}

/// The responses to the calls of one operation, in order.
#[derive(Default)]
struct Queue {
    /// Those that were not given yet.
    next: VecDeque<MockResponse>,
    /// The one that was given last, which is given again while no other follows.
    last: Option<MockResponse>,
}

impl Queue {
    fn take(&mut self) -> Option<MockResponse> {
        if let Some(next) = self.next.pop_front() {
            self.last = Some(next);
        }
        self.last.clone()
    }
}

/// The type of the call that a request was made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallType(TypeId);

impl CallType {
    /// Returns the type of `C`.
    pub(crate) fn of<C: Call>() -> Self {
        Self(TypeId::of::<C>())
    }
}

/// A recorded request.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Recorded {
    /// The method.
    pub method: Method,
    /// The URL.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The time since the mock was created. Only delays take time.
    pub at: Duration,
}

impl Recorded {
    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// If the body is not valid JSON, or does not match `T`.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        from_slice(&self.body)
    }
}

/// The responses to the calls of one operation.
///
/// They are queued: each call takes the next one. The last one is given again until another is queued, which
/// takes its place; [`Mock::reset`] forgets them all.
pub struct On<'mock, C> {
    mock: &'mock Mock,
    call: PhantomData<fn() -> C>,
}

impl<C: Call> On<'_, C> {
    /// Queues a documented success.
    pub fn respond(&self, status: StatusCode, value: &C::Success) -> &Self
    where
        C::Success: Encode,
    {
        self.answer(MockResponse::json(status, value))
    }

    /// Queues any response.
    pub fn answer(&self, answer: MockResponse) -> &Self {
        let id = TypeId::of::<C>();
        let mut state = self.mock.state();
        state.answers.entry(id).or_default().next.push_back(answer);
        drop(state);
        self
    }
}

impl Mock {
    /// Makes a mock server without responses.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says how the calls of `C` are answered: each call takes the next response that was queued, and the last one
    /// stays until another is queued.
    #[must_use = "a call fails until a response is configured"]
    pub fn on<C: Call>(&self) -> On<'_, C> {
        On {
            mock: self,
            call: PhantomData,
        }
    }

    /// Returns all recorded requests.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        let state = self.state();
        state.recorded.iter().map(|(_, recorded)| recorded.clone()).collect()
    }

    /// Returns the recorded requests of one operation.
    #[must_use]
    pub fn requests_of<C: Call>(&self) -> Vec<Recorded> {
        let state = self.state();
        let of = state.recorded.iter().filter(|(id, _)| *id == Some(TypeId::of::<C>()));
        of.map(|(_, recorded)| recorded.clone()).collect()
    }

    /// Forgets all responses, of every operation, and the requests that were sent. The clock goes on.
    pub fn reset(&self) {
        let mut state = self.state();
        state.answers.clear();
        state.recorded.clear();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self, duration: Duration) {
        self.state().now += duration;
    }

    /// Records a request and returns the response to it.
    fn take(&self, request: Request<Body>) -> Result<MockResponse, TransportError> {
        let (head, body) = request.into_parts();
        let mut bytes = Vec::new();
        body.into_reader()
            .read_to_end(&mut bytes)
            .map_err(|error| TransportError::new(TransportKind::Unsendable, error))?;
        let id = head.extensions.get::<CallType>().map(|CallType(id)| *id);
        let method = head.method.clone();
        let mut state = self.state();
        let missing = format!("the mock has no response to {} {}", head.method, head.uri.path());
        let recorded = Recorded {
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body: bytes.into(),
            at: state.now,
        };
        state.recorded.push((id, recorded));
        let queue = id.and_then(|id| state.answers.get_mut(&id));
        let answer = queue.and_then(Queue::take);
        let answer = answer.ok_or_else(|| TransportError::new(TransportKind::Unsendable, missing))?;
        Ok(answer.to(&method))
    }
}

fn failure(kind: TransportKind) -> TransportError {
    TransportError::new(kind, "the mock was configured to fail")
}

impl fmt::Debug for Mock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sent = self.state().recorded.len();
        formatter
            .debug_struct("Mock")
            .field("requests", &sent)
            .finish_non_exhaustive()
    }
}

impl Clock for Mock {
    fn now(&self) -> Duration {
        self.state().now
    }

    fn date(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.now()
    }

    fn random(&self) -> f64 {
        0.5
    }

    fn pause(&self, duration: Duration) {
        self.wait(duration);
    }
}

impl Timer for Mock {
    fn sleep(&self, duration: Duration) -> Pending<'static, ()> {
        let mock = self.clone();
        let end = self.now() + duration;
        // Time advances only while the client waits.
        Box::pin(async move {
            let mut state = mock.state();
            state.now = state.now.max(end);
        })
    }
}

impl Transport for Mock {
    fn send(&self, request: Request<Body>) -> Pending<'_, Result<Response<Incoming>, TransportError>> {
        let answer = match self.take(request) {
            Ok(answer) => answer,
            Err(error) => return Box::pin(ready(Err(error))),
        };
        match answer.outcome {
            Err(TransportKind::Timeout) => Box::pin(pending()),
            Err(kind) => Box::pin(ready(Err(failure(kind)))),
            Ok(response) => {
                let end = answer.end;
                let played = |body| Played { body: Some(body), end };
                Box::pin(ready(Ok(response.map(|body| Incoming::new(played(body))))))
            }
        }
    }
}

/// A body with a configured end.
struct Played {
    body: Option<Bytes>,
    end: End,
}

impl Chunks for Played {
    fn chunk(&mut self) -> Pending<'_, Result<Option<Bytes>, TransportError>> {
        match (self.body.take(), self.end) {
            (Some(body), _) => Box::pin(ready(Ok(Some(body)))),
            (None, End::Complete) => Box::pin(ready(Ok(None))),
            (None, End::Cut) => Box::pin(ready(Err(failure(TransportKind::Interrupted)))),
            (None, End::Stalled) => Box::pin(pending()),
        }
    }
}

#[cfg(feature = "blocking")]
impl BlockingTransport for Mock {
    fn send(&self, request: Request<Body>, limits: Limits) -> Result<Response<Box<dyn Read + Send>>, TransportError> {
        let answer = self.take(request)?;
        let response = answer.outcome.map_err(|kind| {
            if kind == TransportKind::Timeout {
                self.wait(limits.time.unwrap_or_default());
            }
            failure(kind)
        })?;
        let rest: Box<dyn Read + Send> = match answer.end {
            End::Complete => Box::new(std::io::empty()),
            End::Cut => Box::new(Broken(ErrorKind::ConnectionReset)),
            End::Stalled => {
                self.wait(limits.time.unwrap_or_default());
                Box::new(Broken(ErrorKind::TimedOut))
            }
        };
        Ok(response.map(|body| -> Box<dyn Read + Send> { Box::new(Cursor::new(body).chain(rest)) }))
    }
}

/// A reader that fails, for a body that is interrupted.
#[cfg(feature = "blocking")]
struct Broken(ErrorKind);

#[cfg(feature = "blocking")]
impl Read for Broken {
    fn read(&mut self, _buffer: &mut [u8]) -> std::io::Result<usize> {
        Err(self.0.into())
    }
}
