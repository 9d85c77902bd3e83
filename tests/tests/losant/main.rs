//! The types of the emitted crate beside payloads: published ones, ones that must
//! not pass, and those on which generators have been seen to lose their way.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod bridge;
mod components;
mod examples;
mod negative;
mod subtleties;

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

/// Returns the folder of the fixtures of a kind.
fn folder(kind: &str) -> PathBuf {
    tests::root().join("tests/fixtures/losant").join(kind)
}

/// Returns the payload files of a kind: names and contents, by name. `_provenance.json` is none.
fn fixtures(kind: &str) -> Vec<(String, Value)> {
    let entries = fs::read_dir(folder(kind)).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('_'))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            let value = json(&fs::read_to_string(folder(kind).join(&name)).unwrap());
            (name, value)
        })
        .collect()
}

/// Reads JSON text without the emitted crate.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}
