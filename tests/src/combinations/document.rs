//! Documents of operations, each of which is a combination.

use std::io;

use serde_json::{Map, Value, json};

use super::axes::{AXES, DOCS, FAILURE, KIND, METHOD, PAGINATION, PARAMETERS, REQUEST, SECURITY, SUCCESS};
use super::pairs::Row;

/// Parameters that pages are asked for by.
const PAGING: &str = r#"[
    {"name": "pageOffset", "in": "query", "schema": {"type": "integer"}},
    {"name": "pageLimit", "in": "query", "schema": {"type": "integer"}},
    {"name": "pageCursor", "in": "query", "schema": {"type": "string"}}
]"#;

const SCHEMES: &str = r#"{
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "key"},
    "machine": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/token", "scopes": {"read": "Read."}}}},
    "person": {"type": "oauth2", "flows": {"authorizationCode": {"authorizationUrl": "https://example.com/a", "tokenUrl": "https://example.com/t", "scopes": {"read": "Read."}}}}
}"#;

const SCHEMAS: &str = r##"{
    "Thing": {"type": "object", "properties": {"id": {"$ref": "#/components/schemas/Id"}, "word": {"$ref": "#/components/schemas/Word"}, "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}},
    "List": {"type": "object", "properties": {"items": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}, "total": {"type": "integer"}, "next": {"type": "string"}, "more": {"type": "boolean"}}},
    "Reason": {"type": "object", "required": ["reason"], "properties": {"reason": {"type": "string"}}},
    "Shape": {"oneOf": [{"$ref": "#/components/schemas/Circle"}, {"$ref": "#/components/schemas/Square"}], "discriminator": {"propertyName": "kind"}},
    "Circle": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "radius": {"type": "number"}}},
    "Square": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "side": {"type": "number", "minimum": 0}}},
    "Word": {"type": "string", "enum": ["one", "two"]},
    "Id": {"type": "string", "pattern": "^[a-f0-9]{4}$"}
}"##;

/// The servers of a document; the next one has the next of these.
const SERVERS: [&str; 3] = [
    r#"[{"url": "https://example.com/v1"}]"#,
    r#"[{"url": "https://{region}.example.com", "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}}}, {"url": "http://localhost"}]"#,
    "[]",
];

/// Returns the version of `OpenAPI` of a combination, and the features that its crate is compiled with.
pub(super) fn version_and_features(row: &Row) -> (&'static str, Vec<&'static str>) {
    let mut words = AXES[KIND].values[row[KIND]].1.split_whitespace();
    (words.next().unwrap_or_default(), words.collect())
}

/// Returns the tag of a combination, which is the name of its module.
pub(super) fn tag(number: usize) -> String {
    format!("c{number:05}")
}

/// Makes a document of combinations, each with its number; `index` is that of the document.
///
/// # Errors
///
/// When what an axis writes is no JSON.
pub(super) fn document(rows: &[(usize, Row)], index: usize) -> io::Result<Value> {
    let version = rows.first().map_or("3.1.0", |(_, row)| version_and_features(row).0);
    let mut paths = Map::new();
    for (number, row) in rows {
        let (path, method, operation) = operation(*number, row)?;
        let mut item = Map::new();
        item.insert(method.to_owned(), operation);
        paths.insert(path, Value::Object(item));
    }
    let mut schemas = parsed(SCHEMAS)?;
    schemas["Nullable"] = if version.starts_with("3.0") {
        json!({"type": "string", "nullable": true})
    } else {
        json!({"type": ["string", "null"]})
    };
    Ok(json!({
        "openapi": version,
        "info": {"title": "Combinations", "version": "1.0.0"},
        "servers": parsed(SERVERS[index % SERVERS.len()])?,
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": parsed(SCHEMES)?},
    }))
}

/// Returns the path, the method and the operation of a combination.
fn operation(number: usize, row: &Row) -> io::Result<(String, &'static str, Value)> {
    let text = |axis: usize| AXES[axis].values[row[axis]].1;
    let tag = tag(number);
    let mut parameters = list(text(PARAMETERS))?;
    let mut path = format!("/{tag}");
    for parameter in parameters.iter().filter(|parameter| parameter["in"] == "path") {
        path = format!("{path}/{{{}}}", parameter["name"].as_str().unwrap_or_default());
    }
    let mut operation = json!({"operationId": format!("{tag}_call"), "tags": [tag]});
    let pagination = text(PAGINATION);
    if !pagination.is_empty() {
        parameters.extend(list(PAGING)?);
        operation["x-pagination"] = parsed(pagination)?;
    }
    operation["parameters"] = parameters.into();
    for (key, axis) in [("requestBody", REQUEST), ("security", SECURITY)] {
        if !text(axis).is_empty() {
            operation[key] = parsed(text(axis))?;
        }
    }
    let responses = [text(SUCCESS), text(FAILURE)];
    let responses: Vec<&str> = responses.into_iter().filter(|text| !text.is_empty()).collect();
    operation["responses"] = parsed(&format!("{{{}}}", responses.join(", ")))?;
    for (key, value) in parsed(text(DOCS))?.as_object().into_iter().flatten() {
        operation[key] = value.clone();
    }
    Ok((path, text(METHOD), operation))
}

fn list(text: &str) -> io::Result<Vec<Value>> {
    Ok(parsed(text)?.as_array().cloned().unwrap_or_default())
}

fn parsed(text: &str) -> io::Result<Value> {
    serde_json::from_str(text).map_err(|error| io::Error::other(format!("{error}: {text}")))
}
