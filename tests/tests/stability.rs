//! What is left of a document keeps its names when other operations are removed, and all of it when keys change places.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::fs;

use generator::unstable::{Node, Stages, read_document};
use generator::{Diagnostics, Input, NamesText, Options, Sources, Strictness};
use tests::METHODS;
use tests::cases::{self, Kind};
use tests::public_names::PublicNames;
use tests::random::{Random, shuffle_keys};

const SEEDS: [u64; 3] = [1, 2, 3];

/// Cases with names that depend on other operations, and why.
const DEPENDENT: [(&str, &str); 4] = [
    (
        "doubtful_spots",
        "of two operations with one operation id, each is named by it when the other is gone",
    ),
    (
        "names_obstacle_course",
        "operation ids that differ only in signs are numbered",
    ),
    (
        "reference_into_a_schema",
        "a schema that a reference leads into has a name like a component, else one like an inline type",
    ),
    (
        "tags_and_operation_ids",
        "a request has its module in its name if another module has the same function",
    ),
];

/// Generates the crate of a document, with the names that a lock has.
fn generate(text: &str, lock: Option<String>) -> Stages {
    let mut options = Options::new("part");
    options.names = lock.map(|text| NamesText {
        name: "names.lock".to_owned(),
        text,
    });
    options.strictness = Strictness::Lenient;
    let input = Input {
        name: "openapi.yaml",
        text,
        overlays: &[],
    };
    Stages::of(&input, &options)
}

/// Removes a third of the operations. Returns how many were removed.
fn remove_a_third(document: &mut Node, seed: u64) -> usize {
    let mut index = 0;
    let mut count = 0;
    let paths = document.as_object_mut().and_then(|root| root.get_mut("paths"));
    let items = paths
        .and_then(Node::as_object_mut)
        .into_iter()
        .flat_map(|paths| paths.values_mut());
    for item in items.filter_map(Node::as_object_mut) {
        for method in METHODS {
            if item.contains_key(method) {
                index += 1;
                if tests::random::is_one_in_three(seed, index) {
                    item.shift_remove(method);
                    count += 1;
                }
            }
        }
    }
    count
}

/// Returns the names that change when a third of the operations of a document is removed, and how many are left.
fn changed(text: &str, seed: u64) -> Option<(Vec<String>, usize)> {
    changed_by(text, None, |document| remove_a_third(document, seed) > 0)
}

/// Returns the same where the names of the whole document are locked.
fn changed_under_a_lock(text: &str, seed: u64) -> Option<(Vec<String>, usize)> {
    changed_by(text, Some(String::new()), |document| remove_a_third(document, seed) > 0)
}

/// Returns the names that change when the keys of all objects are in another order, and how many there are.
fn changed_by_order(text: &str, seed: u64) -> Option<(Vec<String>, usize)> {
    changed_by(text, None, |document| {
        shuffle_keys(document, &mut Random(seed));
        true
    })
}

/// Returns the names that a change of a document changes, and how many there are then. `change` returns whether it
/// changed anything. With a lock, the names of the document are locked before it changes.
fn changed_by(
    text: &str,
    lock: Option<String>,
    change: impl FnOnce(&mut Node) -> bool,
) -> Option<(Vec<String>, usize)> {
    let whole = generate(text, lock);
    let lock = whole.run.names.as_ref().map(ToString::to_string);
    let whole = PublicNames::of(&whole);
    let mut document = read_document(
        &mut Sources::default(),
        "openapi.yaml",
        text,
        &mut Diagnostics::default(),
    )?;
    if !change(&mut document) {
        return None;
    }
    let part = PublicNames::of(&generate(&document.to_string(), lock));
    Some((part.not_in(&whole), part.count()))
}

#[test]
fn removed_operations_change_no_name_of_a_case() {
    let (mut count, mut faults) = (0, Vec::new());
    for case in cases::find(Kind::Ok).unwrap() {
        let file = case.folder.join("openapi.yaml");
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for seed in SEEDS {
            let Some((changed, left)) = changed(&text, seed) else {
                continue;
            };
            count += usize::from(left > 0);
            if !DEPENDENT.iter().any(|(name, _)| *name == case.name) {
                faults.extend(changed.into_iter().map(|changed| format!("{} {changed}", case.name)));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(count > 50, "{count} documents");
}

#[test]
fn the_order_of_keys_changes_no_name_of_a_case() {
    let (mut count, mut faults) = (0, Vec::new());
    for case in cases::find(Kind::Ok).unwrap() {
        let file = case.folder.join("openapi.yaml");
        let Ok(text) = fs::read_to_string(&file) else { continue };
        if let Some((changed, names)) = changed_by_order(&text, SEEDS[0]) {
            count += usize::from(names > 0);
            faults.extend(changed.into_iter().map(|changed| format!("{} {changed}", case.name)));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(count > 50, "{count} documents");
}

/// Compares the names of a document with those of one that is changed by a seed: those that differ, and how many are left.
type Compare = fn(&str, u64) -> Option<(Vec<String>, usize)>;

/// Returns the names of the documents of the folder `CORPUS` that change, and how many names there are.
fn of_corpus(changed: Compare) -> (Vec<String>, usize) {
    let folder = std::env::var("CORPUS").unwrap();
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let (mut all, mut count) = (Vec::new(), 0);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        if let Some((changed, names)) = changed(&text, SEEDS[0]) {
            count += names;
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            all.extend(changed.into_iter().map(|changed| format!("{name} {changed}")));
        }
    }
    (all, count)
}

/// An inline type that would have the name of a type of another operation gives way to it: with the operation
/// `create_label` of `issues`, the `labels` of the body of `create` are of a `CreateIssuesBodyLabel`, else of a
/// `CreateIssuesLabel`. No rule can keep such names, for the types of a module share one namespace.
#[test]
#[ignore = "the folder of documents is named by the variable CORPUS"]
fn removed_operations_change_few_names_of_a_corpus() {
    let (all, left) = of_corpus(changed);
    assert!(all.len() * 2000 < left, "{} of {left}: {all:#?}", all.len());
}

/// A lock keeps these names too.
#[test]
#[ignore = "the folder of documents is named by the variable CORPUS"]
fn removed_operations_change_no_locked_name_of_a_corpus() {
    let (all, left) = of_corpus(changed_under_a_lock);
    assert!(all.is_empty(), "{} of {left}: {all:#?}", all.len());
}

#[test]
fn removed_operations_change_no_locked_name_of_a_case() {
    let (mut count, mut faults) = (0, Vec::new());
    for case in cases::find(Kind::Ok).unwrap() {
        let file = case.folder.join("openapi.yaml");
        let Ok(text) = fs::read_to_string(&file) else { continue };
        if let Some((changed, left)) = changed_under_a_lock(&text, SEEDS[0]) {
            count += usize::from(left > 0);
            // What a reference leads into is no component when the reference is gone.
            if case.name != "reference_into_a_schema" {
                faults.extend(changed.into_iter().map(|changed| format!("{} {changed}", case.name)));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(count > 30, "{count} documents");
}

#[test]
#[ignore = "the folder of documents is named by the variable CORPUS"]
fn the_order_of_keys_changes_no_name_of_a_corpus() {
    let (all, count) = of_corpus(changed_by_order);
    assert!(all.is_empty(), "{} of {count}: {all:#?}", all.len());
}
