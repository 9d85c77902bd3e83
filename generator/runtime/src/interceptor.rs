//! What a caller does with every request before it leaves, and every reply after it came.

use std::error::Error;
use std::time::Duration;

use http::{Method, Request};

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

    /// Sees what came back from each attempt: a response with any status, or why there is none. A body that is taken
    /// while it comes in is not there yet.
    fn after_receive(&self, attempt: Sent<'_>, outcome: Result<&RawReply, &TransportError>) {
        let _ = (attempt, outcome);
    }
}

/// Which attempt of which operation, and how long it has taken up to now.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Sent<'call> {
    /// The operation.
    pub operation: &'call Operation,
    /// The how-manieth attempt of the call it is, from 1.
    pub attempt: u32,
    /// The time since the attempt began: none before it is sent, its latency once it is over.
    pub elapsed: Duration,
    /// The time since the call began, with all attempts and the waits between them.
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
