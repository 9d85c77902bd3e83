//! Options of calls: limits, retries, redirects, headers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::client::error::{InvalidRequest, RequestFault};
use crate::runtime::client::redirect::Redirects;
use crate::runtime::client::retry::{Backoff, RetryPolicy};
use crate::runtime::request::operation::Validation;

/// The header that identifies a repeated request
/// ([draft-ietf-httpapi-idempotency-key-header](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/)).
pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Options of calls. A client has defaults, which a single call can change.
#[derive(Clone)]
pub struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) max_response_size: usize,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) redirects: Redirects,
    pub(crate) validation: Validation,
    headers: Vec<(String, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Some(Duration::from_secs(60)),
            attempt_timeout: Some(Duration::from_secs(30)),
            idle_timeout: Some(Duration::from_secs(60)),
            max_response_size: 64 << 20,
            retry: Arc::new(Backoff::default()),
            redirects: Redirects::default(),
            validation: Validation::On,
            headers: Vec::new(),
        }
    }
}

/// Does not print the values of headers.
impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&String> = self.headers.iter().map(|(name, _)| name).collect();
        formatter
            .debug_struct("Options")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_response_size", &self.max_response_size)
            .field("retry", &self.retry)
            .field("redirects", &self.redirects)
            .field("validation", &self.validation)
            .field("headers", &headers)
            .finish()
    }
}

impl Options {
    /// Sets the time limit of a call, including all attempts and the delays between them. Default: 60 seconds. If the
    /// body of the response is a stream, the limit ends with the headers.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Sets the time limit of one attempt, from connecting to the last byte of the response. Default: 30 seconds.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// Sets how long to wait for the next chunk of a streamed body. Default: 60 seconds. In a blocking client the limit
    /// also applies to the headers of such a response.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.idle_timeout = timeout.into();
        self
    }

    /// Sets the maximum size in bytes of a response body, or of each line or event of a streamed body. Default: 64 MiB.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    /// Sets the retry policy. Default: [`Backoff::default`]. [`Backoff::never`] disables retries.
    #[must_use]
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// Sets which redirects are followed. Default: those to the same origin.
    #[must_use]
    pub fn redirects(mut self, redirects: Redirects) -> Self {
        self.redirects = redirects;
        self
    }

    /// Sends requests without validating them.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.validation = Validation::Off;
        self
    }

    /// Sets a header of the request, and replaces a header of the same name.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends `Idempotency-Key`, by which the server recognizes a repeated request. The call may then be retried
    /// whatever its method.
    #[must_use]
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        self.header(IDEMPOTENCY_KEY.as_str(), key)
    }

    /// Writes the headers into a request, and replaces those of the same name.
    pub(crate) fn write_headers(&self, headers: &mut HeaderMap) -> Result<(), InvalidRequest> {
        for (name, value) in &self.headers {
            let (Ok(header), Ok(mut written)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) else {
                return Err(InvalidRequest {
                    faults: vec![RequestFault {
                        place: format!("header {name:?}"),
                        pointer: String::new(),
                        message: "the name or the value has a character that cannot stand there".to_owned(),
                    }],
                });
            };
            // The value may be a secret, so it is never printed.
            written.set_sensitive(true);
            headers.insert(header, written);
        }
        Ok(())
    }
}
