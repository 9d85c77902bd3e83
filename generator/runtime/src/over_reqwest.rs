//! A transport over [`reqwest`], with rustls and the `ring` provider.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::base::SetupError;
use super::body::Body;
use super::error::{TransportError, TransportKind};
use super::tls;
use super::transport::{Chunks, Incoming, Pending, Timer, Transport};

/// Makes an HTTP client that trusts what the platform trusts.
///
/// # Errors
///
/// When TLS or the HTTP client cannot be set up.
pub(super) fn client(connect_timeout: Duration) -> Result<reqwest::Client, SetupError> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls::config()?)
        .connect_timeout(connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| SetupError::Http(error.into()))
}

impl Transport for reqwest::Client {
    fn send(&self, request: Request<Body>) -> Pending<'_, Result<Response<Incoming>, TransportError>> {
        Box::pin(async move {
            let request = request.map(|body| match body.bytes() {
                Some(bytes) => reqwest::Body::from(bytes.clone()),
                None => reqwest::Body::from(Bytes::new()),
            });
            let request = reqwest::Request::try_from(request).map_err(unsendable)?;
            let response = self.execute(request).await.map_err(fault)?;
            let mut reply = Response::new(());
            *reply.status_mut() = response.status();
            *reply.headers_mut() = response.headers().clone();
            Ok(reply.map(|()| Incoming::new(response)))
        })
    }
}

impl Chunks for reqwest::Response {
    fn chunk(&mut self) -> Pending<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async { Self::chunk(self).await.map_err(fault) })
    }
}

/// The timer of tokio.
#[derive(Debug, Clone, Copy)]
pub(super) struct TokioTimer;

impl Timer for TokioTimer {
    fn sleep(&self, duration: Duration) -> Pending<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn fault(error: reqwest::Error) -> TransportError {
    let kind = if error.is_connect() {
        TransportKind::Connect
    } else if error.is_timeout() {
        TransportKind::Timeout
    } else if error.is_builder() {
        TransportKind::Unsendable
    } else {
        TransportKind::Interrupted
    };
    // The URL is the caller's own; leaving it out keeps what it holds out of logs.
    TransportError::new(kind, error.without_url())
}

fn unsendable(error: reqwest::Error) -> TransportError {
    TransportError::new(TransportKind::Unsendable, error.without_url())
}
