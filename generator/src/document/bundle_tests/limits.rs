//! What leads in circles, and what there is too much of.

use super::{Outcome, of_schema};

#[test]
fn circles_across_documents_end() {
    let found = of_schema(
        "{$ref: a.yaml}",
        [
            ("a.yaml", "{$ref: b.yaml}"),
            ("b.yaml", "{$ref: 'root.yaml#/components/schemas/A'}"),
        ],
    );
    assert_eq!(found.said, ["reference-cycle! /components/schemas/A/$ref"]);

    // Each leads on in the middle of the way to the next.
    let found = of_schema(
        "{$ref: 'a.yaml#/x/y'}",
        [
            ("a.yaml", "x: {$ref: 'b.yaml#/x'}"),
            ("b.yaml", "x: {$ref: 'a.yaml#/x'}"),
        ],
    );
    assert_eq!(found.said.len(), 1, "{:?}", found.said);

    // A reference that leads through itself.
    let found = of_schema(
        "{$ref: '#/components/schemas/A/x', properties: {b: {$ref: b.yaml}}}",
        [("b.yaml", "type: string")],
    );
    assert_eq!(found.said, ["dangling-reference! /components/schemas/A/$ref"]);

    let found = of_schema(
        "{properties: {$ref: a.yaml}}",
        [
            ("a.yaml", "{p: {properties: {$ref: b.yaml}}}"),
            ("b.yaml", "{q: {properties: {$ref: a.yaml}}}"),
        ],
    );
    assert!(
        found.said.iter().all(|said| said.starts_with("reference-cycle!")),
        "{:?}",
        found.said
    );
    assert!(!found.said.is_empty());
}

/// Returns what comes of a document with the schema, and of files of which each has a text that names the next one.
fn of_chain(schema: &str, length: usize, text: impl Fn(usize) -> String, last: &str) -> Outcome {
    let names: Vec<String> = (0..=length).map(|index| format!("{index}.yaml")).collect();
    let texts: Vec<String> = (1..=length).map(text).chain([last.to_owned()]).collect();
    of_schema(
        schema,
        names.iter().map(String::as_str).zip(texts.iter().map(String::as_str)),
    )
}

#[test]
fn copies_have_a_limit() {
    let is_limited = |found: &Outcome| found.said.iter().any(|said| said.starts_with("external-reference!"));
    // Each doubles the one before it.
    let twice = |next| format!("a: {{properties: {{$ref: {next}.yaml}}}}\nb: {{properties: {{$ref: {next}.yaml}}}}");
    assert!(is_limited(&of_chain(
        "{properties: {$ref: 0.yaml}}",
        40,
        twice,
        "c: {}"
    )));
    // A long chain is no deeper than the tree of one text may be.
    let once = |next| format!("a: {{properties: {{$ref: {next}.yaml}}}}");
    let found = of_chain("{properties: {$ref: 0.yaml}}", 999, once, "c: {}");
    assert!(is_limited(&found));
    // None of these leads back to itself.
    let is_circle = |said: &String| said.starts_with("reference-cycle");
    assert!(!found.said.iter().any(is_circle), "{:?}", found.said);
    // Nor does a long chain of references take the stack.
    let reference = |next| format!("{{$ref: {next}.yaml}}");
    let found = of_chain("{items: {$ref: 0.yaml}}", 1999, reference, "type: string");
    assert_eq!(found.said, [""; 0]);
    let items = found.at("/components/schemas/A/items");
    assert_eq!(items, r##"{"$ref":"#/components/schemas/1999"}"##);
}

#[test]
fn a_copy_may_take_the_place_of_what_another_reference_leads_to() {
    let found = of_schema(
        "{dependentSchemas: {$ref: 'a.yaml#/x'}, properties: {$ref: 'a.yaml#/x/p'}}",
        [
            ("a.yaml", "x: {$ref: b.yaml, p: {k: {type: string}}}"),
            ("b.yaml", "{q: {type: string}}"),
        ],
    );
    assert_eq!(
        found.said,
        ["dangling-reference! /components/schemas/A/properties/$ref"]
    );
}
