//! Redirects: which are followed, and which headers are kept.

use http::request::Parts;
use http::uri::{Authority, Scheme};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};

use crate::runtime::auth::scheme::Written;
use crate::runtime::client::call::with_query;
use crate::runtime::client::error::{InvalidRequest, RawResponse};

/// The maximum number of redirects of a call.
const MOST: u32 = 5;

/// The headers that a request to another origin keeps. None of them can contain a secret.
const HARMLESS: [HeaderName; 4] = [
    header::ACCEPT,
    header::ACCEPT_LANGUAGE,
    header::RANGE,
    header::USER_AGENT,
];

/// Which redirects are followed.
///
/// Only redirects of `GET` and `HEAD` are followed, and only if the operation does not document the status. Any other
/// redirect is returned as a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Redirects {
    /// No redirects.
    Never,
    /// Redirects to the same scheme, host and port. The credentials are kept.
    #[default]
    SameOrigin,
    /// Redirects to any host, but never from https to http. A request to another origin has no credentials, no cookies,
    /// and no headers of the caller.
    AnyOrigin,
}

impl Redirects {
    /// Changes `head` to the request that follows the redirect `reply`, the `count`th one. Returns false if it is not
    /// followed.
    ///
    /// Those of the `credentials` that are in the query are added to the new URL if the origin is the same.
    pub(crate) fn follow<'base>(
        self,
        head: &mut Parts,
        response: &RawResponse,
        count: u32,
        credentials: impl Iterator<Item = &'base Written>,
    ) -> bool {
        let is_redirect = matches!(
            response.status,
            StatusCode::MOVED_PERMANENTLY
                | StatusCode::FOUND
                | StatusCode::SEE_OTHER
                | StatusCode::TEMPORARY_REDIRECT
                | StatusCode::PERMANENT_REDIRECT
        );
        let only_reads = matches!(head.method, Method::GET | Method::HEAD);
        if self == Self::Never || !is_redirect || !only_reads || count > MOST {
            return false;
        }
        let location = response
            .headers
            .get(header::LOCATION)
            .and_then(|value| value.to_str().ok());
        let Some(mut target) = location.and_then(|location| resolve(&head.uri, location)) else {
            return false;
        };
        if origin(&target) == origin(&head.uri) {
            let Ok(whole) = keep_credentials(&head.uri, target, credentials) else {
                return false;
            };
            target = whole;
        } else {
            let is_downgrade = head.uri.scheme() == Some(&Scheme::HTTPS) && target.scheme() != Some(&Scheme::HTTPS);
            if self == Self::SameOrigin || is_downgrade {
                return false;
            }
            keep_harmless(&mut head.headers);
        }
        head.uri = target;
        true
    }
}

/// Returns `target` with the credentials in the query of the previous URL.
fn keep_credentials<'base>(
    before: &Uri,
    target: Uri,
    credentials: impl Iterator<Item = &'base Written>,
) -> Result<Uri, InvalidRequest> {
    let is_lost = |written: &&Written| match written {
        Written::Query(pair) => has_pair(before, pair) && !has_pair(&target, pair),
        _ => false,
    };
    let mut lost = credentials.filter(is_lost).peekable();
    match lost.peek() {
        None => Ok(target),
        Some(_) => with_query(&target, target.query().unwrap_or_default(), lost),
    }
}

fn keep_harmless(headers: &mut HeaderMap) {
    let names: Vec<HeaderName> = headers.keys().cloned().collect();
    for name in names {
        let is_secret = headers.get_all(&name).iter().any(HeaderValue::is_sensitive);
        if is_secret || !HARMLESS.contains(&name) {
            headers.remove(&name);
        }
    }
}

/// Returns whether the query of a URL contains a pair of a name and a value.
fn has_pair(uri: &Uri, pair: &str) -> bool {
    uri.query()
        .is_some_and(|query| query.split('&').any(|known| known == pair))
}

/// Returns scheme, host and port. The default port of the scheme is omitted.
fn origin(uri: &Uri) -> (Option<&str>, Option<String>, Option<u16>) {
    let scheme = uri.scheme_str();
    let port = uri.port_u16().or(match scheme {
        Some("https") => Some(443),
        Some("http") => Some(80),
        _ => None,
    });
    (scheme, uri.host().map(str::to_lowercase), port)
}

/// Resolves a reference against the URL of its response ([RFC 3986
/// §5.2](https://www.rfc-editor.org/rfc/rfc3986#section-5.2)), except for dot segments: a reference with `..` is not
/// followed.
pub(crate) fn resolve(base: &Uri, location: &str) -> Option<Uri> {
    let location = location.split('#').next().unwrap_or_default();
    let scheme = base.scheme_str()?;
    let authority = base.authority().map(Authority::as_str)?;
    let text = if location.starts_with("http://") || location.starts_with("https://") {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else if location.starts_with('/') {
        format!("{scheme}://{authority}{location}")
    } else if location.starts_with('?') {
        format!("{scheme}://{authority}{}{location}", base.path())
    } else if location.is_empty() || location.split(['/', '?']).next()?.contains(':') {
        // An empty reference, or another scheme.
        return None;
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{folder}/{location}")
    };
    let uri: Uri = text.parse().ok()?;
    let goes_up = uri.path().split('/').any(|segment| matches!(segment, "." | ".."));
    let has_user = uri.authority()?.as_str().contains('@');
    (!goes_up && !has_user).then_some(uri)
}
