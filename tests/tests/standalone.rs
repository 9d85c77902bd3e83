//! Emitted crates as they are outside this workspace, each with the modules of the runtime that its document needs, or
//! with a runtime that several share: no choice of features leaves a warning.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use generator::{Input, Options, Output, Runtime, SharedRuntime, generate, shared_runtime};
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

/// Cases whose crates share their runtime, which has what any of them needs: none needs all of it.
const SHARED: [&str; 2] = ["formats", "pagination"];

/// Writes a workspace of the crates, with the versions of this workspace, in which a warning is an error.
fn write(folder: &Path) {
    let shared = SHARED.map(|name| format!("shared_{name}"));
    let names = CASES.iter().copied().chain(shared.iter().map(String::as_str));
    let members: Vec<&str> = names.chain(["runtime"]).collect();
    let manifest = format!("[workspace]\nmembers = {members:?}\nresolver = \"3\"\n");
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(tests::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    for name in CASES {
        let output = output(name, &options(name));
        write_crate(&folder.join(name), output.files);
    }
    let mut needs = Vec::new();
    for (case, name) in SHARED.iter().zip(&shared) {
        let mut options = options(name);
        options.package.runtime = Runtime::Shared(SharedRuntime::at("../runtime"));
        let output = output(case, &options);
        write_crate(&folder.join(name), output.files);
        needs.push(output.needs);
    }
    write_crate(
        &folder.join("runtime"),
        shared_runtime(&needs, &options("apicrate-runtime")),
    );
}

fn options(name: &str) -> Options {
    let mut options = Options::new(name);
    options.package.in_workspace = true;
    options
}

/// Runs the generator on the document of a case.
fn output(case: &str, options: &Options) -> Output {
    let text = fs::read_to_string(tests::root().join("tests/cases/ok").join(case).join("openapi.yaml")).unwrap();
    let input = Input {
        name: "openapi.yaml",
        text: &text,
        overlays: &[],
    };
    generate(&input, options).output.unwrap()
}

fn write_crate(folder: &Path, files: BTreeMap<String, String>) {
    for (path, text) in files {
        let lints = if path == "Cargo.toml" {
            "\n[lints.rust]\nwarnings = \"deny\"\n"
        } else {
            ""
        };
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text + lints).unwrap();
    }
}
