//! What is generated of a part of a document has the names that it has in the crate of the whole document.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeSet;

use generator::unstable::Stages;
use generator::{Input, Options};
use tests::cases::{self, Kind};
use tests::product::Product;
use tests::public_names::PublicNames;
use tests::random::is_one_in_three;

const SEEDS: [u64; 3] = [1, 2, 3];

/// Returns two thirds of the operations of a crate, by the text of their selection.
fn two_thirds(run: &Stages, seed: u64) -> Vec<String> {
    let api = run.api.as_ref().unwrap();
    let operations = api.resources.iter().flat_map(|resource| {
        let functions = resource.operations.iter().filter(|operation| !operation.is_variant);
        functions.map(|operation| format!("{}::{}", resource.module, operation.function))
    });
    let is_left = |(index, name): (usize, String)| (!is_one_in_three(seed, index as u64)).then_some(name);
    operations.enumerate().filter_map(is_left).collect()
}

fn generate(product: &Product, only: Vec<String>) -> Stages {
    let mut product = product.clone();
    product.options.selection.only = only;
    product.generate_in_stages(&product.document).1
}

/// Asserts that a part of a crate has the names of the whole, and no types that nothing leads to.
fn assert_part(whole: &Stages, part: &Stages, about: &str) {
    let (all, names) = (PublicNames::of(whole), PublicNames::of(part));
    let changed = names.not_in(&all);
    assert!(changed.is_empty(), "{about}: {changed:#?}");
    assert!(names.count() < all.count(), "{about}: nothing is left out");
    let features = &part.run.output.as_ref().unwrap().files["Cargo.toml"];
    assert!(!features.contains("unreferenced"), "{about}: {features}");
}

#[test]
fn a_selection_changes_no_name_of_the_product() {
    let product = Product::read();
    let whole = generate(&product, Vec::new());
    for seed in SEEDS {
        let only = two_thirds(&whole, seed);
        assert_part(&whole, &generate(&product, only), &format!("seed {seed}"));
    }
}

#[test]
fn a_selection_changes_no_name_of_a_case() {
    let mut count = 0;
    for case in cases::find(Kind::Ok).unwrap() {
        let whole = case.run_in_stages().unwrap();
        for seed in SEEDS {
            let only = two_thirds(&whole, seed);
            let all = whole.run.output.as_ref().unwrap().operations;
            if only.is_empty() || only.len() == all {
                continue;
            }
            count += 1;
            let part = case.run_part(only).unwrap();
            let (all, names) = (PublicNames::of(&whole), PublicNames::of(&part));
            let changed = names.not_in(&all);
            assert!(changed.is_empty(), "{} with seed {seed}: {changed:#?}", case.name);
        }
    }
    assert!(count > 50, "{count} selections");
}

const DOCUMENT: &str = "
openapi: 3.1.0
info: {title: Shelves, version: 1.0.0}
tags: [{name: books}]
paths:
  /books:
    get:
      operationId: books.list
      tags: [books, public]
      responses: {'200': {$ref: '#/components/responses/Books'}, '404': {$ref: '#/components/responses/Missing'}}
  /books/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string, pattern: '^[a-z]+$'}}]
    get:
      operationId: books.get
      tags: [books]
      responses:
        '200': {description: A book., content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
        '404': {$ref: '#/components/responses/Missing'}
    delete:
      operationId: books.delete
      tags: [books]
      responses: {'204': {description: Done.}, '404': {$ref: '#/components/responses/Missing'}}
  /shops:
    get:
      operationId: shops.list
      tags: [shops]
      responses: {'200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Shop'}}}}}
components:
  responses:
    Missing: {description: None., content: {application/json: {schema: {type: object, properties: {reason: {type: string}}}}}}
    Books:
      description: All.
      content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Book'}}}}
  schemas:
    Book: {type: object, properties: {by: {$ref: '#/components/schemas/Author'}}}
    Author: {type: object, properties: {name: {type: string}}}
    Shop: {type: object, properties: {name: {type: string}}}
    Unused: {type: object, properties: {name: {type: string}}}
";

fn select(only: &[&str]) -> Stages {
    let mut options = Options::new("shelves");
    options.selection.only = only.iter().map(|only| (*only).to_owned()).collect();
    let input = Input {
        name: "shelves.yaml",
        text: DOCUMENT,
        overlays: &[],
    };
    Stages::of(&input, &options)
}

fn functions(only: &[&str]) -> Vec<String> {
    let run = select(only);
    assert!(run.run.output.is_some(), "{only:?}");
    let resources = &run.api.as_ref().unwrap().resources;
    let functions = resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(|operation| format!("{}::{}", resource.module, operation.function))
    });
    functions.collect()
}

#[test]
fn operations_are_selected_by_any_of_their_names() {
    let all = ["books::delete", "books::get", "books::list", "shops::list"];
    for (only, expected) in [
        (&["books"][..], &all[..3]),
        (&["public"], &["books::list"]),
        (&["books.get"], &["books::get"]),
        (&["get"], &["books::get"]),
        (&["list"], &["books::list", "shops::list"]),
        (&["shops::list"], &["shops::list"]),
        (&["GET /books/{id}"], &["books::get"]),
        (&["/books/{id}"], &["books::delete", "books::get"]),
        (&["GET /books*"], &["books::get", "books::list"]),
        (&["books::*t"], &["books::get", "books::list"]),
        (&["shops", "delete"], &["books::delete", "shops::list"]),
        (&["*"], &all),
    ] {
        let found: BTreeSet<String> = functions(only).into_iter().collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected, "{only:?}");
    }
}

#[test]
fn only_the_types_that_the_selection_leads_to_are_kept() {
    let schemas = |only: &[&str]| -> Vec<String> {
        let output = select(only).run.output.unwrap();
        output.schemas.into_iter().map(|schema| schema.path).collect()
    };
    assert_eq!(schemas(&["shops"]), ["schemas::Shop"]);
    // The static of an equal schema of another operation is not needed, even though the whole crate shares it.
    let expected = [
        "ids::BookId",
        "operations::books::GetBooksNotFound",
        "schemas::Author",
        "schemas::Book",
    ];
    let found: BTreeSet<String> = schemas(&["books::get"]).into_iter().collect();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn an_unknown_name_has_a_suggestion() {
    for (name, help) in [
        ("boks", "did you mean `books`?"),
        ("get /books/{id}", "did you mean `GET /books/{id}`?"),
        ("books::lst", "did you mean `books::list`?"),
        ("authors*", "the tags are books, public, shops"),
    ] {
        let run = select(&[name]).run;
        assert!(run.output.is_none(), "{name}");
        let found: Vec<_> = run
            .diagnostics
            .iter()
            .map(|found| (found.code, found.help.as_deref()))
            .collect();
        assert_eq!(found, [("unknown-selection", Some(help))]);
    }
}
