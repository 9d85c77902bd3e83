//! The settings that all requests of a client share: base URL, headers, credentials.

use std::borrow::Cow;
use std::fmt;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderValue, Uri};

use crate::runtime::auth::scheme::{Credentials, Requirements, Scheme, Written};
use crate::runtime::client::error::write_causes;
use crate::runtime::request::operation::Operation;

/// The base URL of the API, the headers of every request, and the credentials.
#[derive(Clone)]
pub struct RequestDefaults {
    url: String,
    /// Whether operations with a `servers` list of their own use it.
    has_servers: bool,
    /// The base URLs that replace servers of operations, by the URL of the server.
    servers: Vec<(String, String)>,
    headers: HeaderMap,
    credentials: Vec<(&'static str, Written)>,
}

/// Does not print credentials, only the names of their schemes.
impl fmt::Debug for RequestDefaults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<&str> = self.credentials.iter().map(|(scheme, _)| *scheme).collect();
        formatter
            .debug_struct("RequestDefaults")
            .field("url", &self.url)
            .field("has_servers", &self.has_servers)
            .field("servers", &self.servers)
            .field("headers", &self.headers)
            .field("credentials", &schemes)
            .finish()
    }
}

/// The configuration of a client is invalid.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// The base URL is not an absolute `http` or `https` URL without query and fragment.
    Url(String),
    /// The credentials of a security scheme cannot be used.
    Credentials {
        /// The name of the scheme.
        scheme: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// The value of a server variable is not allowed.
    ServerVariable {
        /// The name of the variable.
        name: &'static str,
        /// The value.
        value: String,
    },
    /// No operation has this server.
    Server(String),
    /// The name or value of a header has an invalid character.
    Header(String),
    /// The environment variable is not set, or its value is not UTF-8.
    Variable(&'static str),
    /// A required part of the client is missing.
    Missing(&'static str),
    /// The HTTP client or its TLS could not be set up.
    Http(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for ConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => write!(
                formatter,
                "{url:?} is not an absolute http or https URL without query and fragment"
            ),
            Self::Credentials { scheme, reason } => {
                write!(formatter, "the credentials for {scheme:?} cannot be used: {reason}")
            }
            Self::ServerVariable { name, value } => {
                write!(formatter, "the server variable {name:?} must not be {value:?}")
            }
            Self::Server(server) => write!(formatter, "no operation has the server {server:?}"),
            Self::Header(name) => write!(formatter, "the header {name:?} has an invalid character"),
            Self::Variable(name) => write!(formatter, "the environment variable {name} is not set, or not UTF-8"),
            Self::Missing(what) => write!(formatter, "the client needs {what}"),
            Self::Http(error) => {
                formatter.write_str("the HTTP client could not be set up")?;
                write_causes(formatter, Some(error.as_ref()))
            }
        }
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

impl RequestDefaults {
    /// Sets the base URL to `url`, without its trailing slash. All requests use it, including those of operations with
    /// a `servers` list of their own.
    ///
    /// # Errors
    ///
    /// If the URL is not absolute, is neither http nor https, or has a query or fragment.
    pub fn new(url: &str) -> Result<Self, ConfigError> {
        Ok(Self {
            url: checked_url(url)?,
            has_servers: false,
            servers: Vec::new(),
            headers: HeaderMap::new(),
            credentials: Vec::new(),
        })
    }

    /// Uses the URL `set` for all operations, if there is one. Otherwise uses `usual`, and for operations with a server
    /// of their own (`own`) that server or its replacement in `urls`.
    ///
    /// # Errors
    ///
    /// If a URL is not absolute, is neither http nor https, or has a query or fragment, or if `urls` has a server that
    /// no operation has.
    pub fn with_servers(
        usual: &str,
        set: Option<&str>,
        own: &[&str],
        urls: &[(String, String)],
    ) -> Result<Self, ConfigError> {
        let mut base = Self::new(set.unwrap_or(usual))?;
        base.has_servers = set.is_none();
        for (server, url) in urls {
            let server = server.trim_end_matches('/');
            if !own.contains(&server) {
                return Err(ConfigError::Server(server.to_owned()));
            }
            base.servers.retain(|(known, _)| known != server);
            base.servers.push((server.to_owned(), checked_url(url)?));
        }
        Ok(base)
    }

    /// Sets the credentials, and removes those that were set before.
    ///
    /// # Errors
    ///
    /// If they cannot be written into a request.
    pub fn credentials(mut self, credentials: &Credentials) -> Result<Self, ConfigError> {
        self.credentials = credentials.write()?;
        Ok(self)
    }

    /// Sets a header of every request.
    ///
    /// # Errors
    ///
    /// If the name or the value is not valid in a header.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, ConfigError> {
        let fault = || ConfigError::Header(name.to_owned());
        let header: http::HeaderName = name.parse().map_err(|_| fault())?;
        let mut value = HeaderValue::from_str(value).map_err(|_| fault())?;
        // The value may be a secret, so it is not printed.
        value.set_sensitive(header != USER_AGENT);
        self.headers.insert(header, value);
        Ok(self)
    }

    /// Sets the `User-Agent`.
    ///
    /// # Errors
    ///
    /// If the name or the value is not valid in a header.
    pub fn user_agent(self, value: &str) -> Result<Self, ConfigError> {
        self.header(USER_AGENT.as_str(), value)
    }

    /// Returns the base URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the base URL of an operation.
    pub(crate) fn url_of(&self, operation: &Operation) -> Cow<'_, str> {
        let Some(server) = operation.server else {
            return Cow::Borrowed(&self.url);
        };
        let set = self.servers.iter().find(|(known, _)| known == server);
        match set {
            Some((_, url)) => Cow::Borrowed(url),
            None if !server.contains("://") => Cow::Owned(format!("{}{server}", origin(&self.url))),
            None if self.has_servers => Cow::Borrowed(server),
            None => Cow::Borrowed(&self.url),
        }
    }

    /// Returns the headers of all requests, with capacity for the headers of one request.
    pub(crate) fn headers(&self) -> HeaderMap {
        /// As many as most requests add.
        const MORE: usize = 4;
        let mut headers = HeaderMap::with_capacity(self.headers.len() + MORE);
        headers.extend(self.headers.iter().map(|(name, value)| (name.clone(), value.clone())));
        headers
    }

    /// Returns the schemes whose credentials a request carries: the first alternative with credentials for all of its
    /// schemes.
    pub(crate) fn chosen(&self, requirements: Requirements) -> &'static [&'static Scheme] {
        let has = |scheme: &&Scheme| self.credentials.iter().any(|(name, _)| *name == scheme.name);
        // An alternative without schemes applies only if no other does.
        let mut asking = requirements.iter().filter(|alternative| !alternative.is_empty());
        asking
            .find(|alternative| alternative.iter().all(has))
            .copied()
            .unwrap_or_default()
    }

    /// Returns the credentials that a request carries.
    pub(crate) fn written(&self, requirements: Requirements) -> impl Iterator<Item = &Written> {
        let chosen = self.chosen(requirements);
        let of_chosen = |(name, _): &&(&str, Written)| chosen.iter().any(|scheme| scheme.name == *name);
        self.credentials.iter().filter(of_chosen).map(|(_, written)| written)
    }

    /// Marks the credentials of a scheme as obtained when a call is sent.
    #[cfg(feature = "client")]
    pub(crate) fn obtain_later(&mut self, scheme: &'static str) {
        self.credentials.retain(|(name, _)| *name != scheme);
        self.credentials.push((scheme, Written::Later));
    }
}

/// Returns a base URL without a slash at its end.
fn checked_url(url: &str) -> Result<String, ConfigError> {
    let fault = || ConfigError::Url(url.to_owned());
    let uri: Uri = url.parse().map_err(|_| fault())?;
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    if !is_http || uri.query().is_some() || url.contains('#') {
        return Err(fault());
    }
    Ok(url.trim_end_matches('/').to_owned())
}

/// Returns scheme, host and port of a URL.
fn origin(url: &str) -> &str {
    let host = url.find("://").map_or(0, |at| at + "://".len());
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    &url[..end]
}
