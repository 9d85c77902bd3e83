//! URI references, resolved against a base ([RFC 3986 §5](https://www.rfc-editor.org/rfc/rfc3986#section-5)).

/// The parts of a URI reference without its fragment ([RFC 3986, appendix B](https://www.rfc-editor.org/rfc/rfc3986#appendix-B)).
#[derive(Debug, Default, Clone, Copy)]
struct Parts<'text> {
    scheme: Option<&'text str>,
    authority: Option<&'text str>,
    path: &'text str,
    query: Option<&'text str>,
}

impl<'text> Parts<'text> {
    fn of(text: &'text str) -> Self {
        let (rest, query) = match text.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (text, None),
        };
        let (scheme, rest) = match rest.split_once(':') {
            Some((scheme, rest)) if is_scheme(scheme) => (Some(scheme), rest),
            _ => (None, rest),
        };
        let (authority, path) = match rest.strip_prefix("//") {
            Some(rest) => {
                let end = rest.find('/').unwrap_or(rest.len());
                (Some(&rest[..end]), &rest[end..])
            }
            None => (None, rest),
        };
        Self {
            scheme,
            authority,
            path,
            query,
        }
    }

    /// Returns the URI with this path.
    fn compose(&self, path: &str) -> String {
        let mut text = String::new();
        if let Some(scheme) = self.scheme {
            text.push_str(&scheme.to_ascii_lowercase());
            text.push(':');
        }
        if let Some(authority) = self.authority {
            text.push_str("//");
            text.push_str(authority);
        }
        text.push_str(path);
        if let Some(query) = self.query {
            text.push('?');
            text.push_str(query);
        }
        text
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || "+-.".contains(sign))
}

/// Returns the URI that `reference`, which has no fragment, stands for where `base` is the base URI.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    let (base, own) = (Parts::of(base), Parts::of(reference));
    if own.scheme.is_some() {
        own.compose(&without_dots(own.path))
    } else if own.authority.is_some() {
        let scheme = base.scheme;
        Parts { scheme, ..own }.compose(&without_dots(own.path))
    } else if own.path.is_empty() {
        let query = own.query.or(base.query);
        Parts { query, ..base }.compose(base.path)
    } else {
        let path = if own.path.starts_with('/') {
            without_dots(own.path)
        } else if base.authority.is_some() && base.path.is_empty() {
            without_dots(&format!("/{}", own.path))
        } else {
            let end = base.path.rfind('/').map_or(0, |slash| slash + 1);
            without_dots(&format!("{}{}", &base.path[..end], own.path))
        };
        Parts {
            query: own.query,
            ..base
        }
        .compose(&path)
    }
}

/// Returns `uri` as a reference from `base`: a relative one where both have the same scheme and authority.
pub(super) fn relative(base: &str, uri: &str) -> String {
    let (from, to) = (Parts::of(base), Parts::of(uri));
    let is_near = from.scheme == to.scheme && from.authority == to.authority && to.path.starts_with('/');
    let folder = from.path.rsplit_once('/').map(|(folder, _)| folder);
    let Some(folder) = folder.filter(|_| is_near && to.query.is_none()) else {
        return uri.to_owned();
    };
    let (from, to): (Vec<&str>, Vec<&str>) = (folder.split('/').collect(), to.path.split('/').collect());
    // The last segment is the name of the document.
    let common = from
        .iter()
        .zip(&to[..to.len() - 1])
        .take_while(|(one, other)| one == other)
        .count();
    let up = std::iter::repeat_n("..", from.len() - common);
    up.chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// Removes the segments `.` and `..` ([RFC 3986 §5.2.4](https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4)).
fn without_dots(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    for (index, segment) in segments.iter().enumerate() {
        let is_last = index + 1 == segments.len();
        match *segment {
            "." | ".." => {
                if *segment == ".." {
                    kept.pop();
                }
                if is_last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    let slash = if is_absolute { "/" } else { "" };
    format!("{slash}{}", kept.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{relative, resolve};

    /// Most of the examples of [RFC 3986 §5.4](https://www.rfc-editor.org/rfc/rfc3986#section-5.4).
    #[test]
    fn references_are_resolved_as_the_rfc_shows() {
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g;x=1/../y", "http://a/b/c/y"),
        ] {
            assert_eq!(resolve("http://a/b/c/d;p?q", reference), expected, "{reference}");
        }
    }

    #[test]
    fn a_uri_becomes_a_relative_reference() {
        let base = "file:///a/b/root.yaml";
        for (uri, expected) in [
            ("file:///a/b/c.yaml", "c.yaml"),
            ("file:///a/b/d/c.yaml", "d/c.yaml"),
            ("file:///a/c.yaml", "../c.yaml"),
            ("file:///e/c.yaml", "../../e/c.yaml"),
            ("https://a/b/c.yaml", "https://a/b/c.yaml"),
        ] {
            assert_eq!(relative(base, uri), expected);
            assert_eq!(resolve(base, expected), uri);
        }
    }
}
