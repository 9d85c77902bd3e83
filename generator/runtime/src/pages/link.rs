//! Links to the next page, in the header `Link` ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)) or in the body.

use http::{HeaderMap, Uri, header};

use crate::runtime::client::call::{self, Call};
use crate::runtime::json::codec::{Encode, to_json};
use crate::runtime::pages::{PageTracker, PagingError};
use crate::runtime::request::operation::Validation;

impl PageTracker {
    /// Returns the query of the next page, after the page that `call` requested and that came with `headers`.
    ///
    /// The next request is the same request with the query of the link, sent to the configured server. A link to
    /// another host or path is an error, since its query does not belong to this operation. The last page has no link
    /// to a next page. A page without items may be followed by others.
    ///
    /// # Errors
    ///
    /// If the link has another host or path, or its page was requested before.
    pub fn by_link<C: Call>(&mut self, call: &C, headers: &HeaderMap) -> Result<Option<String>, PagingError> {
        self.follow(call, next_link(headers))
    }

    /// Returns the query of the next page, after the page that `call` requested and that contains `next`, a URL.
    ///
    /// It is followed as a link of the header is. On the last page it is absent, `null` or the empty string.
    ///
    /// # Errors
    ///
    /// If the URL has another host or path, or its page was requested before.
    pub fn by_url<C: Call>(&mut self, call: &C, next: Option<&dyn Encode>) -> Result<Option<String>, PagingError> {
        let next = next.and_then(|next| to_json(next).as_str().map(str::to_owned));
        self.follow(call, next.filter(|next| !next.is_empty()))
    }

    fn follow<C: Call>(&mut self, call: &C, target: Option<String>) -> Result<Option<String>, PagingError> {
        let Some(target) = target else {
            return Ok(None);
        };
        let invalid_next_page =
            || PagingError::invalid_next_page("a link to the host and path of the request", &format!("`{target}`"));
        // The request was sent before, so it can be written again.
        let request = call::request(C::OPERATION, call.arguments(), self.request_defaults(), Validation::Off)
            .map_err(|_| invalid_next_page())?;
        let own = request.uri();
        let query = query_of(&target, own).ok_or_else(invalid_next_page)?;
        self.note(own.query().unwrap_or_default());
        self.visit(&query)?;
        Ok(Some(query))
    }
}

/// Returns the target of the link to the next page, as received.
///
/// A link with an `anchor` belongs to another page ([RFC 8288
/// §3.2](https://www.rfc-editor.org/rfc/rfc8288#section-3.2)).
#[must_use]
pub fn next_link(headers: &HeaderMap) -> Option<String> {
    let fields = headers.get_all(header::LINK).into_iter();
    let texts = fields.map(|field| String::from_utf8_lossy(field.as_bytes()).into_owned());
    let mut links = texts.flat_map(|text| links(&text));
    links.find(Link::is_next).map(|link| link.target)
}

/// A link of the header.
struct Link {
    target: String,
    parameters: Vec<(String, String)>,
}

impl Link {
    /// Relation types are separated by spaces, and are case-insensitive. The first parameter `rel` applies ([RFC 8288
    /// §3.3](https://www.rfc-editor.org/rfc/rfc8288#section-3.3)).
    fn is_next(&self) -> bool {
        let parameter = |name| self.parameters.iter().find(|(known, _)| known == name);
        let (_, relations) = parameter("rel").map_or(("", ""), |(name, value)| (name, value));
        let mut relations = relations.split_ascii_whitespace();
        relations.any(|relation| relation.eq_ignore_ascii_case("next")) && parameter("anchor").is_none()
    }
}

/// Parses a field of the header. The text after a syntax error is ignored ([RFC 8288 appendix
/// B.2](https://www.rfc-editor.org/rfc/rfc8288#appendix-B.2)).
fn links(field: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut rest = field;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let Some((target, behind)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
            return links;
        };
        let (parameters, behind) = parameters(behind);
        links.push(Link {
            target: target.trim().to_owned(),
            parameters,
        });
        rest = behind;
    }
}

/// Parses the parameters of a link, and returns the remaining text ([RFC 8288 appendix
/// B.3](https://www.rfc-editor.org/rfc/rfc8288#appendix-B.3)).
fn parameters(text: &str) -> (Vec<(String, String)>, &str) {
    let mut parameters = Vec::new();
    let mut rest = trimmed(text);
    while let Some(behind) = rest.strip_prefix(';') {
        let (name, behind) = split(trimmed(behind), &[' ', '\t', '=', ';', ',']);
        let behind = trimmed(behind);
        let (value, behind) = match behind.strip_prefix('=').map(trimmed) {
            None => (String::new(), behind),
            Some(quoted) if quoted.starts_with('"') => unquoted(&quoted[1..]),
            Some(token) => {
                let (value, behind) = split(token, &[' ', '\t', ';', ',']);
                (value.to_owned(), behind)
            }
        };
        if !name.is_empty() {
            parameters.push((name.to_ascii_lowercase(), value));
        }
        rest = trimmed(behind);
    }
    (parameters, rest)
}

fn trimmed(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}

/// Splits `text` before the first of the characters `ends`.
fn split<'text>(text: &'text str, ends: &[char]) -> (&'text str, &'text str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

/// Reads a quoted string after its first quotation mark, and returns the remaining text ([RFC 8288 appendix
/// B.4](https://www.rfc-editor.org/rfc/rfc8288#appendix-B.4)).
fn unquoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return (value, &text[index + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

/// Returns the query of `target`, a reference relative to `own`. Returns `None` if it has another host or path ([RFC
/// 3986 §5.2.2](https://www.rfc-editor.org/rfc/rfc3986#section-5.2.2)).
///
/// The scheme is ignored: the request is sent to the configured server, and a server behind a proxy may not know the
/// scheme of its clients.
fn query_of(target: &str, own: &Uri) -> Option<String> {
    let target = target.split('#').next().unwrap_or_default();
    let (place, query) = target
        .split_once('?')
        .map_or((target, None), |(place, query)| (place, Some(query)));
    let scheme = place.split_once("://").map(|(scheme, _)| scheme);
    let is_http = |scheme: &str| ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str());
    let absolute = match scheme.filter(|scheme| is_http(scheme)) {
        Some(scheme) => Some(&place[scheme.len() + 3..]),
        None => place.strip_prefix("//"),
    };
    let path = match absolute {
        Some(absolute) => {
            let (host, path) = absolute.split_at(absolute.find('/').unwrap_or(absolute.len()));
            let own_host = own.authority().map_or("", |authority| authority.as_str());
            if !without_port(host).eq_ignore_ascii_case(without_port(own_host)) {
                return None;
            }
            path.to_owned()
        }
        None if place.is_empty() => own.path().to_owned(),
        None if place.starts_with('/') => place.to_owned(),
        None => {
            let (folder, _) = own.path().rsplit_once('/').unwrap_or_default();
            format!("{folder}/{place}")
        }
    };
    let is_same = decoded(&without_dots(&path)) == decoded(own.path());
    // An empty reference targets the page itself.
    let query = query.or(own.query().filter(|_| place.is_empty()));
    is_same.then(|| query.unwrap_or_default().to_owned())
}

/// Returns a host without the default port of its scheme.
fn without_port(host: &str) -> &str {
    let usual = [":80", ":443"].into_iter();
    usual.fold(host, |host, port| host.strip_suffix(port).unwrap_or(host))
}

/// Removes the segments `.` and `..`
/// ([RFC 3986 §5.2.4](https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4)).
fn without_dots(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    let last = path.split('/').count().saturating_sub(1);
    for (index, segment) in path.split('/').enumerate() {
        match segment {
            "." | ".." => {
                if segment == ".." && segments.len() > 1 {
                    segments.pop();
                }
                // A path that ends in such a segment ends with a slash.
                if index == last {
                    segments.push("");
                }
            }
            other => segments.push(other),
        }
    }
    segments.join("/")
}

/// Returns the decoded bytes of a path, since servers encode other characters than clients do.
fn decoded(path: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let digits = tail.get(..2).filter(|_| byte == b'%');
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(escaped) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(escaped);
            rest = &tail[2..];
        } else {
            bytes.push(byte);
            rest = tail;
        }
    }
    bytes
}
