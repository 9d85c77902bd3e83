//! Tokens that a client obtains by a grant of OAuth 2.0 ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)).
//!
//! The client requests a token when the first call needs it, over the transport of the calls. All calls use it until
//! shortly before it expires. Concurrent calls share one token request. If the server refuses a token (401), the call
//! is sent once more with a new one. Interceptors do not see token requests.

#[cfg(feature = "client")]
pub(crate) mod tokens;

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::uri::Scheme as UriScheme;
use http::{HeaderValue, Uri};

use crate::runtime::auth::authorizer::Authorizer;
use crate::runtime::auth::oauth2::tokens::{TokenError, Tokens};
use crate::runtime::auth::scheme::Scheme;
#[cfg(feature = "async")]
use crate::runtime::client::asynchronous::AsyncClient;
#[cfg(feature = "blocking")]
use crate::runtime::client::blocking::BlockingClient;
use crate::runtime::client::clock::Clock;
use crate::runtime::client::config::ClientConfig;
use crate::runtime::client::error::{RawResponse, TransportError, TransportKind};
use crate::runtime::client::redirect;
#[cfg(feature = "async")]
use crate::runtime::client::transport::Pending;
use crate::runtime::request::base::{ConfigError, RequestDefaults};

/// The OAuth 2.0 flows of a security scheme ([OpenAPI 3.1.1
/// §4.8.28](https://spec.openapis.org/oas/v3.1.1.html#oauth-flows-object)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flows {
    /// The client credentials flow.
    pub client_credentials: Option<Flow>,
    /// The flow that has a refresh token.
    pub refresh_token: Option<Flow>,
}

/// An OAuth 2.0 flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// The URL of the token endpoint. A relative URL is relative to the base URL.
    pub token_url: &'static str,
    /// The default scopes of a token request.
    pub scopes: &'static [&'static str],
}

/// A grant, by which a client obtains tokens.
#[derive(Clone)]
pub struct Grant {
    pub(crate) kind: GrantKind,
    pub(crate) id: String,
    pub(crate) secret: Option<String>,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) is_in_body: bool,
    on_refresh_token: Option<TokenListener>,
    token_url: Option<String>,
}

/// The function that is called with each new refresh token.
type TokenListener = Arc<dyn Fn(&str) + Send + Sync>;

/// The type of a grant.
#[derive(Clone)]
pub(crate) enum GrantKind {
    ClientCredentials,
    RefreshToken(String),
}

impl Grant {
    /// The client credentials grant ([RFC 6749 §4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)).
    #[must_use]
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::new(GrantKind::ClientCredentials, id).secret(secret)
    }

    /// The refresh token grant ([RFC 6749 §6](https://www.rfc-editor.org/rfc/rfc6749#section-6)), with the refresh
    /// token that was issued together with the first access token.
    ///
    /// A new refresh token in a token response replaces the current one. [`on_refresh_token`](Self::on_refresh_token)
    /// is called with it, so that it can be stored.
    #[must_use]
    pub fn refresh_token(id: impl Into<String>, refresh_token: impl Into<String>) -> Self {
        Self::new(GrantKind::RefreshToken(refresh_token.into()), id)
    }

    fn new(kind: GrantKind, id: impl Into<String>) -> Self {
        Self {
            kind,
            id: id.into(),
            secret: None,
            scopes: None,
            parameters: Vec::new(),
            is_in_body: false,
            on_refresh_token: None,
            token_url: None,
        }
    }

    /// Sets the client secret. A public client has none.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sets the requested scopes. Default: the scopes of the document's operations (client credentials), or all granted
    /// scopes (refresh token).
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Adds a parameter to token requests, such as an `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends the client id and secret in the body, for servers that do not read them from the header ([RFC 6749
    /// §2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
    #[must_use]
    pub fn credentials_in_body(mut self) -> Self {
        self.is_in_body = true;
        self
    }

    /// Sets the URL of the token endpoint, and replaces the document's. A relative URL is relative to the base URL.
    ///
    /// The scheme has to be `https`, except for a loopback host ([RFC 6749
    /// §3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)).
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sets a function that is called with each new refresh token.
    #[must_use]
    pub fn on_refresh_token(mut self, listener: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.on_refresh_token = Some(Arc::new(listener));
        self
    }

    /// Returns the secrets, which must not be printed.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        let token = match &self.kind {
            GrantKind::ClientCredentials => None,
            GrantKind::RefreshToken(token) => Some(token),
        };
        let values = self.parameters.iter().map(|(_, value)| value);
        self.secret.iter().chain(token).chain(values).map(String::as_str)
    }
}

/// Prints no secrets.
impl fmt::Debug for Grant {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            GrantKind::ClientCredentials => "client_credentials",
            GrantKind::RefreshToken(_) => "refresh_token",
        };
        formatter
            .debug_struct("Grant")
            .field("kind", &kind)
            .field("id", &self.id)
            .field("scopes", &self.scopes)
            .field("token_url", &self.token_url)
            .finish_non_exhaustive()
    }
}

impl ClientConfig {
    /// Obtains the credentials of a scheme by a grant, and replaces a token that was set.
    pub fn grant(&mut self, scheme: &'static Scheme, grant: Grant, flows: &'static Flows) {
        self.authorizers.push(Arc::new(move |base: &RequestDefaults| {
            let source = TokenSource::new(scheme.name, &grant, flows, base)?;
            Ok(Arc::new(source) as Arc<dyn Authorizer>)
        }));
    }
}

/// The token source of a client.
struct TokenSource {
    scheme: &'static str,
    state: Mutex<State>,
    on_refresh_token: Option<TokenListener>,
    /// The lock of the token request: its holder sends the request.
    #[cfg(feature = "async")]
    turn: tokio::sync::Mutex<()>,
    #[cfg(feature = "blocking")]
    blocking_turn: Mutex<()>,
}

struct State {
    tokens: Tokens,
    /// The number of failed token requests, and the last error.
    failures: u64,
    failure: Option<Failure>,
}

/// The error of a token request. All calls that waited for the request get the same error.
#[derive(Clone)]
enum Failure {
    Refused(TokenError),
    Unanswered(Arc<TransportError>),
}

impl TokenSource {
    fn new(scheme: &'static str, grant: &Grant, flows: &Flows, base: &RequestDefaults) -> Result<Self, ConfigError> {
        let fault = |reason| ConfigError::Credentials { scheme, reason };
        let flow = match grant.kind {
            GrantKind::ClientCredentials => flows.client_credentials,
            GrantKind::RefreshToken(_) => flows.refresh_token,
        };
        let url = grant.token_url.as_deref().or(flow.map(|flow| flow.token_url));
        let url = url.ok_or_else(|| fault("the document names no token URL for the grant"))?;
        let endpoint = endpoint(base.url(), url).ok_or_else(|| fault("the token URL is none"))?;
        if !is_safe(&endpoint) {
            return Err(fault("the token URL is not of https"));
        }
        let mut grant = grant.clone();
        let usual = || flow.map(|flow| flow.scopes.iter().map(|scope| (*scope).to_owned()).collect());
        grant.scopes = grant.scopes.or_else(usual);
        Ok(Self {
            scheme,
            on_refresh_token: grant.on_refresh_token.clone(),
            state: Mutex::new(State {
                tokens: Tokens::new(grant, endpoint),
                failures: 0,
                failure: None,
            }),
            #[cfg(feature = "async")]
            turn: tokio::sync::Mutex::default(),
            #[cfg(feature = "blocking")]
            blocking_turn: Mutex::default(),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the result of another call's token request that ended while this call waited. `failures` is the number
    /// of failed requests before the wait.
    fn settled(
        &self,
        clock: &dyn Clock,
        refused: Option<&HeaderValue>,
        failures: u64,
    ) -> Option<Result<HeaderValue, TransportError>> {
        let state = self.state();
        if let Some(value) = state.tokens.at_hand(clock.now(), refused) {
            return Some(Ok(value));
        }
        let failure = state.failure.as_ref().filter(|_| state.failures > failures)?;
        Some(Err(failure.error()))
    }

    /// Reads the response of the token endpoint.
    fn receive(
        &self,
        answer: Result<RawResponse, TransportError>,
        asked: Duration,
    ) -> Result<HeaderValue, TransportError> {
        let result = match answer {
            Ok(response) => self.state().tokens.receive(&response, asked).map_err(Failure::Refused),
            // A truncated response may contain a token.
            Err(error) => Err(Failure::Unanswered(Arc::new(TransportError {
                response: None,
                ..error
            }))),
        };
        match result {
            Ok((value, renewed)) => {
                if let (Some(listener), Some(token)) = (&self.on_refresh_token, renewed) {
                    listener(&token);
                }
                Ok(value)
            }
            Err(failure) => {
                let mut state = self.state();
                state.failures += 1;
                let error = failure.error();
                state.failure = Some(failure);
                Err(error)
            }
        }
    }
}

impl Failure {
    fn error(&self) -> TransportError {
        match self {
            Self::Refused(error) => TransportError::new(TransportKind::Authorization, error.clone()),
            Self::Unanswered(error) => TransportError::new(TransportKind::Authorization, Shared(Arc::clone(error))),
        }
    }
}

/// An error that several calls share.
#[derive(Debug)]
struct Shared(Arc<TransportError>);

impl fmt::Display for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the token endpoint gave no answer")
    }
}

impl std::error::Error for Shared {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}

impl Authorizer for TokenSource {
    fn scheme(&self) -> &'static str {
        self.scheme
    }

    fn at_hand(&self, clock: &dyn Clock, refused: Option<&HeaderValue>) -> Option<HeaderValue> {
        self.state().tokens.at_hand(clock.now(), refused)
    }

    #[cfg(feature = "async")]
    fn obtain<'run>(
        &'run self,
        client: AsyncClient,
        clock: &'run dyn Clock,
        refused: Option<HeaderValue>,
    ) -> Pending<'run, Result<HeaderValue, TransportError>> {
        let failures = self.state().failures;
        Box::pin(async move {
            let _turn = self.turn.lock().await;
            if let Some(settled) = self.settled(clock, refused.as_ref(), failures) {
                return settled;
            }
            let asked = clock.now();
            let (operation, request) = self.state().tokens.request();
            let response = client.exchange(operation, request, None).await;
            self.receive(response.map(|(response, _)| response), asked)
        })
    }

    #[cfg(feature = "blocking")]
    fn obtain_blocking(
        &self,
        client: &BlockingClient,
        clock: &dyn Clock,
        refused: Option<&HeaderValue>,
    ) -> Result<HeaderValue, TransportError> {
        let failures = self.state().failures;
        let _turn = self.blocking_turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(settled) = self.settled(clock, refused, failures) {
            return settled;
        }
        let asked = clock.now();
        let (operation, request) = self.state().tokens.request();
        let response = client.exchange(operation, request, None);
        self.receive(response.map(|(response, _)| response), asked)
    }
}

/// Returns the URL of a token endpoint. A relative URL is relative to the base URL.
fn endpoint(base: &str, url: &str) -> Option<Uri> {
    redirect::resolve(&format!("{base}/").parse().ok()?, url)
}

/// Returns whether secrets may be sent to the URL.
fn is_safe(url: &Uri) -> bool {
    let host = url.host().unwrap_or_default();
    let address: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    let is_loopback = host.eq_ignore_ascii_case("localhost") || address.is_some_and(|address| address.is_loopback());
    url.scheme() == Some(&UriScheme::HTTPS) || is_loopback
}
