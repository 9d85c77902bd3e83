//! The versions that the emitted crate asks for are those that the workspace
//! builds and tests it with.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::fs;

use toml::{Table, Value};

#[test]
fn the_emitted_manifest_asks_for_what_the_workspace_has() {
    let root = table("Cargo.toml");
    let known = at(&root, &["workspace", "dependencies"]);
    let emitted = table("generated/Cargo.toml");
    let mut faults = Vec::new();
    let mut count = 0;
    for (name, asked) in at(&emitted, &["dependencies"]) {
        count += 1;
        let Some(ours) = known.get(name) else {
            faults.push(format!("{name} is not among the dependencies of the workspace"));
            continue;
        };
        let (asked, ours) = (Requirement::of(asked), Requirement::of(ours));
        if asked != ours {
            faults.push(format!(
                "{name}: the crate asks for {asked:?}, the workspace for {ours:?}"
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count > 0, "the emitted crate has no dependency");
}

#[test]
fn the_emitted_manifest_says_what_the_workspace_says() {
    let root = table("Cargo.toml");
    let emitted = table("generated/Cargo.toml");
    for key in ["edition", "rust-version", "license"] {
        let (asked, ours) = (
            at(&emitted, &["package"]).get(key),
            at(&root, &["workspace", "package"]).get(key),
        );
        assert!(ours.is_some(), "the workspace has no {key}");
        assert_eq!(asked, ours, "{key}");
    }
}

#[test]
fn the_emitted_manifest_leans_on_no_workspace() {
    // A stranger who copies the folder has a crate.
    let text = fs::read_to_string(tests::root().join("generated/Cargo.toml")).unwrap();
    assert!(!text.contains("workspace = true"), "{text}");
    assert!(!text.contains("path ="), "{text}");
}

/// What a manifest asks of a dependency, written out.
#[derive(Debug, PartialEq)]
struct Requirement {
    version: String,
    has_default_features: bool,
    features: Vec<String>,
}

impl Requirement {
    fn of(value: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let Some(table) = value.as_table() else {
            return Self {
                version: text(value),
                has_default_features: true,
                features: Vec::new(),
            };
        };
        let features = table.get("features").and_then(Value::as_array);
        let mut features: Vec<String> = features.into_iter().flatten().map(text).collect();
        features.sort();
        Self {
            version: table.get("version").map(text).unwrap_or_default(),
            has_default_features: table.get("default-features").and_then(Value::as_bool).unwrap_or(true),
            features,
        }
    }
}

fn table(path: &str) -> Table {
    let text = fs::read_to_string(tests::root().join(path)).unwrap();
    text.parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn at<'table>(table: &'table Table, path: &[&str]) -> &'table Table {
    path.iter().fold(table, |table, key| {
        let inner = table.get(*key).and_then(Value::as_table);
        inner.unwrap_or_else(|| panic!("there is no table {key}"))
    })
}
