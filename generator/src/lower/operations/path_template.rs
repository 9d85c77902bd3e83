//! The keys of `paths`: a template, and an optional query and fragment.
//!
//! A query is sent as it is written. A fragment distinguishes operations and is never sent. The specification has
//! neither, but many documents do.

/// The parts of a key of the paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) struct Parts<'path> {
    /// The template.
    pub(in crate::lower) template: &'path str,
    /// The text between `?` and `#`.
    pub(in crate::lower) query: Option<&'path str>,
    /// The text after `#`.
    pub(in crate::lower) fragment: Option<&'path str>,
}

/// Splits a key of the paths. A name in braces may have any character.
pub(in crate::lower) fn split(key: &str) -> Parts<'_> {
    let (sent, fragment) = split_once(key, '#');
    let (template, query) = split_once(sent, '?');
    Parts {
        template,
        query,
        fragment,
    }
}

/// Splits at the first `sign` outside of braces.
fn split_once(text: &str, sign: char) -> (&str, Option<&str>) {
    let mut from = 0;
    while let Some(at) = text[from..].find([sign, '{']).map(|at| from + at) {
        let after = at + 1;
        if text[at..].starts_with(sign) {
            return (&text[..at], Some(&text[after..]));
        }
        from = text[after..].find('}').map_or(after, |end| after + end);
    }
    (text, None)
}

/// Returns the part of a key that a request has in its URL: all but the fragment.
pub(in crate::lower) fn sent(key: &str) -> &str {
    split_once(key, '#').0
}

/// Returns the template, and the pairs of the query that are sent as they are written. A pair such as `id={id}` is
/// omitted if `queries`, the names of the query parameters, have the name: the parameter is sent instead.
pub(in crate::lower) fn written(sent: &str, queries: &[&str]) -> String {
    let Parts { template, query, .. } = split(sent);
    let is_written = |pair: &&str| !pair.is_empty() && !placeholder(pair).is_some_and(|name| queries.contains(&name));
    let pairs: Vec<&str> = query.into_iter().flat_map(pairs).filter(is_written).collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{template}{mark}{}", pairs.join("&"))
}

/// Returns the pairs of a query; a name in braces may have any character.
fn pairs(query: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(query);
    std::iter::from_fn(move || {
        let (pair, behind) = split_once(rest?, '&');
        rest = behind;
        Some(pair)
    })
}

/// Returns the name of a pair such as `id={id}`.
pub(in crate::lower) fn placeholder(pair: &str) -> Option<&str> {
    let (name, value) = pair.split_once('=')?;
    let inner = value.strip_prefix('{')?.strip_suffix('}')?;
    (inner == name).then_some(name)
}

/// Returns the names of the pairs such as `id={id}` of the query.
pub(in crate::lower) fn placeholders(sent: &str) -> Vec<&str> {
    let query = split(sent).query;
    query.into_iter().flat_map(pairs).filter_map(placeholder).collect()
}

#[cfg(test)]
mod tests {
    use super::{Parts, placeholders, sent, split, written};

    #[test]
    fn a_query_and_a_fragment_stand_behind_a_template() {
        let parts = |template, query, fragment| Parts {
            template,
            query,
            fragment,
        };
        assert_eq!(split("/a/{b#?}/c"), parts("/a/{b#?}/c", None, None));
        assert_eq!(split("/a?b=1?#c?d#e"), parts("/a", Some("b=1?"), Some("c?d#e")));
        assert_eq!(split("/a#b?c"), parts("/a", None, Some("b?c")));
        assert_eq!(split("/{a"), parts("/{a", None, None));
        assert_eq!(sent("/a/{x#}?b#c"), "/a/{x#}?b");
        assert_eq!(written("/a?b=1&c={c}&d={d}&&e={c}", &["c"]), "/a?b=1&d={d}&e={c}");
        assert_eq!(written("/a?c={c}", &["c"]), "/a");
        assert_eq!(written("/a?", &["c"]), "/a");
        assert_eq!(placeholders("/{a}?b={b}&c={d}&e"), ["b"]);
    }
}
