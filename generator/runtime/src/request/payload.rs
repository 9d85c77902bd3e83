//! The body of a request before validation.

use bytes::Bytes;
use http::HeaderValue;

use crate::runtime::client::error::RequestFault;
use crate::runtime::json::codec::Encode;
use crate::runtime::json::encoded::Encoded;
use crate::runtime::request::body::Body;
use crate::runtime::request::operation::Validation;
use crate::runtime::schema::keywords::Schema;
use crate::runtime::schema::view::View;

/// The body of a request before validation.
#[derive(Debug)]
pub enum Payload {
    /// No body.
    None,
    /// JSON text.
    Json {
        /// The media type.
        media_type: &'static str,
        /// The text.
        text: Encoded,
    },
    /// Text or bytes from the caller.
    Bytes {
        /// The media type.
        media_type: &'static str,
        /// The bytes.
        bytes: Bytes,
    },
    /// A body that was composed from parts, such as a form, or a file.
    Composed {
        /// The media type.
        media_type: String,
        /// The body.
        body: Body,
        /// The value to validate, if the body has a schema.
        value: Option<Encoded>,
        /// Violations that were found while the body was composed.
        violations: Vec<RequestFault>,
        /// Values that such a body cannot represent, regardless of the document.
        faults: Vec<RequestFault>,
    },
}

impl Payload {
    /// Makes a JSON body.
    pub fn json<T: Encode + ?Sized>(media_type: &'static str, value: &T) -> Self {
        Self::Json {
            media_type,
            text: Encoded::of(value),
        }
    }

    /// Makes a body of bytes or text.
    pub fn bytes(media_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self::Bytes {
            media_type,
            bytes: bytes.into(),
        }
    }

    /// Makes a body of text.
    #[must_use]
    pub fn text(media_type: &'static str, text: &str) -> Self {
        Self::bytes(media_type, text.to_owned())
    }

    /// Validates the payload, unless validation is off, and returns its media type and body.
    pub(crate) fn compose(
        self,
        schema: Option<&Schema>,
        validation: Validation,
        found: &mut Vec<RequestFault>,
    ) -> (Option<HeaderValue>, Body) {
        let schema = schema.filter(|_| validation == Validation::On);
        let mut validate = |value: &View<'_>| {
            let violations = schema.into_iter().flat_map(|schema| schema.report(value, true));
            found.extend(violations.map(|violation| fault(violation.pointer, violation.message)));
        };
        match self {
            Self::None => (None, Body::empty()),
            Self::Bytes { media_type, bytes } => (Some(HeaderValue::from_static(media_type)), bytes.into()),
            Self::Json { media_type, text } => {
                if schema.is_some() {
                    validate(&text.view());
                }
                (
                    Some(HeaderValue::from_static(media_type)),
                    Bytes::from(text.into_text()).into(),
                )
            }
            Self::Composed {
                media_type,
                body,
                value,
                violations,
                faults,
            } => {
                if let Some(value) = &value {
                    validate(&value.view());
                }
                if validation == Validation::On {
                    found.extend(violations);
                }
                found.extend(faults);
                let header = HeaderValue::from_str(&media_type);
                if header.is_err() {
                    let message = format!("{media_type:?} cannot stand in a header");
                    found.push(fault(String::new(), message));
                }
                (header.ok(), body)
            }
        }
    }
}

/// Returns a fault of a body. `pointer` is the pointer of the invalid value.
pub(crate) fn fault(pointer: String, message: String) -> RequestFault {
    RequestFault {
        place: "body".to_owned(),
        pointer,
        message,
    }
}
