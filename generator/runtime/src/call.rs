//! Calls: requests of one operation, and the replies to them.

use std::ops::{Deref, DerefMut};

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, Uri, header};

use super::base::Base;
use super::body::Body;
use super::codec::{Decode, Encode, from_slice};
use super::error::{Error, InvalidRequest, NoFailure, RawReply, StatusError, UndecodableReply};
use super::fault::{DecodeError, Fault};
use super::operation::{Operation, Validation};
use super::payload::Payload;
use super::security::Written;

/// A request of one operation, with its arguments.
pub trait Call: 'static {
    /// What the operation gives when it succeeds.
    type Success;
    /// The failures that the document describes.
    type Failure: Failure;

    /// Returns what the document says of the operation's requests.
    fn operation(&self) -> &'static Operation;

    /// Returns the arguments, in the order of the operation's parameters.
    fn arguments(&self) -> Vec<Option<&dyn Encode>>;

    /// Returns the body.
    fn payload(&self) -> Payload {
        Payload::None
    }

    /// Returns a query to send in place of the one that the arguments give, as the server wrote it.
    fn query(&self) -> Option<&str> {
        None
    }

    /// Returns the media type that is asked for, where it is not that of all requests of the operation.
    fn accept(&self) -> Option<&'static str> {
        None
    }

    /// Decodes a reply whose status is documented as a success; `None` for any other.
    fn success(reply: &RawReply) -> Option<Result<Self::Success, DecodeError>>;
}

/// The failures that the document describes for an operation.
pub trait Failure: std::error::Error + Sized + Send + Sync + 'static {
    /// Decodes a reply whose status is documented as a failure; `None` for any other.
    fn failure(reply: &RawReply) -> Option<Result<Self, DecodeError>>;
}

impl Failure for NoFailure {
    fn failure(_reply: &RawReply) -> Option<Result<Self, DecodeError>> {
        None
    }
}

/// Makes the HTTP request of `call`, whose body is in memory.
///
/// # Errors
///
/// When the request breaks the document's rules, or its body is read while it is sent:
/// [`into_request`] makes such a request.
pub fn into_http<C: Call>(call: &C, base: &Base, validation: Validation) -> Result<Request<Bytes>, InvalidRequest> {
    let (head, body) = into_request(call, base, validation)?.into_parts();
    match body.bytes() {
        Some(bytes) => Ok(Request::from_parts(head, bytes.clone())),
        None => Err(InvalidRequest::of(
            "body",
            "it is read while it is sent, not kept in memory".to_owned(),
        )),
    }
}

/// Makes the HTTP request of `call`, whatever its body is.
///
/// # Errors
///
/// When the request breaks the document's rules.
pub fn into_request<C: Call>(call: &C, base: &Base, validation: Validation) -> Result<Request<Body>, InvalidRequest> {
    let arguments = call.arguments();
    let mut request = call.operation().request(base, &arguments, call.payload(), validation)?;
    if let Some(query) = call.query() {
        *request.uri_mut() = with_query(request.uri(), query, base.written(call.operation().security))?;
    }
    write_accept(call, request.headers_mut());
    Ok(request)
}

/// Puts another query in the place of a URL's, with the credentials that stand in one.
pub(super) fn with_query<'base>(
    uri: &Uri,
    query: &str,
    credentials: impl Iterator<Item = &'base Written>,
) -> Result<Uri, InvalidRequest> {
    let url = uri.to_string();
    let place = url.split('?').next().unwrap_or_default();
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    for written in credentials {
        // A server may give them back in the link that it sends.
        match written {
            Written::Query(pair) if !pairs.contains(&pair.as_str()) => pairs.push(pair),
            _ => {}
        }
    }
    let separator = if pairs.is_empty() { "" } else { "?" };
    let url = format!("{place}{separator}{}", pairs.join("&"));
    url.parse()
        .map_err(|_| InvalidRequest::of("URL", format!("{place:?} and what follows it is no URL")))
}

/// Asks for the media type that the call is about.
pub(super) fn write_accept<C: Call>(call: &C, headers: &mut HeaderMap) {
    if let Some(accept) = call.accept() {
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
    }
}

/// Decodes the reply to a `C`; which type is decoded is decided by the status alone.
///
/// # Errors
///
/// When the reply is no documented success, or cannot be decoded.
pub fn decode<C: Call>(response: Response<Bytes>) -> Result<Reply<C::Success>, Error<C::Failure>> {
    let (parts, body) = response.into_parts();
    let reply = RawReply {
        status: parts.status,
        headers: parts.headers,
        body,
    };
    decode_raw::<C>(reply)
}

/// Decodes the reply to a `C`.
pub(super) fn decode_raw<C: Call>(reply: RawReply) -> Result<Reply<C::Success>, Error<C::Failure>> {
    if let Some(success) = C::success(&reply) {
        return match success {
            Ok(value) => Ok(Reply { value, raw: reply }),
            Err(error) => Err(Error::Decode(Box::new(UndecodableReply { error, reply }))),
        };
    }
    Err(failure::<C>(reply))
}

/// Decodes a reply to a `C` that is no success.
fn failure<C: Call>(reply: RawReply) -> Error<C::Failure> {
    match C::Failure::failure(&reply) {
        None => Error::Undocumented(Box::new(reply)),
        Some(Ok(error)) => Error::Status(Box::new(StatusError { error, reply })),
        Some(Err(error)) => Error::Decode(Box::new(UndecodableReply { error, reply })),
    }
}

/// Returns why a reply to a `C` is none whose body is taken while it comes in: it is no success, or
/// another one than was asked for.
#[cfg(feature = "client")]
pub(super) fn unwanted<C: Call>(reply: RawReply) -> Error<C::Failure> {
    if C::success(&reply).is_none() {
        return failure::<C>(reply);
    }
    let error = reply.unexpected();
    Error::Decode(Box::new(UndecodableReply { error, reply }))
}

/// A success: the decoded value, and the reply that it came in.
#[derive(Debug, Clone)]
pub struct Reply<T> {
    value: T,
    pub(super) raw: RawReply,
}

impl<T> Reply<T> {
    #[cfg(feature = "client")]
    pub(super) fn new(value: T, raw: RawReply) -> Self {
        Self { value, raw }
    }

    /// Returns the same reply with another value.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        Reply {
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

    /// Returns the body as it came; nothing where the value is the body while it comes in.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.raw.body
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Reply<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl RawReply {
    /// Decodes the body as JSON.
    ///
    /// # Errors
    ///
    /// When the body is not what the document describes, or is said to be something else than JSON.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        match self.essence() {
            Some(found) if !may_be_json(found) => {
                let found = format!("the media type {}", found.to_ascii_lowercase());
                Err(Fault::expected(0, "JSON", &found).into_error(&String::from_utf8_lossy(&self.body)))
            }
            _ => from_slice(&self.body),
        }
    }

    /// Returns what is wrong with a success that is another one than was asked for.
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

    /// Returns the media type of the body without its parameters, as it came.
    fn essence(&self) -> Option<&str> {
        let text = self.headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        Some(text.split_once(';').map_or(text, |(essence, _)| essence).trim())
    }

    /// Returns the body as text.
    ///
    /// # Errors
    ///
    /// When the body is not what the document describes.
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

/// Returns whether a body of this media type may be JSON: it says so
/// ([RFC 6839 §3.1](https://www.rfc-editor.org/rfc/rfc6839#section-3.1)), or says nothing of it.
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
