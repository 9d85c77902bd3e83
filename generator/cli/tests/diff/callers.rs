//! Callers of both crates of a pair: what is said to break does, and what is said to take its place compiles.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use generator::{ChangeKind, RustClass};
use tests::command::{Scratch, cargo};
use tests::pairs::{self, Pair, PairCrate};

/// Changes that break callers: the pair, whether from the old document to the new one, the kind, and a function around the
/// line.
const BREAKS: [(&str, bool, ChangeKind, &str); 13] = [
    (
        "operation_renamed",
        true,
        ChangeKind::OperationRenamed,
        "fn caller(id: String) { {} }",
    ),
    (
        "operation_added",
        false,
        ChangeKind::OperationRemoved,
        "fn caller() { {} }",
    ),
    (
        "parameter_required_added",
        true,
        ChangeKind::ParameterAdded,
        "fn caller(id: String, limit: i64) { {} }",
    ),
    (
        "parameter_required",
        false,
        ChangeKind::ParameterOptional,
        "fn caller(id: String, limit: i64) { {} }",
    ),
    (
        "parameter_optional_added",
        false,
        ChangeKind::ParameterRemoved,
        "fn caller(id: String, limit: i64) { {} }",
    ),
    (
        "body_required",
        true,
        ChangeKind::BodyRequired,
        "fn caller(id: String, body: String) { {} }",
    ),
    (
        "property_required",
        true,
        ChangeKind::PropertyRequired,
        "fn caller(value: schemas::Pet) { {} }",
    ),
    (
        "property_required_added",
        true,
        ChangeKind::PropertyAdded,
        "fn caller(name: String, age: i64) { {} }",
    ),
    (
        "property_optional_added",
        false,
        ChangeKind::PropertyRemoved,
        "fn caller(value: schemas::Pet) { {} }",
    ),
    (
        "property_becomes_union_of_itself",
        true,
        ChangeKind::TypeChanged,
        "fn caller(value: schemas::Pet) { {} }",
    ),
    (
        "enum_value_added",
        false,
        ChangeKind::EnumValueRemoved,
        "fn caller() { {} }",
    ),
    (
        "variant_added",
        false,
        ChangeKind::VariantRemoved,
        "fn caller(value: schemas::Pet) { {} }",
    ),
    (
        "schema_renamed",
        true,
        ChangeKind::TypeRenamed,
        "fn caller(value: {}) {}",
    ),
];

/// Callers that compile before and after a change from the old document to the new one.
const COMPILES: [(&str, &str); 7] = [
    (
        "operation_added",
        "fn caller(id: String) { operations::pets::get_pet(id); }",
    ),
    (
        "parameter_optional_added",
        "fn caller(id: String) { operations::pets::get_pet(id); }",
    ),
    (
        "parameter_becomes_union_of_itself",
        "fn caller(tag: String) { operations::pets::get_pet(\"a\").tag(tag); operations::pets::get_pet(\"a\").tag(\"b\"); }",
    ),
    ("property_optional_added", "fn caller() { schemas::Pet::new(\"a\"); }"),
    (
        "enum_value_added",
        "fn caller() { let color = schemas::PetColor::Red; }",
    ),
    (
        "variant_added",
        "fn caller(pet: schemas::Pet) { matches!(pet, schemas::Pet::Cat(_)); }",
    ),
    (
        "bounds_of_property",
        "fn caller(pet: schemas::Pet) { let name: String = pet.name; }",
    ),
];

#[test]
fn callers_fail_where_it_is_said_and_nowhere_else() {
    let scratch = Scratch::new("diff-callers");
    let all = pairs::find().unwrap();
    let pair = |name: &str| all.iter().find(|pair| pair.name == name).unwrap();
    let mut callers = Callers::default();
    for (name, is_forth, kind, around) in BREAKS {
        let [forth, back] = pair(name).diffs().unwrap();
        let diff = if is_forth { forth } else { back };
        let change = diff.changes.iter().find(|change| change.kind == kind).unwrap();
        let RustClass::Breaks { before, after } = &change.rust else {
            panic!("{name}: {change:?}");
        };
        let [from, to] = if is_forth { ["old", "new"] } else { ["new", "old"] };
        callers.add(name, (from, "before"), around, before, true);
        callers.add(name, (to, "before"), around, before, false);
        if let Some(after) = after {
            callers.add(name, (to, "after"), around, after, true);
        }
    }
    for (name, caller) in COMPILES {
        for version in ["old", "new"] {
            callers.add(name, (version, "kept"), caller, "", true);
        }
    }
    let names: BTreeSet<&str> = BREAKS
        .iter()
        .map(|(name, ..)| *name)
        .chain(COMPILES.iter().map(|(name, _)| *name))
        .collect();
    write(scratch.path(), names.into_iter().map(pair), &callers);
    let found = failing(scratch.path());
    for (name, (text, compiles)) in &callers.0 {
        assert_eq!(!found.contains(name.as_str()), *compiles, "{name}\n{text}");
    }
}

/// Programs by their names: their texts, and whether they compile.
#[derive(Default)]
struct Callers(BTreeMap<String, (String, bool)>);

impl Callers {
    fn add(&mut self, pair: &str, (version, line_name): (&str, &str), around: &str, line: &str, compiles: bool) {
        let name = format!("{pair}_{version}_{line_name}");
        let text = format!(
            "#![allow(warnings)]\nuse {pair}_{version}::*;\n{}\nfn main() {{}}\n",
            around.replacen("{}", line, 1)
        );
        self.0.insert(name, (text, compiles));
    }
}

/// Writes a workspace with both crates of each pair, their runtime, and the callers.
fn write<'all>(folder: &Path, pairs: impl Iterator<Item = &'all Pair>, callers: &Callers) {
    let crates: Vec<PairCrate> = pairs.flat_map(|pair| pair.crates().unwrap()).collect();
    pairs::write_crates(folder, &crates).unwrap();
    let mut members = vec!["runtime", "callers"];
    let mut manifest =
        "[package]\nname = \"callers\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n".to_owned();
    for PairCrate { package, .. } in &crates {
        // Writing to a string cannot fail.
        let _ = writeln!(
            manifest,
            "{package} = {{ path = \"../{package}\", default-features = false }}"
        );
        members.push(package);
    }
    tests::write(&folder.join("callers/Cargo.toml"), &manifest).unwrap();
    for (name, (text, _)) in &callers.0 {
        tests::write(&folder.join("callers/src/bin").join(format!("{name}.rs")), text).unwrap();
    }
    let workspace = format!("[workspace]\nmembers = {members:?}\nresolver = \"3\"\n");
    tests::write(&folder.join("Cargo.toml"), &workspace).unwrap();
    fs::copy(tests::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

/// Returns the names of the callers that do not compile.
fn failing(folder: &Path) -> BTreeSet<String> {
    let target = tests::target().join("standalone");
    let manifest = folder.join("Cargo.toml");
    let [manifest, target] = [manifest, target].map(|path| path.to_string_lossy().into_owned());
    let arguments = [
        "check",
        "--keep-going",
        "--package",
        "callers",
        "--bins",
        "--manifest-path",
        &manifest,
        "--target-dir",
        &target,
    ];
    let outcome = cargo(arguments);
    assert!(outcome.err.contains("could not compile `callers`"), "{}", outcome.err);
    let others = outcome
        .err
        .lines()
        .filter(|line| line.starts_with("error: could not compile") && !line.contains("`callers`"));
    assert_eq!(others.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", outcome.err);
    let lines = outcome
        .err
        .lines()
        .filter(|line| line.starts_with("error: could not compile `callers`"));
    lines
        .filter_map(|line| Some(line.split_once("(bin \"")?.1.split_once('"')?.0.to_owned()))
        .collect()
}
