//! Operations of every pair of what emission branches on: all are generated, and their crates compile without a warning.
//!
//! `cargo xtask combinations` has thousands of them.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use tests::combinations::{AXES, Layout, Tree, missing, rows, words};
use tests::command::Scratch;

/// Returns the folder in which crates outside of this workspace are compiled; they have the same dependencies.
fn target() -> PathBuf {
    tests::target().join("standalone")
}

#[test]
fn every_pair_is_covered() {
    let rows = rows(0, 1);
    assert_eq!(missing(&rows), [""; 0]);
    // One less, and some pair is not.
    let without = |index: usize| {
        rows.iter()
            .enumerate()
            .filter(move |(other, _)| *other != index)
            .map(|(_, row)| *row)
    };
    assert!(!missing(&without(0).collect::<Vec<_>>()).is_empty());
    let largest = AXES[1].values.len() * AXES[2].values.len();
    assert!((largest..largest * 2).contains(&rows.len()), "{}", rows.len());
}

#[test]
fn the_same_seed_gives_the_same_combinations() {
    assert_eq!(rows(500, 7), rows(500, 7));
    assert_eq!(rows(500, 7).len(), 500);
    assert_ne!(rows(500, 7), rows(500, 8));
}

#[test]
fn every_pair_compiles_without_a_warning() {
    let scratch = Scratch::new("combinations");
    let rows = rows(0, 1);
    let tree = Tree::write(scratch.path(), &rows, Layout::Mixed).unwrap();
    let mut report = String::new();
    for fault in tree.check(&target()) {
        let of = fault.combination.map(|number| words(&rows[number])).unwrap_or_default();
        writeln!(report, "== {of}\n{}", fault.message).unwrap();
    }
    assert!(report.is_empty(), "{report}");
}

/// What the compiler says is said of the combination, and a warning counts.
#[test]
fn a_fault_names_its_combination() {
    let scratch = Scratch::new("combinations-at-fault");
    let rows = &rows(0, 1)[..2];
    let tree = Tree::write(scratch.path(), rows, Layout::Mixed).unwrap();
    let mut broken = 0;
    for index in 0..tree.len() {
        let file = scratch
            .path()
            .join(format!("combinations-{index}/src/operations/c00001.rs"));
        if let Ok(text) = fs::read_to_string(&file) {
            fs::write(file, text + "fn unused() {}\n").unwrap();
            broken += 1;
        }
    }
    assert_eq!(broken, 1);
    let faults = tree.check(&target());
    let [fault] = faults.as_slice() else {
        panic!("{faults:?}")
    };
    assert_eq!(fault.combination, Some(1));
    assert!(fault.message.contains("`unused` is never used"), "{}", fault.message);
}
