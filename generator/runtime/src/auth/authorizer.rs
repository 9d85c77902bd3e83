//! Credentials that a client obtains by itself, when a call needs them.

use std::sync::Arc;

use http::HeaderValue;

#[cfg(feature = "async")]
use crate::runtime::client::asynchronous::AsyncClient;
#[cfg(feature = "blocking")]
use crate::runtime::client::blocking::BlockingClient;
use crate::runtime::client::clock::Clock;
use crate::runtime::client::error::TransportError;
#[cfg(feature = "async")]
use crate::runtime::client::transport::Pending;
use crate::runtime::request::base::{ConfigError, RequestDefaults};

/// Obtains the credentials of a scheme, as values of the header `Authorization`.
pub(crate) trait Authorizer: Send + Sync {
    /// Returns the name of the scheme.
    fn scheme(&self) -> &'static str;

    /// Returns cached credentials that have not expired, and are not those that the server `refused`.
    fn at_hand(&self, clock: &dyn Clock, refused: Option<&HeaderValue>) -> Option<HeaderValue>;

    /// Obtains new credentials, which replace those that the server `refused`. `client` sends the requests without
    /// interceptors and credentials.
    #[cfg(feature = "async")]
    fn obtain<'run>(
        &'run self,
        client: AsyncClient,
        clock: &'run dyn Clock,
        refused: Option<HeaderValue>,
    ) -> Pending<'run, Result<HeaderValue, TransportError>>;

    /// Obtains new credentials, and blocks the thread.
    #[cfg(feature = "blocking")]
    fn obtain_blocking(
        &self,
        client: &BlockingClient,
        clock: &dyn Clock,
        refused: Option<&HeaderValue>,
    ) -> Result<HeaderValue, TransportError>;
}

/// Makes the authorizer of one client. Clients do not share authorizers.
pub(crate) type MakeAuthorizer =
    Arc<dyn Fn(&RequestDefaults) -> Result<Arc<dyn Authorizer>, ConfigError> + Send + Sync>;
