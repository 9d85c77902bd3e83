//! Path templates: their errors, what is sent for them, and their parameters.

use std::borrow::Cow;

use crate::lower::operations::path_template::{Parts, split};
use crate::model::{Location, Parameter};

/// The error of an invalid path template.
///
/// The grammar is that of [OpenAPI 3.2 §4.8.2](https://spec.openapis.org/oas/v3.2.0.html#path-templating), which
/// defines formally what [3.0.4](https://spec.openapis.org/oas/v3.0.4.html#path-templating) and 3.1 describe. Empty
/// segments (`//`) are accepted, although the grammar has none: a URL can have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum PathError<'path> {
    /// It does not start with `/`.
    NoSlash,
    /// An unmatched brace, a nested brace, or empty braces, with the rest of the path.
    Brace(&'path str),
    /// A duplicate name.
    Twice(&'path str),
    /// A character that is not allowed in a path.
    Character(char),
}

impl PathError<'_> {
    /// Returns the code of the diagnostic.
    pub(in crate::lower) fn code(self) -> &'static str {
        match self {
            Self::NoSlash => "path-without-slash",
            Self::Brace(_) => "path-brace",
            Self::Twice(_) => "path-parameter-duplicate",
            Self::Character(_) => "path-character",
        }
    }

    /// Returns the message of the diagnostic.
    pub(in crate::lower) fn message(self, path: &str) -> String {
        match self {
            Self::NoSlash => format!("the path {path:?} does not start with `/`"),
            Self::Brace(rest) => {
                format!("invalid path template: the brace at the start of `{rest}` encloses no name")
            }
            Self::Twice(name) => format!("duplicate path parameter {{{name}}}"),
            Self::Character(sign) => format!("{sign:?} is not allowed in a path"),
        }
    }

    /// Returns the help of the diagnostic.
    pub(in crate::lower) fn help(self, path: &str) -> String {
        match self {
            Self::NoSlash if path.contains("://") => {
                "move the host to `servers`, and start the path at the `/` after it".to_owned()
            }
            Self::NoSlash => format!("write `/{path}`; a field of your own starts with `x-`"),
            Self::Brace(_) => "a parameter is its name in braces, such as {id}; \
                write a brace that is meant as such as `%7B` or `%7D`"
                .to_owned(),
            Self::Twice(_) => "use a different name for each, and declare a parameter for each".to_owned(),
            Self::Character(sign) => format!("write it percent-encoded, as `{}`", encoded(sign)),
        }
    }
}

/// Returns the error of `key` as a template with an optional query and fragment, if it is invalid.
pub(in crate::lower) fn fault(key: &str) -> Option<PathError<'_>> {
    let Parts { template, query, .. } = split(key);
    if !template.starts_with('/') {
        return Some(PathError::NoSlash);
    }
    let mut names: Vec<&str> = Vec::new();
    fault_of(template, is_path_character, &mut names).or_else(|| fault_of(query?, is_query_character, &mut names))
}

/// Returns a key as requests are made from it: with the `/` that is missing in front, and with characters percent-encoded
/// that a URL does not have. Returns `None` if no request can be made.
pub(in crate::lower) fn mended(key: &str) -> Option<Cow<'_, str>> {
    match fault(key) {
        None => return Some(Cow::Borrowed(key)),
        Some(PathError::NoSlash) if key.contains("://") => return None,
        Some(PathError::Brace(_) | PathError::Twice(_)) => return None,
        Some(PathError::NoSlash | PathError::Character(_)) => {}
    }
    let Parts {
        template,
        query,
        fragment,
    } = split(key);
    let mut mended = if template.starts_with('/') {
        String::new()
    } else {
        "/".to_owned()
    };
    encode_into(&mut mended, template, is_path_character);
    if let Some(query) = query {
        mended.push('?');
        encode_into(&mut mended, query, is_query_character);
    }
    if let Some(fragment) = fragment {
        mended.push('#');
        mended.push_str(fragment);
    }
    fault(&mended).is_none().then_some(Cow::Owned(mended))
}

/// Adds a part of a key to `mended`, with the characters percent-encoded that it cannot have. Names in braces stay.
fn encode_into(mended: &mut String, part: &str, is_character: fn(char) -> bool) {
    let mut is_name = false;
    for (at, sign) in part.char_indices() {
        let after = &part.as_bytes()[at + sign.len_utf8()..];
        is_name = match sign {
            '{' => true,
            '}' => false,
            _ => is_name,
        };
        let is_kept = match sign {
            '{' | '}' => true,
            '%' => is_encoded(after),
            _ => is_character(sign),
        };
        if is_kept || is_name {
            mended.push(sign);
        } else {
            mended.push_str(&encoded(sign));
        }
    }
}

/// Returns a character percent-encoded ([RFC 3986 §2.1](https://www.rfc-editor.org/rfc/rfc3986#section-2.1)).
fn encoded(sign: char) -> String {
    let mut buffer = [0; 4];
    let bytes = sign.encode_utf8(&mut buffer).bytes();
    bytes.fold(String::new(), |known, byte| known + &format!("%{byte:02X}"))
}

/// Returns whether what stands after a `%` makes it the start of an encoded byte.
fn is_encoded(after: &[u8]) -> bool {
    after
        .get(..2)
        .is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
}

/// Returns the error of a part of a key, if it is invalid, and adds the names in its braces to `names`.
fn fault_of<'path>(
    part: &'path str,
    is_character: fn(char) -> bool,
    names: &mut Vec<&'path str>,
) -> Option<PathError<'path>> {
    let mut rest = part;
    while let Some(sign) = rest.chars().next() {
        let after = &rest[sign.len_utf8()..];
        rest = match sign {
            '{' => {
                let name = after
                    .split_once('}')
                    .filter(|(name, _)| !name.is_empty() && !name.contains('{'));
                let Some((name, after)) = name else {
                    return Some(PathError::Brace(rest));
                };
                if names.contains(&name) {
                    return Some(PathError::Twice(name));
                }
                names.push(name);
                after
            }
            '}' => return Some(PathError::Brace(rest)),
            '%' if !is_encoded(after.as_bytes()) => return Some(PathError::Character(sign)),
            _ if is_character(sign) => after,
            _ => return Some(PathError::Character(sign)),
        };
    }
    None
}

/// Returns whether a path has the character as it is, or `/` or `%`
/// ([RFC 3986 §3.3](https://www.rfc-editor.org/rfc/rfc3986#section-3.3)).
fn is_path_character(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/%".contains(sign)
}

/// Returns whether a query has the character as it is
/// ([RFC 3986 §3.4](https://www.rfc-editor.org/rfc/rfc3986#section-3.4)).
fn is_query_character(sign: char) -> bool {
    sign == '?' || is_path_character(sign)
}

/// Returns the names of the template's parameters, in order.
pub(in crate::lower) fn parameters(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

/// Returns the template without the names of its parameters. If two such templates are equal, a server cannot
/// distinguish them.
pub(in crate::lower) fn without_names(template: &str) -> String {
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |known, part| {
        known + "{}" + part.split_once('}').map_or("", |(_, rest)| rest)
    })
}

/// Moves the parameters of the path to the front, in the order of its template.
pub(in crate::lower) fn sort(parameters: &mut [Parameter], path: &str) {
    let order = self::parameters(path);
    parameters.sort_by_key(|parameter| {
        let place = || order.iter().position(|name| *name == parameter.wire);
        match parameter.location {
            Location::Path => place().unwrap_or(order.len()),
            _ => usize::MAX,
        }
    });
}

#[cfg(test)]
mod tests {
    use super::{PathError, fault, mended, parameters, without_names};

    #[test]
    fn an_invalid_template_is_reported() {
        for good in [
            "/",
            "/a/",
            "/a//b",
            "/a/{b}.{c}",
            "/a:b;c=1,2",
            "/%7Ba",
            "/{ü #?}",
            "/a?b={c}",
            "/a?b=1&c=/?%20",
            "/a#b c?é",
            "/#",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for (bad, expected) in [
            ("", PathError::NoSlash),
            ("a", PathError::NoSlash),
            ("/{x}/{x}", PathError::Twice("x")),
            ("/{y", PathError::Brace("{y")),
            ("/y}/z", PathError::Brace("}/z")),
            ("/{a{b}}", PathError::Brace("{a{b}}")),
            ("/{}", PathError::Brace("{}")),
            ("/a b", PathError::Character(' ')),
            ("?a", PathError::NoSlash),
            ("#a", PathError::NoSlash),
            ("/a?b c", PathError::Character(' ')),
            ("/a?b=%", PathError::Character('%')),
            ("/{x}?y={x}", PathError::Twice("x")),
            ("/a?b={", PathError::Brace("{")),
            ("/é", PathError::Character('é')),
            ("/50%", PathError::Character('%')),
            ("/%zé", PathError::Character('%')),
        ] {
            assert_eq!(fault(bad), Some(expected), "{bad}");
        }
    }

    #[test]
    fn requests_are_made_from_what_is_meant() {
        for (key, expected) in [
            ("/a/{b c}", Some("/a/{b c}")),
            ("a/{b}", Some("/a/{b}")),
            ("", Some("/")),
            ("?a=b", Some("/?a=b")),
            ("/a b/{x y}?c=d e#f g", Some("/a%20b/{x y}?c=d%20e#f g")),
            ("/é%", Some("/%C3%A9%25")),
            ("https://a.example/b", None),
            ("/{a", None),
            ("a/{}", None),
            ("/{a}/{a}", None),
        ] {
            assert_eq!(mended(key).as_deref(), expected, "{key}");
        }
    }

    #[test]
    fn templates_are_taken_apart() {
        assert_eq!(parameters("/a/{b}/c/{d}.json"), ["b", "d"]);
        assert_eq!(without_names("/a/{b}/c/{d}.json"), "/a/{}/c/{}.json");
    }
}
