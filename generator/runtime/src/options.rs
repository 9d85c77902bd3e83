//! What a caller decides about calls: limits, retries, redirects, headers.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::error::{InvalidRequest, RequestFault};
use super::operation::Validation;
use super::redirect::Redirects;
use super::retry::{Backoff, RetryPolicy};

/// The header that tells a server of two requests that they are one
/// ([draft-ietf-httpapi-idempotency-key-header](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/)).
pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// What a caller decides about calls. A client has its own; one call may have others.
#[derive(Clone)]
pub struct Options {
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) max_reply: usize,
    pub(super) retry: Arc<dyn RetryPolicy>,
    pub(super) redirects: Redirects,
    pub(super) validation: Validation,
    headers: Vec<(String, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Some(Duration::from_secs(60)),
            attempt_timeout: Some(Duration::from_secs(30)),
            idle_timeout: Some(Duration::from_secs(60)),
            max_reply: 64 << 20,
            retry: Arc::new(Backoff::default()),
            redirects: Redirects::default(),
            validation: Validation::On,
            headers: Vec::new(),
        }
    }
}

/// Shows everything but what headers hold.
impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&String> = self.headers.iter().map(|(name, _)| name).collect();
        formatter
            .debug_struct("Options")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_reply", &self.max_reply)
            .field("retry", &self.retry)
            .field("redirects", &self.redirects)
            .field("validation", &self.validation)
            .field("headers", &headers)
            .finish()
    }
}

impl Options {
    /// Sets how long a call may take, with all its attempts and the waits between them; 60 seconds unless set.
    /// Where the body of the reply is taken while it comes in, the time ends with the headers.
    #[must_use]
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Sets how long one attempt may take, from connecting to the last byte of the reply; 30 seconds unless set.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// Sets how long the server may be silent while a body is taken as it comes in; 60 seconds unless set.
    /// A blocking client counts the wait for the headers of such a reply too.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.idle_timeout = timeout.into();
        self
    }

    /// Sets how many bytes the body of a reply may have, or each line or event of one that is taken as it comes
    /// in; 64 MiB unless set.
    #[must_use]
    pub fn max_reply(mut self, bytes: usize) -> Self {
        self.max_reply = bytes;
        self
    }

    /// Sets when a call is tried again; [`Backoff::default`] unless set, [`Backoff::never`] for not at all.
    #[must_use]
    pub fn retry(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// Sets which redirects are followed; those within the origin unless set.
    #[must_use]
    pub fn redirects(mut self, redirects: Redirects) -> Self {
        self.redirects = redirects;
        self
    }

    /// Sends requests without holding them to the document first.
    #[must_use]
    pub fn unchecked(mut self) -> Self {
        self.validation = Validation::Off;
        self
    }

    /// Sets a header of the request, in place of one that has the name.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends `Idempotency-Key`, by which the server knows a request that it was sent before: the call may
    /// be tried again whatever its method.
    #[must_use]
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        self.header(IDEMPOTENCY_KEY.as_str(), key)
    }

    /// Writes the headers over those of a request.
    pub(super) fn write_headers(&self, headers: &mut HeaderMap) -> Result<(), InvalidRequest> {
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
            // What it holds is not known here; so it is never shown.
            written.set_sensitive(true);
            headers.insert(header, written);
        }
        Ok(())
    }
}
