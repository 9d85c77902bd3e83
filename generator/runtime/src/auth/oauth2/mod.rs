//! Tokens that a client obtains by itself, by a grant of OAuth 2.0
//! ([RFC 6749](https://www.rfc-editor.org/rfc/rfc6749)).
//!
//! A token is asked for when the first call needs it, over the transport of the calls, and is used by all calls
//! until shortly before its end. Calls that need one at the same time share one request. Where the server refuses
//! a token (401), the call is sent once more with a new one. What asks for a token passes by the interceptors.

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
    /// How a client obtains a token for itself.
    pub client_credentials: Option<Flow>,
    /// How a client obtains a token by a refresh token.
    pub refresh_token: Option<Flow>,
}

/// An OAuth 2.0 flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// The URL of the token endpoint; a relative one stands below the base URL.
    pub token_url: &'static str,
    /// The scopes that are asked for unless a grant has its own.
    pub scopes: &'static [&'static str],
}

/// A grant: how a client obtains tokens.
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
    /// Obtains tokens for the client itself
    /// ([RFC 6749 §4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)).
    #[must_use]
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::new(GrantKind::ClientCredentials, id).secret(secret)
    }

    /// Obtains tokens by a refresh token ([RFC 6749 §6](https://www.rfc-editor.org/rfc/rfc6749#section-6)), which the
    /// client was given together with its first token.
    ///
    /// A new refresh token that comes with a token takes its place; [`on_refresh_token`](Self::on_refresh_token)
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

    /// Sets the secret of the client, which a public client has none of.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sets the scopes that are asked for, in place of those that the operations of the document ask for (for the
    /// client itself) or of all that were granted (by a refresh token).
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Adds a parameter to the requests for tokens, such as an `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sends id and secret of the client in the body, for servers that do not read them from the header
    /// ([RFC 6749 §2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)).
    #[must_use]
    pub fn credentials_in_body(mut self) -> Self {
        self.is_in_body = true;
        self
    }

    /// Sets the URL of the token endpoint, in place of the document's; a relative one stands below the base URL.
    ///
    /// It has to be one of `https`, but for a host that is this machine's own loopback
    /// ([RFC 6749 §3.2](https://www.rfc-editor.org/rfc/rfc6749#section-3.2)).
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

    /// Returns what nobody is to see.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = &str> {
        let token = match &self.kind {
            GrantKind::ClientCredentials => None,
            GrantKind::RefreshToken(token) => Some(token),
        };
        let values = self.parameters.iter().map(|(_, value)| value);
        self.secret.iter().chain(token).chain(values).map(String::as_str)
    }
}

/// Shows everything but what could be a secret.
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
    /// Obtains the credentials of a scheme by a grant, in place of a token that was set.
    pub fn grant(&mut self, scheme: &'static Scheme, grant: Grant, flows: &'static Flows) {
        self.authorizers.push(Arc::new(move |base: &RequestDefaults| {
            let source = TokenSource::new(scheme.name, &grant, flows, base)?;
            Ok(Arc::new(source) as Arc<dyn Authorizer>)
        }));
    }
}

/// Where the calls of a client have their tokens from.
struct TokenSource {
    scheme: &'static str,
    state: Mutex<State>,
    on_refresh_token: Option<TokenListener>,
    /// Whoever holds it is the one that asks for a token.
    #[cfg(feature = "async")]
    turn: tokio::sync::Mutex<()>,
    #[cfg(feature = "blocking")]
    blocking_turn: Mutex<()>,
}

struct State {
    tokens: Tokens,
    /// How often no token came, and why the last time.
    failures: u64,
    failure: Option<Failure>,
}

/// Why no token came; who waited for the same request is told the same.
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

    /// Returns what others came to that asked while this one waited; `failures` is how many there had been before.
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

    /// Takes the answer of the token endpoint in.
    fn receive(
        &self,
        answer: Result<RawResponse, TransportError>,
        asked: Duration,
    ) -> Result<HeaderValue, TransportError> {
        let result = match answer {
            Ok(response) => self.state().tokens.receive(&response, asked).map_err(Failure::Refused),
            // A response that broke off may hold a token.
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

/// An error that several calls end with.
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

/// Returns the URL of a token endpoint; a relative one stands below the base URL.
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
