//! Sends calls with [`reqwest`].

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::base::{Base, SetupError};
use super::call::{self, Call, Reply};
use super::error::{Error, TransportError};
use super::operation::Validation;

/// A connection pool and the [`Base`] of its requests. Clones share both.
#[derive(Debug, Clone)]
pub struct HttpClient {
    base: Arc<Base>,
    http: reqwest::Client,
}

impl HttpClient {
    /// Makes a client that trusts what the platform trusts and gives up on a
    /// call after `timeout`.
    ///
    /// TLS is rustls with the `ring` provider; nothing is installed for the
    /// rest of the process.
    ///
    /// # Errors
    ///
    /// When TLS or the HTTP client cannot be set up.
    pub fn new(base: Base, timeout: Duration) -> Result<Self, SetupError> {
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .timeout(timeout)
            .build();
        Ok(Self::with_http(
            base,
            http.map_err(|error| SetupError::Http(error.into()))?,
        ))
    }

    /// Makes a client that sends through `http`.
    #[must_use]
    pub fn with_http(base: Base, http: reqwest::Client) -> Self {
        Self {
            base: Arc::new(base),
            http,
        }
    }

    /// Returns the base of the client's requests.
    #[must_use]
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// Sends `call` and decodes the reply.
    ///
    /// # Errors
    ///
    /// When the request is refused, the call fails, or the reply is no documented success.
    pub async fn call<C: Call>(
        &self,
        call: &C,
        validation: Validation,
    ) -> Result<Reply<C::Success>, Error<C::Failure>> {
        let request = call::into_http(call, &self.base, validation).map_err(Error::Invalid)?;
        let response = self.execute(request).await.map_err(Error::Transport)?;
        call::decode::<C>(response)
    }

    async fn execute(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let fault = |error: reqwest::Error| TransportError {
            is_timeout: error.is_timeout(),
            // The URL is the caller's own; leaving it out keeps what it holds out of logs.
            source: error.without_url().into(),
        };
        let request = reqwest::Request::try_from(request).map_err(fault)?;
        let response = self.http.execute(request).await.map_err(fault)?;
        let mut reply = Response::new(Bytes::new());
        *reply.status_mut() = response.status();
        *reply.headers_mut() = response.headers().clone();
        *reply.body_mut() = response.bytes().await.map_err(fault)?;
        Ok(reply)
    }
}

fn tls() -> Result<rustls::ClientConfig, SetupError> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| SetupError::Http(error.into()))?;
    Ok(config.with_no_client_auth())
}
