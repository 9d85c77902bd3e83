//! What a request carries, before it is held to the document.

use bytes::Bytes;
use http::HeaderValue;

use super::body::Body;
use super::codec::Encode;
use super::encoded::Encoded;
use super::error::RequestFault;
use super::operation::Validation;
use super::schema::Schema;
use super::view::View;

/// What a request carries, before it is held to the document.
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
    /// Text or bytes as the caller gave them.
    Bytes {
        /// The media type.
        media_type: &'static str,
        /// The bytes.
        bytes: Bytes,
    },
    /// A body in a form of its own, such as that of an HTML form or a file.
    Composed {
        /// The media type.
        media_type: String,
        /// The body.
        body: Body,
        /// What the schema speaks of, if it speaks of the body.
        value: Option<Encoded>,
        /// What else breaks the document's rules.
        violations: Vec<RequestFault>,
        /// What has no place in such a body, whatever the document says.
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

    /// Holds the payload to the document, unless told not to, and returns the media type and the body.
    pub(super) fn compose(
        self,
        schema: Option<&Schema>,
        validation: Validation,
        found: &mut Vec<RequestFault>,
    ) -> (Option<HeaderValue>, Body) {
        let schema = schema.filter(|_| validation == Validation::On);
        let mut judge = |value: &View<'_>| {
            let violations = schema.into_iter().flat_map(|schema| schema.report(value, true));
            found.extend(violations.map(|violation| fault(violation.pointer, violation.message)));
        };
        match self {
            Self::None => (None, Body::empty()),
            Self::Bytes { media_type, bytes } => (Some(HeaderValue::from_static(media_type)), bytes.into()),
            Self::Json { media_type, text } => {
                if schema.is_some() {
                    judge(&text.view());
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
                    judge(&value.view());
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

/// Returns a fault of a body; `pointer` leads to the value at fault.
pub(super) fn fault(pointer: String, message: String) -> RequestFault {
    RequestFault {
        place: "body".to_owned(),
        pointer,
        message,
    }
}
