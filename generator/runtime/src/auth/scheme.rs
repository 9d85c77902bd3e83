//! Security schemes: which credentials an operation requires, and how they are sent.
//!
//! Credentials are never printed, neither by `Debug` nor in errors. A key in the query is part of the URL of a request,
//! so whatever logs the URL logs the key.

use std::fmt;

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use crate::runtime::request::base::ConfigError;
use crate::runtime::request::percent;

/// A security scheme of the document
/// ([OpenAPI 3.1.1 §4.8.27](https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    /// Its name in the document.
    pub name: &'static str,
    /// The kind of its credentials, and their place in a request.
    pub kind: SchemeKind,
}

/// The kind of the credentials of a scheme, and their place in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// A token in `Authorization: Bearer`
    /// ([RFC 6750 §2.1](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)).
    Bearer,
    /// A user name and password in `Authorization: Basic` ([RFC 7617
    /// §2](https://www.rfc-editor.org/rfc/rfc7617#section-2)).
    Basic,
    /// A key in the header of this name.
    Header(&'static str),
    /// A key in the query, under this name.
    Query(&'static str),
    /// A key in the cookie of this name.
    Cookie(&'static str),
}

/// The security requirements of an operation: alternatives, each a combination of schemes
/// ([OpenAPI 3.1.1 §4.8.30](https://spec.openapis.org/oas/v3.1.1.html#security-requirement-object)).
///
/// A request carries the credentials of the first alternative for which all credentials are set. If there is none, it
/// is sent without credentials, and the server may reject it.
pub type Requirements = &'static [&'static [&'static Scheme]];

/// The credentials that the caller set, by scheme.
#[derive(Clone, Default)]
pub struct Credentials(Vec<(&'static Scheme, Result<String, &'static str>)>);

impl Credentials {
    /// Sets the credentials of a scheme, a token or a key, and replaces the current ones.
    pub fn set(&mut self, scheme: &'static Scheme, secret: impl Into<String>) {
        self.put(scheme, Ok(secret.into()));
    }

    /// Sets the credentials of a scheme, or the reason why they are invalid.
    pub(crate) fn put(&mut self, scheme: &'static Scheme, secret: Result<String, &'static str>) {
        self.0.retain(|(known, _)| known.name != scheme.name);
        self.0.push((scheme, secret));
    }

    /// Returns the credentials in the form that requests contain.
    pub(crate) fn write(&self) -> Result<Vec<(&'static str, Written)>, ConfigError> {
        let written = self.0.iter().map(|(scheme, secret)| {
            let written = secret.as_ref().map_err(|reason| *reason);
            match written.and_then(|secret| Written::new(scheme.kind, secret)) {
                Ok(written) => Ok((scheme.name, written)),
                Err(reason) => Err(ConfigError::Credentials {
                    scheme: scheme.name,
                    reason,
                }),
            }
        });
        written.collect()
    }
}

/// Prints the names of the schemes with credentials.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_set()
            .entries(self.0.iter().map(|(scheme, _)| scheme.name))
            .finish()
    }
}

/// Credentials in the form that a request contains.
#[derive(Clone)]
pub(crate) enum Written {
    /// A header.
    Header(HeaderName, HeaderValue),
    /// A name and a value of the query, percent-encoded.
    Query(String),
    /// A name and a value of a cookie.
    Cookie(String),
    /// No value yet: the credentials are obtained when a call is sent.
    #[cfg(feature = "client")]
    Later,
}

impl Written {
    fn new(kind: SchemeKind, secret: &str) -> Result<Self, &'static str> {
        match kind {
            SchemeKind::Bearer => Self::header(AUTHORIZATION, &format!("Bearer {secret}")),
            SchemeKind::Basic => Self::header(AUTHORIZATION, &format!("Basic {secret}")),
            SchemeKind::Header(name) => {
                let name = HeaderName::try_from(name).map_err(|_| "the document names no header")?;
                Self::header(name, secret)
            }
            SchemeKind::Query(name) => {
                let (name, value) = (percent::encode(name), percent::encode(secret));
                Ok(Self::Query(format!("{name}={value}")))
            }
            SchemeKind::Cookie(_) if !secret.bytes().all(is_cookie_octet) => {
                Err("they have a character that cannot stand in a cookie")
            }
            SchemeKind::Cookie(name) => Ok(Self::Cookie(format!("{name}={secret}"))),
        }
    }

    fn header(name: HeaderName, value: &str) -> Result<Self, &'static str> {
        let mut value =
            HeaderValue::from_str(value).map_err(|_| "they have a character that cannot stand in a header")?;
        value.set_sensitive(true);
        Ok(Self::Header(name, value))
    }
}

/// Returns whether a byte is valid in the value of a cookie ([RFC 6265
/// §4.1.1](https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1)). The value is not encoded, since servers read it
/// unchanged.
fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}
