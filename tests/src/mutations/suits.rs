//! Whether a node is one that a mutation can be made at.

use serde_json::{Value, json};

/// The keywords that make more of a string or an integer than its type.
const REFINEMENTS: [&str; 9] = [
    "enum",
    "const",
    "format",
    "pattern",
    "nullable",
    "default",
    "minLength",
    "maxLength",
    "contentMediaType",
];

/// Every node.
pub(super) fn any(_: &Value) -> bool {
    true
}

fn has(node: &Value, key: &str) -> bool {
    node.get(key).is_some()
}

fn is(node: &Value, key: &str, value: &Value) -> bool {
    node.get(key) == Some(value)
}

fn is_plain(node: &Value, type_: &str) -> bool {
    is(node, "type", &json!(type_)) && !REFINEMENTS.iter().any(|keyword| has(node, keyword))
}

fn length(node: &Value, key: &str) -> usize {
    match node.get(key) {
        Some(Value::Array(elements)) => elements.len(),
        Some(Value::Object(members)) => members.len(),
        _ => 0,
    }
}

pub(super) fn has_id(node: &Value) -> bool {
    has(node, "operationId")
}

pub(super) fn has_tags(node: &Value) -> bool {
    length(node, "tags") > 0
}

pub(super) fn has_security(node: &Value) -> bool {
    !is(node, "security", &json!([]))
}

pub(super) fn has_no_servers(node: &Value) -> bool {
    !has(node, "servers")
}

pub(super) fn has_servers(node: &Value) -> bool {
    length(node, "servers") > 0
}

pub(super) fn has_schemas(node: &Value) -> bool {
    node.pointer("/components/schemas").is_some()
}

pub(super) fn is_not_deprecated(node: &Value) -> bool {
    !is(node, "deprecated", &json!(true))
}

pub(super) fn is_query(node: &Value) -> bool {
    is(node, "in", &json!("query")) && is_not_deprecated(node)
}

pub(super) fn is_optional_query(node: &Value) -> bool {
    is_query(node) && is_not_required(node)
}

pub(super) fn is_required_query(node: &Value) -> bool {
    is_query(node) && is_required(node)
}

pub(super) fn is_string_query(node: &Value) -> bool {
    is_query(node) && node.get("schema").is_some_and(is_plain_string)
}

pub(super) fn is_string_path(node: &Value) -> bool {
    is(node, "in", &json!("path")) && node.get("schema").is_some_and(is_plain_string)
}

pub(super) fn is_list_query(node: &Value) -> bool {
    is_query(node) && !has(node, "explode") && node.get("schema").is_some_and(is_list)
}

pub(super) fn has_enum(node: &Value) -> bool {
    is_query(node) && node.get("schema").is_some_and(has_several_values)
}

pub(super) fn has_no_body(node: &Value) -> bool {
    !has(node, "requestBody")
}

pub(super) fn is_required(node: &Value) -> bool {
    is(node, "required", &json!(true))
}

pub(super) fn is_not_required(node: &Value) -> bool {
    !is_required(node)
}

pub(super) fn has_content(node: &Value) -> bool {
    length(node, "content") > 0
}

pub(super) fn has_one_json(node: &Value) -> bool {
    length(node, "content") == 1 && node.pointer("/content/application~1json/schema").is_some()
}

pub(super) fn has_integer(node: &Value) -> bool {
    node.pointer("/schema/type") == Some(&json!("integer"))
}

pub(super) fn has_properties(node: &Value) -> bool {
    length(node, "properties") > 0
}

pub(super) fn is_reference(node: &Value) -> bool {
    has(node, "$ref")
}

pub(super) fn is_typed(node: &Value) -> bool {
    node.get("type").is_some_and(Value::is_string) && is_not_deprecated(node)
}

pub(super) fn is_not_nullable(node: &Value) -> bool {
    is_typed(node) && !has(node, "nullable") && !has(node, "enum") && !has(node, "const")
}

pub(super) fn is_plain_string(node: &Value) -> bool {
    is_plain(node, "string")
}

pub(super) fn is_plain_integer(node: &Value) -> bool {
    is_plain(node, "integer") && !has(node, "minimum")
}

pub(super) fn is_list(node: &Value) -> bool {
    is(node, "type", &json!("array")) && !has(node, "maxItems")
}

pub(super) fn is_string_enum(node: &Value) -> bool {
    is(node, "type", &json!("string")) && has_several_values(node)
}

pub(super) fn has_several_values(node: &Value) -> bool {
    is(node, "type", &json!("string")) && length(node, "enum") > 2
}

pub(super) fn is_open_object(node: &Value) -> bool {
    has_properties(node) && !has(node, "additionalProperties")
}

pub(super) fn is_map(node: &Value) -> bool {
    !has_properties(node) && node.get("additionalProperties").is_some_and(Value::is_object)
}

pub(super) fn is_one_of(node: &Value) -> bool {
    length(node, "oneOf") > 2 && !has_discriminator(node)
}

pub(super) fn is_any_of(node: &Value) -> bool {
    length(node, "anyOf") > 1 && !has_discriminator(node)
}

pub(super) fn is_all_of(node: &Value) -> bool {
    length(node, "allOf") > 1
}

pub(super) fn has_discriminator(node: &Value) -> bool {
    has(node, "discriminator")
}

pub(super) fn is_no_password(node: &Value) -> bool {
    !is(node, "scheme", &json!("basic"))
}

pub(super) fn has_pattern(node: &Value) -> bool {
    has(node, "pattern")
}

pub(super) fn is_constant(node: &Value) -> bool {
    is(node, "type", &json!("string")) && length(node, "enum") == 1
}

pub(super) fn has_webhooks(node: &Value) -> bool {
    length(node, "webhooks") > 0
}

pub(super) fn has_get_alone(node: &Value) -> bool {
    has(node, "get") && !has(node, "post")
}
