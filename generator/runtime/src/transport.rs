//! What carries requests: the one thing that another HTTP client has to bring.

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

use super::body::Body;
use super::error::TransportError;

/// What is on its way.
#[cfg(feature = "async")]
pub type Pending<'run, T> = Pin<Box<dyn Future<Output = T> + Send + 'run>>;

/// Carries requests over a connection.
///
/// It follows no redirects and tries nothing twice: the client above it does both. The client
/// also gives an attempt up by dropping it, so a transport needs no time limits of its own.
#[cfg(feature = "async")]
pub trait Transport: Send + Sync {
    /// Sends a request, and returns the reply as soon as its headers are there.
    ///
    /// # Errors
    ///
    /// When no reply came; the kind says whether the server may have seen the request.
    fn send(&self, request: Request<Body>) -> Pending<'_, Result<Response<Incoming>, TransportError>>;
}

/// Waits without blocking a thread.
#[cfg(feature = "async")]
pub trait Timer: Send + Sync {
    /// Returns what is ready after `duration`.
    fn sleep(&self, duration: Duration) -> Pending<'static, ()>;
}

/// The body of a reply while it comes in.
#[cfg(feature = "async")]
pub struct Incoming(Source);

#[cfg(feature = "async")]
enum Source {
    Whole(Option<Bytes>),
    Chunks(Box<dyn Chunks>),
}

/// A body that comes in pieces.
#[cfg(feature = "async")]
pub trait Chunks: Send {
    /// Returns the next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the connection fails before the end.
    fn chunk(&mut self) -> Pending<'_, Result<Option<Bytes>, TransportError>>;
}

#[cfg(feature = "async")]
impl Incoming {
    /// Makes a body of what gives its pieces.
    pub fn new(chunks: impl Chunks + 'static) -> Self {
        Self(Source::Chunks(Box::new(chunks)))
    }

    /// Returns the next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the connection fails before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        match &mut self.0 {
            Source::Whole(bytes) => Ok(bytes.take()),
            Source::Chunks(chunks) => chunks.chunk().await,
        }
    }
}

#[cfg(feature = "async")]
impl From<Bytes> for Incoming {
    fn from(bytes: Bytes) -> Self {
        Self(Source::Whole(Some(bytes)))
    }
}

#[cfg(feature = "async")]
impl fmt::Debug for Incoming {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Incoming(…)")
    }
}

/// The body of a reply while it comes in.
#[cfg(feature = "blocking")]
pub type BlockingBody = Box<dyn Read + Send>;

/// Carries requests over a connection, and blocks the thread meanwhile.
///
/// It follows no redirects and tries nothing twice: the client above it does both.
#[cfg(feature = "blocking")]
pub trait BlockingTransport: Send + Sync {
    /// Sends a request, and returns the reply as soon as its headers are there.
    ///
    /// # Errors
    ///
    /// When no reply came, or none in time; the kind says whether the server may have seen the request.
    fn send(&self, request: Request<Body>, limits: Limits) -> Result<Response<BlockingBody>, TransportError>;
}

/// What a blocking transport has to keep to by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long it may take, from connecting to the last byte of the reply; to the last of its headers, where
    /// `is_stream`.
    pub time: Option<Duration>,
    /// Whether the body is taken while it comes in, as long as that lasts.
    pub is_stream: bool,
    /// How long the server may be silent in a stream.
    pub idle: Option<Duration>,
}

/// Returns the `Content-Length` of a request with a body of `length`: one whose method may have content says how much it
/// has, also where that is nothing ([RFC 9110 §8.6](https://www.rfc-editor.org/rfc/rfc9110#section-8.6)).
#[cfg(any(feature = "blocking", feature = "reqwest"))]
pub(super) fn told_length(method: &Method, length: Option<u64>) -> Option<u64> {
    let may_have_content = matches!(*method, Method::POST | Method::PUT | Method::PATCH);
    length.filter(|length| *length > 0 || may_have_content)
}
