//! Requests that the server sends: those of webhooks and callbacks.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use crate::runtime::client::error::RawResponse;

/// Declares the webhooks or the callbacks of a document: for each variant the type of its body, its name, and how the
/// body is read.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __webhooks {
    (
        $(#[$about:meta])*
        pub enum $name:ident {$(
            $(#[$meta:meta])*
            $variant:ident $(($body:ty))? = $wire:literal $(=> $read:ident)?
        ),* $(,)?}
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        #[allow(clippy::large_enum_variant, reason = "the document says how large they are")]
        pub enum $name {$(
            $(#[$meta])*
            $variant $(($body))?
        ),*}

        impl $name {
            /// Decodes the body of a received request by the name of what sent it. `content_type` is the header
            /// `Content-Type`. Returns `None` for any other name.
            ///
            /// Whether the request comes from the server is for the caller to check, before its body is decoded.
            ///
            /// # Errors
            ///
            /// If the body does not match the documented schema.
            pub fn decode(
                name: &str,
                content_type: std::option::Option<&str>,
                body: impl Into<bytes::Bytes>,
            ) -> std::result::Result<std::option::Option<Self>, crate::runtime::DecodeError> {
                #[allow(unused_variables, reason = "a request may have no body")]
                let received = crate::runtime::codegen::received(content_type, body.into());
                Ok(Some(match name {
                    $($wire => Self::$variant $((crate::runtime::codegen::read::$read(&received)?))?,)*
                    _ => return Ok(None),
                }))
            }
        }
    };
}
pub use crate::__webhooks as webhooks;

/// Returns the body of a received request as that of a response: both are read alike.
#[must_use]
pub fn received(content_type: Option<&str>, body: Bytes) -> RawResponse {
    let content_type = content_type.and_then(|text| HeaderValue::from_str(text).ok());
    RawResponse {
        status: StatusCode::OK,
        headers: content_type
            .map(|value| (header::CONTENT_TYPE, value))
            .into_iter()
            .collect::<HeaderMap>(),
        body,
    }
}
