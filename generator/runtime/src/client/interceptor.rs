//! Interceptors: hooks that see every request and every response.

use std::error::Error;
use std::time::Duration;

use http::{Method, Request};

use crate::runtime::client::error::{RawResponse, TransportError};
use crate::runtime::request::body::Body;
use crate::runtime::request::operation::Operation;

/// A hook that sees every attempt of every call.
pub trait Interceptor: Send + Sync {
    /// Called before a request is sent; may change it.
    ///
    /// # Errors
    ///
    /// An error ends the call. Nothing is sent.
    fn before_send(&self, attempt: Sent<'_>, request: &mut Request<Body>) -> Result<(), Box<dyn Error + Send + Sync>> {
        let _ = (attempt, request);
        Ok(())
    }

    /// Called after each attempt, with the response, whatever its status, or the transport error. A streamed body is
    /// not received yet.
    fn after_receive(&self, attempt: Sent<'_>, outcome: Result<&RawResponse, &TransportError>) {
        let _ = (attempt, outcome);
    }
}

/// An attempt of an operation, and the time elapsed so far.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Sent<'call> {
    /// The operation.
    pub operation: &'call Operation,
    /// Attempt number, starting at 1.
    pub attempt: u32,
    /// The time since the attempt started: zero before it is sent, its latency when it is over.
    pub elapsed: Duration,
    /// The time since the call started, including all attempts and the delays between them.
    pub call_elapsed: Duration,
}

impl<'call> Sent<'call> {
    /// Returns the id of the operation ([`Operation::id`]).
    #[must_use]
    pub fn id(&self) -> &'static str {
        self.operation.id
    }

    /// Returns the method of the operation.
    #[must_use]
    pub fn method(&self) -> &'call Method {
        &self.operation.method
    }

    /// Returns the path template of the operation, which is the same for all arguments.
    #[must_use]
    pub fn path(&self) -> &'static str {
        self.operation.path
    }
}
