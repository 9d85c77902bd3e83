//! Responses of a mock.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Response, StatusCode, header};

use crate::runtime::client::error::TransportKind;
use crate::runtime::json::codec::{Encode, to_string};

/// A response of a mock.
#[derive(Debug, Clone)]
pub struct MockResponse {
    pub(crate) outcome: Result<Response<Bytes>, TransportKind>,
    pub(crate) end: End,
}

/// How the body of a response ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Complete,
    Cut,
    Stalled,
}

impl MockResponse {
    /// Makes a response without a body.
    #[must_use]
    pub fn empty(status: StatusCode) -> Self {
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = status;
        Self {
            outcome: Ok(response),
            end: End::Complete,
        }
    }

    /// Makes a response of JSON.
    #[must_use]
    pub fn json(status: StatusCode, value: &(impl Encode + ?Sized)) -> Self {
        Self::bytes(status, "application/json", to_string(value))
    }

    /// Makes a response of any media type.
    #[must_use]
    pub fn bytes(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Self {
        let mut answer = Self::empty(status);
        if let Ok(response) = &mut answer.outcome {
            *response.body_mut() = body.into();
        }
        answer.header(header::CONTENT_TYPE, HeaderValue::from_static(media_type))
    }

    /// Makes a transport error: no response is received.
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

    /// Interrupts the connection after the body.
    #[must_use]
    pub fn cut(self) -> Self {
        Self { end: End::Cut, ..self }
    }

    /// Stalls after the body: the connection stays open and sends nothing.
    #[must_use]
    pub fn stalled(self) -> Self {
        Self {
            end: End::Stalled,
            ..self
        }
    }

    pub(crate) fn body(&self) -> Option<&Bytes> {
        self.outcome.as_ref().ok().map(Response::body)
    }

    pub(crate) fn with_body(mut self, body: Bytes) -> Self {
        if let Ok(response) = &mut self.outcome {
            *response.body_mut() = body;
        }
        self
    }

    /// Returns the response to a request with this method, without content if HTTP allows none.
    pub(crate) fn to(self, method: &Method) -> Self {
        match &self.outcome {
            Ok(response) if has_no_content(method, response.status()) => Self {
                end: End::Complete,
                ..self.with_body(Bytes::new())
            },
            _ => self,
        }
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        if let Ok(response) = &mut self.outcome {
            *response.status_mut() = status;
        }
        self
    }
}

/// Returns whether a response has no content, regardless of its headers
/// ([RFC 9110 §6.4.1](https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1)).
fn has_no_content(method: &Method, status: StatusCode) -> bool {
    method == Method::HEAD || matches!(status.as_u16(), 100..=199 | 204 | 205 | 304)
}
