//! Documented responses as enums: a variant for each, and messages of those that are failures.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::runtime::client::error::{NoFailure, RawResponse};
use crate::runtime::json::codec::{Encode, to_string};
use crate::runtime::json::decode_error::DecodeError;

/// Defines an enum of documented successes: for each variant the type of its body, the statuses, and how the body is
/// read.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __successes {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {$(
            $(#[$variant_meta:meta])*
            $variant:ident $(($body:ty))? = $pattern:pat
                $(=> $read:ident $(.$expected:ident($($media_type:expr),* $(,)?))?)?
        ),* $(,)?}
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {$(
            $(#[$variant_meta])*
            $variant $(($body))?
        ),*}

        impl crate::runtime::codegen::Documented for $name {
            #[allow(unreachable_patterns, unused_variables, reason = "a response may be any other")]
            fn documented(
                response: &crate::runtime::RawResponse,
            ) -> std::result::Result<std::option::Option<Self>, crate::runtime::DecodeError> {
                Ok(Some(match response.status.as_u16() {
                    $($pattern => Self::$variant $((
                        crate::runtime::codegen::read::$read(response $(.$expected($($media_type),*)?)?)?
                    ))?,)*
                    _ => return Ok(None),
                }))
            }
        }
    };
}

/// Defines an enum of documented failures as [`__successes`] does, with the text of each status for its message.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __failures {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {$(
            $(#[$variant_meta:meta])*
            $variant:ident $(($body:ty))? = $status:literal in $pattern:pat
                $(=> $read:ident $(.$expected:ident($($media_type:expr),* $(,)?))?)?
        ),* $(,)?}
    ) => {
        crate::runtime::codegen::successes! {
            $(#[$meta])*
            pub enum $name {$(
                $(#[$variant_meta])*
                $variant $(($body))? = $pattern $(=> $read $(.$expected($($media_type),*))?)?
            ),*}
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {$(
                    // The body, if there is one, is bound to the name of what reads it.
                    Self::$variant $(($read))? => {
                        crate::runtime::codegen::write_failure(formatter, $status, &[$($read)?])
                    }
                )*}
            }
        }

        impl std::error::Error for $name {}
    };
}

/// The documented responses of an operation: successes, or failures.
pub trait Documented: Sized {
    /// Decodes a response with one of the documented statuses. Returns `None` for any other status.
    ///
    /// # Errors
    ///
    /// If the body does not match the documented schema.
    fn documented(response: &RawResponse) -> Result<Option<Self>, DecodeError>;
}

impl Documented for NoFailure {
    fn documented(_response: &RawResponse) -> Result<Option<Self>, DecodeError> {
        Ok(None)
    }
}

/// The documented failures of an operation.
pub trait Failure: Documented + std::error::Error + Send + Sync + 'static {}

impl<T: Documented + std::error::Error + Send + Sync + 'static> Failure for T {}

/// Functions that read the body of a response.
pub mod read {
    use bytes::Bytes;

    use crate::runtime::client::error::RawResponse;
    use crate::runtime::json::codec::Decode;
    use crate::runtime::json::decode_error::DecodeError;

    /// Reads a response if it has `status`.
    ///
    /// # Errors
    ///
    /// Those of `read`.
    pub fn only<T>(
        response: &RawResponse,
        status: u16,
        read: fn(&RawResponse) -> Result<T, DecodeError>,
    ) -> Result<Option<T>, DecodeError> {
        if response.status.as_u16() == status {
            read(response).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// If the body does not match the documented schema, or its media type is not JSON.
    pub fn json<T: Decode>(response: &RawResponse) -> Result<T, DecodeError> {
        response.json()
    }

    /// Returns the body as text.
    ///
    /// # Errors
    ///
    /// If it is not text.
    pub fn text(response: &RawResponse) -> Result<String, DecodeError> {
        response.text()
    }

    /// Returns the body.
    ///
    /// # Errors
    ///
    /// None.
    pub fn bytes(response: &RawResponse) -> Result<Bytes, DecodeError> {
        Ok(response.body.clone())
    }

    /// Ignores the body.
    ///
    /// # Errors
    ///
    /// None.
    pub fn nothing(_response: &RawResponse) -> Result<(), DecodeError> {
        Ok(())
    }
}

/// The text of the body of a failure.
pub trait FailureBody {
    /// Returns the body as text.
    fn text(&self) -> String;
}

impl<T: Encode> FailureBody for T {
    fn text(&self) -> String {
        to_string(self)
    }
}

impl FailureBody for Bytes {
    fn text(&self) -> String {
        String::from_utf8_lossy(self).into_owned()
    }
}

/// Writes the status of a failure and the start of its body.
///
/// # Errors
///
/// If the formatter fails.
pub fn write(formatter: &mut fmt::Formatter<'_>, status: &str, body: &[&dyn FailureBody]) -> fmt::Result {
    let code = status.parse().ok().and_then(|code| StatusCode::from_u16(code).ok());
    match (code, status) {
        (Some(code), _) => write!(formatter, "{code}")?,
        (None, "default") => formatter.write_str("another status")?,
        (None, range) => write!(formatter, "a status {range}")?,
    }
    body.iter()
        .try_for_each(|body| write!(formatter, " with `{}`", start(&body.text())))
}

/// Returns the start of a body.
pub(crate) fn start(text: &str) -> String {
    const SHOWN: usize = 200;
    match text.char_indices().nth(SHOWN) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
