//! A crate has what its document needs of all this, and nothing else.

use std::collections::BTreeMap;
use std::fs;

use generator::{Input, Options, generate};

/// The modules that only some documents need.
const MODULES: [&str; 11] = [
    "client/media_type",
    "stream",
    "stream/bytes",
    "stream/bytes/reader",
    "stream/bytes/stream",
    "stream/events",
    "stream/events/parser",
    "stream/events/reader",
    "stream/json_lines",
    "stream/json_lines/reader",
    "stream/polled",
];

/// Returns the files of the crate of a case, by path.
fn files(case: &str) -> BTreeMap<String, String> {
    let path = tests::root().join(format!("tests/cases/ok/{case}/openapi.yaml"));
    let text = fs::read_to_string(path).unwrap();
    let input = Input {
        name: "openapi.yaml",
        text: &text,
        overlays: &[],
    };
    generate(&input, &Options::new(case)).output.unwrap().files
}

#[test]
fn a_crate_has_the_modules_that_its_document_needs() {
    let bytes = [
        "stream",
        "stream/bytes",
        "stream/bytes/reader",
        "stream/bytes/stream",
        "stream/polled",
    ];
    let lines = [
        "stream",
        "stream/json_lines",
        "stream/json_lines/reader",
        "stream/polled",
    ];
    let events = [
        "stream",
        "stream/events",
        "stream/events/parser",
        "stream/events/reader",
        "stream/polled",
    ];
    let others = [bytes.as_slice(), &["client/media_type"]].concat();
    for (case, expected) in [
        ("one_operation", [].as_slice()),
        ("streams", &bytes),
        ("json_lines", &lines),
        ("events", &events),
        ("several_response_media_types", &others),
    ] {
        let files = files(case);
        for module in MODULES {
            let is_needed = expected.contains(&module);
            let ends = [".rs", "/mod.rs"].map(|end| format!("src/runtime/{module}{end}"));
            let is_there = ends.iter().any(|path| files.contains_key(path.as_str()));
            assert_eq!(is_there, is_needed, "{case}: {module}");
            let (folder, name) = module.rsplit_once('/').unwrap_or(("", module));
            let parents = ["/mod.rs", ".rs"].map(|end| format!("src/runtime/{folder}{end}"));
            let parent = parents
                .iter()
                .find_map(|path| files.get(path.replace("runtime//", "runtime/").as_str()));
            let is_declared = parent.is_some_and(|text| text.contains(&format!("mod {name};")));
            assert_eq!(is_declared, is_needed, "{case}: {module}");
            // What is taken from a module goes with it.
            let path = format!("{}::", module.replace('/', "::"));
            let is_named = ["mod.rs", "codegen.rs"]
                .iter()
                .any(|file| files[format!("src/runtime/{file}").as_str()].contains(&path));
            assert!(is_needed || !is_named, "{case}: {module}");
        }
        let manifest = &files["Cargo.toml"];
        assert_eq!(
            manifest.matches("futures-core").count(),
            if expected.is_empty() { 0 } else { 2 },
            "{manifest}"
        );
    }
}
