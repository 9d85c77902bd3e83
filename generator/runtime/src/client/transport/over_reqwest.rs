//! A transport over [`reqwest`], with rustls and the `ring` provider.

use std::io::{self, Read};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::uri::{Authority, Scheme};
use http::{Request, Response, Uri, header};
use http_body::{Frame, SizeHint};
use reqwest::Url;
use tokio::task::JoinHandle;

use crate::runtime::client::error::{TransportError, TransportKind};
use crate::runtime::client::transport::tls;
use crate::runtime::client::transport::{Chunks, Incoming, Pending, Timer, Transport, declared_length};
use crate::runtime::request::base::ConfigError;
use crate::runtime::request::body::Body;

/// Makes an HTTP client that trusts the root certificates of the platform.
///
/// # Errors
///
/// If TLS or the HTTP client cannot be set up.
pub(crate) fn client(connect_timeout: Duration) -> Result<OneServer, ConfigError> {
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls::config()?)
        .connect_timeout(connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        // Both settings are needed: with `never` alone, reqwest still copies each request.
        .retry(reqwest::retry::never().max_retries_per_request(0))
        .build()
        .map_err(|error| ConfigError::Http(error.into()))?;
    Ok(OneServer {
        client,
        last: Mutex::default(),
    })
}

/// An HTTP client with a cache for the URL of the last request, since most requests go to one server.
pub(crate) struct OneServer {
    client: reqwest::Client,
    /// The last parsed URL, without path and query.
    last: Mutex<Option<(Scheme, Authority, Url)>>,
}

impl OneServer {
    fn url(&self, uri: &Uri) -> Result<Url, TransportError> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((scheme, authority, url)) = &*last
            && (uri.scheme(), uri.authority()) == (Some(scheme), Some(authority))
        {
            let mut url = url.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        let url = parse(uri)?;
        let parts = uri.scheme().cloned().zip(uri.authority().cloned());
        *last = parts.map(|(scheme, authority)| {
            let mut server = url.clone();
            // The rest may contain a secret.
            server.set_path("");
            server.set_query(None);
            (scheme, authority, server)
        });
        Ok(url)
    }
}

impl Transport for OneServer {
    fn send(&self, request: Request<Body>) -> Pending<'_, Result<Response<Incoming>, TransportError>> {
        let url = self.url(request.uri());
        execute(&self.client, request, url)
    }
}

impl Transport for reqwest::Client {
    fn send(&self, request: Request<Body>) -> Pending<'_, Result<Response<Incoming>, TransportError>> {
        let url = parse(request.uri());
        execute(self, request, url)
    }
}

fn parse(uri: &Uri) -> Result<Url, TransportError> {
    Url::parse(&uri.to_string()).map_err(|error| TransportError::new(TransportKind::Unsendable, error))
}

/// Sends a request to `url`.
fn execute(
    client: &reqwest::Client,
    request: Request<Body>,
    url: Result<Url, TransportError>,
) -> Pending<'_, Result<Response<Incoming>, TransportError>> {
    let response = url.map(|url| client.execute(translated(request, url)));
    Box::pin(async move {
        let mut response = response?.await.map_err(fault)?;
        let mut converted = Response::new(());
        *converted.status_mut() = response.status();
        *converted.headers_mut() = std::mem::take(response.headers_mut());
        Ok(converted.map(|()| Incoming::new(response)))
    })
}

/// Returns a request to `url` as a type of reqwest.
fn translated(request: Request<Body>, url: Url) -> reqwest::Request {
    let (head, body) = request.into_parts();
    let mut translated = reqwest::Request::new(head.method, url);
    *translated.headers_mut() = head.headers;
    match body.bytes() {
        // reqwest sets the length of such a body.
        Some(bytes) if !bytes.is_empty() => *translated.body_mut() = Some(bytes.clone().into()),
        bytes => {
            if let Some(length) = declared_length(translated.method(), body.len()) {
                translated.headers_mut().insert(header::CONTENT_LENGTH, length.into());
            }
            if bytes.is_none() {
                *translated.body_mut() = Some(reqwest::Body::wrap(Outgoing::new(body)));
            }
        }
    }
    translated
}

/// A body that is read while it is sent, on the threads for blocking calls.
struct Outgoing {
    length: Option<u64>,
    /// The content, if no read is in progress.
    reader: Mutex<Option<Reader>>,
    reading: Option<JoinHandle<(Reader, io::Result<Bytes>)>>,
}

type Reader = Box<dyn Read + Send>;

impl Outgoing {
    fn new(body: Body) -> Self {
        Self {
            length: body.len(),
            reader: Mutex::new(Some(body.into_reader())),
            reading: None,
        }
    }
}

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = &mut *self;
        let reader = this.reader.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(reader) = reader.take() {
            this.reading = Some(tokio::task::spawn_blocking(|| read(reader)));
        }
        let Some(reading) = &mut this.reading else {
            return Poll::Ready(None);
        };
        let result = ready!(Pin::new(reading).poll(context));
        this.reading = None;
        Poll::Ready(match result {
            Ok((_, Ok(bytes))) if bytes.is_empty() => None,
            Ok((next, Ok(bytes))) => {
                *reader = Some(next);
                Some(Ok(Frame::data(bytes)))
            }
            Ok((_, Err(error))) => Some(Err(error)),
            Err(error) => Some(Err(io::Error::other(error))),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Reads the next chunk. An empty chunk is the end.
fn read(mut reader: Reader) -> (Reader, io::Result<Bytes>) {
    const CHUNK_SIZE: usize = 64 * 1024;
    let mut chunk = vec![0; CHUNK_SIZE];
    let read = loop {
        match reader.read(&mut chunk) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read,
        }
    };
    let bytes = read.map(|count| {
        chunk.truncate(count);
        Bytes::from(chunk)
    });
    (reader, bytes)
}

impl Chunks for reqwest::Response {
    fn chunk(&mut self) -> Pending<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async { Self::chunk(self).await.map_err(fault) })
    }
}

/// The timer of tokio.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokioTimer;

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
    // The URL is omitted, since it may contain a secret and would be logged.
    TransportError::new(kind, error.without_url())
}
