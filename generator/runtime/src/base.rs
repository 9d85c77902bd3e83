//! What all requests of a client have in common: URL, headers, credentials.

use std::borrow::Cow;
use std::fmt;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderValue, Uri};

use super::error::write_causes;
use super::operation::Operation;
use super::security::{Credentials, Requirements, Scheme, Written};

/// The base URL of the API, the headers of every request, and the credentials.
#[derive(Clone)]
pub struct Base {
    url: String,
    /// Whether operations that have a server of their own go there.
    has_servers: bool,
    /// Where operations go that have a server of their own, by that server.
    servers: Vec<(String, String)>,
    headers: HeaderMap,
    credentials: Vec<(&'static str, Written)>,
}

/// Shows everything but the credentials, of which it shows for which schemes there are any.
impl fmt::Debug for Base {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<&str> = self.credentials.iter().map(|(scheme, _)| *scheme).collect();
        formatter
            .debug_struct("Base")
            .field("url", &self.url)
            .field("has_servers", &self.has_servers)
            .field("servers", &self.servers)
            .field("headers", &self.headers)
            .field("credentials", &schemes)
            .finish()
    }
}

/// A client cannot be made from what was given.
#[derive(Debug)]
#[non_exhaustive]
pub enum SetupError {
    /// The base URL is not an absolute `http` or `https` URL without query and fragment.
    Url(String),
    /// The credentials of a security scheme cannot be used.
    Credentials {
        /// The name of the scheme.
        scheme: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// A variable of a server cannot have the value.
    ServerVariable {
        /// The name of the variable.
        name: &'static str,
        /// The value.
        value: String,
    },
    /// No operation has the server of its own.
    Server(String),
    /// A header's name or value has a character that cannot stand there.
    Header(String),
    /// The environment lacks the variable, or its value is not UTF-8.
    Variable(&'static str),
    /// The client lacks something that it cannot do without.
    Missing(&'static str),
    /// The HTTP client or its TLS could not be set up.
    Http(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for SetupError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(url) => write!(
                formatter,
                "{url:?} is no absolute http or https URL without query and fragment"
            ),
            Self::Credentials { scheme, reason } => {
                write!(formatter, "the credentials for {scheme:?} cannot be used: {reason}")
            }
            Self::ServerVariable { name, value } => {
                write!(formatter, "the variable {name:?} of the server cannot be {value:?}")
            }
            Self::Server(server) => write!(formatter, "no operation has a server of its own at {server:?}"),
            Self::Header(name) => write!(formatter, "the header {name:?} has a character that cannot stand there"),
            Self::Variable(name) => write!(formatter, "the environment variable {name} is not set, or not UTF-8"),
            Self::Missing(what) => write!(formatter, "the client needs {what}"),
            Self::Http(error) => {
                formatter.write_str("the HTTP client could not be set up")?;
                write_causes(formatter, Some(error.as_ref()))
            }
        }
    }
}

impl std::error::Error for SetupError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

impl Base {
    /// Makes a base at `url`; a slash at its end does not count. All requests go there, also those of operations that
    /// the document has at another server.
    ///
    /// # Errors
    ///
    /// When the URL is not absolute, not of http or https, or has a query or fragment.
    pub fn new(url: &str) -> Result<Self, SetupError> {
        Ok(Self {
            url: checked_url(url)?,
            has_servers: false,
            servers: Vec::new(),
            headers: HeaderMap::new(),
            credentials: Vec::new(),
        })
    }

    /// Makes a base at the URL that was `set` for all operations; or else at the `usual` one, and then the operations
    /// that have a server of their own go there. `own` are these servers, and `urls` says of some where else they are.
    ///
    /// # Errors
    ///
    /// When a URL is not absolute, not of http or https, or has a query or fragment, or `urls` has a server that is
    /// none of an operation.
    pub fn with_servers(
        usual: &str,
        set: Option<&str>,
        own: &[&str],
        urls: &[(String, String)],
    ) -> Result<Self, SetupError> {
        let mut base = Self::new(set.unwrap_or(usual))?;
        base.has_servers = set.is_none();
        for (server, url) in urls {
            let server = server.trim_end_matches('/');
            if !own.contains(&server) {
                return Err(SetupError::Server(server.to_owned()));
            }
            base.servers.retain(|(known, _)| known != server);
            base.servers.push((server.to_owned(), checked_url(url)?));
        }
        Ok(base)
    }

    /// Sets the credentials, in place of those that it has.
    ///
    /// # Errors
    ///
    /// When a request cannot carry them.
    pub fn credentials(mut self, credentials: &Credentials) -> Result<Self, SetupError> {
        self.credentials = credentials.write()?;
        Ok(self)
    }

    /// Sets a header of every request.
    ///
    /// # Errors
    ///
    /// When a header, or the URL, cannot hold the text.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self, SetupError> {
        let fault = || SetupError::Header(name.to_owned());
        let header: http::HeaderName = name.parse().map_err(|_| fault())?;
        let mut value = HeaderValue::from_str(value).map_err(|_| fault())?;
        // What it holds is not known here; so it is not shown.
        value.set_sensitive(header != USER_AGENT);
        self.headers.insert(header, value);
        Ok(self)
    }

    /// Sets the `User-Agent`.
    ///
    /// # Errors
    ///
    /// When a header, or the URL, cannot hold the text.
    pub fn user_agent(self, value: &str) -> Result<Self, SetupError> {
        self.header(USER_AGENT.as_str(), value)
    }

    /// Returns the base URL, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the URL that the path of an operation stands below.
    pub(super) fn url_of(&self, operation: &Operation) -> Cow<'_, str> {
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

    /// Returns the headers that all requests have, with room for those of one.
    pub(super) fn headers(&self) -> HeaderMap {
        /// As many as most requests add.
        const MORE: usize = 4;
        let mut headers = HeaderMap::with_capacity(self.headers.len() + MORE);
        headers.extend(self.headers.iter().map(|(name, value)| (name.clone(), value.clone())));
        headers
    }

    /// Returns the schemes whose credentials a request carries: the first alternative that they are all there of.
    pub(super) fn chosen(&self, requirements: Requirements) -> &'static [&'static Scheme] {
        let has = |scheme: &&Scheme| self.credentials.iter().any(|(name, _)| *name == scheme.name);
        // One that asks for nothing is met by what is left where no other is.
        let mut asking = requirements.iter().filter(|alternative| !alternative.is_empty());
        asking
            .find(|alternative| alternative.iter().all(has))
            .copied()
            .unwrap_or_default()
    }

    /// Returns the credentials that a request carries.
    pub(super) fn written(&self, requirements: Requirements) -> impl Iterator<Item = &Written> {
        let chosen = self.chosen(requirements);
        let of_chosen = |(name, _): &&(&str, Written)| chosen.iter().any(|scheme| scheme.name == *name);
        self.credentials.iter().filter(of_chosen).map(|(_, written)| written)
    }

    /// Says that the credentials of a scheme are obtained when a call is sent, in place of those that it has.
    #[cfg(feature = "client")]
    pub(super) fn obtain_later(&mut self, scheme: &'static str) {
        self.credentials.retain(|(name, _)| *name != scheme);
        self.credentials.push((scheme, Written::Later));
    }
}

/// Returns a base URL without a slash at its end.
fn checked_url(url: &str) -> Result<String, SetupError> {
    let fault = || SetupError::Url(url.to_owned());
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
