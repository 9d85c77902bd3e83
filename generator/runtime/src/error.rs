//! What can go wrong with a call.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::fault::DecodeError;

/// A call that did not give its documented success.
///
/// `E` has the failures that the document describes for the operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The request breaks the document's rules; nothing was sent.
    Invalid(InvalidRequest),
    /// No complete reply came.
    Transport(TransportError),
    /// The server answered with a failure that the document describes.
    Status(Box<StatusError<E>>),
    /// The server answered with a status that the document does not describe.
    Undocumented(Box<RawReply>),
    /// The reply is not what the document describes.
    Decode(Box<UndecodableReply>),
}

impl<E> Error<E> {
    /// Returns the status of the reply, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(|reply| reply.status)
    }

    /// Returns the reply as it came, if one did.
    #[must_use]
    pub fn reply(&self) -> Option<&RawReply> {
        match self {
            Self::Invalid(_) | Self::Transport(_) => None,
            Self::Status(error) => Some(&error.reply),
            Self::Undocumented(reply) => Some(reply),
            Self::Decode(error) => Some(&error.reply),
        }
    }

    /// Returns whether a time limit ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(TransportError { is_timeout: true, .. }))
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => error.fmt(formatter),
            Self::Transport(error) => error.fmt(formatter),
            Self::Status(error) => write!(formatter, "the server answered {}", error.reply),
            Self::Undocumented(reply) => write!(
                formatter,
                "the server answered what the document does not describe: {reply}"
            ),
            Self::Decode(error) => write!(
                formatter,
                "the reply cannot be decoded: {}; it was {}",
                error.error, error.reply
            ),
        }
    }
}

/// What an error says holds everything that its causes have to say, so it names no source.
impl<E: fmt::Debug> std::error::Error for Error<E> {}

/// A documented failure and the reply that it came in.
#[derive(Debug)]
pub struct StatusError<E> {
    /// The failure.
    pub error: E,
    /// The reply.
    pub reply: RawReply,
}

/// A reply whose body is not what the document describes for its status.
#[derive(Debug)]
pub struct UndecodableReply {
    /// What is wrong with it, and where.
    pub error: DecodeError,
    /// The reply.
    pub reply: RawReply,
}

/// A request that breaks the document's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRequest {
    /// Every fault of it.
    pub faults: Vec<RequestFault>,
}

/// One fault of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFault {
    /// `body`, or the location and name of a parameter.
    pub place: String,
    /// The JSON Pointer of the value at fault, within the body or argument.
    pub pointer: String,
    /// What is wrong with it.
    pub message: String,
}

impl InvalidRequest {
    pub(super) fn of(place: &str, message: String) -> Self {
        Self {
            faults: vec![RequestFault {
                place: place.to_owned(),
                pointer: String::new(),
                message,
            }],
        }
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the request was not sent: ")?;
        for (index, fault) in self.faults.iter().enumerate() {
            let semicolon = if index == 0 { "" } else { "; " };
            write!(
                formatter,
                "{semicolon}{}{}{}: {}",
                fault.place,
                if fault.pointer.is_empty() { "" } else { " at " },
                fault.pointer,
                fault.message
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidRequest {}

/// No complete reply came.
#[derive(Debug)]
pub struct TransportError {
    /// Whether a time limit ran out.
    pub is_timeout: bool,
    /// The error of the HTTP client.
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = if self.is_timeout {
            "the call ran out of time"
        } else {
            "the call failed"
        };
        formatter.write_str(words)?;
        // The source has sources of its own, of which the last one says what happened.
        let mut source: Option<&(dyn std::error::Error + 'static)> = Some(self.source.as_ref());
        while let Some(error) = source {
            write!(formatter, ": {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

impl std::error::Error for TransportError {}

/// A reply as it came.
#[derive(Debug, Clone)]
pub struct RawReply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Prints the status and the start of the body.
impl fmt::Display for RawReply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 200;
        let text = String::from_utf8_lossy(&self.body);
        let shown: String = text.chars().take(SHOWN).collect();
        let rest = if shown.len() < text.len() { "…" } else { "" };
        write!(formatter, "{}", self.status)?;
        if shown.is_empty() {
            formatter.write_str(" without a body")
        } else {
            write!(formatter, " with `{shown}{rest}`")
        }
    }
}

/// The failures of an operation for which the document describes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFailure {}
