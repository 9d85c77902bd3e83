//! What can go wrong with a call.
//!
//! Every error here says its own part alone: `{}` prints what happened, [`source`](std::error::Error::source) gives the
//! cause, and `{:#}` prints both, with the causes of the cause, on one line.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::failure::start;
use super::fault::DecodeError;

/// A call that did not give its documented success.
///
/// `E` has the failures that the document describes for the operation. An error of any operation becomes an
/// [`AnyError`](super::AnyError) by `?`.
///
/// `{}` prints what happened, and `{:#}` what caused it too.
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

    /// Returns whether the same call may succeed when it is sent again later, as it is.
    ///
    /// It is so after a failed connection or a time limit ([`TransportKind::is_retryable`]), and after a response with
    /// the status 408, 429, 500, 502, 503 or 504, documented or not. These are the outcomes after which the default
    /// `RetryPolicy` sends a request again by itself, if it is safe or has an idempotency key. The
    /// method does not tell whether the server has done what it was asked to: to send a request that is neither
    /// again may do the same thing twice, unless there was no connection.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.kind.is_retryable(),
            _ => self.status().is_some_and(is_retryable),
        }
    }

    /// Returns the failure that the document describes, if it is one.
    #[must_use]
    pub fn failure(&self) -> Option<&E> {
        match self {
            Self::Status(error) => Some(&error.error),
            _ => None,
        }
    }

    /// Returns the same error with another type of failures.
    #[must_use]
    pub fn map_failure<F>(self, change: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Invalid(error) => Error::Invalid(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Status(status) => {
                let StatusError { error, reply } = *status;
                let error = change(error);
                Error::Status(Box::new(StatusError { error, reply }))
            }
            Self::Undocumented(reply) => Error::Undocumented(reply),
            Self::Decode(error) => Error::Decode(error),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => error.fmt(formatter),
            Self::Transport(error) => error.fmt(formatter),
            Self::Status(error) => error.fmt(formatter),
            Self::Undocumented(reply) => write!(
                formatter,
                "the server answered what the document does not describe: {reply}"
            ),
            Self::Decode(error) => error.fmt(formatter),
        }
    }
}

/// The source is that of what the variant holds: the variant itself is printed.
impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => StdError::source(&**error),
            Self::Decode(error) => StdError::source(&**error),
            Self::Invalid(_) | Self::Status(_) | Self::Undocumented(_) => None,
        }
    }
}

/// The statuses after which a request may succeed when it is sent again as it is.
pub(super) const RETRYABLE: [u16; 6] = [408, 429, 500, 502, 503, 504];

fn is_retryable(status: StatusCode) -> bool {
    RETRYABLE.contains(&status.as_u16())
}

/// Writes what the causes of an error say, where `{:#}` asks for them.
pub(super) fn write_causes(
    formatter: &mut fmt::Formatter<'_>,
    mut cause: Option<&(dyn StdError + 'static)>,
) -> fmt::Result {
    while let Some(error) = cause.filter(|_| formatter.alternate()) {
        write!(formatter, ": {error}")?;
        cause = error.source();
    }
    Ok(())
}

/// A documented failure and the reply that it came in.
#[derive(Debug)]
pub struct StatusError<E> {
    /// The failure.
    pub error: E,
    /// The reply.
    pub reply: RawReply,
}

/// Prints the status and the start of the body, which the failure was read from.
impl<E> fmt::Display for StatusError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the server answered {}", self.reply)
    }
}

impl<E: fmt::Debug> StdError for StatusError<E> {}

/// A reply whose body is not what the document describes for its status.
#[derive(Debug)]
pub struct UndecodableReply {
    /// What is wrong with it, and where.
    pub error: DecodeError,
    /// The reply.
    pub reply: RawReply,
}

/// Prints the status; the cause shows what is at fault in the body.
impl fmt::Display for UndecodableReply {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the response with the status {} cannot be decoded",
            self.reply.status
        )?;
        write_causes(formatter, self.source())
    }
}

impl StdError for UndecodableReply {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
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
        formatter.write_str("the request was not sent")?;
        for (index, fault) in self.faults.iter().enumerate() {
            let separator = if index == 0 { ": " } else { "; " };
            write!(formatter, "{separator}{fault}")?;
        }
        Ok(())
    }
}

impl StdError for InvalidRequest {}

impl fmt::Display for RequestFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.pointer.is_empty() { "" } else { " at " };
        write!(formatter, "{}{at}{}: {}", self.place, self.pointer, self.message)
    }
}

impl StdError for RequestFault {}

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
    pub source: Box<dyn StdError + Send + Sync>,
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
    /// Returns whether the same request may succeed when it is sent again later: there was no connection, it failed,
    /// or a time limit ran out.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::Connect | Self::Interrupted | Self::Timeout)
    }

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
    pub fn new(kind: TransportKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
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
        if let Some(reply) = &self.reply {
            write!(formatter, "; what came was {reply}")?;
        }
        write_causes(formatter, StdError::source(self))
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}

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
        write!(formatter, "{}", self.status)?;
        if self.body.is_empty() {
            formatter.write_str(" without a body")
        } else {
            write!(formatter, " with `{}`", start(&String::from_utf8_lossy(&self.body)))
        }
    }
}

/// The failures of an operation for which the document describes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFailure {}

impl fmt::Display for NoFailure {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl StdError for NoFailure {}
