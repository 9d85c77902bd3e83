//! The features by which callers choose the resources of a crate: with each choice it compiles without a warning, and
//! has what was chosen.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::fs;
use std::path::Path;

use generator::{Input, Options, Runtime, generate};
use tests::command::{Outcome, Scratch, cargo};

/// The case, whose resources have different modules of the runtime, share components, and have names of Cargo features.
const CASE: &str = "features_of_resources";

/// What a caller names, and the features with which it is there.
const NAMES: [(&str, &[&str]); 8] = [
    ("operations::pets::GetPet", &["pets"]),
    ("operations::client::PostFile", &["client_operations"]),
    ("ids::PetId", &["owners", "pets"]),
    ("schemas::Owner", &["owners", "unreferenced"]),
    ("schemas::Label", &["labels", "pets", "webhooks"]),
    ("schemas::Birth", &["webhooks"]),
    ("schemas::Added", &["webhooks"]),
    ("schemas::DraftPart", &["unreferenced"]),
];

#[test]
fn no_choice_of_resources_leaves_a_warning() {
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
            "unreferenced",
            "webhooks"
        ]
    );
    check(scratch.path(), &["blocking"]).expect(0);
    for feature in &features {
        check(scratch.path(), &["blocking", feature]).expect(0);
    }
}

#[test]
fn no_pair_of_resources_leaves_a_warning() {
    let scratch = Scratch::new("pairs-of-features");
    let runtime = tests::root().join("generator/runtime");
    let features = write(scratch.path(), Runtime::Shared(runtime.to_string_lossy().into_owned()));
    for (index, first) in features.iter().enumerate() {
        for second in &features[index + 1..] {
            check(scratch.path(), &[first, second]).expect(0);
        }
    }
}

#[test]
fn a_feature_turns_on_what_its_resource_is_made_of_and_no_more() {
    let scratch = Scratch::new("names-of-features");
    let runtime = tests::root().join("generator/runtime");
    let features = write(scratch.path(), Runtime::Shared(runtime.to_string_lossy().into_owned()));
    let root = scratch.path().join("src/lib.rs");
    let text = fs::read_to_string(&root).unwrap();
    for feature in features {
        let is_there = |with: &[&str]| with.contains(&feature.as_str());
        let [there, not_there]: [Vec<&str>; 2] = [true, false].map(|expected| {
            let names = NAMES.iter().filter(|(_, with)| is_there(with) == expected);
            names.map(|(name, _)| *name).collect()
        });
        let used = |names: &[&str]| {
            let uses = names.iter().enumerate();
            let uses = uses.map(|(index, name)| format!("pub use crate::{name} as Name{index};\n"));
            uses.collect::<String>()
        };
        fs::write(&root, format!("{text}{}", used(&there))).unwrap();
        check(scratch.path(), &[&feature]).expect(0);
        fs::write(&root, format!("{text}{}", used(&not_there))).unwrap();
        let outcome = check(scratch.path(), &[&feature]).expect(101);
        let errors = outcome.err.matches("error[E0432]").count();
        assert_eq!(errors, not_there.len(), "{feature}: {}", outcome.err);
    }
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
