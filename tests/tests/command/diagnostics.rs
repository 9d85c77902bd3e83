//! What the command says of a document: where a fault is, once for each kind, and in proper numbers.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;

use serde_json::Value;
use tests::command::{Outcome, Scratch};

use crate::codegen;

/// Three lists, of which one can be asked for page by page.
const LISTS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}]
paths:
  /ants:
    get:
      operationId: listAnts
      responses: {'200': {description: All., content: {application/json: {schema: {type: array, items: {type: string}}}}}}
  /bees:
    get:
      operationId: listBees
      parameters: [{name: page, in: query, schema: {type: integer}}]
      responses: {'200': {description: All., content: {application/json: {schema: {type: array, items: {type: string}}}}}}
  /cats:
    get:
      operationId: listCats
      responses: {'200': {description: All., content: {application/json: {schema: {type: array, items: {type: string}}}}}}
";

/// One action on all of them.
const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Pages, version: 1.0.0}
actions:
- target: $.paths.*.get
  update:
    x-pagination: {style: page, page: page, items: ''}
";

/// Three operations that cannot be written, for one reason.
const SKIPPED: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}]
paths:
  /ants: {post: {requestBody: {content: {multipart/form-data: {schema: {type: array}}}}, responses: {'204': {description: Done.}}}}
  /bees: {post: {requestBody: {content: {multipart/form-data: {schema: {type: array}}}}, responses: {'204': {description: Done.}}}}
  /cats: {post: {requestBody: {content: {multipart/form-data: {schema: {type: array}}}}, responses: {'204': {description: Done.}}}}
";

/// Generates a crate of a document in a folder that goes.
fn generate(name: &str, document: &str, overlay: Option<&str>, options: &[&str]) -> Outcome {
    let scratch = Scratch::new(name);
    let (spec, out) = (scratch.path().join("pets.yaml"), scratch.path().join("crate"));
    fs::write(&spec, document).unwrap();
    let mut arguments: Vec<&OsStr> = vec!["--spec".as_ref(), spec.as_ref(), "--out".as_ref(), out.as_ref()];
    let file = scratch.path().join("pages.yaml");
    if let Some(overlay) = overlay {
        fs::write(&file, overlay).unwrap();
        arguments.extend([OsStr::new("--overlay"), file.as_ref()]);
    }
    arguments.extend(options.iter().map(OsStr::new));
    codegen(&arguments)
}

fn records(outcome: &Outcome) -> Vec<Value> {
    let lines = outcome.out.lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_fault_that_an_overlay_brings_in_stands_at_the_node_that_is_at_fault() {
    let outcome = generate("fault-overlay", LISTS, Some(OVERLAY), &["--message-format", "json"]).expect(0);
    let records = records(&outcome);
    let at_fault: Vec<(&str, u64)> = records
        .iter()
        .map(|record| (record["pointer"].as_str().unwrap(), record["line"].as_u64().unwrap()))
        .collect();
    // Each in the operation that has no such parameter.
    assert_eq!(
        at_fault,
        [
            ("/paths/~1ants/get/x-pagination/page", 7),
            ("/paths/~1cats/get/x-pagination/page", 16)
        ]
    );
    for record in &records {
        assert!(record["file"].as_str().unwrap().ends_with("pets.yaml"), "{record}");
        let related = record["related"].as_array().unwrap();
        let overlay = related
            .iter()
            .find(|related| related["message"] == "an overlay puts it there")
            .unwrap();
        assert!(overlay["file"].as_str().unwrap().ends_with("pages.yaml"), "{record}");
        assert_eq!(overlay["line"], 6, "{record}");
    }
}

#[test]
fn equal_degradations_are_shown_once_with_their_number() {
    let outcome = generate("equal", SKIPPED, None, &[]).expect(0);
    assert_eq!(
        outcome.err.matches("degraded[operation-skipped]").count(),
        1,
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("pets.yaml:5:"), "{}", outcome.err);
    assert!(outcome.err.contains("note: found in 3 places"), "{}", outcome.err);
    let outcome = generate("equal-json", SKIPPED, None, &["--message-format", "json"]).expect(0);
    let records = records(&outcome);
    let skipped = records.iter().filter(|record| record["code"] == "operation-skipped");
    assert_eq!(skipped.count(), 3, "{}", outcome.out);
}

#[test]
fn a_crate_without_operations_is_warned_of() {
    let start = "openapi: 3.1.0\ninfo: {title: Pets, version: 1.0.0}\n";
    let components = "components: {schemas: {Cat: {type: object, properties: {name: {type: string}}}}}\n";
    for (name, document, message) in [
        ("no-paths", format!("{start}paths: {{}}\n"), Some("`paths` is empty")),
        ("none-emitted", SKIPPED.to_owned(), Some("no operation is emitted")),
        // A document without `paths` is there for its components.
        ("components", format!("{start}{components}"), None),
    ] {
        let outcome = generate(name, &document, None, &["--message-format", "json"]).expect(0);
        let records = records(&outcome);
        let found = records.iter().find(|record| record["code"] == "no-operations");
        let said = found.map(|record| {
            assert_eq!(
                (&record["severity"], &record["pointer"]),
                (&"warning".into(), &"/paths".into())
            );
            record["message"].as_str().unwrap()
        });
        assert_eq!(said.is_some(), message.is_some(), "{}", outcome.out);
        assert!(
            said.unwrap_or_default().contains(message.unwrap_or_default()),
            "{}",
            outcome.out
        );
    }
    let outcome = generate("no-paths-human", &format!("{start}paths: {{}}\n"), None, &[]).expect(0);
    assert!(outcome.err.contains("warning[no-operations]"), "{}", outcome.err);
    assert!(outcome.out.contains("0 operations, 0 types; "), "{}", outcome.out);
}

#[test]
fn the_first_warning_of_each_code_is_shown() {
    let schemas = "components: {schemas: {A: {type: object, propertes: {}}, B: {propertes: {}}, C: {typ: object}}}";
    let document = format!("openapi: 3.1.0\ninfo: {{title: Pets, version: 1.0.0}}\n{schemas}\n");
    let outcome = generate("first-of-each-code", &document, None, &[]).expect(0);
    assert_eq!(
        outcome.err.matches("warning[unknown-field]").count(),
        1,
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("did you mean `properties`?"), "{}", outcome.err);
    assert!(outcome.err.contains("more warning"), "{}", outcome.err);
    let outcome = generate("all-of-a-code", &document, None, &["--warnings"]).expect(0);
    assert!(
        outcome.err.matches("warning[unknown-field]").count() > 1,
        "{}",
        outcome.err
    );
    assert!(!outcome.err.contains("more warning"), "{}", outcome.err);
}

/// Returns a document with a header that says `allowReserved` in three places, and twelve security schemes that no
/// request is written for.
fn many_reasons() -> String {
    const START: &str =
        "openapi: 3.1.0\ninfo: {title: Pets, version: 1.0.0}\nservers: [{url: 'https://pets.example'}]\npaths:\n";
    let mut text = START.to_owned();
    for path in ["ants", "bees", "cats"] {
        let parameter = "{name: a, in: header, allowReserved: true, schema: {type: string}}";
        let operation = format!("{{parameters: [{parameter}], responses: {{'204': {{description: Done.}}}}}}");
        let _ = writeln!(text, "  /{path}: {{get: {operation}}}");
    }
    text.push_str("components:\n  securitySchemes:\n");
    for number in 0..12 {
        let _ = writeln!(text, "    s{number}: {{type: http, scheme: own-{number}}}");
    }
    text
}

#[test]
fn what_has_no_diagnostic_is_summarised_with_the_file_of_the_ledger() {
    let outcome = generate("summary", &many_reasons(), None, &[]).expect(0);
    let lines: Vec<&str> = outcome.out.lines().collect();
    let [totals, heading, summary @ ..] = &lines[1..] else {
        panic!("{}", outcome.out)
    };
    assert!(totals.starts_with("ledger: 15 degraded, "), "{totals}");
    assert!(totals.ends_with("/crate/ledger.tsv"), "{totals}");
    assert_eq!(*heading, "skipped or partly supported, without a diagnostic:");
    // The most frequent reason comes first; ten are shown, and the others counted.
    assert_eq!(
        summary[0],
        "  3 × it only applies to query parameters (/paths/~1ants/get/parameters/0/allowReserved)"
    );
    assert!(
        summary[1].starts_with("  1 × the HTTP authentication scheme "),
        "{}",
        summary[1]
    );
    assert_eq!(summary.len(), 11, "{}", outcome.out);
    let file = totals.rsplit(' ').next().unwrap();
    assert_eq!(summary[10], format!("  … and 3 more in {file}"));
    // One empty line stands between diagnostics.
    let outcome = generate("one-empty-line", SKIPPED, None, &[]).expect(0);
    assert!(outcome.err.contains("\n\nwarning[no-operations]"), "{}", outcome.err);
    assert!(!outcome.err.contains("\n\n\n"), "{}", outcome.err);
    assert!(!outcome.out.contains("without a diagnostic"), "{}", outcome.out);
}
