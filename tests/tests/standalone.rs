//! Emitted crates as they are outside this workspace, each with the modules of the runtime that its document needs: no
//! choice of features leaves a warning.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::fs;
use std::path::Path;

use generator::{Input, Options, generate};
use tests::command::{Scratch, cargo};

/// Cases whose crates have different modules of the runtime.
const CASES: [&str; 18] = [
    "basic_alone",
    "components_only",
    "default_response_alone",
    "deprecations",
    "events",
    "form_bodies",
    "formats",
    "json_lines",
    "json_media_types_of_a_response",
    "media_type_ranges",
    "multipart_bodies",
    "oauth2_flows",
    "pagination",
    "patterns_by_engine",
    "server_variables",
    "several_response_media_types",
    "streams",
    "text_and_bytes_bodies",
];

/// A choice of features for each kind of client, for none and for all.
const FEATURES: [&[&str]; 4] = [
    &["--no-default-features"],
    &["--no-default-features", "--features", "blocking"],
    &[],
    &["--all-features"],
];

#[test]
fn no_choice_of_features_leaves_a_warning() {
    let scratch = Scratch::new("standalone");
    write(scratch.path());
    let target = tests::target().join("standalone");
    let manifest = scratch.path().join("Cargo.toml");
    let [manifest, target] = [manifest, target].map(|path| path.to_string_lossy().into_owned());
    let common = [
        "check",
        "--quiet",
        "--workspace",
        "--manifest-path",
        &manifest,
        "--target-dir",
        &target,
    ];
    for features in FEATURES {
        cargo(common.iter().chain(features)).expect(0);
    }
}

/// Writes a workspace of the crates, with the versions of this workspace, in which a warning is an error.
fn write(folder: &Path) {
    let members = CASES.map(|name| format!("{name:?}")).join(", ");
    let manifest = format!("[workspace]\nmembers = [{members}]\nresolver = \"3\"\n");
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(tests::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for name in CASES {
        let text = fs::read_to_string(tests::root().join("tests/cases/ok").join(name).join("openapi.yaml")).unwrap();
        let input = Input {
            name: "openapi.yaml",
            text: &text,
            overlays: &[],
        };
        let mut options = Options::new(name);
        options.package.in_workspace = true;
        let output = generate(&input, &options).output.unwrap();
        for (path, text) in output.files {
            let is_manifest = path == "Cargo.toml";
            let path = folder.join(name).join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let lints = if is_manifest {
                "\n[lints.rust]\nwarnings = \"deny\"\n"
            } else {
                ""
            };
            fs::write(path, text + lints).unwrap();
        }
    }
}
