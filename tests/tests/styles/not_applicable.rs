//! The style tables: every cell that says that nothing is defined has a diagnostic.

use generator::{Input, Options, Strictness, generate};

use crate::rows::{self, Row};

/// Returns a document whose one parameter is that of a cell.
fn document(row: &Row, required: bool) -> String {
    let schema = match row.shape.as_str() {
        "empty" => "{type: string, enum: ['']}",
        "string" => "{type: string}",
        "array" => "{type: array, items: {type: string}}",
        _ => "{type: object, additionalProperties: {type: integer}}",
    };
    let Row {
        spec, style, explode, ..
    } = row;
    format!(
        "openapi: {spec}\ninfo: {{title: Cell, version: 1.0.0}}\nservers: [{{url: 'https://cell.example'}}]\npaths:\n  \
         /cell:\n    get:\n      operationId: getCell\n      tags: [cells]\n      parameters:\n        \
         - {{name: color, in: query, required: {required}, style: {style}, explode: {explode}, schema: {schema}}}\n      \
         responses: {{'204': {{description: Done.}}}}\n"
    )
}

/// Returns the codes and messages of the diagnostics of a document, and the crate's operations.
fn run(document: &str) -> (Vec<(&'static str, String)>, String) {
    let input = Input {
        name: "openapi.yaml",
        text: document,
        overlays: &[],
    };
    let run = generate(&input, &Options::new("cell"));
    // The document has one operation, so that a crate without it is warned of, too.
    let reported = run
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code != "no-operations");
    let reported = reported.map(|diagnostic| (diagnostic.code, diagnostic.message.clone()));
    let files = run.output.map(|output| output.files).unwrap_or_default();
    let operations = files.into_iter().filter(|(path, _)| path.starts_with("src/operations"));
    (reported.collect(), operations.map(|(_, text)| text).collect())
}

/// Returns whether a cell is written all the same: what is no object in a `deepObject` is written as in a form.
fn is_written(row: &Row) -> bool {
    row.style == "deepObject" && row.explode
}

#[test]
fn each_has_a_diagnostic() {
    let rows: Vec<Row> = rows::table().into_iter().filter(|row| row.na).collect();
    for row in &rows {
        if is_written(row) {
            let (reported, operations) = run(&document(row, true));
            assert_eq!(reported, [], "{}", row.name());
            assert!(operations.contains("color"), "{}: {operations}", row.name());
            continue;
        }
        let (reported, operations) = run(&document(row, false));
        let [(code, message)] = reported.as_slice() else {
            panic!("{}: {reported:?}", row.name())
        };
        assert_eq!(*code, "parameter-skipped", "{}", row.name());
        assert!(message.contains(&row.style), "{message}");
        assert!(
            operations.contains("pub fn get_cell()"),
            "{}: the operation stays",
            row.name()
        );
        assert!(!operations.contains("color"), "{}: {operations}", row.name());

        let (reported, operations) = run(&document(row, true));
        let [(code, message)] = reported.as_slice() else {
            panic!("{}: {reported:?}", row.name())
        };
        assert_eq!(*code, "operation-skipped", "{}", row.name());
        assert!(message.contains(&row.style), "{message}");
        assert!(!operations.contains("get_cell"), "{}: {operations}", row.name());
    }
    assert_eq!(rows.len(), 2 * 19);
    assert_eq!(rows.iter().filter(|row| is_written(row)).count(), 2 * 3);
}

/// A type of several has a form for some: those are sent, and the others are refused then.
#[test]
fn one_of_several_types_is_enough() {
    let of = |style: &str, schema: &str| {
        let row = rows::table()
            .into_iter()
            .find(|row| row.na && row.spec == "3.1.1" && row.style == style);
        let text = document(&row.unwrap(), false).replacen("{type: string, enum: ['']}", schema, 1);
        run(&text).0
    };
    assert_eq!(of("pipeDelimited", "{type: [array, string]}"), []);
    assert_eq!(of("pipeDelimited", "{}"), []);
    assert_eq!(of("spaceDelimited", "{type: [integer, boolean]}").len(), 1);
}

/// A strict run reports fields that have no effect.
#[test]
fn flags_without_meaning_are_reported_in_a_strict_run() {
    for (parameter, keyword) in [
        (
            "{name: a, in: header, allowReserved: true, schema: {type: string}}",
            "allowReserved",
        ),
        (
            "{name: a, in: cookie, allowEmptyValue: true, schema: {type: string}}",
            "allowEmptyValue",
        ),
        (
            "{name: a, in: query, style: deepObject, allowEmptyValue: true, schema: {type: object}}",
            "allowEmptyValue",
        ),
        (
            "{name: a, in: query, content: {text/plain: {}, application/json: {}}}",
            "content",
        ),
    ] {
        let text = format!(
            "openapi: 3.1.1\ninfo: {{title: Flags, version: 1.0.0}}\nservers: [{{url: 'https://flags.example'}}]\npaths:\n  \
             /flags: {{get: {{parameters: [{parameter}], responses: {{'204': {{description: Done.}}}}}}}}\n"
        );
        assert_eq!(run(&text).0, [], "{parameter}");
        let input = Input {
            name: "openapi.yaml",
            text: &text,
            overlays: &[],
        };
        let mut options = Options::new("flags");
        options.strictness = Strictness::Strict;
        let reported = generate(&input, &options).diagnostics;
        let reported: Vec<_> = reported
            .iter()
            .map(|diagnostic| (diagnostic.code, diagnostic.message.as_str()))
            .collect();
        let [("not-supported", message)] = reported.as_slice() else {
            panic!("{parameter}: {reported:?}")
        };
        assert!(message.contains(keyword), "{message}");
    }
}
