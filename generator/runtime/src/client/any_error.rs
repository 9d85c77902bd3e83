//! One error type for the calls of every operation.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use crate::runtime::client::error::{Error, InvalidRequest, RawResponse, TransportError, write_causes};
use crate::runtime::client::failure::Failure;
use crate::runtime::json::codec::Decode;
use crate::runtime::json::decode_error::DecodeError;
use crate::runtime::json::number::NotFinite;
use crate::runtime::request::base::ConfigError;
use crate::runtime::types::string_types::InvalidText;

/// The error of a function that makes a client and sends requests.
///
/// `?` converts every error of this crate to it. `{}` prints what happened, `{:#}` also prints the causes, and `{:?}`
/// prints them on lines of their own, for an error that `main` returns.
#[non_exhaustive]
pub enum AnyError {
    /// A call failed.
    Call(Error<AnyFailure>),
    /// The configuration of the client is invalid.
    Config(ConfigError),
    /// Any other error: an invalid string, an event or a line that cannot be decoded, an error of the caller.
    Other(Box<dyn StdError + Send + Sync>),
}

impl AnyError {
    /// Makes an error from a message or from any other error.
    pub fn other(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Other(error.into())
    }

    /// Returns the error of a call, if it is one.
    #[must_use]
    pub fn call(&self) -> Option<&Error<AnyFailure>> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the status of the response, if one was received.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.call()?.status()
    }

    /// Returns the response as received, if any ([`Error::response`]).
    #[must_use]
    pub fn response(&self) -> Option<&RawResponse> {
        self.call()?.response()
    }

    /// Returns whether a timeout expired.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.call().is_some_and(Error::is_timeout)
    }

    /// Returns whether the same call may succeed if it is sent again later ([`Error::is_retryable`]).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.call().is_some_and(Error::is_retryable)
    }

    /// Returns the documented failure, if it is an `E`.
    #[must_use]
    pub fn failure<E: Failure>(&self) -> Option<&E> {
        self.call()?.failure()?.downcast_ref()
    }

    /// Decodes the body of the response as a `T`, if there is one and it matches: such as the error schema that many
    /// operations share, or [`Json`](crate::runtime::Json).
    #[must_use]
    pub fn body<T: Decode>(&self) -> Option<T> {
        self.response()?.json().ok()
    }

    fn inner(&self) -> &(dyn StdError + 'static) {
        match self {
            Self::Call(error) => error,
            Self::Config(error) => error,
            Self::Other(error) => &**error,
        }
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.inner())?;
        write_causes(formatter, self.source())
    }
}

impl StdError for AnyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner().source()
    }
}

/// Prints what happened, and a line for each cause.
impl fmt::Debug for AnyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")?;
        let mut source = self.source();
        while let Some(error) = source {
            write!(formatter, "\n  caused by: {error}")?;
            source = error.source();
        }
        Ok(())
    }
}

/// A documented failure of any operation.
pub struct AnyFailure(Box<dyn StdError + Send + Sync>);

impl AnyFailure {
    /// Returns the failure, if it is an `E`.
    #[must_use]
    pub fn downcast_ref<E: Failure>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }
}

impl fmt::Debug for AnyFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for AnyFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

impl StdError for AnyFailure {}

impl<E: Failure> From<Error<E>> for AnyError {
    fn from(error: Error<E>) -> Self {
        Self::Call(error.map_failure(|failure| AnyFailure(Box::new(failure))))
    }
}

impl From<InvalidRequest> for AnyError {
    fn from(error: InvalidRequest) -> Self {
        Self::Call(Error::Invalid(error))
    }
}

impl From<TransportError> for AnyError {
    fn from(error: TransportError) -> Self {
        Self::Call(Error::Transport(Box::new(error)))
    }
}

impl From<ConfigError> for AnyError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<InvalidText> for AnyError {
    fn from(error: InvalidText) -> Self {
        Self::other(error)
    }
}

impl From<DecodeError> for AnyError {
    fn from(error: DecodeError) -> Self {
        Self::other(error)
    }
}

impl From<NotFinite> for AnyError {
    fn from(error: NotFinite) -> Self {
        Self::other(error)
    }
}
