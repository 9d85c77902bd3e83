//! What changes from one version of a document to another.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod callers;
mod former_names;
mod mutations;
mod oasdiff;
mod payloads;
mod whole;

use std::collections::BTreeSet;
use std::fs;

use generator::{ChangeKind, Diff};
use tests::cases::{self, Kind};
use tests::pairs::{self, revision};

#[test]
fn pairs_give_their_changes() {
    let mut differ = Vec::new();
    for pair in pairs::find().unwrap() {
        let given = pair.given().unwrap();
        if pair.expected() != given {
            differ.push(format!("== {}\n{given}", pair.name));
        }
    }
    let words = "`cargo xtask bless` takes what is given as what is expected; review it as code";
    assert!(differ.is_empty(), "{}\n{words}", differ.join("\n"));
}

/// Settings of a client are those of its configuration, not of its document.
const OF_NO_DOCUMENT: [ChangeKind; 1] = [ChangeKind::ClientChanged];

#[test]
fn every_kind_of_change_has_a_pair() {
    let mut found = BTreeSet::new();
    for pair in pairs::find().unwrap() {
        let diffs = pair.diffs().unwrap();
        found.extend(diffs.iter().flat_map(|diff| &diff.changes).map(|change| change.kind));
    }
    let missing: Vec<ChangeKind> = ChangeKind::ALL
        .iter()
        .copied()
        .filter(|kind| !found.contains(kind) && !OF_NO_DOCUMENT.contains(kind))
        .collect();
    assert_eq!(missing, []);
}

#[test]
fn codes_are_distinct() {
    let codes: BTreeSet<&str> = ChangeKind::ALL.iter().map(|kind| kind.code()).collect();
    assert_eq!(codes.len(), ChangeKind::ALL.len());
}

#[test]
fn a_document_does_not_differ_from_itself() {
    for case in cases::find(Kind::Ok).unwrap() {
        let Ok(text) = fs::read_to_string(case.folder.join("openapi.yaml")) else {
            continue;
        };
        // Documents with references to files have no reader here.
        if let Some(diff) = revision("a.yaml", &text).diff(&revision("b.yaml", &text)) {
            assert_eq!(diff, Diff::default(), "{}", case.name);
        }
    }
    for pair in pairs::find().unwrap() {
        for name in ["old.yaml", "new.yaml"] {
            let text = fs::read_to_string(pair.folder.join(name)).unwrap();
            let diff = revision("a.yaml", &text).diff(&revision("b.yaml", &text));
            assert_eq!(diff, Some(Diff::default()), "{}", pair.name);
        }
    }
}

/// How many lines of each document are left out, one at a time.
const LINES: usize = 2;

/// What no kind of change describes is a change of the order alone: a line less changes none.
#[test]
fn a_line_less_is_a_change_with_a_kind() {
    let mut faults = Vec::new();
    let mut changed = 0;
    for case in cases::find(Kind::Ok).unwrap() {
        let Ok(text) = fs::read_to_string(case.folder.join("openapi.yaml")) else {
            continue;
        };
        let whole = revision("whole.yaml", &text);
        let lines: Vec<&str> = text.lines().collect();
        for index in (0..LINES).map(|each| 4 + each * lines.len().saturating_sub(4) / LINES) {
            let less: Vec<&str> = lines
                .iter()
                .enumerate()
                .filter(|(each, _)| *each != index)
                .map(|(_, line)| *line)
                .collect();
            let less = revision("less.yaml", &less.join("\n"));
            for diff in [whole.diff(&less), less.diff(&whole)].into_iter().flatten() {
                changed += diff.changes.len();
                if diff
                    .changes
                    .iter()
                    .any(|change| change.kind == ChangeKind::LayoutChanged)
                {
                    faults.push(format!("{}: {}", case.name, lines.get(index).unwrap_or(&"")));
                }
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    assert!(changed > 200, "{changed} changes");
}
