//! What references lead to, and what is said of those that lead to nothing.

use super::normalise;
use crate::diagnostic::{Diagnostics, Fix, Severity};
use crate::document::{Bundle, Node, read};
use crate::source::Sources;

/// Returns the normalised document, and the codes of what is said of it, errors with a `!`.
fn normalised(text: &str) -> (Node, Vec<String>) {
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let document = read(&mut sources, "a.yaml", text, &mut diagnostics).unwrap();
    let root = normalise(&Bundle::alone(document), &mut diagnostics).unwrap().root;
    let mark = |severity| if severity == Severity::Error { "!" } else { "" };
    let codes = diagnostics
        .iter()
        .map(|found| format!("{}{}", found.code, mark(found.severity)));
    (root, codes.collect())
}

/// Returns the codes of what is said of a document with these components.
fn codes(version: &str, components: &str) -> Vec<String> {
    let text =
        format!("openapi: {version}\ninfo: {{title: T}}\npaths: {{/a: {{get: {{}}}}}}\ncomponents: {components}");
    normalised(&text).1
}

#[test]
fn a_reference_to_another_kind_moves_nothing() {
    for target in [
        "#",
        "#/",
        "#/paths",
        "#/paths/~1a",
        "#/paths/~1a/get",
        "#/info",
        "#/info/title",
        "#/components",
        "#/components/schemas",
        "#/components/schemas/A/properties",
        "#/components/schemas/A/allOf",
        "#/components/schemas/A/required",
        "#/components/schemas/A/example",
        "#/components/parameters/P",
        "#/components/examples/E/value",
        "#/x-things/text",
        "#/components/schemas/A/discriminator",
    ] {
        for version in ["3.0.3", "3.1.0"] {
            let text = format!(
                "openapi: {version}
info: {{title: T}}
paths: {{/a: {{get: {{}}}}}}
x-things: {{text: some}}
components:
  schemas:
    A: {{properties: {{}}, allOf: [], required: [], example: {{}}, discriminator: {{propertyName: a}}}}
    B: {{items: {{$ref: '{target}'}}}}
  parameters: {{P: {{name: p, in: query}}}}
  examples: {{E: {{value: {{}}}}}}"
            );
            let (root, codes) = normalised(&text);
            let expected = if target == "#/" {
                "dangling-reference!"
            } else {
                "reference-kind"
            };
            assert_eq!(codes, [expected], "{target}");
            assert!(
                root.get("paths").unwrap().get("/a").unwrap().get("get").is_some(),
                "{target}"
            );
            let schemas = root.get("components").unwrap().get("schemas").unwrap();
            assert_eq!(schemas.as_object().unwrap().len(), 2, "{target}");
            // Any value is read there.
            assert_eq!(schemas.get("B").unwrap().to_string(), r#"{"items":{}}"#, "{target}");
        }
    }
}

#[test]
fn a_reference_may_lead_to_what_no_field_holds() {
    for target in [
        "#/x-schemas/A",
        "#/definitions/A",
        "#/components/x-schemas/A",
        "#/components/schemas/B/x-inner",
    ] {
        let text = format!(
            "openapi: 3.0.3
x-schemas: {{A: {{type: string}}}}
definitions: {{A: {{type: string}}}}
components: {{x-schemas: {{A: {{type: string}}}}, schemas: {{B: {{items: {{$ref: '{target}'}}, x-inner: {{type: string}}}}}}}}"
        );
        let (root, codes) = normalised(&text);
        assert!(codes.is_empty(), "{target}: {codes:?}");
        let schemas = root
            .get("components")
            .unwrap()
            .get("schemas")
            .unwrap()
            .as_object()
            .unwrap();
        assert_eq!(schemas[1].to_string(), r#"{"type":"string"}"#, "{target}");
    }
}

#[test]
fn identifiers_lead_where_json_schema_says() {
    let found = |schemas: &str| codes("3.1.0", &format!("{{schemas: {{{schemas}}}}}"));
    let nothing: [&str; 0] = [];
    for schemas in [
        // Relative identifiers, without a base that is known.
        "A: {$id: a, items: {$ref: '#'}}, B: {$ref: a}, C: {$ref: './a'}, D: {$ref: 'a#'}",
        "A: {$id: /s/a, items: {$ref: b}}, B: {$id: /s/b}",
        // A base that is no hierarchy.
        "A: {$id: 'urn:uuid:1', $defs: {x: {$anchor: x}}, items: {$ref: '#x'}}, B: {$ref: 'urn:uuid:1#x'}",
        // The base of a reference beside an identifier is that identifier.
        "A: {$id: 'http://a.example/b/c', $ref: d}, D: {$id: 'http://a.example/b/d'}",
        "A: {properties: {$id: {type: string}, $anchor: {type: string}}}",
        "A: {$anchor: x, $dynamicAnchor: x, items: {$ref: '#x'}}",
        "A: {$id: a, $defs: {x: {$anchor: x}}}, B: {$anchor: x, items: {$ref: '#x'}}",
        "A: {$id: a, $defs: {'a b': {}}, items: {$ref: '#/$defs/a%20b'}}",
    ] {
        assert_eq!(found(schemas), nothing, "{schemas}");
    }
    for (schemas, code) in [
        ("A: {$id: a, items: {$ref: '#/$defs/gone'}}", "dangling-reference!"),
        ("A: {$id: a, items: {$ref: '#gone'}}", "unknown-anchor!"),
        // An anchor belongs to its resource.
        ("A: {$id: a, items: {$ref: '#x'}}, B: {$anchor: x}", "unknown-anchor!"),
        (
            "A: {$id: a, items: {$ref: 'http://b.example/a'}}",
            "external-reference!",
        ),
        ("A: {$id: a, items: {$ref: 'a#/items/not'}}", "dangling-reference!"),
        // The document has no identifiers at all.
        ("A: {items: {$ref: '#x'}}", "unknown-anchor!"),
        // What many a document means: the identifier is there for others.
        (
            "A: {$id: a, items: {$ref: '#/components/schemas/B'}}, B: {}",
            "reference-base",
        ),
        // As drafts up to 7 have it.
        ("A: {$id: '#x'}, B: {$ref: '#x'}", "id-fragment"),
        ("A: {$id: 3}", "schema-keyword-type"),
        ("A: {$id: a}, B: {$id: ./a}", "duplicate-identifier"),
        ("A: {$anchor: a}, B: {$dynamicAnchor: a}", "duplicate-identifier"),
    ] {
        assert_eq!(found(schemas), [code], "{schemas}");
    }
}

#[test]
fn identifiers_are_unknown_in_3_0() {
    assert_eq!(
        codes("3.0.3", "{schemas: {A: {$id: 3, $anchor: x}, B: {$anchor: x}}}").len(),
        0
    );
    assert_eq!(
        codes(
            "3.0.3",
            "{schemas: {A: {$id: a, $anchor: x}, B: {items: {$ref: '#x'}}, C: {items: {$ref: a}}}}"
        ),
        ["reference-pointer!", "external-reference!"]
    );
    // Below an `$id`, too, `#` is the whole document.
    assert_eq!(
        codes("3.0.3", "{schemas: {A: {$id: a, items: {$ref: '#'}}}}"),
        ["reference-kind"]
    );
}

#[test]
fn what_the_client_does_not_depend_on_stops_nothing() {
    for components in [
        "{examples: {E: {$ref: '#/gone'}}}",
        "{links: {L: {$ref: 'other.yaml'}}, callbacks: {C: {$ref: 3}}}",
        "{headers: {H: {schema: {$ref: '#/gone'}}}}",
        "{responses: {R: {content: {a/b: {schema: {$ref: '#'}}}}}}",
        "{responses: {R: {$ref: '#/components/responses/R'}}}",
        "{pathItems: {P: {get: {parameters: [{$ref: '#/gone'}]}}}}",
    ] {
        for version in ["3.0.3", "3.1.0"] {
            let codes = codes(version, components);
            assert!(
                !codes.is_empty() && codes.iter().all(|code| !code.ends_with('!')),
                "{components}: {codes:?}"
            );
        }
    }
    // What is reached from an operation is an error, though others reach it too.
    let text = "openapi: 3.0.3
paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}, callbacks: {x: {y: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}}}}}
components: {responses: {R: {content: {a/b: {schema: {$ref: '#/gone'}}}}}}";
    assert_eq!(normalised(text).1, ["dangling-reference!"]);
}

#[test]
fn what_is_suggested_is_where_the_component_stands() {
    for (head, definitions, reference, near) in [
        (
            "openapi: 3.0.4",
            "components: {schemas: {Animal: {}, A: %}}",
            "#/definitions/Animal",
            "#/components/schemas/Animal",
        ),
        (
            "openapi: 3.1.0",
            "components: {schemas: {Animal: {}, A: %}}",
            "#/definitions/Animol",
            "#/components/schemas/Animal",
        ),
        (
            "swagger: '2.0'",
            "definitions: {Animal: {}, A: %}",
            "#/definitions/Animol",
            "#/definitions/Animal",
        ),
    ] {
        let definitions = definitions.replace('%', &format!("{{properties: {{a: {{$ref: '{reference}'}}}}}}"));
        let text = format!("{head}\ninfo: {{title: T}}\npaths: {{}}\n{definitions}");
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let document = read(&mut sources, "a.yaml", &text, &mut diagnostics).unwrap();
        normalise(&Bundle::alone(document), &mut diagnostics);
        let found: Vec<_> = diagnostics
            .iter()
            .filter(|found| found.code == "dangling-reference")
            .collect();
        let [found] = found.as_slice() else {
            panic!("{diagnostics:?}");
        };
        assert_eq!(
            found.help.as_deref(),
            Some(format!("did you mean '{near}'?").as_str()),
            "{text}"
        );
        assert_eq!(found.fix, Some(Fix::Replace(near.into())), "{text}");
    }
}

#[test]
fn a_newer_keyword_that_is_honoured_is_not_removed() {
    let text = "openapi: 3.0.4\ninfo: {title: T}\npaths: {}\ncomponents: {schemas: {A: {const: a}}}";
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let document = read(&mut sources, "a.yaml", text, &mut diagnostics).unwrap();
    let root = normalise(&Bundle::alone(document), &mut diagnostics).unwrap().root;
    assert!(root.to_string().contains(r#""const":"a""#), "{root}");
    let found = diagnostics.iter().find(|found| found.code == "newer-keyword").unwrap();
    assert_eq!(found.fix, None);
}
