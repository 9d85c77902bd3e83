//! Replies of a mock.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};

use super::codec::{Encode, to_string};
use super::error::TransportKind;

/// A reply of a mock.
#[derive(Debug, Clone)]
pub struct MockReply {
    pub(super) outcome: Result<Response<Bytes>, TransportKind>,
    pub(super) end: End,
}

/// How the body of a reply ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Complete,
    Cut,
    Stalled,
}

impl MockReply {
    /// Makes a reply without a body.
    #[must_use]
    pub fn empty(status: StatusCode) -> Self {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        Self {
            outcome: Ok(response),
            end: End::Complete,
        }
    }

    /// Makes a reply of JSON.
    #[must_use]
    pub fn json(status: StatusCode, value: &(impl Encode + ?Sized)) -> Self {
        Self::bytes(status, "application/json", to_string(value))
    }

    /// Makes a reply of any media type.
    #[must_use]
    pub fn bytes(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut reply = Self::empty(status);
        if let Ok(response) = &mut reply.outcome {
            *response.body_mut() = body.into();
        }
        reply.header(header::CONTENT_TYPE, HeaderValue::from_static(media_type))
    }

    /// Makes a failure: no reply comes.
    #[must_use]
    pub fn failure(kind: TransportKind) -> Self {
        Self {
            outcome: Err(kind),
            end: End::Complete,
        }
    }

    /// Sets a header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let Ok(response) = &mut self.outcome {
            response.headers_mut().insert(name, value);
        }
        self
    }

    /// Breaks off where the body ends.
    #[must_use]
    pub fn cut(self) -> Self {
        Self { end: End::Cut, ..self }
    }

    /// Falls silent where the body ends.
    #[must_use]
    pub fn stalled(self) -> Self {
        Self {
            end: End::Stalled,
            ..self
        }
    }

    pub(super) fn body(&self) -> Option<&Bytes> {
        self.outcome.as_ref().ok().map(Response::body)
    }

    pub(super) fn with_body(mut self, body: Bytes) -> Self {
        if let Ok(response) = &mut self.outcome {
            *response.body_mut() = body;
        }
        self
    }

    /// Returns the reply as it comes to a request with that method: HTTP has no content for some.
    pub(super) fn to(self, method: &Method) -> Self {
        match &self.outcome {
            Ok(response) if has_no_content(method, response.status()) => Self {
                end: End::Complete,
                ..self.with_body(Bytes::new())
            },
            _ => self,
        }
    }

    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        if let Ok(response) = &mut self.outcome {
            *response.status_mut() = status;
        }
        self
    }
}

/// Returns whether a reply has no content, whatever its headers say
/// ([RFC 9110 §6.4.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1)).
fn has_no_content(method: &Method, status: StatusCode) -> bool {
    method == Method::HEAD || matches!(status.as_u16(), 100..=199 | 204 | 205 | 304)
}
