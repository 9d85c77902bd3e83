//! What a document says does not depend on the version of OpenAPI that it says it in.
//!
//! A case may hold a second spelling of its document, in the words of the other
//! version. Any other case has words that mean the same in both, or is listed
//! here as one that only one version can say.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::fmt::Write as _;

use generator::Run;
use tests::cases::{self, Case, Files, Kind};

/// Cases of what one version alone can say, and what that is.
const ONE_VERSION: [(&str, &str); 0] = [];

/// Returns the crate that a run gives, and the code of each thing that it says of the document: places and
/// words differ between spellings.
fn crate_and_codes(case: &Case, run: &Run) -> (Files, Vec<&'static str>) {
    let mut files = case.given(run);
    files.remove("expected.txt");
    (
        files,
        run.diagnostics.iter().map(|diagnostic| diagnostic.code).collect(),
    )
}

/// Returns how two runs of a case differ, if they do.
fn difference(case: &Case, first: &Run, other: &Run) -> Option<String> {
    let ((first, told_first), (files, told)) = (crate_and_codes(case, first), crate_and_codes(case, other));
    if told_first == told {
        return cases::difference(&first, &files);
    }
    let text = case.given(other).remove("expected.txt").unwrap_or_default();
    Some(format!(
        "{told_first:?} is said of one, and {told:?} of the other:\n{text}"
    ))
}

#[test]
fn a_second_spelling_gives_the_same_crate() {
    let mut report = String::new();
    for case in cases::find(Kind::Ok).unwrap() {
        let Some(other) = case.run_also().unwrap() else {
            continue;
        };
        if let Some(words) = difference(&case, &case.run().unwrap(), &other) {
            writeln!(report, "\n== {}\n\n{words}", case.folder.display()).unwrap();
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn words_of_both_versions_mean_the_same_in_both() {
    let mut report = String::new();
    for case in cases::find(Kind::Ok).unwrap() {
        if case.run_also().unwrap().is_some() {
            continue;
        }
        let found = difference(&case, &case.run().unwrap(), &case.run_in_other_version().unwrap());
        let listed = ONE_VERSION.iter().any(|(name, _)| *name == case.name);
        match found {
            Some(words) if !listed => writeln!(report, "\n== {}\n\n{words}", case.folder.display()).unwrap(),
            None if listed => writeln!(report, "\n== {} means the same in both versions", case.name).unwrap(),
            _ => {}
        }
    }
    assert!(report.is_empty(), "{report}");
}
