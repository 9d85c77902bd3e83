//! The features by which callers choose the resources of a crate: with each choice it compiles without a warning, and
//! has what was chosen.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::fs;
use std::path::Path;

use generator::{Input, Options, Runtime, SharedRuntime, generate};
use tests::command::{Outcome, Scratch, cargo};

/// The case, whose resources have different modules of the runtime, share components, and have names of Cargo features.
const CASE: &str = "features_of_resources";

/// What a caller names, and the features with which it is there.
const NAMES: [(&str, &[&str]); 11] = [
    ("operations::pets::GetPet", &["pets"]),
    ("operations::client::PostFile", &["client_operations"]),
    ("ids::PetId", &["owners", "pets"]),
    ("schemas::Owner", &["owners", "unreferenced"]),
    ("schemas::Label", &["labels", "pets", "webhooks"]),
    ("schemas::Conflict", &["pets"]),
    ("responses::Status409OrOther", &["pets"]),
    ("schemas::Birth", &["webhooks"]),
    ("schemas::Added", &["unreferenced"]),
    ("schemas::AddedBy", &["webhooks", "unreferenced"]),
    ("schemas::DraftPart", &["unreferenced"]),
];

#[test]
fn each_resource_compiles_alone_with_what_it_is_made_of() {
    let scratch = Scratch::new("features");
    let features = write(scratch.path(), Runtime::Copied);
    assert_eq!(
        features,
        [
            "async_operations",
            "client_operations",
            "labels",
            "owners",
            "pets",
            "webhooks",
            "unreferenced"
        ]
    );
    check(scratch.path(), &["blocking"]).expect(0);
    let root = scratch.path().join("src/lib.rs");
    let text = fs::read_to_string(&root).unwrap();
    for feature in &features {
        let there = NAMES.iter().filter(|(_, with)| with.contains(&feature.as_str()));
        fs::write(&root, format!("{text}{}", uses(there))).unwrap();
        check(scratch.path(), &["blocking", feature]).expect(0);
    }
}

#[test]
fn a_feature_turns_on_nothing_that_its_resource_is_not_made_of() {
    let scratch = Scratch::new("absent-features");
    let features = write(scratch.path(), shared());
    let root = scratch.path().join("src/lib.rs");
    let text = fs::read_to_string(&root).unwrap();
    for feature in features {
        let absent = NAMES.iter().filter(|(_, with)| !with.contains(&feature.as_str()));
        fs::write(&root, format!("{text}{}", uses(absent.clone()))).unwrap();
        let outcome = check(scratch.path(), &[&feature]).expect(101);
        let errors = outcome.err.matches("error[E0432]").count();
        assert_eq!(errors, absent.count(), "{feature}: {}", outcome.err);
    }
}

#[test]
fn all_resources_but_one_leave_no_warning() {
    let scratch = Scratch::new("all-features-but-one");
    let features = write(scratch.path(), shared());
    for left_out in &features {
        let others = features.iter().filter(|feature| *feature != left_out);
        let others: Vec<&str> = others.map(String::as_str).collect();
        check(scratch.path(), &others).expect(0);
    }
}

/// Returns the lines that use what a caller names.
fn uses<'names>(names: impl Iterator<Item = &'names (&'names str, &'names [&'names str])>) -> String {
    let lines = names
        .enumerate()
        .map(|(index, (name, _))| format!("pub use crate::{name} as Name{index};\n"));
    lines.collect()
}

/// Returns the runtime of this workspace, which is compiled once for all features.
fn shared() -> Runtime {
    let runtime = tests::root().join("generator/runtime");
    Runtime::Shared(SharedRuntime::at(&runtime.to_string_lossy()))
}

/// Writes the crate, in which a warning is an error, with the versions of this workspace, and returns the features that
/// its callers choose from.
fn write(folder: &Path, runtime: Runtime) -> Vec<String> {
    let document = tests::root().join("tests/cases/ok").join(CASE).join("openapi.yaml");
    let input = Input {
        name: "openapi.yaml",
        text: &fs::read_to_string(document).unwrap(),
        overlays: &[],
    };
    let mut options = Options::new("features");
    options.package.runtime = runtime;
    let files = generate(&input, &options).output.unwrap().files;
    let features = tests::api_features(&files["Cargo.toml"]);
    for (path, mut text) in files {
        if path == "Cargo.toml" {
            text.push_str("\n[lints.rust]\nwarnings = \"deny\"\n");
        }
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    fs::copy(tests::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    features
}

fn check(folder: &Path, features: &[&str]) -> Outcome {
    let target = tests::target().join("standalone");
    let manifest = folder.join("Cargo.toml");
    let [manifest, target] = [manifest, target].map(|path| path.to_string_lossy().into_owned());
    cargo([
        "check",
        "--quiet",
        "--manifest-path",
        &manifest,
        "--target-dir",
        &target,
        "--no-default-features",
        "--features",
        &features.join(","),
    ])
}
