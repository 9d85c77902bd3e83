//! The fuzzer lies outside the workspace; its tables are compared here with the sources.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::collections::BTreeSet;
use std::fs;

use tests::fuzz::{self, Material};
use tests::table;

#[test]
fn its_table_has_every_type() {
    let found = fs::read_to_string(fuzz::file()).unwrap();
    assert!(
        found == Material::read().table(),
        "tests/fuzz/codec/types.rs is stale; run `cargo xtask bless`"
    );
}

#[test]
fn its_table_has_the_types_that_the_oracle_validates() {
    let found = fs::read_to_string(fuzz::file()).unwrap();
    let types: BTreeSet<&str> = found
        .lines()
        .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(','))
        .collect();
    let oracle = fs::read_to_string(table::file()).unwrap();
    let validated: BTreeSet<&str> = oracle
        .lines()
        .filter(|line| line.contains("document: \"losant-data\""))
        .filter_map(|line| Some(line.rsplit_once("copied::validate::<")?.1.rsplit_once('>')?.0))
        .collect();
    assert!(!validated.is_empty());
    let missing: Vec<_> = validated.difference(&types).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // One byte of the input chooses.
    assert!(types.len() <= 256);
}

#[test]
fn it_starts_from_every_fixture() {
    let seeds = Material::read().seeds().unwrap();
    for (folder, count) in [("examples", 32), ("negative", 50)] {
        let prefix = format!("losant-{folder}-");
        let found = seeds.keys().filter(|name| name.starts_with(&prefix)).count();
        assert!(found >= count, "{found} {folder}");
    }
    // As many choices as types.
    let choices: BTreeSet<u8> = seeds.values().map(|seed| seed[0]).collect();
    let table = fs::read_to_string(fuzz::file()).unwrap();
    assert_eq!(choices.len(), table.lines().filter(|line| line.ends_with(',')).count());
    assert!(Material::read().dictionary().contains("\"\\\"sortDirection\\\"\"\n"));
}
