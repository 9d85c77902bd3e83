//! Transports: the interface to an HTTP client.

#[cfg(feature = "reqwest")]
pub(crate) mod over_reqwest;
#[cfg(feature = "blocking")]
pub(crate) mod over_ureq;
#[cfg(any(feature = "reqwest", feature = "blocking"))]
pub(crate) mod tls;

#[cfg(feature = "async")]
use std::fmt;
#[cfg(feature = "async")]
use std::future::Future;
#[cfg(feature = "blocking")]
use std::io::Read;
#[cfg(feature = "async")]
use std::pin::Pin;
use std::time::Duration;

#[cfg(feature = "async")]
use bytes::Bytes;
#[cfg(any(feature = "blocking", feature = "reqwest"))]
use http::Method;
use http::{Request, Response};

use crate::runtime::client::error::TransportError;
use crate::runtime::request::body::Body;

/// A boxed future.
#[cfg(feature = "async")]
pub type Pending<'run, T> = Pin<Box<dyn Future<Output = T> + Send + 'run>>;

/// Sends requests over HTTP.
///
/// A transport must not follow redirects or retry: the client does both. The client cancels an attempt by dropping its
/// future, so a transport needs no timeouts.
#[cfg(feature = "async")]
pub trait Transport: Send + Sync {
    /// Sends a request, and returns the response as soon as its headers are received.
    ///
    /// # Errors
    ///
    /// If no response is received. The kind says whether the server may have received the request.
    fn send(&self, request: Request<Body>) -> Pending<'_, Result<Response<Incoming>, TransportError>>;
}

/// A timer that does not block the thread.
#[cfg(feature = "async")]
pub trait Timer: Send + Sync {
    /// Returns a future that is ready after `duration`.
    fn sleep(&self, duration: Duration) -> Pending<'static, ()>;
}

/// The body of a response that is being received.
#[cfg(feature = "async")]
pub struct Incoming(IncomingBody);

#[cfg(feature = "async")]
enum IncomingBody {
    Whole(Option<Bytes>),
    Chunks(Box<dyn Chunks>),
}

/// A body that is received in chunks.
#[cfg(feature = "async")]
pub trait Chunks: Send {
    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection fails before the end of the body.
    fn chunk(&mut self) -> Pending<'_, Result<Option<Bytes>, TransportError>>;
}

#[cfg(feature = "async")]
impl Incoming {
    /// Makes a body from its chunks.
    pub fn new(chunks: impl Chunks + 'static) -> Self {
        Self(IncomingBody::Chunks(Box::new(chunks)))
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection fails before the end of the body.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.0 {
            IncomingBody::Whole(bytes) => Ok(bytes.take()),
            IncomingBody::Chunks(chunks) => chunks.chunk().await,
        }
    }
}

#[cfg(feature = "async")]
impl From<Bytes> for Incoming {
    fn from(bytes: Bytes) -> Self {
        Self(IncomingBody::Whole(Some(bytes)))
    }
}

#[cfg(feature = "async")]
impl fmt::Debug for Incoming {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Incoming(…)")
    }
}

/// The body of a response that is being received.
#[cfg(feature = "blocking")]
pub type BlockingBody = Box<dyn Read + Send>;

/// Sends requests over HTTP, and blocks the thread while it waits.
///
/// A transport must not follow redirects or retry: the client does both.
#[cfg(feature = "blocking")]
pub trait BlockingTransport: Send + Sync {
    /// Sends a request, and returns the response as soon as its headers are received.
    ///
    /// # Errors
    ///
    /// If no response is received in time. The kind says whether the server may have received the request.
    fn send(&self, request: Request<Body>, limits: Limits) -> Result<Response<BlockingBody>, TransportError>;
}

/// The limits that a blocking transport has to enforce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The time limit, from connecting to the last byte of the response, or to its headers if `is_stream`.
    pub time: Option<Duration>,
    /// Whether the body is streamed, without a time limit.
    pub is_stream: bool,
    /// The time limit of the wait for a chunk of a stream.
    pub idle: Option<Duration>,
}

/// Returns the `Content-Length` of a request with a body of `length`. A method that may have content sends it even for
/// an empty body ([RFC 9110 §8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)).
#[cfg(any(feature = "blocking", feature = "reqwest"))]
pub(crate) fn declared_length(method: &Method, length: Option<u64>) -> Option<u64> {
    let may_have_content = matches!(*method, Method::POST | Method::PUT | Method::PATCH);
    length.filter(|length| *length > 0 || may_have_content)
}
