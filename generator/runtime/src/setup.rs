//! What a client is made of.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, header};

use super::authorizer::{Authorizer, MakeAuthorizer};
use super::base::{Base, SetupError};
#[cfg(feature = "blocking")]
use super::blocking::BlockingClient;
use super::body::Body;
use super::call::{self, Call};
#[cfg(feature = "async")]
use super::client::AsyncClient;
use super::clock::{Clock, SystemClock};
use super::error::{InvalidRequest, RawReply, TransportError, TransportKind};
use super::interceptor::{Interceptor, Sent};
use super::operation::Operation;
use super::options::Options;
use super::retry::Budget;
use super::trace;
#[cfg(feature = "blocking")]
use super::transport::BlockingTransport;
#[cfg(feature = "async")]
use super::transport::{Timer, Transport};

/// What clients are made of: where they send, with what options, and over what.
#[derive(Clone)]
pub struct Setup {
    /// What a caller decides about calls.
    pub options: Options,
    connect_timeout: Duration,
    interceptors: Vec<Arc<dyn Interceptor>>,
    pub(super) authorizers: Vec<MakeAuthorizer>,
    clock: Arc<dyn Clock>,
    #[cfg(feature = "async")]
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "async")]
    timer: Option<Arc<dyn Timer>>,
    #[cfg(feature = "blocking")]
    blocking_transport: Option<Arc<dyn BlockingTransport>>,
}

impl Default for Setup {
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

impl Setup {
    /// Sets how long connecting may take; 10 seconds unless set.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    /// Adds an interceptor, which is asked after those that are there.
    pub fn interceptor(&mut self, interceptor: impl Interceptor + 'static) {
        self.interceptors.push(Arc::new(interceptor));
    }

    /// Sets the clock, in place of the system's.
    pub fn clock(&mut self, clock: impl Clock + 'static) {
        self.clock = Arc::new(clock);
    }

    /// Sets what carries requests, in place of reqwest.
    #[cfg(feature = "async")]
    pub fn transport(&mut self, transport: impl Transport + 'static) {
        self.transport = Some(Arc::new(transport));
    }

    /// Sets what waits, in place of tokio.
    #[cfg(feature = "async")]
    pub fn timer(&mut self, timer: impl Timer + 'static) {
        self.timer = Some(Arc::new(timer));
    }

    /// Sets what carries requests and blocks meanwhile, in place of ureq.
    #[cfg(feature = "blocking")]
    pub fn blocking_transport(&mut self, transport: impl BlockingTransport + 'static) {
        self.blocking_transport = Some(Arc::new(transport));
    }

    /// Sends to a mock, which is the clock too.
    #[cfg(feature = "mock")]
    pub fn mock(&mut self, mock: &super::mock::Mock) {
        self.clock(mock.clone());
        self.transport(mock.clone());
        self.timer(mock.clone());
        #[cfg(feature = "blocking")]
        self.blocking_transport(mock.clone());
    }

    /// Makes a client that sends to `base`.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up, there is nothing that carries requests or that waits, or credentials cannot be
    /// obtained from where they are said to be.
    #[cfg(feature = "async")]
    pub fn build(self, base: Base) -> Result<AsyncClient, SetupError> {
        #[cfg(feature = "reqwest")]
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => Arc::new(super::over_reqwest::client(self.connect_timeout)?),
        };
        #[cfg(feature = "reqwest")]
        let timer = self
            .timer
            .clone()
            .unwrap_or_else(|| Arc::new(super::over_reqwest::TokioTimer));
        #[cfg(not(feature = "reqwest"))]
        let transport = self.transport.clone().ok_or(SetupError::Missing("a transport"))?;
        #[cfg(not(feature = "reqwest"))]
        let timer = self.timer.clone().ok_or(SetupError::Missing("a timer"))?;
        let (shared, options) = self.share(base)?;
        Ok(AsyncClient::new(shared, transport, timer, options))
    }

    /// Makes a blocking client that sends to `base`.
    ///
    /// # Errors
    ///
    /// When credentials cannot be obtained from where they are said to be.
    #[cfg(feature = "blocking")]
    pub fn build_blocking(self, base: Base) -> Result<BlockingClient, SetupError> {
        let transport = match &self.blocking_transport {
            Some(transport) => Arc::clone(transport),
            None => Arc::new(super::over_ureq::agent(self.connect_timeout)),
        };
        let (shared, options) = self.share(base)?;
        Ok(BlockingClient::new(shared, transport, options))
    }

    fn share(self, mut base: Base) -> Result<(Shared, Options), SetupError> {
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
impl fmt::Debug for Setup {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Setup")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

/// What all clones of a client share.
pub(super) struct Shared {
    pub(super) base: Base,
    pub(super) budget: Budget,
    pub(super) clock: Arc<dyn Clock>,
    interceptors: Vec<Arc<dyn Interceptor>>,
    authorizers: Vec<Arc<dyn Authorizer>>,
}

impl Shared {
    /// Makes the request of a call.
    pub(super) fn request<C: Call>(&self, call: &C, options: &Options) -> Result<Request<Body>, InvalidRequest> {
        let mut request = call::into_request(call, &self.base, options.validation)?;
        options.write_headers(request.headers_mut())?;
        #[cfg(feature = "mock")]
        request.extensions_mut().insert(super::mock::CallType::of::<C>());
        Ok(request)
    }

    /// Returns what obtains the credentials of a request, where they are not at hand; those that the caller wrote into
    /// it stand.
    pub(super) fn authorizer(&self, operation: &Operation, request: &Request<Body>) -> Option<&dyn Authorizer> {
        if self.authorizers.is_empty() || request.headers().contains_key(header::AUTHORIZATION) {
            return None;
        }
        let chosen = self.base.chosen(operation.security);
        let is_chosen = |name: &str| chosen.iter().any(|scheme| scheme.name == name);
        let mut authorizers = self.authorizers.iter();
        let found = authorizers.find(|authorizer| is_chosen(authorizer.scheme()));
        found.map(|authorizer| &**authorizer)
    }

    /// Returns the same without interceptors and credentials, for requests that are no calls.
    pub(super) fn apart(&self) -> Self {
        Self {
            base: self.base.clone(),
            budget: Budget::default(),
            clock: Arc::clone(&self.clock),
            interceptors: Vec::new(),
            authorizers: Vec::new(),
        }
    }

    /// Lets the interceptors see a request.
    pub(super) fn before_send(&self, sent: Sent<'_>, request: &mut Request<Body>) -> Result<(), TransportError> {
        for interceptor in &self.interceptors {
            interceptor
                .before_send(sent, request)
                .map_err(|error| TransportError::new(TransportKind::Stopped, error))?;
        }
        Ok(())
    }

    /// Lets the interceptors see what came back.
    pub(super) fn after_receive(&self, sent: Sent<'_>, outcome: Result<&RawReply, &TransportError>) {
        trace::attempt(sent, outcome);
        for interceptor in &self.interceptors {
            interceptor.after_receive(sent, outcome);
        }
    }
}
