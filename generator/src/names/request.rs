//! Names of requests: the operation, and what it works on.

use heck::ToSnakeCase as _;

use super::singular;

/// The verbs that operations start with.
const VERBS: [&str; 64] = [
    "accept", "add", "apply", "approve", "archive", "assign", "attach", "begin", "cancel", "change", "check", "clear",
    "close", "complete", "confirm", "copy", "count", "create", "delete", "detach", "disable", "download", "edit",
    "enable", "execute", "export", "fetch", "find", "generate", "get", "head", "import", "insert", "invite", "link",
    "list", "lock", "lookup", "make", "merge", "move", "options", "patch", "post", "publish", "put", "query", "read",
    "register", "remove", "rename", "replace", "reset", "restore", "retrieve", "revoke", "run", "search", "send",
    "set", "start", "stop", "update", "upload",
];

/// Returns whether a function is named by a verb alone, which says nothing without what it works on.
#[must_use]
pub(crate) fn is_verb(function: &str) -> bool {
    VERBS.contains(&function)
}

/// Returns the words for the request of the operation `function` of `resource`: the name of the operation with that of
/// its resource behind the verb, unless it has the words already. Where it starts with no verb, the resource comes first;
/// a single word is a verb, whatever it is.
///
/// `get` of `data_table` is `get data table`, `list_for_org` of `repos` is `list repos for org`, and `add_row` of
/// `data_table_rows` is `add data table row`.
#[must_use]
pub(crate) fn request_words(function: &str, resource: &str) -> String {
    let function = function.to_snake_case();
    let resource = resource.to_snake_case();
    let own: Vec<&str> = function.split('_').collect();
    let resource: Vec<&str> = resource.split('_').collect();
    let has = |words: &[&str]| own.windows(words.len()).any(|run| run == words);
    let one = resource.last().and_then(|last| singular(last));
    let single: Vec<&str> = resource[..resource.len() - 1]
        .iter()
        .copied()
        .chain(one.as_deref())
        .collect();
    let Some((verb, rest)) = own
        .split_first()
        .filter(|_| !has(&resource) && (single.is_empty() || !has(&single)))
    else {
        return own.join(" ");
    };
    let is_verb = rest.is_empty() || VERBS.contains(verb);
    if !is_verb {
        let end = own.iter().zip(&resource).len();
        let repeated = (0..=end)
            .rev()
            .find(|count| resource[resource.len() - count..] == own[..*count]);
        return [&resource[..], &own[repeated.unwrap_or(0)..]].concat().join(" ");
    }
    if let (Some(first), Some(one)) = (rest.first(), &one)
        && first == one
    {
        return [&[*verb], &resource[..resource.len() - 1], rest].concat().join(" ");
    }
    let repeated = (0..=rest.len().min(resource.len()))
        .rev()
        .find(|count| resource[resource.len() - count..] == rest[..*count])
        .unwrap_or(0);
    [&[*verb], &resource[..], &rest[repeated..]].concat().join(" ")
}

#[cfg(test)]
mod tests {
    use super::request_words;

    #[test]
    fn the_resource_follows_the_verb() {
        let table = [
            ("get", "data_table", "get data table"),
            ("list_for_org", "repos", "list repos for org"),
            ("add_column", "data_table", "add data table column"),
            ("last_value_query", "data", "data last value query"),
            ("row_count", "data_row", "data row count"),
            ("export", "data", "export data"),
            ("add_row", "data_table_rows", "add data table row"),
            ("delete_rows", "data_table_rows", "delete data table rows"),
            // What is said already is not said again.
            ("get_data_table", "data_table", "get data table"),
            ("get_pet", "pets", "get pet"),
            ("login", "login", "login"),
            ("get_2", "pets", "get pets 2"),
            ("type_", "types", "type"),
        ];
        for (function, resource, expected) in table {
            assert_eq!(request_words(function, resource), expected, "{function} of {resource}");
        }
    }
}
