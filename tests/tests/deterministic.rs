//! The same document gives the same bytes, whatever the order of what has none.

use std::collections::BTreeMap;

use generator::unstable::{Node, read_document};
use generator::{Diagnostics, Sources};
use tests::product::Product;
use tests::random::{Random, shuffle};

const SEEDS: [u64; 3] = [1, 0x5DEE_CE66, 0x9E37_79B9_7F4A_7C15];

#[test]
fn two_runs_give_the_same_bytes() {
    let product = Product::read();
    let first = product.generate(&product.document);
    let second = product.generate(&product.document);
    same(&first.files, &second.files, "the second run");
    assert_eq!(first.ledger.to_tsv(), second.ledger.to_tsv());
}

#[test]
fn anchors_and_syntax_leave_no_trace() {
    let product = Product::read();
    let expected = product.generate(&product.document);
    let found = product.generate(&tree(&product).to_string());
    same(&expected.files, &found.files, "the document as JSON");
}

#[test]
fn the_order_of_paths_methods_and_components_leaves_no_trace() {
    let product = Product::read();
    let expected = product.generate(&product.document);
    for seed in SEEDS {
        let mut document = tree(&product);
        let before = document.to_string();
        shuffle_document(&mut document, &mut Random(seed));
        let shuffled = document.to_string();
        assert_ne!(before, shuffled, "seed {seed} leaves the document as it is");
        let found = product.generate(&shuffled);
        same(
            &expected.files,
            &found.files,
            &format!("the document shuffled with seed {seed}"),
        );
        let (expected, found) = (expected.ledger.to_tsv(), found.ledger.to_tsv());
        assert_eq!(expected, found, "the ledger with seed {seed}");
    }
}

/// Returns the document as a tree without anchors and places.
fn tree(product: &Product) -> Node {
    let mut diagnostics = Diagnostics::default();
    let node = read_document(
        &mut Sources::default(),
        &product.name,
        &product.document,
        &mut diagnostics,
    );
    node.expect("the document can be read")
}

/// Shuffles `paths`, each path item, `components` and each of its properties.
fn shuffle_document(document: &mut Node, random: &mut Random) {
    let properties = document.as_object_mut().expect("a document is an object");
    for key in ["paths", "components"] {
        let Some(outer) = properties.get_mut(key).and_then(Node::as_object_mut) else {
            continue;
        };
        for inner in outer.values_mut().filter_map(Node::as_object_mut) {
            shuffle(inner, random);
        }
        shuffle(outer, random);
    }
    shuffle(properties, random);
}

/// Asserts that two runs gave the same files, and names those that differ.
fn same(expected: &BTreeMap<String, String>, found: &BTreeMap<String, String>, what: &str) {
    let paths = expected
        .keys()
        .chain(found.keys().filter(|path| !expected.contains_key(*path)));
    let different: Vec<String> = paths
        .filter_map(|path| match (expected.get(path), found.get(path)) {
            (Some(expected), Some(found)) if expected == found => None,
            (Some(expected), Some(found)) => {
                let line = expected
                    .lines()
                    .zip(found.lines())
                    .find(|(expected, found)| expected != found);
                Some(format!("{path}: {line:?}"))
            }
            (Some(_), None) => Some(format!("{path} is missing")),
            _ => Some(format!("{path} is new")),
        })
        .collect();
    assert!(
        different.is_empty(),
        "{what} gives something else:\n{}",
        different.join("\n")
    );
}
