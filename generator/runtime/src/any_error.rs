//! One error type for the calls of every operation.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use super::base::SetupError;
use super::call::Failure;
use super::codec::Decode;
use super::error::{Error, InvalidRequest, RawReply, TransportError, write_causes};
use super::fault::DecodeError;
use super::number::NotFinite;
use super::text::InvalidText;

/// What can go wrong in a function that makes a client, makes requests of it, and sends them.
///
/// By `?` every error of this crate becomes one, whatever the operation. `{}` prints what happened, `{:#}` what caused
/// it too, and `{:?}` the same as lines, so that `main` can return it.
#[non_exhaustive]
pub enum AnyError {
    /// A call did not give its documented success.
    Call(Error<AnyFailure>),
    /// The client cannot be made from what was given.
    Setup(SetupError),
    /// Anything else: a text that a type refuses, an event or a line that cannot be decoded, an error of the caller.
    Other(Box<dyn StdError + Send + Sync>),
}

impl AnyError {
    /// Makes an error of the caller: of a text, or of any other error.
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

    /// Returns the status of the response, if one came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.call()?.status()
    }

    /// Returns the response as it came, if one did ([`Error::reply`]).
    #[must_use]
    pub fn reply(&self) -> Option<&RawReply> {
        self.call()?.reply()
    }

    /// Returns whether a time limit ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.call().is_some_and(Error::is_timeout)
    }

    /// Returns whether the same call may succeed when it is sent again later ([`Error::is_retryable`]).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.call().is_some_and(Error::is_retryable)
    }

    /// Returns the documented failure of an operation whose failures are an `E`, if it is one.
    #[must_use]
    pub fn failure<E: Failure>(&self) -> Option<&E> {
        self.call()?.failure()?.downcast_ref()
    }

    /// Returns the body of the response, if one came and it can be decoded as a `T`: the schema that many operations
    /// describe their failures by, or any [`Json`](super::Json).
    #[must_use]
    pub fn body<T: Decode>(&self) -> Option<T> {
        self.reply()?.json().ok()
    }

    fn inner(&self) -> &(dyn StdError + 'static) {
        match self {
            Self::Call(error) => error,
            Self::Setup(error) => error,
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

impl From<SetupError> for AnyError {
    fn from(error: SetupError) -> Self {
        Self::Setup(error)
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
