//! The examples of documents of this repository. `cargo xtask examples DIR` takes any.

use document_examples::{Explanations, examine, is_good, report};
use generator::{Input, OverlayText};
use tests::product::Product;

/// Requires that every accepted example of a document is equal, and returns how many examples there are and are accepted.
fn examined(name: &str, file: &str, text: &str, overlays: &[OverlayText]) -> (usize, usize) {
    let input = Input {
        name: file,
        text,
        overlays,
    };
    let place = tests::target().join("examples");
    let explanations = Explanations::read().expect("the table of explanations");
    let all = [examine(name, &input, &place, &explanations).expect("the document gives a crate that compiles")];
    assert!(is_good(&all, &explanations), "{}", report(&all, &explanations));
    assert_eq!(all[0].equal, all[0].accepted, "{}", report(&all, &explanations));
    (all[0].examples, all[0].accepted)
}

#[test]
fn examples_of_a_case_come_back_as_they_were() {
    let file = tests::root().join("tests/cases/ok/examples/openapi.yaml");
    let text = std::fs::read_to_string(&file).expect("the document of the case");
    // `year` is no integer in its own example.
    assert_eq!(examined("case", &file.to_string_lossy(), &text, &[]), (21, 20));
}

#[test]
fn examples_of_the_product_come_back_as_they_were() {
    let product = Product::read();
    let counts = examined("losant-data", &product.name, &product.document, &product.overlays);
    assert_eq!(counts, (54, 48));
}
