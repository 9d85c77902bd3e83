//! Requests of an operation, and the decoding of their responses.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri, header};

use crate::runtime::auth::scheme::Written;
use crate::runtime::client::error::{Error, InvalidRequest, NoFailure, RawResponse, StatusError, UndecodableResponse};
use crate::runtime::json::codec::{Decode, Encode, from_slice};
use crate::runtime::json::decode_error::{DecodeError, Fault};
use crate::runtime::request::base::RequestDefaults;
use crate::runtime::request::body::Body;
use crate::runtime::request::operation::{Operation, Validation};
use crate::runtime::request::payload::Payload;

/// A request of one operation, with its arguments.
pub trait Call: 'static {
    /// The value of a successful response.
    type Success;
    /// The documented failures of the operation.
    type Failure: Failure;

    /// Returns the description of the operation.
    fn operation(&self) -> &'static Operation;

    /// Returns the arguments, in the order of the operation's parameters.
    fn arguments(&self) -> Vec<Option<&dyn Encode>>;

    /// Returns the body.
    fn payload(&self) -> Payload {
        Payload::None
    }

    /// Returns a query string that replaces the one made from the arguments, exactly as the server sent it.
    fn query(&self) -> Option<&str> {
        None
    }

    /// Returns the media type for the header `Accept`, if it differs from the operation's default.
    fn accept(&self) -> Option<&'static str> {
        None
    }

    /// Decodes a response whose status is documented as a success. Returns `None` for any other status.
    fn success(response: &RawResponse) -> Option<Result<Self::Success, DecodeError>>;
}

/// The documented failures of an operation.
pub trait Failure: std::error::Error + Sized + Send + Sync + 'static {
    /// Decodes a response whose status is documented as a failure. Returns `None` for any other status.
    fn failure(response: &RawResponse) -> Option<Result<Self, DecodeError>>;
}

impl Failure for NoFailure {
    fn failure(_response: &RawResponse) -> Option<Result<Self, DecodeError>> {
        None
    }
}

/// Makes the HTTP request of `call`, whose body is in memory.
///
/// # Errors
///
/// If the request does not conform to the document, or if its body is a stream, which [`into_request`] supports.
pub fn into_http<C: Call>(
    call: &C,
    base: &RequestDefaults,
    validation: Validation,
) -> Result<Request<Bytes>, InvalidRequest> {
    let (head, body) = into_request(call, base, validation)?.into_parts();
    match body.bytes() {
        Some(bytes) => Ok(Request::from_parts(head, bytes.clone())),
        None => Err(InvalidRequest::of(
            "body",
            "it is a stream, and not in memory".to_owned(),
        )),
    }
}

/// Makes the HTTP request of `call`, whose body may be a stream.
///
/// # Errors
///
/// If the request does not conform to the document.
pub fn into_request<C: Call>(
    call: &C,
    base: &RequestDefaults,
    validation: Validation,
) -> Result<Request<Body>, InvalidRequest> {
    let arguments = call.arguments();
    let mut request = call.operation().request(base, &arguments, call.payload(), validation)?;
    if let Some(query) = call.query() {
        *request.uri_mut() = with_query(request.uri(), query, base.written(call.operation().security))?;
    }
    write_accept(call, request.headers_mut());
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

/// Writes the header `Accept` of the call.
pub(crate) fn write_accept<C: Call>(call: &C, headers: &mut HeaderMap) {
    if let Some(accept) = call.accept() {
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
    }
}

/// Decodes the response to a `C`. The status alone decides which type is decoded.
///
/// # Errors
///
/// If the response is not a documented success, or cannot be decoded.
pub fn decode<C: Call>(response: Response<Bytes>) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
    let (parts, body) = response.into_parts();
    let response = RawResponse {
        status: parts.status,
        headers: parts.headers,
        body,
    };
    decode_raw::<C>(response)
}

/// Decodes the response to a `C`.
pub(crate) fn decode_raw<C: Call>(response: RawResponse) -> Result<ResponseValue<C::Success>, Error<C::Failure>> {
    if let Some(success) = C::success(&response) {
        return match success {
            Ok(value) => Ok(ResponseValue { value, raw: response }),
            Err(error) => Err(Error::Decode(Box::new(UndecodableResponse { error, response }))),
        };
    }
    Err(failure::<C>(response))
}

/// Decodes a response to a `C` that is not a success.
fn failure<C: Call>(response: RawResponse) -> Error<C::Failure> {
    match C::Failure::failure(&response) {
        None => Error::Undocumented(Box::new(response)),
        Some(Ok(error)) => Error::Status(Box::new(StatusError { error, response })),
        Some(Err(error)) => Error::Decode(Box::new(UndecodableResponse { error, response })),
    }
}

/// Returns the error of a response whose body cannot be streamed: it is not a success, or not of the requested media
/// type.
#[cfg(feature = "client")]
pub(crate) fn unwanted<C: Call>(response: RawResponse) -> Error<C::Failure> {
    if C::success(&response).is_none() {
        return failure::<C>(response);
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
