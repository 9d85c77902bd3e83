//! Messages of the documented failures of an operation.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use crate::runtime::json::codec::{Encode, to_string};

/// Implements `Display` and `Error` for the failures of an operation. The arguments are the variants, whether each has
/// a body, and its documented status.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __failure {
    ($name:ident { $($variant:ident $(($body:ident))? = $status:literal,)* }) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant $(($body))? => {
                        crate::runtime::codegen::write_failure(formatter, $status, &[$($body)?])
                    })*
                }
            }
        }

        impl std::error::Error for $name {}
    };
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
