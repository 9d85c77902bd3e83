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
    Transport(Box<TransportError>),
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

    /// Returns the reply as it came, if one did; of one that did not come to its end, what there is.
    #[must_use]
    pub fn reply(&self) -> Option<&RawReply> {
        match self {
            Self::Invalid(_) => None,
            Self::Transport(error) => error.reply.as_deref(),
            Self::Status(error) => Some(&error.reply),
            Self::Undocumented(reply) => Some(reply),
            Self::Decode(error) => Some(&error.reply),
        }
    }

    /// Returns whether a time limit ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.kind == TransportKind::Timeout)
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
#[non_exhaustive]
pub struct TransportError {
    /// What happened.
    pub kind: TransportKind,
    /// What there is of the reply, if its status came: the body may lack its end.
    pub reply: Option<Box<RawReply>>,
    /// How often the call was tried.
    pub attempts: u32,
    /// The error of what carried the request.
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// Why no complete reply came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportKind {
    /// There was no connection: nothing was sent.
    Connect,
    /// A time limit ran out.
    Timeout,
    /// The connection failed on the way: the server may have done what it was asked to.
    Interrupted,
    /// The body is larger than the caller allows.
    TooLarge,
    /// An interceptor ended the call.
    Stopped,
    /// The credentials that the call needs could not be obtained: the server has done nothing.
    Authorization,
    /// The request cannot be sent so.
    Unsendable,
}

impl TransportKind {
    fn words(self) -> &'static str {
        match self {
            Self::Connect => "there is no connection to the server",
            Self::Timeout => "the call ran out of time",
            Self::Interrupted => "the connection failed before the reply was complete",
            Self::TooLarge => "the reply is larger than is allowed",
            Self::Authorization => "the credentials for the call could not be obtained",
            Self::Stopped => "an interceptor ended the call",
            Self::Unsendable => "the request cannot be sent",
        }
    }
}

impl TransportError {
    /// Makes an error of what carried the request.
    #[must_use]
    pub fn new(kind: TransportKind, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self {
            kind,
            reply: None,
            attempts: 1,
            source: source.into(),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.kind.words())?;
        if self.attempts > 1 {
            write!(formatter, ", {} times in a row", self.attempts)?;
        }
        // The source has sources of its own, of which the last one says what happened.
        let mut source: Option<&(dyn std::error::Error + 'static)> = Some(self.source.as_ref());
        while let Some(error) = source {
            write!(formatter, ": {error}")?;
            source = error.source();
        }
        if let Some(reply) = &self.reply {
            write!(formatter, "; what came was {reply}")?;
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
