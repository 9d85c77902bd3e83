//! Path templates, and the names that operations get from them.

use crate::names::singular;

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
    let is_version = |segment: &str| {
        segment == "api"
            || segment.strip_prefix('v').is_some_and(|rest| {
                !rest.is_empty() && rest.chars().all(|digit| digit.is_ascii_digit() || digit == '.')
            })
    };
    let segment = segments(template).find(|segment| !segment.contains('{') && !is_version(segment));
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
/// take part: one more for each operation that two would else not tell apart.
pub(super) fn operation_words(method: &str, template: &str, is_collection: bool, length: usize) -> String {
    let verb = match method {
        "GET" if is_collection => "list".to_owned(),
        other => other.to_lowercase(),
    };
    let all: Vec<&str> = segments(template).collect();
    let nouns = all
        .iter()
        .enumerate()
        .filter(|(_, segment)| !segment.starts_with('{'))
        .map(|(index, segment)| {
            let picks_one = all.get(index + 1).is_some_and(|next| next.starts_with('{'));
            let plain = segment.replace(['{', '}'], " ");
            singular(&plain).filter(|_| picks_one).unwrap_or(plain)
        });
    let nouns: Vec<String> = nouns.collect();
    let from = nouns.len().saturating_sub(length);
    let mut words = vec![verb];
    words.extend(nouns[from..].iter().cloned());
    if length > nouns.len() {
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

fn segments(template: &str) -> impl Iterator<Item = &str> {
    template.split('/').filter(|segment| !segment.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{operation_words, parameters, resource_words, strip_tag, without_names};

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
        assert_eq!(operation_words("GET", "/", false, 2), "get");
        assert_eq!(operation_words("GET", "/a/{id}", false, 2), "get a by id");
    }

    #[test]
    fn the_module_says_the_tag() {
        assert_eq!(strip_tag("dataTableRows.get", "dataTableRows"), "get");
        assert_eq!(strip_tag("repos/list-for-org", "repos"), "list_for_org");
        assert_eq!(strip_tag("listPets", "pets"), "listPets");
        assert_eq!(strip_tag("pets", "pets"), "pets");
    }
}
