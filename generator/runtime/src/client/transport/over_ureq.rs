//! A blocking transport over [`ureq`], with rustls and the `ring` provider.

use std::io::{ErrorKind, Read};
use std::time::Duration;

use http::{Request, Response, header};
use ureq::config::AutoHeaderValue;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, SendBody, Timeout};

use crate::runtime::client::error::{TransportError, TransportKind};
use crate::runtime::client::transport::tls;
use crate::runtime::client::transport::{BlockingTransport, Limits, declared_length};
use crate::runtime::request::body::Body;

/// Makes an HTTP client that trusts the root certificates of the platform.
pub(crate) fn agent(connect_timeout: Duration) -> Agent {
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(tls::provider())
        .build();
    Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_connect(Some(connect_timeout))
        // Only the document and the caller decide which headers a request has.
        .user_agent(AutoHeaderValue::None)
        .accept(AutoHeaderValue::None)
        .accept_encoding(AutoHeaderValue::None)
        .allow_non_standard_methods(true)
        .build()
        .new_agent()
}

impl BlockingTransport for Agent {
    fn send(&self, request: Request<Body>, limits: Limits) -> Result<Response<Box<dyn Read + Send>>, TransportError> {
        let (mut head, body) = request.into_parts();
        let length = body.len();
        if let Some(length) = declared_length(&head.method, length) {
            head.headers.insert(header::CONTENT_LENGTH, length.into());
        }
        let body = if length == Some(0) {
            SendBody::none()
        } else {
            SendBody::from_owned_reader(body.into_reader())
        };
        let request = self.configure_request(Request::from_parts(head, body));
        let request = if limits.is_stream {
            // Each phase before the body has the whole time limit, since ureq has no limit for all of them.
            request
                .timeout_resolve(limits.time)
                .timeout_send_request(limits.time)
                .timeout_send_body(limits.time)
                .timeout_recv_response(limits.time)
                .timeout_per_read(limits.idle)
        } else {
            request.timeout_global(limits.time)
        };
        let request = request.build();
        let response = self.run(request).map_err(fault)?;
        Ok(response.map(|body| -> Box<dyn Read + Send> { Box::new(ResponseBody(body.into_reader())) }))
    }
}

/// The body of a response. It maps the timeouts of ureq to those of other readers.
struct ResponseBody(ureq::BodyReader<'static>);

impl Read for ResponseBody {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buffer).map_err(|error| {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
            if matches!(inner, Some(ureq::Error::Timeout(_))) {
                std::io::Error::new(ErrorKind::TimedOut, error)
            } else {
                error
            }
        })
    }
}

fn fault(error: ureq::Error) -> TransportError {
    let kind = match &error {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Tls(_)
        | ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => TransportKind::Connect,
        ureq::Error::Io(error) if error.kind() == ErrorKind::ConnectionRefused => TransportKind::Connect,
        ureq::Error::Io(error) if error.kind() == ErrorKind::TimedOut => TransportKind::Timeout,
        ureq::Error::Timeout(_) => TransportKind::Timeout,
        ureq::Error::Http(_) | ureq::Error::BadUri(_) | ureq::Error::BodyExceedsLimit(_) => TransportKind::Unsendable,
        _ => TransportKind::Interrupted,
    };
    match error {
        // The URL is omitted, since it may contain a secret and would be logged.
        ureq::Error::BadUri(_) | ureq::Error::RequireHttpsOnly(_) => {
            TransportError::new(TransportKind::Unsendable, "nothing can be sent to the URL")
        }
        error => TransportError::new(kind, error),
    }
}
