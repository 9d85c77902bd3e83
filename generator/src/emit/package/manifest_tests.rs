//! Manifests of emitted crates, and of the runtime that they share.

use std::collections::BTreeMap;

use toml_edit::DocumentMut;

use crate::{Input, Options, Runtime, SharedRuntime, generate, shared_runtime};

const EMPTY: Input<'_> = Input {
    name: "openapi.yaml",
    text: "{openapi: 3.1.0, info: {title: T, version: '1'}, components: {}}",
    overlays: &[],
};

#[test]
fn a_crate_that_stands_alone_has_its_own_workspace_and_its_examples_their_dependencies() {
    let mut options = Options::new("alone");
    options.package.description = "says \"hello\",\nin\u{7f} C:\\".to_owned();
    options.package.dev_dependencies = BTreeMap::from([
        ("a".to_owned(), "\"1.2\"".to_owned()),
        ("b".to_owned(), "^1.2".to_owned()),
        ("c".to_owned(), "{ features = [\"f\"], version = \"1.2\" }".to_owned()),
    ]);
    let files = generate(&EMPTY, &options).output.unwrap().files;
    let text = &files["Cargo.toml"];
    let end = "\n\n[dev-dependencies]\na = \"1.2\"\nb = \"^1.2\"\nc = { features = [\"f\"], version = \"1.2\" }\n\n\
               # The crate stands alone.\n[workspace]\n";
    assert!(text.ends_with(end), "{text}");
    let manifest: DocumentMut = text.parse().unwrap();
    let description = manifest["package"]["description"].as_str();
    assert_eq!(description, Some(options.package.description.as_str()));
}

#[test]
fn a_manifest_says_what_its_package_says_and_no_more() {
    let mut options = Options::new("plain");
    let text = generate(&EMPTY, &options).output.unwrap().files["Cargo.toml"].clone();
    for absent in ["license", "publish", "authors", "repository", "build-dependencies"] {
        assert!(!text.contains(absent), "{text}");
    }
    let about = [
        ("version", "{ workspace = true }"),
        ("rust-version", "\"1.90\""),
        ("license", "\"MIT\""),
        ("publish", "false"),
    ];
    options.package.about = about.map(|(key, toml)| (key.to_owned(), toml.to_owned())).to_vec();
    options.package.build_dependencies = BTreeMap::from([("apicrate".to_owned(), "\"0.1\"".to_owned())]);
    let text = generate(&EMPTY, &options).output.unwrap().files["Cargo.toml"].clone();
    let manifest: DocumentMut = text.parse().unwrap();
    assert_eq!(manifest["package"]["version"]["workspace"].as_bool(), Some(true));
    let end = "edition = \"2024\"\nrust-version = \"1.90\"\nlicense = \"MIT\"\npublish = false\n";
    assert!(text.contains(end), "{text}");
    assert!(text.contains("[build-dependencies]\napicrate = \"0.1\"\n"), "{text}");
}

#[test]
fn a_shared_runtime_has_one_name_in_code_whatever_its_package_is_called() {
    let mut options = Options::new("client");
    options.package.runtime = Runtime::Shared(SharedRuntime {
        package: "acme-runtime".to_owned(),
        path: "../runtime".to_owned(),
    });
    let output = generate(&EMPTY, &options).output.unwrap();
    let dependency =
        "apicrate-runtime = { package = \"acme-runtime\", path = \"../runtime\", default-features = false }";
    assert!(output.files["Cargo.toml"].contains(dependency));
    assert!(output.files["src/lib.rs"].contains("pub use apicrate_runtime as runtime;"));
    let runtime = shared_runtime([&output.needs], &Options::new("acme-runtime"));
    assert!(runtime["Cargo.toml"].contains("name = \"acme-runtime\""));
    assert!(runtime["src/lib.rs"].contains("mod runtime;") && !runtime["src/lib.rs"].contains("mod pages;"));
}
