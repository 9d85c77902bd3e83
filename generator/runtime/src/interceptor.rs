//! What a caller does with every request before it leaves, and every reply after it came.

use std::error::Error;

use http::Request;

use super::body::Body;
use super::error::{RawReply, TransportError};
use super::operation::Operation;

/// Sees every attempt of every call.
pub trait Interceptor: Send + Sync {
    /// Changes a request before it leaves.
    ///
    /// # Errors
    ///
    /// What it returns ends the call: nothing is sent.
    fn before_send(&self, attempt: Sent<'_>, request: &mut Request<Body>) -> Result<(), Box<dyn Error + Send + Sync>> {
        let _ = (attempt, request);
        Ok(())
    }

    /// Sees what came back. A body that is taken while it comes in is not there yet.
    fn after_receive(&self, attempt: Sent<'_>, outcome: Result<&RawReply, &TransportError>) {
        let _ = (attempt, outcome);
    }
}

/// Which attempt of which operation.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Sent<'call> {
    /// The operation.
    pub operation: &'call Operation,
    /// The how-manieth attempt of the call it is, from 1.
    pub attempt: u32,
}
