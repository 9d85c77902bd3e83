//! The configuration of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, header};

use crate::runtime::auth::authorizer::{Authorizer, MakeAuthorizer};
#[cfg(feature = "async")]
use crate::runtime::client::asynchronous::AsyncClient;
#[cfg(feature = "blocking")]
use crate::runtime::client::blocking::BlockingClient;
use crate::runtime::client::call::{self, Call};
use crate::runtime::client::clock::{Clock, SystemClock};
use crate::runtime::client::error::{InvalidRequest, RawResponse, TransportError, TransportKind};
use crate::runtime::client::interceptor::{Interceptor, Sent};
use crate::runtime::client::options::Options;
use crate::runtime::client::retry::Budget;
use crate::runtime::client::tracing;
#[cfg(feature = "blocking")]
use crate::runtime::client::transport::BlockingTransport;
#[cfg(feature = "async")]
use crate::runtime::client::transport::{Timer, Transport};
use crate::runtime::request::arguments::Arguments;
use crate::runtime::request::base::{ConfigError, RequestDefaults};
use crate::runtime::request::body::Body;
use crate::runtime::request::operation::Operation;

/// The configuration of a client: options, transport, clock, interceptors.
#[derive(Clone)]
pub struct ClientConfig {
    /// Options of all calls.
    pub options: Options,
    connect_timeout: Duration,
    interceptors: Vec<Arc<dyn Interceptor>>,
    pub(crate) authorizers: Vec<MakeAuthorizer>,
    clock: Arc<dyn Clock>,
    #[cfg(feature = "async")]
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "async")]
    timer: Option<Arc<dyn Timer>>,
    #[cfg(feature = "blocking")]
    blocking_transport: Option<Arc<dyn BlockingTransport>>,
}

impl Default for ClientConfig {
    fn default() -> Self {
        Self {
            options: Options::default(),
            connect_timeout: Duration::from_secs(10),
            interceptors: Vec::new(),
            authorizers: Vec::new(),
            clock: Arc::new(SystemClock::default()),
            #[cfg(feature = "async")]
            transport: None,
            #[cfg(feature = "async")]
            timer: None,
            #[cfg(feature = "blocking")]
            blocking_transport: None,
        }
    }
}

impl ClientConfig {
    /// Sets the time limit for connecting. Default: 10 seconds.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    /// Adds an interceptor. Interceptors run in the order in which they are added.
    pub fn interceptor(&mut self, interceptor: impl Interceptor + 'static) {
        self.interceptors.push(Arc::new(interceptor));
    }

    /// Sets the clock that is used instead of the system's.
    pub fn clock(&mut self, clock: impl Clock + 'static) {
        self.clock = Arc::new(clock);
    }

    /// Sets the transport, in place of reqwest.
    #[cfg(feature = "async")]
    pub fn transport(&mut self, transport: impl Transport + 'static) {
        self.transport = Some(Arc::new(transport));
    }

    /// Sets the timer, in place of tokio's.
    #[cfg(feature = "async")]
    pub fn timer(&mut self, timer: impl Timer + 'static) {
        self.timer = Some(Arc::new(timer));
    }

    /// Sets the transport of blocking clients, in place of ureq.
    #[cfg(feature = "blocking")]
    pub fn blocking_transport(&mut self, transport: impl BlockingTransport + 'static) {
        self.blocking_transport = Some(Arc::new(transport));
    }

    /// Uses a mock as transport, timer and clock.
    #[cfg(feature = "mock")]
    pub fn mock(&mut self, mock: &crate::runtime::testing::mock::Mock) {
        self.clock(mock.clone());
        self.transport(mock.clone());
        self.timer(mock.clone());
        #[cfg(feature = "blocking")]
        self.blocking_transport(mock.clone());
    }

    /// Makes a client.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up, no transport or timer is set, or a token URL is invalid.
    #[cfg(feature = "async")]
    pub fn build(self, base: RequestDefaults) -> Result<AsyncClient, ConfigError> {
        #[cfg(feature = "reqwest")]
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => Arc::new(crate::runtime::client::transport::over_reqwest::client(
                self.connect_timeout,
            )?),
        };
        #[cfg(feature = "reqwest")]
        let timer = self
            .timer
            .clone()
            .unwrap_or_else(|| Arc::new(crate::runtime::client::transport::over_reqwest::TokioTimer));
        #[cfg(not(feature = "reqwest"))]
        let transport = self.transport.clone().ok_or(ConfigError::Missing("a transport"))?;
        #[cfg(not(feature = "reqwest"))]
        let timer = self.timer.clone().ok_or(ConfigError::Missing("a timer"))?;
        let (shared, options) = self.share(base)?;
        Ok(AsyncClient::new(shared, transport, timer, options))
    }

    /// Makes a blocking client.
    ///
    /// # Errors
    ///
    /// If a token URL is invalid.
    #[cfg(feature = "blocking")]
    pub fn build_blocking(self, base: RequestDefaults) -> Result<BlockingClient, ConfigError> {
        let transport = match &self.blocking_transport {
            Some(transport) => Arc::clone(transport),
            None => Arc::new(crate::runtime::client::transport::over_ureq::agent(
                self.connect_timeout,
            )),
        };
        let (shared, options) = self.share(base)?;
        Ok(BlockingClient::new(shared, transport, options))
    }

    fn share(self, mut base: RequestDefaults) -> Result<(Shared, Options), ConfigError> {
        let authorizers: Result<Vec<_>, _> = self.authorizers.iter().map(|make| make(&base)).collect();
        let authorizers = authorizers?;
        for authorizer in &authorizers {
            base.obtain_later(authorizer.scheme());
        }
        let shared = Shared {
            base,
            budget: Budget::default(),
            clock: self.clock,
            interceptors: self.interceptors,
            authorizers,
        };
        Ok((shared, self.options))
    }
}

/// Shows the options.
impl fmt::Debug for ClientConfig {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientConfig")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// The state that all clones of a client share.
pub(crate) struct Shared {
    pub(crate) base: RequestDefaults,
    pub(crate) budget: Budget,
    pub(crate) clock: Arc<dyn Clock>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    authorizers: Vec<Arc<dyn Authorizer>>,
}

impl Shared {
    /// Makes the request of a call.
    pub(crate) fn request<C: Call>(&self, call: &C, options: &Options) -> Result<Request<Body>, InvalidRequest> {
        let request = self.request_of(C::OPERATION, call.arguments(), options);
        #[cfg(feature = "mock")]
        let request = request.map(|mut request| {
            let type_ = crate::runtime::testing::mock::CallType::of::<C>();
            request.extensions_mut().insert(type_);
            request
        });
        request
    }

    /// Makes the request of an operation.
    fn request_of(
        &self,
        operation: &Operation,
        arguments: Arguments<'_>,
        options: &Options,
    ) -> Result<Request<Body>, InvalidRequest> {
        let mut request = call::request(operation, arguments, &self.base, options.validation)?;
        options.write_headers(request.headers_mut())?;
        Ok(request)
    }

    /// Returns the authorizer of a request, if its credentials have to be obtained. A header `Authorization` that the
    /// caller set is kept.
    pub(crate) fn authorizer(&self, operation: &Operation, request: &Request<Body>) -> Option<&dyn Authorizer> {
        if self.authorizers.is_empty() || request.headers().contains_key(header::AUTHORIZATION) {
            return None;
        }
        let chosen = self.base.chosen(operation.security);
        let is_chosen = |name: &str| chosen.iter().any(|scheme| scheme.name == name);
        let mut authorizers = self.authorizers.iter();
        let found = authorizers.find(|authorizer| is_chosen(authorizer.scheme()));
        found.map(|authorizer| &**authorizer)
    }

    /// Returns a copy without interceptors and credentials, for token requests.
    pub(crate) fn apart(&self) -> Self {
        Self {
            base: self.base.clone(),
            budget: Budget::default(),
            clock: Arc::clone(&self.clock),
            interceptors: Vec::new(),
            authorizers: Vec::new(),
        }
    }

    /// Calls `before_send` of all interceptors.
    pub(crate) fn before_send(&self, sent: Sent<'_>, request: &mut Request<Body>) -> Result<(), TransportError> {
        for interceptor in &self.interceptors {
            interceptor
                .before_send(sent, request)
                .map_err(|error| TransportError::new(TransportKind::Stopped, error))?;
        }
        Ok(())
    }

    /// Calls `after_receive` of all interceptors.
    pub(crate) fn after_receive(&self, sent: Sent<'_>, outcome: Result<&RawResponse, &TransportError>) {
        tracing::attempt(sent, outcome);
        for interceptor in &self.interceptors {
            interceptor.after_receive(sent, outcome);
        }
    }
}
