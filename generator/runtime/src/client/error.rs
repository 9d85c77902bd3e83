//! The errors of a call.
//!
//! The message of an error does not repeat its source: `{}` prints what happened, [`source`](std::error::Error::source)
//! returns the cause, and `{:#}` prints the whole chain on one line.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::runtime::client::failure::start;
use crate::runtime::json::decode_error::DecodeError;

/// The error of a call without a documented success.
///
/// `E` is the type of the operation's documented failures. `?` converts an error of any operation to an
/// [`AnyError`](crate::runtime::AnyError).
///
/// `{}` prints what happened, and `{:#}` also prints the causes.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The request does not conform to the document. Nothing was sent.
    Invalid(InvalidRequest),
    /// No complete response was received.
    Transport(Box<TransportError>),
    /// The server answered with a documented failure.
    Status(Box<StatusError<E>>),
    /// The server answered with an undocumented status.
    Undocumented(Box<RawResponse>),
    /// The response does not match the documented schema.
    Decode(Box<UndecodableResponse>),
}

impl<E> Error<E> {
    /// Returns the status of the response, if one was received.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(|response| response.status)
    }

    /// Returns the response as received, if any. The body may be incomplete.
    #[must_use]
    pub fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Invalid(_) => None,
            Self::Transport(error) => error.response.as_deref(),
            Self::Status(error) => Some(&error.response),
            Self::Undocumented(response) => Some(response),
            Self::Decode(error) => Some(&error.response),
        }
    }

    /// Returns whether a timeout expired.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.kind == TransportKind::Timeout)
    }

    /// Returns whether the same call may succeed if it is sent again later.
    ///
    /// True after a failed connection or a timeout ([`TransportKind::is_retryable`]), and after a response with the
    /// status 408, 429, 500, 502, 503 or 504, documented or not. The default `RetryPolicy` retries after the same
    /// outcomes, if the request is safe or has an idempotency key. The method does not tell whether the server has
    /// processed the request. To repeat any other request may have its effect twice, unless there was no connection.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => error.kind.is_retryable(),
            _ => self.status().is_some_and(is_retryable),
        }
    }

    /// Returns the documented failure, if it is one.
    #[must_use]
    pub fn failure(&self) -> Option<&E> {
        match self {
            Self::Status(error) => Some(&error.error),
            _ => None,
        }
    }

    /// Converts the documented failure.
    #[must_use]
    pub fn map_failure<F>(self, change: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Invalid(error) => Error::Invalid(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Status(status) => {
                let StatusError { error, response } = *status;
                let error = change(error);
                Error::Status(Box::new(StatusError { error, response }))
            }
            Self::Undocumented(response) => Error::Undocumented(response),
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
            Self::Undocumented(response) => write!(
                formatter,
                "the server answered what the document does not describe: {response}"
            ),
            Self::Decode(error) => error.fmt(formatter),
        }
    }
}

/// The source is the source of the inner error, since `Display` prints the inner error.
impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => StdError::source(&**error),
            Self::Decode(error) => StdError::source(&**error),
            Self::Invalid(_) | Self::Status(_) | Self::Undocumented(_) => None,
        }
    }
}

/// The statuses after which the same request may succeed later.
pub(crate) const RETRYABLE: [u16; 6] = [408, 429, 500, 502, 503, 504];

fn is_retryable(status: StatusCode) -> bool {
    RETRYABLE.contains(&status.as_u16())
}

/// Writes the causes of an error if the format is `{:#}`.
pub(crate) fn write_causes(
    formatter: &mut fmt::Formatter<'_>,
    mut cause: Option<&(dyn StdError + 'static)>,
) -> fmt::Result {
    while let Some(error) = cause.filter(|_| formatter.alternate()) {
        write!(formatter, ": {error}")?;
        cause = error.source();
    }
    Ok(())
}

/// A documented failure and its response.
#[derive(Debug)]
pub struct StatusError<E> {
    /// The failure.
    pub error: E,
    /// The response.
    pub response: RawResponse,
}

/// Prints the status and the start of the body.
impl<E> fmt::Display for StatusError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the server answered {}", self.response)
    }
}

impl<E: fmt::Debug> StdError for StatusError<E> {}

/// A response whose body does not match the documented schema of its status.
#[derive(Debug)]
pub struct UndecodableResponse {
    /// The decode error, with its position.
    pub error: DecodeError,
    /// The response.
    pub response: RawResponse,
}

/// Prints the status. The source says what is wrong with the body.
impl fmt::Display for UndecodableResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the response with the status {} cannot be decoded",
            self.response.status
        )?;
        write_causes(formatter, self.source())
    }
}

impl StdError for UndecodableResponse {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
}

/// A request that does not conform to the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRequest {
    /// All faults of the request.
    pub faults: Vec<RequestFault>,
}

/// One fault of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestFault {
    /// `body`, or the location and name of a parameter.
    pub place: String,
    /// The JSON Pointer of the invalid value within the body or the argument.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
}

impl InvalidRequest {
    pub(crate) fn of(place: &str, message: String) -> Self {
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

/// No complete response was received.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// What happened.
    pub kind: TransportKind,
    /// The part of the response that was received, if the status was. The body may be incomplete.
    pub response: Option<Box<RawResponse>>,
    /// The number of attempts.
    pub attempts: u32,
    /// The error of the transport.
    pub source: Box<dyn StdError + Send + Sync>,
}

/// The reason why no complete response was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportKind {
    /// The connection could not be opened. Nothing was sent.
    Connect,
    /// A timeout expired.
    Timeout,
    /// The connection failed after it was opened. The server may have processed the request.
    Interrupted,
    /// The body exceeds the size limit.
    TooLarge,
    /// An interceptor ended the call.
    Stopped,
    /// The credentials of the call could not be obtained. The server has not processed the call.
    Authorization,
    /// The transport cannot send the request.
    Unsendable,
}

impl TransportKind {
    /// Returns whether the same request may succeed if it is sent again later: the connection could not be opened or
    /// failed, or a timeout expired.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::Connect | Self::Interrupted | Self::Timeout)
    }

    fn words(self) -> &'static str {
        match self {
            Self::Connect => "there is no connection to the server",
            Self::Timeout => "the call ran out of time",
            Self::Interrupted => "the connection failed before the response was complete",
            Self::TooLarge => "the response is larger than is allowed",
            Self::Authorization => "the credentials for the call could not be obtained",
            Self::Stopped => "an interceptor ended the call",
            Self::Unsendable => "the request cannot be sent",
        }
    }
}

impl TransportError {
    /// Makes an error of a transport.
    #[must_use]
    pub fn new(kind: TransportKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind,
            response: None,
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
        if let Some(response) = &self.response {
            write!(formatter, "; what came was {response}")?;
        }
        write_causes(formatter, StdError::source(self))
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}

/// A response as received.
#[derive(Debug, Clone)]
pub struct RawResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Prints the status and the start of the body.
impl fmt::Display for RawResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.status)?;
        if self.body.is_empty() {
            formatter.write_str(" without a body")
        } else {
            write!(formatter, " with `{}`", start(&String::from_utf8_lossy(&self.body)))
        }
    }
}

/// The failures of an operation without documented failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFailure {}

impl fmt::Display for NoFailure {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl StdError for NoFailure {}
