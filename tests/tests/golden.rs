//! Every golden case gives what it has to give.
//!
//! `cargo xtask bless [case …]` sets `BLESS`, and what the cases give is written
//! down as what they have to give; an ordinary run writes nothing.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tests::cases::{self, Case, Kind};

/// Returns whether the run is to write down what `case` gives.
fn is_blessed(case: &Case) -> bool {
    let names = std::env::var("BLESS").unwrap_or_default();
    names.split(',').any(|name| name == "*" || name == case.name)
}

/// Holds every case of a kind to what it has to give, and to `rule`.
fn check(kind: Kind, rule: fn(&generator::Run) -> Option<&'static str>) {
    let (mut report, mut failed) = (String::new(), Vec::new());
    for case in cases::find(kind).unwrap() {
        let run = case.run().unwrap();
        let given = case.given(&run);
        let broken = rule(&run).map(|rule| format!("{rule}\n{}", given.get("expected.txt").map_or("", String::as_str)));
        if broken.is_none() && is_blessed(&case) {
            case.bless(&given).unwrap();
        }
        let difference = || cases::difference(&case.expected().unwrap(), &given);
        if let Some(words) = broken.or_else(difference) {
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
    check(Kind::Ok, |run| {
        run.output.is_none().then_some("the document gives no crate:")
    });
}

#[test]
fn err_cases_give_their_diagnostics() {
    check(Kind::Err, |run| match (&run.output, run.diagnostics.is_empty()) {
        (Some(_), _) => Some("the document gives a crate"),
        (None, true) => Some("the document gives nothing, and nothing is said of it"),
        (None, false) => None,
    });
}

/// A slip of the pen must not pass for a blessing.
#[test]
fn what_is_blessed_exists() {
    let names = std::env::var("BLESS").unwrap_or_default();
    let cases: Vec<Case> = [Kind::Ok, Kind::Err]
        .into_iter()
        .flat_map(|kind| cases::find(kind).unwrap())
        .collect();
    let is_known = |name: &str| name.is_empty() || name == "*" || cases.iter().any(|case| case.name == name);
    let unknown: Vec<&str> = names.split(',').filter(|name| !is_known(name)).collect();
    assert!(unknown.is_empty(), "there is no case {}", unknown.join(", "));
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

/// `null` is spelled `nullable: true` in 3.0 and `type: […, 'null']` in 3.1, and means the same.
#[test]
fn both_spellings_of_null_give_the_same_types() {
    let ok = cases::find(Kind::Ok).unwrap();
    let files = |name: &str| {
        let case = ok.iter().find(|case| case.name == name).unwrap();
        let given = case.given(&case.run().unwrap());
        let mut files: Vec<_> = given
            .into_iter()
            .filter(|(path, _)| path.contains("/schemas/"))
            .collect();
        files.sort();
        files
    };
    assert_eq!(files("required_optional_nullable"), files("nullable_3_1"));
}

/// Plain `cargo test` compiles every crate that a case gives.
#[test]
fn every_crate_is_compiled() {
    let manifest = std::fs::read_to_string(tests::root().join("tests/Cargo.toml")).unwrap();
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
