//! Requests of an operation, and the decoding of their responses.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri, header};

use crate::runtime::auth::scheme::Written;
use crate::runtime::client::error::{Error, InvalidRequest, RawResponse, StatusError, UndecodableResponse};
use crate::runtime::client::failure::Failure;
use crate::runtime::json::codec::{Decode, from_slice};
use crate::runtime::json::decode_error::{DecodeError, Fault};
use crate::runtime::request::arguments::Arguments;
use crate::runtime::request::base::RequestDefaults;
use crate::runtime::request::body::{Body, HttpBody};
use crate::runtime::request::operation::{Operation, Validation};

/// A request of one operation, with its arguments.
///
/// With [`into_http`](Self::into_http) and [`decode`](Self::decode), requests are sent by any HTTP client.
pub trait Call: Sized + 'static {
    /// The value of a successful response.
    type Success;
    /// The documented failures of the operation.
    type Failure: Failure;
    /// The body of the HTTP request: [`Bytes`], or [`Body`] if it may be a stream.
    type Body: HttpBody;

    /// The description of the operation.
    const OPERATION: &'static Operation;

    /// Returns the arguments.
    fn arguments(&self) -> Arguments<'_>;

    /// Decodes a response whose status is documented as a success. Returns `None` for any other status.
    ///
    /// # Errors
    ///
    /// If the body does not match the documented schema.
    fn success(response: &RawResponse) -> Result<Option<Self::Success>, DecodeError>;

    /// Returns the description of the operation.
    fn operation(&self) -> &'static Operation {
        Self::OPERATION
    }

    /// Makes the HTTP request.
    ///
    /// # Errors
    ///
    /// If an argument or the body does not conform to the document.
    fn into_http(self, base: &RequestDefaults) -> Result<Request<Self::Body>, InvalidRequest> {
        self.http_request(base, Validation::On)
    }

    /// Makes the HTTP request, validated or not.
    ///
    /// # Errors
    ///
    /// If an argument or the body does not conform to the document, or cannot be written.
    fn http_request(
        &self,
        base: &RequestDefaults,
        validation: Validation,
    ) -> Result<Request<Self::Body>, InvalidRequest> {
        let (head, body) = request(Self::OPERATION, self.arguments(), base, validation)?.into_parts();
        Ok(Request::from_parts(head, Self::Body::from_body(body)?))
    }

    /// Decodes a response to such a request. The status alone decides which type is decoded.
    ///
    /// # Errors
    ///
    /// If the response is not a documented success, or cannot be decoded.
    fn decode(response: Response<Bytes>) -> Result<ResponseValue<Self::Success>, Error<Self::Failure>> {
        let (parts, body) = response.into_parts();
        let response = RawResponse {
            status: parts.status,
            headers: parts.headers,
            body,
        };
        decode(response, Self::success)
    }
}

/// Makes the HTTP request of an operation.
pub(crate) fn request(
    operation: &Operation,
    arguments: Arguments<'_>,
    base: &RequestDefaults,
    validation: Validation,
) -> Result<Request<Body>, InvalidRequest> {
    let Arguments {
        parameters,
        payload,
        query,
        accept,
    } = arguments;
    let mut request = operation.request(base, &parameters, payload, validation)?;
    if let Some(query) = query {
        *request.uri_mut() = with_query(request.uri(), query, base.written(operation.security))?;
    }
    if let Some(accept) = accept {
        request
            .headers_mut()
            .insert(header::ACCEPT, HeaderValue::from_static(accept));
    }
    Ok(request)
}

/// Replaces the query of a URL, and adds the credentials that belong in the query.
pub(crate) fn with_query<'base>(
    uri: &Uri,
    query: &str,
    credentials: impl Iterator<Item = &'base Written>,
) -> Result<Uri, InvalidRequest> {
    let url = uri.to_string();
    let place = url.split('?').next().unwrap_or_default();
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    for written in credentials {
        // The link that the server sends may already contain them.
        match written {
            Written::Query(pair) if !pairs.contains(&pair.as_str()) => pairs.push(pair),
            _ => {}
        }
    }
    let separator = if pairs.is_empty() { "" } else { "?" };
    let url = format!("{place}{separator}{}", pairs.join("&"));
    url.parse()
        .map_err(|_| InvalidRequest::of("URL", format!("{place:?} with its query is not a valid URL")))
}

/// Decodes a response that may be a success.
pub(crate) type Success<T> = fn(&RawResponse) -> Result<Option<T>, DecodeError>;

/// Decodes a response: as a success, or as a failure.
pub(crate) fn decode<T, E: Failure>(response: RawResponse, success: Success<T>) -> Result<ResponseValue<T>, Error<E>> {
    match success(&response) {
        Ok(Some(value)) => Ok(ResponseValue { value, raw: response }),
        Ok(None) => Err(failure(response)),
        Err(error) => Err(Error::Decode(Box::new(UndecodableResponse { error, response }))),
    }
}

/// Decodes a response that is not a success.
fn failure<E: Failure>(response: RawResponse) -> Error<E> {
    match E::documented(&response) {
        Ok(None) => Error::Undocumented(Box::new(response)),
        Ok(Some(error)) => Error::Status(Box::new(StatusError { error, response })),
        Err(error) => Error::Decode(Box::new(UndecodableResponse { error, response })),
    }
}

/// Returns whether the status of a response is documented as a success, whatever its body.
#[cfg(feature = "client")]
pub(crate) fn is_success<C: Call>(response: &RawResponse) -> bool {
    !matches!(C::success(response), Ok(None))
}

/// Returns the error of a response whose body cannot be streamed: it is not a success, or not of the requested media
/// type.
#[cfg(feature = "client")]
pub(crate) fn unwanted<C: Call>(response: RawResponse) -> Error<C::Failure> {
    if !is_success::<C>(&response) {
        return failure(response);
    }
    let error = response.unexpected();
    Error::Decode(Box::new(UndecodableResponse { error, response }))
}

/// A successful response with its decoded value. Dereferences to the value.
#[derive(Debug, Clone)]
pub struct ResponseValue<T> {
    value: T,
    pub(crate) raw: RawResponse,
}

impl<T> ResponseValue<T> {
    #[cfg(feature = "client")]
    pub(crate) fn new(value: T, raw: RawResponse) -> Self {
        Self { value, raw }
    }

    /// Returns the same response with another value.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> ResponseValue<U> {
        ResponseValue {
            value: change(self.value),
            raw: self.raw,
        }
    }

    /// Returns the decoded value.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// Returns the body as received. Empty if the value is a stream of the body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.raw.body
    }
}

impl<T> Deref for ResponseValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for ResponseValue<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl RawResponse {
    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// If the body does not match the documented schema, or its media type is not JSON.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        match self.essence() {
            Some(found) if !may_be_json(found) => {
                let found = format!("the media type {}", found.to_ascii_lowercase());
                Err(Fault::expected(0, "JSON", &found).into_error(&String::from_utf8_lossy(&self.body)))
            }
            _ => from_slice(&self.body),
        }
    }

    /// Returns the error of a success that does not have the requested media type.
    #[must_use]
    pub fn unexpected(&self) -> DecodeError {
        let content_type = self.headers.get(header::CONTENT_TYPE);
        let media_type = content_type
            .and_then(|value| value.to_str().ok())
            .unwrap_or("no media type");
        let found = format!("status {} with {media_type}", self.status.as_u16());
        Fault::expected(0, "what was asked for", &found).into_error(&String::from_utf8_lossy(&self.body))
    }

    /// Returns the media type of the body, in lower case and without its parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<String> {
        self.essence().map(str::to_ascii_lowercase)
    }

    /// Returns the media type of the body without its parameters, as received.
    fn essence(&self) -> Option<&str> {
        let text = self.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        Some(text.split_once(';').map_or(text, |(essence, _)| essence).trim())
    }

    /// Returns the body as text.
    ///
    /// # Errors
    ///
    /// If the body does not match the documented schema.
    pub fn text(&self) -> Result<String, DecodeError> {
        match std::str::from_utf8(&self.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => {
                Err(Fault::syntax(error.valid_up_to(), "invalid UTF-8")
                    .into_error(&String::from_utf8_lossy(&self.body)))
            }
        }
    }
}

/// Returns whether a body of this media type may be JSON: the media type is JSON
/// ([RFC 6839 §3.1](https://www.rfc-editor.org/rfc/rfc6839#section-3.1)), or does not tell.
fn may_be_json(media_type: &str) -> bool {
    const NAMES: [&str; 5] = [
        "application/json",
        "text/json",
        "text/plain",
        "application/octet-stream",
        "",
    ];
    let suffix = media_type.rsplit_once('+').map(|(_, suffix)| suffix);
    NAMES.iter().any(|name| media_type.eq_ignore_ascii_case(name))
        || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case("json"))
}
