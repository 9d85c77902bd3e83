//! The differential test: the types and constraints of every emitted crate, compared with the
//! `jsonschema` crate, which validates by the document itself.
//!
//! `cargo test` runs a fixed small share; `cargo xtask oracle` runs as much as it is asked
//! to, through these variables:
//!
//! - `ORACLE_INSTANCES`: how many values of each schema
//! - `ORACLE_SEED`: another sequence of values
//! - `ORACLE_JSON`: a file to write the outcome to

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod edit;
mod extend;
mod known;
mod leaves;
mod mutate;
mod oracle;
mod report;
mod run;
mod table;
mod validate;

use std::fs;

use self::table::TABLE;

/// How many values of each schema a plain `cargo test` validates.
const SHARE: usize = 40;

/// How many values of each schema show every known reason.
const ENOUGH: usize = 1000;

fn number(name: &str, usual: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text
            .parse()
            .unwrap_or_else(|_| panic!("{name} is {text:?}, and no number")),
        Err(_) => usual,
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "the long run speaks to its user")]
fn results_agree_with_the_oracle() {
    let instances = usize::try_from(number("ORACLE_INSTANCES", SHARE as u64)).unwrap();
    let entries = if instances < ENOUGH {
        run::different()
    } else {
        TABLE.iter().collect()
    };
    let outcome = run::run(&entries, instances, number("ORACLE_SEED", 1));
    if let Some(file) = std::env::var_os("ORACLE_JSON") {
        fs::write(file, format!("{:#}\n", report::json(&outcome))).unwrap();
    }
    let causes = report::causes(&outcome);
    println!("{}\n{causes}", report::summary(&outcome));
    assert_barren(&outcome.barren);
    let unexplained = outcome.findings.values().any(|(finding, _)| finding.known.is_none());
    // A reason that explains nothing any more has to go, here and in SUPPORTED.md.
    let idle: Vec<&str> = known::KNOWN
        .iter()
        .map(|known| known.name)
        .filter(|name| {
            outcome
                .findings
                .values()
                .all(|(finding, _)| finding.known != Some(*name))
        })
        .collect();
    assert!(instances < ENOUGH || idle.is_empty(), "not seen: {idle:?}");
    assert!(
        !unexplained,
        "the crates and the oracle part for no reason that SUPPORTED.md gives"
    );
}

/// Fails but for exactly the schemas that nothing satisfies.
fn assert_barren(barren: &[(&str, &str)]) {
    let mut never = known::NEVER.iter();
    let is_never = |(document, pointer): &(&str, &str)| {
        let mut never = known::NEVER.iter();
        never.any(|never| never.document == *document && never.pointer == *pointer)
    };
    let fruitless: Vec<_> = barren.iter().filter(|schema| !is_never(schema)).collect();
    assert!(fruitless.is_empty(), "no valid value: {fruitless:#?}");
    let satisfied = never.find(|never| !barren.contains(&(never.document, never.pointer)));
    if let Some(known::Never {
        document,
        pointer,
        reason,
    }) = satisfied
    {
        panic!("{document} {pointer} has a valid value, though {reason}");
    }
}

#[test]
fn wrong_leaves_are_named() {
    const LEAVES: usize = 1000;
    let leaves = leaves::run(LEAVES, number("ORACLE_SEED", 1));
    assert!(
        leaves.unnamed.is_empty(),
        "{} of {} outside and {} inside of unions are not named:\n{}",
        leaves.unnamed.len(),
        leaves.outside,
        leaves.inside,
        leaves.unnamed.join("\n")
    );
    assert_eq!(leaves.outside + leaves.inside, LEAVES);
}

#[test]
fn the_table_has_every_type() {
    let given = tests::table::text(run::documents());
    let found = fs::read_to_string(tests::table::file()).unwrap();
    assert!(
        given == found,
        "tests/tests/oracle/table.rs is stale; run `cargo xtask bless`"
    );
}

/// What the test lets pass is what a reader of SUPPORTED.md knows of.
#[test]
fn every_known_reason_is_reported() {
    let supported = fs::read_to_string(tests::root().join("SUPPORTED.md")).unwrap();
    for known in known::KNOWN {
        let line = format!("- {}: ", known.name);
        assert!(supported.contains(&line), "SUPPORTED.md has no entry {line:?}");
    }
}
