//! The counts of public documents that `cargo xtask corpus DIR --counts tests/fixtures/corpus.tsv` compares: what they have
//! to be.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it")]

use std::fs;

/// What one document comes to.
struct Row {
    document: String,
    outcome: String,
    operations: usize,
    emitted: usize,
    errors: usize,
    warnings: usize,
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(tests::root().join("tests/fixtures/corpus.tsv")).unwrap();
    let mut lines = text.lines();
    let title: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), title.len(), "{line}");
        let cell = |name: &str| cells[title.iter().position(|column| *column == name).unwrap()];
        let count = |name: &str| cell(name).parse().unwrap();
        Row {
            document: cell("document").to_owned(),
            outcome: cell("outcome").to_owned(),
            operations: count("operations"),
            emitted: count("emitted"),
            errors: count("errors"),
            warnings: count("warnings"),
        }
    };
    lines.map(row).collect()
}

#[test]
fn every_document_gives_a_crate_that_compiles_without_a_warning() {
    let rows = rows();
    assert!(rows.len() >= 44, "{} documents", rows.len());
    for row in &rows {
        let found = (row.outcome.as_str(), row.errors, row.warnings);
        assert_eq!(found, ("compiles", 0, 0), "{}", row.document);
    }
}

#[test]
fn the_crates_have_all_operations_but_one_in_two_hundred() {
    let rows = rows();
    let documented: usize = rows.iter().map(|row| row.operations).sum();
    // One operation may have a request for each media type of its body.
    let missing: usize = rows.iter().map(|row| row.operations.saturating_sub(row.emitted)).sum();
    assert!(documented > 7000, "{documented} operations");
    assert!(missing * 200 <= documented, "{missing} of {documented} are missing");
}
