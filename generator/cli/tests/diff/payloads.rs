//! Payloads of one version, read by the types of another: after an additive change both versions read what the other one
//! writes, and lose nothing of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use apicrate_runtime::{Json, from_str};
use generator::unstable::{Api, diff};
use generator::{Diff, RustClass, WireClass};
use schema_instances::{Random, make};
use schema_oracle::Oracle;
use serde_json::Value;
use tests::command;
use tests::pairs::{self, PairCrate};
use tests::table::Document;

/// How many valid values are made of each schema.
const VALUES: usize = 25;

/// How many values are made at most to find so many that are valid.
const ATTEMPTS: usize = 200;

/// The seed of all values.
const SEED: u64 = 1;

/// Types that refuse payloads of the other version, and why. A row that explains nothing fails the test.
const REFUSING: [(&str, &str); 3] = [
    (
        "additional_properties_typed_new::schemas::Pet",
        "properties that had any value have a type now",
    ),
    (
        "tuple_extended_new::schemas::Pet",
        "items that had any value have a type now",
    ),
    (
        "tuple_extended_new::schemas::PetList",
        "items that had any value have a type now",
    ),
];

/// A schema that both documents of a pair have a type for.
struct Schema {
    /// The document with the values.
    document: String,
    /// Where it has the schema.
    pointer: String,
    /// The type of the other document, with its crate.
    reader: String,
    /// Values that are valid by the schema.
    values: Vec<Json>,
}

#[test]
fn types_read_the_payloads_of_the_other_version_after_additive_changes() {
    let mut crates: Vec<PairCrate> = Vec::new();
    let mut schemas: Vec<Schema> = Vec::new();
    for pair in pairs::find().unwrap() {
        let [old, new] = pair.crates().unwrap();
        if !is_additive(&diff(&old.stages, &new.stages).unwrap()) {
            continue;
        }
        let before = schemas.len();
        let (of_old, of_new) = (document(&old), document(&new));
        schemas.extend(read_by(&of_new, &of_old));
        schemas.extend(read_by(&of_old, &of_new));
        if schemas.len() > before {
            crates.extend([old, new]);
        }
    }
    let folder = tests::target().join("payloads");
    pairs::write_crates(&folder, &crates).unwrap();
    write_reader(&folder, &crates, &schemas);
    let values = || {
        schemas
            .iter()
            .flat_map(|schema| schema.values.iter().map(move |value| (schema, value)))
    };
    let input: String = schemas
        .iter()
        .enumerate()
        .flat_map(|(index, schema)| schema.values.iter().map(move |value| format!("{index}\t{value}\n")))
        .collect();
    let written = read(&folder, &input);
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(lines.len(), values().count());
    let (mut faults, mut refusing) = (String::new(), BTreeSet::new());
    for ((schema, value), line) in values().zip(lines) {
        // Numbers are equal if their values are: `1.0` may be written as `1`.
        let back = line.strip_prefix("ok\t").and_then(|text| from_str::<Json>(text).ok());
        if back.is_some_and(|back| back.same(value)) {
            continue;
        }
        if let Some((reader, _)) = REFUSING.iter().find(|(reader, _)| schema.reader == *reader) {
            refusing.insert(*reader);
        } else {
            // Writing to a string cannot fail.
            let _ = writeln!(
                faults,
                "{}{} as {}: {value}: {line}",
                schema.document, schema.pointer, schema.reader
            );
        }
    }
    assert_eq!(faults, "");
    assert_eq!(refusing.len(), REFUSING.len());
    let count = values().count();
    assert!(
        schemas.len() > 50 && count > 500,
        "{} schemas, {count} values",
        schemas.len()
    );
    assert!(schemas.iter().all(|schema| !schema.values.is_empty()));
}

/// Returns whether no change breaks callers, and responses have all that was promised.
fn is_additive(diff: &Diff) -> bool {
    diff.changes.iter().all(|change| {
        !matches!(change.rust, RustClass::Breaks { .. }) && change.wire.response != Some(WireClass::Breaking)
    })
}

fn document(crate_: &PairCrate) -> Document {
    let output = crate_.stages.run.output.as_ref().unwrap();
    Document::of(crate_.package.clone(), &crate_.package, output, &crate_.stages)
}

/// Returns the schemas of a document for which the other one has a type of the same name, with values.
fn read_by(document: &Document, other: &Document) -> Vec<Schema> {
    let readers: BTreeMap<String, String> = other
        .schemas
        .iter()
        .map(|schema| (schema.path.replace(&other.name, ""), schema.path.clone()))
        .collect();
    let of = |schema: &tests::table::Schema| {
        let reader = readers.get(&schema.path.replace(&document.name, ""))?.clone();
        let oracle = Oracle::new(&document.json, &schema.pointer);
        let mut random = Random::new(SEED, &format!("{}{}", document.name, schema.pointer));
        let made = (0..ATTEMPTS).map(|_| make(&oracle.schema, &mut random).value);
        let is_valid = |value: &Json| {
            let value = serde_json::from_str::<Value>(&value.to_string());
            value.is_ok_and(|value| oracle.is_valid(&value))
        };
        let values = made.filter(is_valid).take(VALUES).collect();
        Some(Schema {
            document: document.name.clone(),
            pointer: schema.pointer.clone(),
            reader,
            values,
        })
    };
    document.schemas.iter().filter_map(of).collect()
}

/// Writes the program that reads each line as a type, and writes it again.
fn write_reader(folder: &Path, crates: &[PairCrate], schemas: &[Schema]) {
    let mut members = vec!["runtime", "reader"];
    let mut manifest = "[package]\nname = \"reader\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         apicrate-runtime = { path = \"../runtime\", default-features = false }\n"
        .to_owned();
    for PairCrate { package, stages } in crates {
        members.push(package);
        let features: Vec<&str> = stages.api.as_ref().map(features).unwrap_or_default();
        let _ = writeln!(
            manifest,
            "{package} = {{ path = \"../{package}\", default-features = false, features = {features:?} }}"
        );
    }
    let mut program = "\
#![allow(warnings)]

use std::io::{BufRead, Write};

use apicrate_runtime::{Decode, Encode, from_str, to_string};

fn turn<T: Decode + Encode>(text: &str) -> Result<String, String> {
    from_str::<T>(text).map(|value| to_string(&value)).map_err(|error| error.to_string())
}

const TYPES: &[fn(&str) -> Result<String, String>] = &[\n"
        .to_owned();
    for schema in schemas {
        let _ = writeln!(program, "    turn::<{}>,", schema.reader);
    }
    program.push_str(
        "];

fn main() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (index, text) = line.split_once('\\t').unwrap();
        match TYPES[index.parse::<usize>().unwrap()](text) {
            Ok(text) => writeln!(out, \"ok\\t{text}\").unwrap(),
            Err(error) => writeln!(out, \"error\\t{}\", error.replace('\\n', \" \")).unwrap(),
        }
    }
}
",
    );
    let workspace = format!(
        "[workspace]\nmembers = {members:?}\nresolver = \"3\"\n\n[profile.dev]\ndebug = false\nincremental = false\n"
    );
    tests::write(&folder.join("reader/Cargo.toml"), &manifest).unwrap();
    tests::write(&folder.join("reader/src/main.rs"), &program).unwrap();
    tests::write(&folder.join("Cargo.toml"), &workspace).unwrap();
    std::fs::copy(tests::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

fn features(api: &Api) -> Vec<&str> {
    api.features.iter().map(|feature| feature.name.as_str()).collect()
}

/// Builds the program, and returns what it writes for its input.
fn read(folder: &Path, input: &str) -> String {
    let target = tests::target().join("payloads-target");
    let build = command::outcome(
        command::cargo_in(folder)
            .args(["build", "--quiet", "--package", "reader", "--target-dir"])
            .arg(&target),
    );
    assert_eq!(build.status, Some(0), "{}", build.err);
    let mut program = Command::new(target.join("debug/reader"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = program.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()).unwrap());
        program.wait_with_output().unwrap()
    });
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
