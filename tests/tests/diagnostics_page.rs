//! `docs/diagnostics.md` has a section for each diagnostic, with what the generator says of its example.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeSet;
use std::fs;

use tests::diagnostics_page::{codes, file, read};

#[test]
fn every_code_has_a_section_and_every_section_a_code() {
    let (sections, _) = read(&fs::read_to_string(file()).unwrap());
    let listed: BTreeSet<String> = sections.iter().map(|section| section.code.clone()).collect();
    assert_eq!(listed.len(), sections.len(), "a code has two sections");
    let codes = codes();
    let missing: Vec<_> = codes.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "without a section in docs/diagnostics.md: {missing:?}"
    );
    let unknown: Vec<_> = listed.difference(&codes).collect();
    assert!(unknown.is_empty(), "not in the generator: {unknown:?}");
}

#[test]
fn every_example_reports_its_code() {
    let page = fs::read_to_string(file()).unwrap();
    let (sections, current) = read(&page);
    for section in &sections {
        let start = format!("[{}]: ", section.code);
        assert!(
            current.contains(&start),
            "the example of {} does not report it",
            section.code
        );
        assert!(section.has_message && section.has_cure, "{}", section.code);
    }
    assert!(
        page == current,
        "the messages of docs/diagnostics.md are stale; run `cargo xtask bless`"
    );
}
