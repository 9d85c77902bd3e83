//! What is read, what the references become, and what is said of those that lead nowhere.

mod limits;
mod versions;

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostics, Severity};
use crate::document::{DocumentReader, DocumentText, Node, Unread, UnreadCause, bundle, normalise, read};
use crate::source::{Pointer, Sources};

/// Files by their paths below `/spec`, and which of them were read.
struct Files {
    texts: BTreeMap<String, String>,
    read: RefCell<Vec<String>>,
}

impl DocumentReader for Files {
    fn root(&self) -> String {
        "file:///spec/root.yaml".to_owned()
    }

    fn read(&self, uri: &str) -> Result<DocumentText, Unread> {
        let unread = |cause| Unread {
            cause,
            message: format!("not read: {uri}"),
            help: "correct it".to_owned(),
        };
        let path = uri
            .strip_prefix("file:///spec/")
            .ok_or_else(|| unread(UnreadCause::NotAllowed))?;
        let text = self.texts.get(path).ok_or_else(|| unread(UnreadCause::Missing))?;
        self.read.borrow_mut().push(path.to_owned());
        Ok(DocumentText {
            uri: uri.to_owned(),
            name: path.to_owned(),
            text: text.clone(),
        })
    }
}

/// What came of a document and its files.
struct Outcome {
    /// The normalised document.
    root: Node,
    /// The codes of what is said, errors with a `!`, and the place of each.
    said: Vec<String>,
    /// The files that were read, in order.
    read: Vec<String>,
}

fn outcome<'text>(root: &str, files: impl IntoIterator<Item = (&'text str, &'text str)>) -> Outcome {
    let files = Files {
        texts: files
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect(),
        read: RefCell::default(),
    };
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let document = read(&mut sources, "root.yaml", root, &mut diagnostics).unwrap();
    let bundle = bundle(document, Some(&files), &mut sources, &mut diagnostics);
    let root = normalise(&bundle, &mut diagnostics).unwrap().root;
    let said = diagnostics.iter().map(|found| {
        let mark = if found.severity == Severity::Error { "!" } else { "" };
        format!("{}{mark} {}", found.code, bundle.places.read_at(&found.pointer))
    });
    Outcome {
        root,
        said: said.collect(),
        read: files.read.into_inner(),
    }
}

/// Returns what comes of a document with one schema.
fn of_schema<'text>(schema: &str, files: impl IntoIterator<Item = (&'text str, &'text str)>) -> Outcome {
    let root = format!("openapi: 3.1.0\ninfo: {{title: T}}\ncomponents: {{schemas: {{A: {schema}}}}}");
    outcome(&root, files)
}

impl Outcome {
    fn at(&self, pointer: &str) -> String {
        let found = Pointer::parse(pointer).unwrap().follow(&self.root);
        found.map_or_else(|| "nothing".to_owned(), ToString::to_string)
    }
}

#[test]
fn a_reference_is_resolved_against_where_it_stands() {
    let found = of_schema(
        "{allOf: [{$ref: 'a/b.yaml#/X'}, {$ref: './a/./b.yaml#/X'}, {$ref: 'a/../a/b.yaml#/Y/items'}]}",
        [
            (
                "a/b.yaml",
                "X: {properties: {c: {$ref: c.yaml}, r: {$ref: '../root.yaml#/components/schemas/A'}}}\nY: {items: {$ref: '#/X'}}",
            ),
            ("a/c.yaml", "type: string"),
        ],
    );
    assert_eq!(found.said, [""; 0]);
    assert_eq!(found.read, ["a/b.yaml", "a/c.yaml"]);
    let reference = |name: &str| format!(r##"{{"$ref":"#/components/schemas/{name}"}}"##);
    // The third leads to the same schema by way of a reference.
    let x = reference("X");
    assert_eq!(found.at("/components/schemas/A/allOf"), format!("[{x},{x},{x}]"));
    assert_eq!(found.at("/components/schemas/X/properties/c"), reference("c"));
    assert_eq!(found.at("/components/schemas/X/properties/r"), reference("A"));
    assert_eq!(found.at("/components/schemas/c"), r#"{"type":"string"}"#);
    assert!(!found.root.to_string().contains("documents"));
}

#[test]
fn identifiers_are_base_uris() {
    let found = of_schema(
        "{allOf: [{$ref: 'https://example.com/pets/pet'}, {$ref: 'pet.yaml#tag'}, {$ref: 'pet.yaml#/$defs/own'}]}",
        [
            (
                "pet.yaml",
                "$id: https://example.com/pets/pet\n$defs:\n  tag: {$anchor: tag, type: string}\n  own: {$id: inner, $ref: '#/$defs/x', $defs: {x: {type: integer}}}\nproperties: {more: {$ref: more.yaml}}",
            ),
            ("more.yaml", "type: boolean"),
        ],
    );
    // Nothing says at first that the file has the identifier.
    assert_eq!(found.said, ["external-reference! /components/schemas/A/allOf/0/$ref"]);
    assert_eq!(found.at("/components/schemas/tag"), r#"{"type":"string"}"#);
    assert_eq!(found.at("/components/schemas/x"), r#"{"type":"integer"}"#);

    let found = of_schema(
        "{allOf: [{$ref: pet.yaml}, {$ref: 'https://example.com/pets/pet'}]}",
        [
            (
                "pet.yaml",
                "{$id: 'https://example.com/pets/pet', properties: {more: {$ref: more.yaml}, self: {$ref: '#'}}}",
            ),
            ("more.yaml", "type: boolean"),
        ],
    );
    assert_eq!(found.said, [""; 0]);
    assert_eq!(found.read, ["pet.yaml", "more.yaml"]);

    let root = "openapi: 3.1.0\n$self: https://example.com/api/root.yaml\ninfo: {title: T}\n\
                components: {schemas: {A: {$ref: pet.yaml}}}";
    let found = outcome(
        root,
        [(
            "pet.yaml",
            "{items: {$ref: 'https://example.com/api/root.yaml#/components/schemas/A'}}",
        )],
    );
    assert_eq!(
        found.at("/components/schemas/A/items"),
        r##"{"$ref":"#/components/schemas/A"}"##
    );
}

#[test]
fn only_what_the_client_depends_on_is_read() {
    let root = "openapi: 3.0.3
info: {title: T}
paths: {/a: {get: {
  responses: {'200': {description: '', headers: {X: {$ref: headers.yaml}}, links: {L: {$ref: links.yaml}}}},
  callbacks: {C: {$ref: callbacks.yaml}}, x-samples: [{$ref: samples.yaml}]}}}
components:
  parameters: {P: {$ref: parameters.yaml}}
  schemas: {A: {default: {$ref: default.yaml}, enum: [{$ref: enum.yaml}], properties: {b: {$ref: b.yaml}}}}";
    let files = [
        ("b.yaml", "type: string"),
        ("headers.yaml", "schema: {type: string}"),
        (
            "callbacks.yaml",
            "{'{$url}': {post: {responses: {'200': {$ref: responses.yaml}}}}}",
        ),
    ];
    let found = outcome(root, files);
    assert_eq!(found.said, [""; 0]);
    assert_eq!(found.read, ["headers.yaml", "callbacks.yaml", "b.yaml"]);
}

#[test]
fn a_reference_in_data_is_data() {
    let root = "openapi: 3.2.0
info: {title: T}
paths: {/a: {get: {
  x-pagination: {$ref: pagination.yaml}, x-safe: {$ref: safe.yaml},
  parameters: [{name: q, in: query, schema: {type: string}, example: {$ref: parameter.yaml}}],
  responses: {'200': {description: '', content: {application/json: {
    schema: {$ref: '#/components/schemas/A'},
    examples: {one: {value: {$ref: value.yaml}}, two: {dataValue: {$ref: data.yaml}}, three: {$ref: three.yaml}}}}}}}}}
components:
  schemas: {A: {
    const: {$ref: const.yaml}, default: {$ref: default.yaml}, enum: [{$ref: enum.yaml}, '#/no'],
    example: {$ref: example.yaml}, examples: [{$ref: examples.yaml}], x-data: {$ref: extension.yaml}}}";
    let found = outcome(root, [("three.yaml", "value: {$ref: inner.yaml}")]);
    assert_eq!(found.said, [""; 0]);
    assert_eq!(found.read, ["three.yaml"]);
    assert_eq!(found.at("/components/schemas/A/example"), r#"{"$ref":"example.yaml"}"#);
}

#[test]
fn a_property_that_is_called_like_data_is_none() {
    let root = "openapi: 3.1.0
info: {title: T, version: '1'}
paths: {}
components: {schemas: {A: {properties: {
  value: {$ref: 'b.yaml#inner'}, default: {$ref: 'b.yaml#/$defs/B'}, properties: {$ref: 'b.yaml#/$defs/B/properties/example'}}}}}";
    let schema = "$defs: {B: {properties: {example: {type: string}, $anchor: {type: string}, value: {$anchor: inner, type: integer}}}}";
    let found = outcome(root, [("b.yaml", schema)]);
    assert_eq!(found.said, [""; 0]);
    assert_eq!(found.read, ["b.yaml"]);
}

#[test]
fn a_target_takes_the_place_of_a_reference_that_the_specification_does_not_have() {
    let root = "openapi: 3.0.3
info: {title: {$ref: 'texts.yaml#/title'}, description: {$ref: about.md}}
paths: {$ref: paths.yaml}
components: {schemas: {$ref: 'schemas.yaml#/all'}}";
    let found = outcome(
        root,
        [
            ("texts.yaml", "title: T"),
            ("about.md", "# T: [\r\nmore"),
            ("paths.yaml", "/a: {get: {$ref: a.yaml}}"),
            ("a.yaml", "{operationId: a, responses: {$ref: responses.yaml}}"),
            ("responses.yaml", "'200': {$ref: '#/x-ok'}\nx-ok: {description: fine}"),
            (
                "schemas.yaml",
                "all: {A: {items: {$ref: '#/all/B'}}, B: {properties: {$ref: '#/properties'}}}\nproperties: {c: {type: string}}",
            ),
        ],
    );
    assert_eq!(found.said, [""; 0]);
    assert_eq!(found.at("/info"), r##"{"title":"T","description":"# T: [\nmore"}"##);
    assert_eq!(found.at("/paths/~1a/get/operationId"), r#""a""#);
    assert_eq!(
        found.at("/paths/~1a/get/responses/200"),
        r##"{"$ref":"#/components/responses/x-ok"}"##
    );
    assert_eq!(
        found.at("/components/schemas/A"),
        r##"{"items":{"$ref":"#/components/schemas/responses-B"}}"##.replace("responses-B", "all-B")
    );
    assert_eq!(
        found.at("/components/schemas/B/properties"),
        r#"{"c":{"type":"string"}}"#
    );
}

#[test]
fn a_file_may_be_a_text_and_a_tree() {
    let found = of_schema(
        "{description: {$ref: file}, items: {$ref: file}}",
        [("file", "type: string")],
    );
    assert_eq!(found.said, [""; 0]);
    assert_eq!(found.at("/components/schemas/A/description"), r#""type: string""#);
    let items = found.at("/components/schemas/A/items");
    assert_eq!(items, r##"{"$ref":"#/components/schemas/file?2"}"##);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn what_leads_nowhere_is_said_where_it_stands() {
    for (reference, files, said) in [
        ("b.yaml", "", "missing-document! /components/schemas/A/items/$ref"),
        (
            "https://example.com/b",
            "",
            "external-reference! /components/schemas/A/items/$ref",
        ),
        (
            "//example.com/b",
            "",
            "external-reference! /components/schemas/A/items/$ref",
        ),
        ("../b.yaml", "", "external-reference! /components/schemas/A/items/$ref"),
        (
            "/etc/passwd",
            "",
            "external-reference! /components/schemas/A/items/$ref",
        ),
        (
            "file:///etc/passwd",
            "",
            "external-reference! /components/schemas/A/items/$ref",
        ),
        (
            "a.yaml#/no",
            "b: 1",
            "dangling-reference! /components/schemas/A/items/$ref",
        ),
        ("a.yaml#no", "b: 1", "unknown-anchor! /components/schemas/A/items/$ref"),
        (
            "a.yaml#/a~2",
            "b: 1",
            "reference-pointer! /components/schemas/A/items/$ref",
        ),
        ("a.yaml#/b", "b: 1", "reference-kind /components/schemas/A/items/$ref"),
        (
            "a.yaml",
            "{items: {$ref: c.yaml}}",
            "missing-document! a.yaml#/items/$ref",
        ),
        (
            "a.yaml",
            "{items: {$ref: '#/d'}}",
            "dangling-reference! a.yaml#/items/$ref",
        ),
        (
            "a.yaml",
            "{properties: {$ref: c.yaml}}",
            "missing-document! a.yaml#/properties/$ref",
        ),
        (
            "a.yaml",
            "{description: {$ref: c.md}}",
            "missing-document a.yaml#/description/$ref",
        ),
        ("a.yaml", "{$ref: a.yaml}", "reference-cycle! a.yaml#/$ref"),
        (
            "a.yaml",
            "{oneOf: [{$ref: a.yaml}, {type: string}]}",
            "union-contains-itself a.yaml",
        ),
        (
            "a.yaml",
            "{properties: {$ref: '#/properties'}}",
            "reference-cycle! a.yaml#/properties/$ref",
        ),
        ("root.yaml#/info", "", "reference-kind /components/schemas/A/items/$ref"),
        (
            "a.yaml#/info",
            "{openapi: 3.1.0, info: {}}",
            "reference-kind /components/schemas/A/items/$ref",
        ),
    ] {
        let files = Some(("a.yaml", files)).filter(|(_, text)| !text.is_empty());
        let found = of_schema(&format!("{{items: {{$ref: '{reference}'}}}}"), files);
        assert_eq!(found.said, [said], "{reference} {files:?}");
    }
}

#[test]
fn a_document_that_cannot_be_read_is_a_fault_of_its_own() {
    let found = of_schema("{items: {$ref: a.yaml}}", [("a.yaml", "a: [")]);
    assert_eq!(
        found.said,
        [
            "yaml-unclosed! ",
            "unreadable-document! /components/schemas/A/items/$ref"
        ]
    );
}

#[test]
fn a_document_with_the_member_of_the_others_refers_to_none() {
    let root = "openapi: 3.1.0\ninfo: {title: T}\n\"\\0documents\": {}\ncomponents: {schemas: {A: {$ref: a.yaml}}}";
    let found = outcome(root, [("a.yaml", "type: string")]);
    assert_eq!(found.said, ["external-reference! /components/schemas/A/$ref"]);
}

#[test]
fn content_of_3_2_is_converted_in_every_document() {
    let found = outcome(
        "openapi: 3.2.0\ninfo: {title: T}\npaths: {/a: {$ref: a.yaml}, /b: {get: {responses: {'200': {$ref: 'a.yaml#/get/responses/200'}}}}}",
        [
            (
                "a.yaml",
                "get: {responses: {'200': {content: {text/event-stream: {itemSchema: {properties: {data: {properties: {data: {type: string}}}}}}, a/b: {$ref: 'b.yaml#/M'}}}}}",
            ),
            ("b.yaml", "M: {schema: {type: integer}}"),
        ],
    );
    assert_eq!(found.said, [""; 0]);
    let content = r#"{"text/event-stream":{"itemSchema":{"properties":{"data":{"properties":{"data":{"type":"string"}}}}}},"a/b":{"schema":{"type":"integer"}}}"#;
    assert!(found.root.to_string().contains(content), "{}", found.root);
}
