//! What all requests of a client have in common: URL, headers, credentials.

use std::fmt;

use http::header::{AUTHORIZATION, USER_AGENT};
use http::{HeaderMap, HeaderValue, Uri};

/// The base URL of the API, the headers of every request, and the credentials.
#[derive(Debug, Clone)]
pub struct Base {
    url: String,
    headers: HeaderMap,
    token: Option<Token>,
}

/// A bearer token that is never shown.
#[derive(Clone)]
struct Token(HeaderValue);

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token(…)")
    }
}

/// A client cannot be made from what was given.
#[derive(Debug)]
#[non_exhaustive]
pub enum SetupError {
    /// The base URL is not an absolute `http` or `https` URL without query and fragment.
    Url(String),
    /// The token has a character that cannot stand in a header.
    Token,
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
            Self::Token => formatter.write_str("the token has a character that cannot stand in a header"),
            Self::Header(name) => write!(formatter, "the header {name:?} has a character that cannot stand there"),
            Self::Variable(name) => write!(formatter, "the environment variable {name} is not set, or not UTF-8"),
            Self::Missing(what) => write!(formatter, "the client needs {what}"),
            Self::Http(error) => write!(formatter, "the HTTP client could not be set up: {error}"),
        }
    }
}

impl std::error::Error for SetupError {}

impl Base {
    /// Makes a base at `url`; a slash at its end does not count.
    ///
    /// # Errors
    ///
    /// When the URL is not absolute, not of http or https, or has a query or fragment.
    pub fn new(url: &str) -> Result<Self, SetupError> {
        let fault = || SetupError::Url(url.to_owned());
        let uri: Uri = url.parse().map_err(|_| fault())?;
        let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
        if !is_http || uri.query().is_some() || url.contains('#') {
            return Err(fault());
        }
        Ok(Self {
            url: url.trim_end_matches('/').to_owned(),
            headers: HeaderMap::new(),
            token: None,
        })
    }

    /// Sets the bearer token ([RFC 6750 §2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
    ///
    /// # Errors
    ///
    /// When a header cannot hold the token.
    pub fn bearer(mut self, token: &str) -> Result<Self, SetupError> {
        let mut value = HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| SetupError::Token)?;
        value.set_sensitive(true);
        self.token = Some(Token(value));
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

    pub(super) fn write_headers(&self, headers: &mut HeaderMap, authorized: bool) {
        headers.extend(self.headers.clone());
        if let (true, Some(Token(value))) = (authorized, &self.token) {
            headers.insert(AUTHORIZATION, value.clone());
        }
    }
}
