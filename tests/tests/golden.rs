//! Every golden case gives what it has to give.
//!
//! These tests write to no case; `cargo xtask bless [case …]` does.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use tests::cases::{self, Case, Kind};
use tests::command::Scratch;

/// Holds every case of a kind to what it has to give.
fn check(kind: Kind) {
    let (mut report, mut failed) = (String::new(), Vec::new());
    for case in cases::find(kind).unwrap() {
        let run = case.run().unwrap();
        let given = case.given(&run);
        let fault = case.fault(&run).map(|fault| {
            let reported = given.get("expected.txt").map_or("", String::as_str);
            format!("{fault}\n{reported}")
        });
        if let Some(words) = fault.or_else(|| cases::difference(&case.expected().unwrap(), &given)) {
            writeln!(report, "\n== {}\n\n{words}", case.folder.display()).unwrap();
            failed.push(case.name);
        }
    }
    assert!(
        failed.is_empty(),
        "{report}\n{} differ: {}\n`cargo xtask bless [case …]` takes what is given as what is expected; review it as code",
        failed.len(),
        failed.join(", ")
    );
}

#[test]
fn ok_cases_give_their_crates() {
    check(Kind::Ok);
}

#[test]
fn err_cases_give_their_diagnostics() {
    check(Kind::Err);
}

/// What is blessed is what a run has to give from then on; nothing else of the folder is touched.
#[test]
fn a_blessing_leaves_no_difference() {
    const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}]
paths: {/cats: {get: {operationId: listCats, tags: [cats], responses: {'204': {description: None.}}}}}
";
    let scratch = Scratch::new("blessing");
    let case = Case {
        name: "pets".to_owned(),
        folder: scratch.path().to_owned(),
        kind: Kind::Ok,
    };
    let write = |path: &str, text: &str| {
        let file = scratch.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write("openapi.yaml", PETS);
    write("expected/src/stale/gone.rs", "");
    write("expected/src/lib.rs", "changed");
    let given = case.given(&case.run().unwrap());
    assert_eq!(case.bless(&given).unwrap(), given.len() + 1);
    assert_eq!(cases::difference(&case.expected().unwrap(), &given), None);
    assert!(!scratch.path().join("expected/src/stale").exists());
    assert_eq!(case.bless(&given).unwrap(), 0);
    assert_eq!(fs::read_to_string(scratch.path().join("openapi.yaml")).unwrap(), PETS);
    assert_eq!(case.fault(&case.run().unwrap()), None);
    let err = Case {
        kind: Kind::Err,
        ..case
    };
    assert_eq!(err.fault(&err.run().unwrap()), Some("the document gives a crate"));
}

/// Each err case is there for a mistake of its own: the first that its diagnostics name.
#[test]
fn err_cases_show_different_mistakes() {
    let mut known: BTreeMap<&'static str, String> = BTreeMap::new();
    for case in cases::find(Kind::Err).unwrap() {
        let run = case.run().unwrap();
        let Some(first) = run.diagnostics.iter().next() else {
            continue;
        };
        if let Some(other) = known.insert(first.code, case.name.clone()) {
            panic!("{other} and {} both show `{}`", case.name, first.code);
        }
    }
}

/// Plain `cargo test` compiles every crate that a case gives.
#[test]
fn every_crate_is_compiled() {
    let manifest = fs::read_to_string(tests::root().join("tests/Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let dependencies = manifest["dev-dependencies"].as_table().unwrap();
    let given = |case: &Case| (case.package(), format!("cases/ok/{}/expected", case.name));
    let given: BTreeMap<String, String> = cases::find(Kind::Ok).unwrap().iter().map(given).collect();
    let path = |value: &toml::Value| {
        value
            .get("path")
            .and_then(toml::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let listed = dependencies.iter().filter(|(name, _)| name.starts_with("case-"));
    let listed: BTreeMap<String, String> = listed.map(|(name, value)| (name.clone(), path(value))).collect();
    assert_eq!(
        listed, given,
        "tests/Cargo.toml lists each ok case among its dev-dependencies"
    );
}

/// The table of constructs names cases that are there.
#[test]
fn every_case_that_is_shown_exists() {
    let supported = fs::read_to_string(tests::root().join("SUPPORTED.md")).unwrap();
    let table = supported
        .split("\n## ")
        .find(|part| part.starts_with("Constructs"))
        .unwrap();
    let known = cases::find(Kind::Ok).unwrap();
    let rows = table
        .lines()
        .filter_map(|line| line.strip_suffix(" |")?.rsplit_once(" | "));
    let mut count = 0;
    for (row, shown) in rows.skip(1) {
        for name in shown.split(", ").map(|name| name.trim_matches('`')) {
            assert!(known.iter().any(|case| case.name == name), "{row} names {name}");
            count += 1;
        }
    }
    assert!(count > 40, "{count} cases are shown");
}
