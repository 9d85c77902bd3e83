//! The words of a path that name its operations, their module and the types of its parameters.

use std::collections::BTreeMap;

use crate::lower::operations::path::{parameters, without_names};
use crate::lower::operations::path_template::{Parts, split};
use crate::names::singular;

/// Names of parameters that many paths have for different things.
const GENERAL_NAMES: [&str; 13] = [
    "address", "code", "guid", "hash", "id", "key", "name", "number", "sid", "slug", "uid", "uuid", "version",
];

/// Returns the words for the module of an operation that has no tag: the first
/// segment that is neither a parameter nor a version.
pub(in crate::lower) fn resource_words(template: &str) -> String {
    let segment = segments(split(template).template).find(|segment| !segment.contains('{') && !is_prefix(segment));
    segment.unwrap_or("root").to_owned()
}

/// Returns words for an operation without `operationId`, from its method, its path, and whether it returns a
/// collection. They do not depend on other operations, so that none renames another.
///
/// The verb is that of the method; for `GET` it is `list` if a collection is returned, else `get`. The nouns are the
/// segments that are not parameters, singular if one parameter follows. So `GET /shops/{id}/data-tables/{id}/rows` is
/// `list shop data table rows`, and `PATCH …/rows/{id}` is `patch shop data table row`. Parameters that no singular
/// stands for are named at the end: `GET /status/{id}` is `get status by id`. A query and a fragment distinguish
/// operations, so their words are part of the name. The segment of the version is a word if `has_version`.
pub(in crate::lower) fn operation_words(method: &str, key: &str, is_collection: bool, has_version: bool) -> String {
    let Parts {
        template,
        query,
        fragment,
    } = split(key);
    let verb = match method {
        "GET" if is_collection => "list".to_owned(),
        other => other.to_lowercase(),
    };
    let mut words = vec![verb];
    let mut unnamed: Vec<String> = Vec::new();
    let mut rest: &[&str] = &segments(template).collect::<Vec<_>>();
    while let [first, after @ ..] = rest {
        let followers = after.iter().take_while(|segment| segment.starts_with('{')).count();
        let (followers, after) = after.split_at(followers);
        rest = after;
        let noun = (!first.starts_with('{') && !is_prefix(first)).then(|| first.replace(['{', '}'], " "));
        let single = noun.as_deref().and_then(singular).filter(|_| followers.len() == 1);
        if single.is_none() {
            let is_parameter = first.starts_with('{');
            let all = is_parameter.then_some(first).into_iter().chain(followers);
            unnamed.extend(all.flat_map(|segment| parameters(segment)).map(str::to_owned));
        }
        words.extend(single.or(noun));
    }
    words.extend(
        [query, fragment]
            .into_iter()
            .flatten()
            .map(|part| part.replace(['{', '}'], " ")),
    );
    words.extend(unnamed.iter().map(|name| format!("by {name}")));
    words.extend(version(key).filter(|_| has_version).map(str::to_owned));
    words.join(" ")
}

/// Returns whether some path is there in several versions of the API, as `/v1/pets` and `/v2/pets` are.
pub(in crate::lower) fn has_versions<'run>(keys: impl Iterator<Item = &'run str>) -> bool {
    let mut known: BTreeMap<String, Option<&str>> = BTreeMap::new();
    keys.into_iter().any(|key| {
        let template = without_names(split(key).template);
        let others: Vec<&str> = segments(&template).filter(|segment| !is_version(segment)).collect();
        let version = version(key);
        *known.entry(others.join("/")).or_insert(version) != version
    })
}

/// Returns the segment for the version of the API, such as `v2`.
fn version(key: &str) -> Option<&str> {
    segments(split(key).template).find(|segment| is_version(segment))
}

/// Returns `id` without the words of the tag in front, unless nothing remains. The module has the name of the tag.
pub(in crate::lower) fn strip_tag(id: &str, tag: &str) -> String {
    use heck::ToSnakeCase as _;
    let (words, tag) = (id.to_snake_case(), tag.to_snake_case());
    match words.strip_prefix(&tag).and_then(|rest| rest.strip_prefix('_')) {
        Some(rest) if !tag.is_empty() => rest.to_owned(),
        _ => id.to_owned(),
    }
}

/// Returns whether a segment is for the whole API, such as `api` or `v2`.
fn is_prefix(segment: &str) -> bool {
    segment == "api" || is_version(segment)
}

fn is_version(segment: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit() || digit == '.');
    segment.strip_prefix('v').is_some_and(is_number)
}

fn segments(template: &str) -> impl Iterator<Item = &str> {
    template.split('/').filter(|segment| !segment.is_empty())
}

/// Returns the words for the type of a path parameter: its name, and the noun that it follows if the name alone says of
/// no parameter what it identifies. So the `id` of `/pets/{id}` is a `pet id`.
pub(in crate::lower) fn parameter_words(key: &str, name: &str) -> String {
    let mut noun = None;
    for segment in segments(split(key).template) {
        if parameters(segment).contains(&name) {
            break;
        }
        noun = Some(segment).filter(|segment| !segment.contains('{') && !is_prefix(segment));
    }
    let is_general = GENERAL_NAMES.contains(&name.to_lowercase().as_str());
    match noun.filter(|_| is_general) {
        Some(noun) => format!("{} {name}", singular(noun).as_deref().unwrap_or(noun)),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{has_versions, operation_words, parameter_words, resource_words, strip_tag};

    #[test]
    fn modules_are_named_after_the_first_noun() {
        assert_eq!(resource_words("/api/v2/{x}/things/{id}"), "things");
        assert_eq!(resource_words("/"), "root");
    }

    #[test]
    fn parameters_are_named_after_what_they_identify() {
        for (key, name, words) in [
            ("/pets/{id}", "id", "pet id"),
            ("/pets/{petId}", "petId", "petId"),
            ("/pets/{owner}/{id}", "id", "id"),
            ("/api/v1/{id}", "id", "id"),
            ("/status/{Sid}.json", "Sid", "status Sid"),
        ] {
            assert_eq!(parameter_words(key, name), words, "{key}");
        }
    }

    #[test]
    fn a_version_counts_where_a_path_has_several() {
        assert!(!has_versions(
            ["/", "/v2/pets", "/v2/pets/{id}", "/v1/toys"].into_iter()
        ));
        assert!(has_versions(["/v2/pets/{id}", "/pets/{petId}"].into_iter()));
    }

    #[test]
    fn operations_are_named_after_method_and_path() {
        let rows = "/applications/{applicationId}/data-tables/{dataTableId}/rows";
        let words = |method, key, is_collection| operation_words(method, key, is_collection, false);
        assert_eq!(words("GET", rows, true), "list application data-table rows");
        let row = format!("{rows}/{{rowId}}");
        assert_eq!(words("PATCH", &row, false), "patch application data-table row");
        assert_eq!(words("GET", "/api/v2/tables", true), "list tables");
        assert_eq!(operation_words("GET", "/api/v2/tables", true, true), "list tables v2");
        assert_eq!(operation_words("GET", "/tables", true, true), "list tables");
        assert_eq!(words("GET", "/", false), "get");
        assert_eq!(words("GET", "/{id}", false), "get by id");
        assert_eq!(words("GET", "/v1/{id}/a", false), "get a by id");
        assert_eq!(words("GET", "/status/{id}", false), "get status by id");
        assert_eq!(words("GET", "/pets/{id}", false), "get pet");
        assert_eq!(
            words("GET", "/pets/{owner}/{id}/toys", true),
            "list pets toys by owner by id"
        );
        assert_eq!(words("GET", "/pets/{id}.json", false), "get pet");
        assert_eq!(words("GET", "/status/{id}#b/c", false), "get status b/c by id");
        assert_eq!(words("POST", "/a?beta=true", false), "post a beta=true");
    }

    #[test]
    fn the_module_says_the_tag() {
        assert_eq!(strip_tag("dataTableRows.get", "dataTableRows"), "get");
        assert_eq!(strip_tag("repos/list-for-org", "repos"), "list_for_org");
        assert_eq!(strip_tag("listPets", "pets"), "listPets");
        assert_eq!(strip_tag("pets", "pets"), "pets");
    }
}
