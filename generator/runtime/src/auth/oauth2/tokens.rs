//! Tokens of OAuth 2.0 ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)), without a clock and I/O: when a new token
//! is needed, the token request, and the token response.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, StatusCode, Uri};

use crate::runtime::auth::basic;
use crate::runtime::auth::oauth2::{Grant, GrantKind};
use crate::runtime::client::error::RawResponse;
use crate::runtime::json::codec::from_slice;
use crate::runtime::json::value::Json;
use crate::runtime::request::body::Body;
use crate::runtime::request::operation::{Operation, OperationMethod};
use crate::runtime::request::percent;

/// A token is not used in the last seconds before it expires, since a request takes time and clocks differ. A token
/// with less than twice this lifetime is used for half of its lifetime.
const SKEW: Duration = Duration::from_secs(30);

/// The maximum length in characters of a kept error description.
const SHOWN: usize = 200;

/// A token request by client credentials, which may be repeated.
static CLIENT_CREDENTIALS: Operation = token_request(true);

/// A token request by a refresh token, which may be valid only once.
static REFRESH: Operation = token_request(false);

const fn token_request(is_safe: bool) -> Operation {
    Operation {
        id: "POST the token endpoint",
        method: OperationMethod::of(Method::POST, "POST"),
        server: None,
        path: "the token endpoint",
        parameters: &[],
        body: None,
        accept: "application/json",
        security: &[],
        is_safe,
        documents_redirects: false,
    }
}

/// The tokens of a client.
pub(crate) struct Tokens {
    grant: Grant,
    endpoint: Uri,
    token: Option<Token>,
}

/// An access token.
struct Token {
    value: HeaderValue,
    /// The time after which it is not used, if known.
    until: Option<Duration>,
}

impl Tokens {
    /// Starts without a token. `endpoint` issues tokens.
    pub(crate) fn new(grant: Grant, endpoint: Uri) -> Self {
        Self {
            grant,
            endpoint,
            token: None,
        }
    }

    /// Returns the current token, unless it has expired, or is the one that the server `refused`.
    pub(crate) fn at_hand(&self, now: Duration, refused: Option<&HeaderValue>) -> Option<HeaderValue> {
        let token = self.token.as_ref()?;
        let is_good = token.until.is_none_or(|until| now < until) && refused != Some(&token.value);
        is_good.then(|| token.value.clone())
    }

    /// Returns the request for a new token.
    pub(crate) fn request(&self) -> (&'static Operation, Request<Body>) {
        let grant = &self.grant;
        let mut form: Vec<(&str, &str)> = Vec::new();
        let operation = match &grant.kind {
            // https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2
            GrantKind::ClientCredentials => {
                form.push(("grant_type", "client_credentials"));
                &CLIENT_CREDENTIALS
            }
            // https://www.rfc-editor.org/rfc/rfc6749#section-6
            GrantKind::RefreshToken(token) => {
                form.extend([("grant_type", "refresh_token"), ("refresh_token", token)]);
                &REFRESH
            }
        };
        let scopes = grant.scopes.as_deref().unwrap_or_default().join(" ");
        if !scopes.is_empty() {
            form.push(("scope", &scopes));
        }
        form.extend(grant.parameters.iter().map(|(name, value)| (&**name, &**value)));
        let mut authorization = None;
        match &grant.secret {
            Some(secret) if !grant.is_in_body => authorization = basic(&grant.id, secret),
            secret => {
                form.push(("client_id", &grant.id));
                form.extend(secret.as_ref().map(|secret| ("client_secret", &**secret)));
            }
        }
        let pairs: Vec<String> = form
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let mut request = Request::new(Body::from(Bytes::from(pairs.join("&"))));
        *request.method_mut() = Method::clone(&operation.method);
        *request.uri_mut() = self.endpoint.clone();
        let headers = request.headers_mut();
        headers.extend(authorization.map(|value| (AUTHORIZATION, value)));
        headers.insert(ACCEPT, HeaderValue::from_static(operation.accept));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        (operation, request)
    }

    /// Reads the response to a token request that was sent at `asked`. Returns the token, and the new refresh token, if
    /// any.
    pub(crate) fn receive(
        &mut self,
        response: &RawResponse,
        asked: Duration,
    ) -> Result<(HeaderValue, Option<String>), TokenError> {
        // A refused or expired token is dropped, whatever the response is.
        self.token = None;
        let body: Json = from_slice(&response.body).unwrap_or(Json::Null);
        if !response.status.is_success() {
            return Err(self.refusal(response.status, &body));
        }
        let text = |name| body.get(name).and_then(Json::as_str);
        // Some endpoints omit the token type. It is always `Bearer`.
        let is_bearer = text("token_type").is_none_or(|type_| type_.eq_ignore_ascii_case("bearer"));
        let value = text("access_token").filter(|token| is_bearer && !token.is_empty());
        let value = value.and_then(|token| HeaderValue::from_str(&format!("Bearer {token}")).ok());
        let Some(mut value) = value else {
            return Err(TokenError {
                status: response.status,
                code: None,
                description: Some("there is no bearer token in the response".to_owned()),
            });
        };
        value.set_sensitive(true);
        self.token = Some(Token {
            value: value.clone(),
            until: lifetime(&body).map(|life| asked.saturating_add(life.saturating_sub(SKEW.min(life / 2)))),
        });
        let mut renewed = None;
        if let (GrantKind::RefreshToken(known), Some(token)) = (&mut self.grant.kind, text("refresh_token"))
            && known != token
        {
            token.clone_into(known);
            renewed = Some(token.to_owned());
        }
        Ok((value, renewed))
    }

    /// Returns the error of a token response ([RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
    fn refusal(&self, status: StatusCode, body: &Json) -> TokenError {
        let text = |name| {
            let text = body.get(name).and_then(Json::as_str)?;
            // Some servers repeat the request in the error.
            let text = self.grant.secrets().fold(text.to_owned(), |text, secret| {
                if secret.is_empty() {
                    text
                } else {
                    text.replace(secret, "…")
                }
            });
            Some(text.chars().take(SHOWN).collect())
        };
        TokenError {
            status,
            code: text("error"),
            description: text("error_description"),
        }
    }
}

/// Returns the lifetime of a token: a number of seconds, which some servers send as a string.
fn lifetime(body: &Json) -> Option<Duration> {
    let life = body.get("expires_in")?;
    let seconds = match life {
        Json::String(text) => text.trim().parse().ok()?,
        other => other.as_f64()?,
    };
    Duration::try_from_secs_f64(seconds.max(0.0)).ok()
}

/// Returns the client credentials as a header value ([RFC 6749
/// §2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
fn basic(id: &str, secret: &str) -> Option<HeaderValue> {
    let text = format!("Basic {}", basic::encode(&encode(id), &encode(secret)));
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Encodes a text as `application/x-www-form-urlencoded` ([RFC 6749, appendix
/// B](https://www.rfc-editor.org/rfc/rfc6749#appendix-B)).
fn encode(text: &str) -> String {
    percent::encode(text).replace("%20", "+")
}

/// A token endpoint issued no token. It is the source of an error of the kind
/// [`Authorization`](crate::runtime::client::error::TransportKind::Authorization).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenError {
    /// The status of the response.
    pub status: StatusCode,
    /// The error code, such as `invalid_client`
    /// ([RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)).
    pub code: Option<String>,
    /// The error description, without secrets.
    pub description: Option<String>,
}

impl fmt::Display for TokenError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the token endpoint answered {}", self.status)?;
        for words in [&self.code, &self.description].into_iter().flatten() {
            write!(formatter, ": {words}")?;
        }
        Ok(())
    }
}

impl std::error::Error for TokenError {}
