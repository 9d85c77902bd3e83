//! A crate has what its document needs of all this, and nothing else.

use std::fs;

use generator::{Input, Options, generate};

/// The modules that only some documents need.
const MODULES: [&str; 11] = [
    "byte_reader",
    "byte_stream",
    "event_parser",
    "event_reader",
    "event_stream",
    "events",
    "flow",
    "json_lines",
    "line_reader",
    "line_stream",
    "media_type",
];

#[test]
fn a_crate_has_the_modules_that_its_document_needs() {
    let bytes = ["byte_reader", "byte_stream", "flow"];
    let lines = ["flow", "json_lines", "line_reader", "line_stream"];
    let events = ["event_parser", "event_reader", "event_stream", "events", "flow"];
    let others = ["byte_reader", "byte_stream", "flow", "media_type"];
    for (case, expected) in [
        ("one_operation", [].as_slice()),
        ("streams", &bytes),
        ("json_lines", &lines),
        ("events", &events),
        ("several_reply_media_types", &others),
    ] {
        let path = tests::root().join(format!("tests/cases/ok/{case}/openapi.yaml"));
        let text = fs::read_to_string(path).unwrap();
        let input = Input {
            name: "openapi.yaml",
            text: &text,
            overlays: &[],
        };
        let files = generate(&input, &Options::new(case)).output.unwrap().files;
        let root = &files["src/runtime/mod.rs"];
        for module in MODULES {
            let is_needed = expected.contains(&module);
            let path = format!("src/runtime/{module}.rs");
            assert_eq!(files.contains_key(path.as_str()), is_needed, "{case}: {module}");
            assert_eq!(root.contains(&format!("mod {module};")), is_needed, "{case}: {module}");
            assert_eq!(
                root.contains(&format!("use self::{module}::")),
                is_needed && !["flow", "media_type"].contains(&module),
                "{case}: {module}"
            );
        }
        let manifest = &files["Cargo.toml"];
        assert_eq!(
            manifest.matches("futures-core").count(),
            if expected.is_empty() { 0 } else { 2 },
            "{manifest}"
        );
    }
}
