//! Path templates, and the names that operations get from them.

use super::path_key::{Parts, split};
use crate::model::{Location, Parameter};
use crate::names::singular;

/// What keeps a text from being a path template.
///
/// The grammar is that of [OpenAPI 3.2 §4.8.2](https://spec.openapis.org/oas/v3.2.0.html#path-templating), which
/// writes down what [3.0.4](https://spec.openapis.org/oas/v3.0.4.html#path-templating) and 3.1 say in words. Empty
/// segments (`//`), which it does not have either, are let be: a URL can have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault<'path> {
    /// It does not start with `/`.
    NoSlash,
    /// A brace without its other half, within another pair, or around nothing, and what follows it.
    Brace(&'path str),
    /// A name that stands in it twice.
    Twice(&'path str),
    /// A character that no path of a URL has.
    Character(char),
}

impl Fault<'_> {
    /// Returns the code of the diagnostic.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::NoSlash => "path-without-slash",
            Self::Brace(_) => "path-brace",
            Self::Twice(_) => "path-parameter-twice",
            Self::Character(_) => "path-character",
        }
    }

    /// Returns what was found.
    pub(super) fn message(self, path: &str) -> String {
        match self {
            Self::NoSlash => format!("the path {path:?} does not start with `/`"),
            Self::Brace(rest) => {
                format!("the path is no template: the brace at the start of `{rest}` encloses no name")
            }
            Self::Twice(name) => format!("the path has {{{name}}} twice"),
            Self::Character(sign) => format!("the path has {sign:?} in it, which no path of a URL has"),
        }
    }

    /// Returns what would help.
    pub(super) fn help(self, path: &str) -> String {
        match self {
            Self::NoSlash if path.contains("://") => {
                "write the host under `servers`, and the path from the `/` behind it".to_owned()
            }
            Self::NoSlash => format!("write `/{path}`; a field of your own starts with `x-`"),
            Self::Brace(_) => "a parameter is its name in braces, such as {id}; \
                write a brace that is meant as such as `%7B` or `%7D`"
                .to_owned(),
            Self::Twice(_) => "give each place a name of its own, and declare a parameter for each".to_owned(),
            Self::Character(sign) => {
                let mut buffer = [0; 4];
                let bytes = sign.encode_utf8(&mut buffer).bytes();
                let bytes = bytes.fold(String::new(), |known, byte| known + &format!("%{byte:02X}"));
                format!("write it percent-encoded, as `{bytes}`")
            }
        }
    }
}

/// Returns what keeps `key` from being a template with a query and a fragment, if anything does.
pub(super) fn fault(key: &str) -> Option<Fault<'_>> {
    let Parts { template, query, .. } = split(key);
    if !template.starts_with('/') {
        return Some(Fault::NoSlash);
    }
    let mut names: Vec<&str> = Vec::new();
    fault_of(template, is_path_character, &mut names).or_else(|| fault_of(query?, is_query_character, &mut names))
}

/// Returns what keeps a part of a key from being one, if anything does; `names` are those that it has in braces.
fn fault_of<'path>(
    part: &'path str,
    is_character: fn(char) -> bool,
    names: &mut Vec<&'path str>,
) -> Option<Fault<'path>> {
    let mut rest = part;
    while let Some(sign) = rest.chars().next() {
        let after = &rest[sign.len_utf8()..];
        rest = match sign {
            '{' => {
                let name = after
                    .split_once('}')
                    .filter(|(name, _)| !name.is_empty() && !name.contains('{'));
                let Some((name, after)) = name else {
                    return Some(Fault::Brace(rest));
                };
                if names.contains(&name) {
                    return Some(Fault::Twice(name));
                }
                names.push(name);
                after
            }
            '}' => return Some(Fault::Brace(rest)),
            '%' if !after
                .as_bytes()
                .get(..2)
                .is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit)) =>
            {
                return Some(Fault::Character(sign));
            }
            _ if is_character(sign) => after,
            _ => return Some(Fault::Character(sign)),
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
pub(super) fn parameters(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}

/// Returns the template with the names of its parameters left out: two
/// templates that are equal then cannot be told apart by a server.
pub(super) fn without_names(template: &str) -> String {
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |known, part| {
        known + "{}" + part.split_once('}').map_or("", |(_, rest)| rest)
    })
}

/// Returns the words for the module of an operation that has no tag: the first
/// segment that is neither a parameter nor a version.
pub(super) fn resource_words(template: &str) -> String {
    let segment = segments(split(template).template).find(|segment| !segment.contains('{') && !is_prefix(segment));
    segment.unwrap_or("root").to_owned()
}

/// Returns words for an operation that has no `operationId`, from its method,
/// its path, and whether a collection comes back.
///
/// The verb is the method's, but for `GET`: `get` for one thing, `list` for
/// many. The noun is the last segment of the path that is no parameter, after
/// the one before it; both are singular where a parameter picks one. So
/// `GET /applications/{id}/data-tables/{id}/rows` is `list data table rows`, and
/// `PATCH …/rows/{id}` is `patch data table row`. `length` is how many segments
/// take part: one more for each operation that two would else not tell apart. A query and a
/// fragment are there to tell operations apart, and so are words of the name.
pub(super) fn operation_words(method: &str, key: &str, is_collection: bool, length: usize) -> String {
    let Parts {
        template,
        query,
        fragment,
    } = split(key);
    let verb = match method {
        "GET" if is_collection => "list".to_owned(),
        other => other.to_lowercase(),
    };
    let all: Vec<&str> = segments(template).collect();
    let nouns = all
        .iter()
        .enumerate()
        .filter(|(_, segment)| !segment.starts_with('{') && !is_prefix(segment))
        .map(|(index, segment)| {
            let picks_one = all.get(index + 1).is_some_and(|next| next.starts_with('{'));
            let plain = segment.replace(['{', '}'], " ");
            singular(&plain).filter(|_| picks_one).unwrap_or(plain)
        });
    let nouns: Vec<String> = nouns.collect();
    let from = nouns.len().saturating_sub(length);
    let mut words = vec![verb];
    words.extend(nouns[from..].iter().cloned());
    words.extend(
        [query, fragment]
            .into_iter()
            .flatten()
            .map(|part| part.replace(['{', '}'], " ")),
    );
    if length > nouns.len().max(2) {
        words.extend(parameters(template).iter().map(|name| format!("by {name}")));
    }
    words.join(" ")
}

/// Returns `id` without the words of the tag in front, where something is left:
/// the module says them already.
pub(super) fn strip_tag(id: &str, tag: &str) -> String {
    use heck::ToSnakeCase as _;
    let (words, tag) = (id.to_snake_case(), tag.to_snake_case());
    match words.strip_prefix(&tag).and_then(|rest| rest.strip_prefix('_')) {
        Some(rest) if !tag.is_empty() => rest.to_owned(),
        _ => id.to_owned(),
    }
}

/// Returns whether a segment is for the whole API, such as `api` or `v2`.
fn is_prefix(segment: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit() || digit == '.');
    segment == "api" || segment.strip_prefix('v').is_some_and(is_number)
}

fn segments(template: &str) -> impl Iterator<Item = &str> {
    template.split('/').filter(|segment| !segment.is_empty())
}

/// Puts the parameters of the path first, in the order of its template.
pub(super) fn sort(parameters: &mut [Parameter], path: &str) {
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
    use super::{Fault, fault, operation_words, parameters, resource_words, strip_tag, without_names};

    #[test]
    fn what_is_no_template_is_told() {
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
            ("", Fault::NoSlash),
            ("a", Fault::NoSlash),
            ("/{x}/{x}", Fault::Twice("x")),
            ("/{y", Fault::Brace("{y")),
            ("/y}/z", Fault::Brace("}/z")),
            ("/{a{b}}", Fault::Brace("{a{b}}")),
            ("/{}", Fault::Brace("{}")),
            ("/a b", Fault::Character(' ')),
            ("?a", Fault::NoSlash),
            ("#a", Fault::NoSlash),
            ("/a?b c", Fault::Character(' ')),
            ("/a?b=%", Fault::Character('%')),
            ("/{x}?y={x}", Fault::Twice("x")),
            ("/a?b={", Fault::Brace("{")),
            ("/é", Fault::Character('é')),
            ("/50%", Fault::Character('%')),
            ("/%zé", Fault::Character('%')),
        ] {
            assert_eq!(fault(bad), Some(expected), "{bad}");
        }
    }

    #[test]
    fn templates_are_taken_apart() {
        assert_eq!(parameters("/a/{b}/c/{d}.json"), ["b", "d"]);
        assert_eq!(without_names("/a/{b}/c/{d}.json"), "/a/{}/c/{}.json");
        assert_eq!(resource_words("/api/v2/{x}/things/{id}"), "things");
        assert_eq!(resource_words("/"), "root");
    }

    #[test]
    fn operations_are_named_after_method_and_path() {
        let rows = "/applications/{applicationId}/data-tables/{dataTableId}/rows";
        assert_eq!(operation_words("GET", rows, true, 2), "list data-table rows");
        assert_eq!(
            operation_words("PATCH", &format!("{rows}/{{rowId}}"), false, 2),
            "patch data-table row"
        );
        assert_eq!(operation_words("GET", "/api/v2/tables", true, 2), "list tables");
        assert_eq!(operation_words("GET", "/v2/tables", true, 2), "list tables");
        assert_eq!(operation_words("GET", "/", false, 2), "get");
        assert_eq!(operation_words("GET", "/a/{id}", false, 3), "get a by id");
        assert_eq!(operation_words("GET", "/a/{id}", false, 2), "get a");
        assert_eq!(operation_words("GET", "/a/{id}#b/c", false, 2), "get a b/c");
        assert_eq!(operation_words("POST", "/a?beta=true", false, 2), "post a beta=true");
    }

    #[test]
    fn the_module_says_the_tag() {
        assert_eq!(strip_tag("dataTableRows.get", "dataTableRows"), "get");
        assert_eq!(strip_tag("repos/list-for-org", "repos"), "list_for_org");
        assert_eq!(strip_tag("listPets", "pets"), "listPets");
        assert_eq!(strip_tag("pets", "pets"), "pets");
    }
}
