//! Payloads that break their schema: each is refused, at the place that is wrong.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::components::{COMPONENTS, named};
use crate::{fixtures, json};

/// A decode may refuse a payload; what it takes, `validate` has to refuse for the same keyword.
#[test]
fn every_fault_is_found_where_it_is() {
    let mut faults = Vec::new();
    for (file, fixture) in fixtures("negative") {
        let instance = &fixture["instance"];
        let reading = (named(fixture["schema"].as_str().unwrap()).read)(&instance.to_string());
        let found: Vec<String> = match &reading {
            Err(error) => vec![error.pointer().to_owned()],
            Ok(reading) => reading
                .violations
                .iter()
                .map(|violation| violation.pointer.clone())
                .collect(),
        };
        for error in fixture["jsonschema_errors"].as_array().unwrap() {
            let place = pointer(&error["path"]);
            if !found.iter().any(|pointer| is_at_or_below(pointer, &place)) {
                faults.push(format!(
                    "{file}: at {place:?}: {}; found at {found:?}",
                    error["message"]
                ));
            }
        }
        // Nothing that is refused was lost in the reading.
        if let Ok(reading) = reading
            && json(&reading.written) != *instance
        {
            faults.push(format!("{file}: {instance} is written as {}", reading.written));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A violation names the keyword of the schema that does not hold.
#[test]
fn every_violation_names_its_keyword() {
    let mut faults = Vec::new();
    for (file, fixture) in fixtures("negative") {
        let Ok(reading) = (named(fixture["schema"].as_str().unwrap()).read)(&fixture["instance"].to_string()) else {
            continue;
        };
        for error in fixture["jsonschema_errors"].as_array().unwrap() {
            let keyword = error["keyword"].as_str().unwrap();
            let found: Vec<&str> = reading.violations.iter().map(|violation| violation.keyword).collect();
            if !found.contains(&keyword) {
                faults.push(format!("{file}: {keyword}; found {found:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_component_is_broken_somehow() {
    let fixtures = fixtures("negative");
    let broken: BTreeSet<&str> = fixtures
        .iter()
        .map(|(_, fixture)| fixture["schema"].as_str().unwrap())
        .collect();
    let all: BTreeSet<&str> = COMPONENTS.iter().map(|component| component.name).collect();
    assert_eq!(broken, all);
}

/// Returns a path of names and indices as a JSON Pointer.
fn pointer(path: &Value) -> String {
    let mut pointer = String::new();
    for step in path.as_array().unwrap() {
        let step = step.as_str().map_or_else(|| step.to_string(), str::to_owned);
        pointer.push('/');
        pointer.push_str(&step.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

fn is_at_or_below(pointer: &str, place: &str) -> bool {
    let rest = pointer.strip_prefix(place);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
