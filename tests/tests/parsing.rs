//! What JSON is, by the JSON Parsing Test Suite: what the runtime reads of it, and what it refuses.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::PathBuf;

use apicrate_runtime::{DecodeError, Json, from_slice, from_str, to_string};

#[test]
fn what_is_json_is_accepted() {
    none(files('y').unwrap().iter().filter_map(|file| {
        let error = file.read().err()?;
        Some(format!("{}: {error}", file.name))
    }));
}

#[test]
fn what_is_no_json_is_refused() {
    none(files('n').unwrap().iter().filter_map(|file| {
        let value = file.read().ok()?;
        Some(format!("{}: {}", file.name, to_string(&value)))
    }));
}

#[test]
fn what_parsers_may_differ_on_is_as_the_table_says() {
    let table = fs::read_to_string(folder().join("results.tsv")).unwrap();
    let mut table: BTreeMap<&str, &str> = table
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells[0], cells[1])
        })
        .collect();
    let files = files('i').unwrap();
    none(files.iter().filter_map(|file| {
        let result = file.read().map_or_else(|_| "refused", |_| "accepted");
        let listed = table.remove(file.name.as_str());
        (listed != Some(result)).then(|| format!("{} is {result}, and listed as {listed:?}", file.name))
    }));
    assert!(table.is_empty(), "files that are not there: {table:?}");
}

#[test]
fn the_reasons_of_the_table_are_those_of_supported_md() {
    let table = fs::read_to_string(folder().join("results.tsv")).unwrap();
    let reasons: BTreeSet<&str> = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').nth(2))
        .collect();
    let supported = fs::read_to_string(tests::root().join("SUPPORTED.md")).unwrap();
    none(reasons.iter().filter_map(|reason| {
        let rows = table.lines().filter(|line| line.ends_with(&format!("\t{reason}")));
        let row = format!("| {} | {reason} |", rows.count());
        (!supported.contains(&row)).then(|| format!("SUPPORTED.md has no row with {row:?}"))
    }));
}

#[test]
fn what_is_accepted_is_written_as_it_was_read() {
    let mut faults = Vec::new();
    for file in files('y').unwrap().iter().chain(&files('i').unwrap()) {
        let Ok(value) = file.read() else { continue };
        let written = to_string(&value);
        if from_str::<Json>(&written).ok().as_ref() != Some(&value) {
            faults.push(format!("{} is written as {written}", file.name));
        }
    }
    none(faults);
}

/// A file of the suite.
struct File {
    name: String,
    bytes: Vec<u8>,
}

impl File {
    fn read(&self) -> Result<Json, DecodeError> {
        from_slice(&self.bytes)
    }
}

/// Returns the files whose name starts with `expected`: `y` must be accepted, `n` refused, `i` may be either.
fn files(expected: char) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(&format!("{expected}_")) {
            let bytes = fs::read(entry.path())?;
            files.push(File { name, bytes });
        }
    }
    let count = match expected {
        'y' => 95,
        'n' => 188,
        _ => 35,
    };
    assert_eq!(files.len(), count, "the suite is not whole");
    files.sort_by(|left, right| left.name.cmp(&right.name));
    Ok(files)
}

fn folder() -> PathBuf {
    tests::root().join("tests/fixtures/json-parsing-suite")
}

fn none(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
