//! What becomes of the parts of a document.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::convert;
use crate::diagnostic::Diagnostics;
use crate::document::bundle::Bundle;
use crate::document::{Node, normalise, read};
use crate::source::Sources;

fn document(text: &str) -> Node {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let text = format!("{{swagger: '2.0', info: {{title: T, version: '1'}}, {text}}}");
    let read = read(&mut sources, "a.yaml", &text, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    read.unwrap()
}

/// Returns what stands at `pointer` of the form of 3.0.
fn converted(text: &str, pointer: &str) -> Value {
    let root = convert(&document(text), &BTreeSet::new()).root.to_json();
    root.pointer(pointer).cloned().unwrap_or(Value::Null)
}

/// Returns the keywords and reasons of what the form of 3.0 does not have.
fn notes(text: &str) -> Vec<(String, &'static str)> {
    let notes = convert(&document(text), &BTreeSet::new()).notes.into_iter();
    notes.map(|note| (note.keyword, note.reason)).collect()
}

#[test]
fn scheme_host_and_base_path_are_the_server() {
    for (written, url) in [
        ("host: a.example, basePath: /v1/", Some("https://a.example/v1")),
        ("host: a.example, basePath: v1", Some("https://a.example/v1")),
        ("host: 'a.example:80', schemes: [http]", Some("http://a.example:80")),
        ("host: a.example, schemes: [http, https]", Some("https://a.example")),
        ("host: 'http://a.example'", Some("http://a.example")),
        (
            "host: 'http://a.example/b', schemes: [https]",
            Some("https://a.example/b"),
        ),
        ("host: a.example, schemes: [wss]", None),
        ("basePath: /v1", Some("/v1")),
        ("basePath: /", None),
        ("schemes: [https]", None),
    ] {
        let found = converted(written, "/servers/0/url");
        assert_eq!(found.as_str(), url, "{written}");
    }
    assert_eq!(
        notes("host: a.example, schemes: [ws, http, https]"),
        [
            ("0".to_owned(), "requests are sent by HTTP"),
            ("1".to_owned(), "the server is reached by `https` too, which is used"),
        ]
    );
}

#[test]
fn references_lead_to_where_their_targets_stand() {
    let written = "paths: {/a: {parameters: [{$ref: '#/parameters/q'}], post: {consumes: [text/plain], \
         parameters: [{name: f, in: body, schema: {type: string}}, {name: h, in: header, type: array, items: {type: string}}], \
         responses: {'200': {schema: {$ref: '#/definitions/D'}}, '400': {$ref: '#/responses/R'}}}}}, \
         definitions: {D: {properties: {target: {$ref: '%'}}}}, produces: [text/csv, a/b], \
         parameters: {q: {name: q, in: query, type: array, items: {type: integer}}, b: {name: b, in: body, schema: {type: string}}}, \
         responses: {R: {schema: {type: string}}}";
    for (reference, place) in [
        ("#/definitions/D/properties", "#/components/schemas/D/properties"),
        ("#/parameters/q/items", "#/components/parameters/q/schema/items"),
        (
            "#/parameters/b/schema",
            "#/components/requestBodies/b/content/application~1json/schema",
        ),
        (
            "#/responses/R/schema",
            "#/components/responses/R/content/text~1csv/schema",
        ),
        (
            "#/paths/~1a/post/responses/200/schema",
            "#/paths/~1a/post/responses/200/content/text~1csv/schema",
        ),
        (
            "#/paths/~1a/post/parameters/0/schema",
            "#/paths/~1a/post/requestBody/content/text~1plain/schema",
        ),
        (
            "#/paths/~1a/post/parameters/1/items",
            "#/paths/~1a/post/parameters/0/schema/items",
        ),
        // What leads nowhere stays as it is written, and so do references to other documents.
        ("#/definitions/Gone", "#/definitions/Gone"),
        ("other.yaml#/definitions/D", "other.yaml#/definitions/D"),
    ] {
        let text = written.replace('%', reference);
        let found = converted(&text, "/components/schemas/D/properties/target/$ref");
        assert_eq!(found.as_str(), Some(place), "{reference}");
    }
}

#[test]
fn media_types_fit_what_is_sent() {
    let keys = |value: Value| -> Vec<String> {
        let members = value.as_object().cloned().unwrap_or_default();
        members.keys().cloned().collect()
    };
    for (consumes, parameter, expected) in [
        ("[]", "in: body, schema: {}", vec!["application/json"]),
        ("[multipart/form-data, a/b]", "in: body, schema: {}", vec!["a/b"]),
        (
            "[multipart/form-data]",
            "in: body, schema: {}",
            vec!["multipart/form-data"],
        ),
        (
            "[a/b]",
            "in: formData, type: string",
            vec!["application/x-www-form-urlencoded"],
        ),
        ("[a/b]", "in: formData, type: file", vec!["multipart/form-data"]),
        (
            "[application/x-www-form-urlencoded, multipart/form-data]",
            "in: formData, type: file",
            vec!["multipart/form-data"],
        ),
        (
            "[application/x-www-form-urlencoded, multipart/form-data]",
            "in: formData, type: string",
            vec!["application/x-www-form-urlencoded", "multipart/form-data"],
        ),
    ] {
        let text = format!(
            "consumes: [x/y], paths: {{/a: {{post: {{consumes: {consumes}, parameters: [{{name: p, {parameter}}}]}}}}}}"
        );
        let found = converted(&text, "/paths/~1a/post/requestBody/content");
        assert_eq!(keys(found), expected, "{consumes} {parameter}");
    }
    for (produces, schema, expected) in [
        ("[]", "{}", vec!["application/json"]),
        ("[application/json, a/b]", "{type: file}", vec!["a/b"]),
        ("[application/json]", "{type: file}", vec!["application/octet-stream"]),
    ] {
        let text =
            format!("paths: {{/a: {{get: {{produces: {produces}, responses: {{'200': {{schema: {schema}}}}}}}}}}}");
        let found = converted(&text, "/paths/~1a/get/responses/200/content");
        assert_eq!(keys(found), expected, "{produces} {schema}");
    }
}

#[test]
fn lists_are_separated_by_a_style_or_by_the_caller() {
    for (location, format, expected) in [
        ("query", "csv", json!(["form", false, "array"])),
        ("query", "multi", json!(["form", true, "array"])),
        ("query", "ssv", json!(["spaceDelimited", false, "array"])),
        ("query", "pipes", json!(["pipeDelimited", false, "array"])),
        ("query", "tsv", json!([null, null, "string"])),
        ("header", "csv", json!([null, null, "array"])),
        ("header", "multi", json!([null, null, "array"])),
        ("path", "pipes", json!([null, null, "string"])),
    ] {
        let text = format!(
            "parameters: {{p: {{name: p, in: {location}, type: array, items: {{}}, collectionFormat: {format}}}}}"
        );
        let found = converted(&text, "/components/parameters/p");
        let found = json!([found["style"], found["explode"], found["schema"]["type"]]);
        assert_eq!(found, expected, "{location} {format}");
        let is_lossless = !matches!((location, format), ("query", "tsv") | ("header", "multi") | ("path", _));
        assert_eq!(notes(&text).is_empty(), is_lossless, "{location} {format}");
    }
}

#[test]
fn failures_are_json_where_a_success_is_no_json() {
    for (of_document, of_operation, schema, expected) in [
        ("[a/b]", "[text/plain]", "{type: object}", "application/json"),
        ("[x/y+json]", "[text/plain]", "{$ref: '#/definitions/F'}", "x/y+json"),
        ("[a/b]", "[application/xml]", "{type: object}", "application/xml"),
        ("[a/b]", "[text/plain]", "{type: string}", "text/plain"),
    ] {
        let text = format!(
            "produces: {of_document}, definitions: {{F: {{properties: {{}}}}}}, paths: {{/a: {{get: \
             {{produces: {of_operation}, responses: {{'200': {{schema: {{type: object}}}}, '400': {{schema: {schema}}}}}}}}}}}"
        );
        let responses = converted(&text, "/paths/~1a/get/responses");
        let key = |status: &str| {
            responses[status]["content"]
                .as_object()
                .and_then(|content| content.keys().next())
        };
        assert_eq!(key("400").map(String::as_str), Some(expected), "{schema}");
        assert_ne!(key("200").map(String::as_str), Some("application/json"));
    }
}

#[test]
fn a_parameter_without_type_is_a_string() {
    let text = "parameters: {p: {name: p, in: query}}";
    let found = converted(text, "/components/parameters/p/schema");
    assert_eq!(found, json!({"type": "string"}));
    assert_eq!(
        notes(text),
        [("type".to_owned(), "it is required; the value is a string")]
    );
}

#[test]
fn flows_have_other_names() {
    for (flow, name) in [
        ("implicit", "implicit"),
        ("password", "password"),
        ("application", "clientCredentials"),
        ("accessCode", "authorizationCode"),
    ] {
        let text = format!("securityDefinitions: {{s: {{type: oauth2, flow: {flow}, tokenUrl: t, scopes: {{a: b}}}}}}");
        let found = converted(&text, "/components/securitySchemes/s");
        let flows = json!({ name: {"tokenUrl": "t", "scopes": {"a": "b"}} });
        assert_eq!(found, json!({"type": "oauth2", "flows": flows}));
    }
    let found = converted(
        "securityDefinitions: {s: {type: basic}}",
        "/components/securitySchemes/s",
    );
    assert_eq!(found, json!({"type": "http", "scheme": "basic"}));
    assert_eq!(notes("securityDefinitions: {s: {type: oauth2, flow: magic}}").len(), 1);
}

#[test]
fn diagnostics_are_about_the_document_as_it_is_written() {
    let text = "paths: {}, definitions: {A: {type: object, properties: {b: {$ref: '#/definitions/Gone'}}}}";
    let mut diagnostics = Diagnostics::default();
    let document = Bundle::alone(document(text));
    assert!(normalise(&document, &mut diagnostics).is_some());
    let found: Vec<_> = diagnostics.iter().collect();
    let [fault] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(
        fault.message,
        "dangling reference: there is nothing at /definitions/Gone"
    );
    let reference = document
        .root
        .get("definitions")
        .and_then(|node| node.get("A")?.get("properties")?.get("b")?.get("$ref"));
    assert_eq!(fault.at, crate::diagnostic::At::Node(reference.unwrap().origin));
}

#[test]
fn versions_before_2_0_are_not_read() {
    for (text, message) in [
        ("{swagger: '1.2'}", "version \"1.2\" of Swagger is not supported"),
        ("{swagger: 2.0, paths: {}}", ""),
    ] {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let document = read(&mut sources, "a.yaml", text, &mut diagnostics).unwrap();
        assert_eq!(
            normalise(&Bundle::alone(document), &mut diagnostics).is_some(),
            message.is_empty()
        );
        let found: Vec<&str> = diagnostics
            .iter()
            .map(|diagnostic| diagnostic.message.as_str())
            .collect();
        assert_eq!(found.join("\n"), message);
    }
}
