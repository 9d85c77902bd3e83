//! Published payloads: each is read, and written as received.

use std::collections::BTreeMap;
use std::fs;

use crate::components::{COMPONENTS, Component, Reading, named};
use crate::{fixtures, folder, json};

#[test]
fn examples_are_written_as_received() {
    let mut faults = Vec::new();
    for (file, example) in fixtures("examples") {
        match (component(&file).read)(&example.to_string()) {
            Ok(Reading { written, .. }) if json(&written) == example => {}
            Ok(Reading { written, .. }) => faults.push(format!("{file}: {example} is written as {written}")),
            Err(error) => faults.push(format!("{file}: {error}")),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn examples_keep_to_their_schemas() {
    let mut faults = Vec::new();
    for (file, example) in fixtures("examples") {
        let violations = (component(&file).read)(&example.to_string()).unwrap().violations;
        faults.extend(violations.iter().map(|violation| format!("{file}: {violation}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_component_has_an_example() {
    let files = fixtures("examples");
    let missing: Vec<&str> = COMPONENTS
        .iter()
        .map(|component| component.name)
        .filter(|name| files.iter().all(|(file, _)| component(file).name != *name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_example_has_a_source() {
    let sources = sources();
    let known: Vec<&String> = sources.keys().collect();
    let files = fixtures("examples");
    let files: Vec<&String> = files.iter().map(|(file, _)| file).collect();
    assert_eq!(files, known);
}

/// Returns where each example comes from.
fn sources() -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder("examples").join("_provenance.json")).unwrap();
    serde_json::from_str::<Vec<_>>(&text).unwrap().into_iter().collect()
}

/// Returns the component that a file is an example of: `dataTable-2.json` is the second of `dataTable`.
fn component(file: &str) -> Component {
    let name = file.trim_end_matches(".json");
    named(name.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '-'))
}
