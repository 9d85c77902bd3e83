//! Documents with one change each: the diff finds the kinds of changes that the table of mutations expects.

use std::collections::BTreeSet;
use std::fs;

use generator::unstable::Stages;
use generator::{ChangeKind, Diff, Input, Options};
use serde_json::Value;
use tests::mutations::{MUTATIONS, Mutation};
use tests::pairs::revision;
use tests::product::Product;
use tests::random::Random;

/// Kinds that no edit of the table makes, each with the reason.
const BY_NO_MUTATION: [(ChangeKind, &str); 5] = [
    (ChangeKind::PaginationAdded, "an extension says it"),
    (ChangeKind::PaginationRemoved, "an extension says it"),
    (ChangeKind::PaginationChanged, "an extension says it"),
    (ChangeKind::ClientChanged, "the configuration of the crate says it"),
    (ChangeKind::LayoutChanged, "it is of the order alone"),
];

/// Returns the documents of the repository that mutations are made at.
fn documents() -> Vec<Value> {
    let path = tests::root().join("tests/fixtures/mutations/shop.yaml");
    let shop = fs::read_to_string(path).unwrap();
    let product = Product::read();
    let product = Input {
        name: &product.name,
        text: &product.document,
        overlays: &product.overlays,
    };
    let shop = Input {
        name: "shop.yaml",
        text: &shop,
        overlays: &[],
    };
    [shop, product]
        .map(|input| Stages::without_output(&input, &Options::new("shop"), None))
        .map(|stages| stages.document.unwrap().to_json())
        .into()
}

/// Returns the changes in both directions.
fn diffs(old: &Value, new: &Value) -> Option<[Diff; 2]> {
    let (old, new) = (
        revision("old.json", &old.to_string()),
        revision("new.json", &new.to_string()),
    );
    Some([old.diff(&new)?, new.diff(&old)?])
}

fn has(diff: &Diff, kind: ChangeKind) -> bool {
    diff.changes.iter().any(|change| change.kind == kind)
}

/// Returns why a mutation gives none of what it has to, in a document of the repository.
fn fault(mutation: &Mutation, documents: &[Value]) -> Option<String> {
    let mut given = String::from("it can be made nowhere");
    for document in documents {
        for mutant in mutation.mutants(document, &mut Random(7)) {
            let Some([forth, back]) = diffs(document, &mutant.document) else {
                given = format!("{}: the document is at fault", mutant.place);
                continue;
            };
            if has(&forth, mutation.forth) && has(&back, mutation.back) {
                return None;
            }
            given = format!("{}: {}{}", mutant.place, forth.render(9), back.render(9));
        }
    }
    Some(format!("{}: {given}", mutation.name))
}

#[test]
fn mutations_give_the_changes_that_the_table_expects() {
    let documents = documents();
    let faults: Vec<String> = MUTATIONS.iter().filter_map(|each| fault(each, &documents)).collect();
    assert_eq!(faults, Vec::<String>::new(), "{}", faults.join("\n"));
}

#[test]
fn every_kind_of_change_has_a_mutation() {
    let made: BTreeSet<ChangeKind> = MUTATIONS.iter().flat_map(|each| [each.forth, each.back]).collect();
    let left: Vec<ChangeKind> = ChangeKind::ALL
        .iter()
        .copied()
        .filter(|kind| !made.contains(kind))
        .collect();
    let expected: Vec<ChangeKind> = BY_NO_MUTATION.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(left, expected);
}

#[test]
fn mutations_have_names_of_their_own() {
    let names: BTreeSet<&str> = MUTATIONS.iter().map(|each| each.name).collect();
    assert_eq!(names.len(), MUTATIONS.len());
}
