//! The code on the front pages of emitted crates: it compiles, and it is about what the crate has.
//!
//! The manifest of an emitted crate turns doctests off, so that its users need not wait for them.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tests::command::{Scratch, cargo};

/// Cases whose front pages differ.
const CASES: [&str; 22] = [
    "basic_alone",
    "bearer_and_open_operations",
    "default_response_alone",
    "deprecations",
    "events",
    "form_bodies",
    "header_and_cookie_parameters",
    "json_lines",
    "losant_published_paths",
    "multipart_bodies",
    "names_obstacle_course",
    "oauth2_flows",
    "one_operation",
    "pagination",
    "path_parameter_ids",
    "required_by_name",
    "security_schemes",
    "server_variables",
    "servers_of_operations",
    "several_response_media_types",
    "streams",
    "text_and_bytes_bodies",
];

#[test]
fn the_code_of_front_pages_compiles() {
    let scratch = Scratch::new("front-page");
    let crates = CASES.map(|name| tests::root().join("tests/cases/ok").join(name).join("expected"));
    write(scratch.path(), &crates);
    let target = tests::target().join("standalone");
    let manifest = scratch.path().join("Cargo.toml");
    let [manifest, target] = [manifest, target].map(|path| path.to_string_lossy().into_owned());
    cargo([
        "check",
        "--quiet",
        "--manifest-path",
        &manifest,
        "--target-dir",
        &target,
    ])
    .expect(0);
}

/// Writes a crate with the code of each front page as a module, in which a warning is an error.
fn write(folder: &Path, crates: &[PathBuf]) {
    let mut manifest =
        "[package]\nname = \"front-pages\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n".to_owned();
    // The values are of no use once they are made, as in doctests.
    let mut source = "#![deny(warnings)]\n#![allow(dead_code, unused_variables)]\n\nfn main() {}\n".to_owned();
    for path in crates.iter().chain([&tests::root().join("generated")]) {
        let package = fs::read_to_string(path.join("Cargo.toml")).unwrap();
        let name = package
            .lines()
            .find_map(|line| line.strip_prefix("name = "))
            .unwrap()
            .trim_matches('"');
        let folder = path.to_string_lossy();
        writeln!(manifest, "{name} = {{ path = {folder:?}, features = [\"mock\"] }}").unwrap();
        let page = fs::read_to_string(path.join("src/lib.rs")).unwrap();
        let snippets = snippets(&page);
        assert!(snippets.len() >= 5, "{name} has {} snippets", snippets.len());
        for (index, snippet) in snippets.iter().enumerate() {
            let module = name.replace('-', "_");
            write!(source, "\nmod {module}_{index} {{\n{snippet}}}\n").unwrap();
        }
    }
    fs::create_dir(folder.join("src")).unwrap();
    fs::write(folder.join("src/main.rs"), source).unwrap();
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(tests::root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

/// Returns the code on a front page, with the lines that rustdoc hides.
fn snippets(page: &str) -> Vec<String> {
    let mut snippets = Vec::new();
    let mut lines = page.lines().filter_map(|line| line.strip_prefix("//!"));
    while let Some(line) = lines.next() {
        if line != " ```no_run" {
            continue;
        }
        let code = lines.by_ref().take_while(|line| *line != " ```");
        let plain = code.map(|line| {
            let line = line.strip_prefix(' ').unwrap_or(line);
            format!("{}\n", line.strip_prefix("# ").unwrap_or(line))
        });
        snippets.push(plain.collect());
    }
    snippets
}

/// Returns the titles of the sections of a case's front page.
fn titles(case: &str) -> Vec<String> {
    let path = tests::root()
        .join("tests/cases/ok")
        .join(case)
        .join("expected/src/lib.rs");
    let page = fs::read_to_string(path).unwrap();
    let mut titles = Vec::new();
    let mut is_code = false;
    for line in page.lines() {
        if line.starts_with("//! ```") {
            is_code = !is_code;
        }
        // Lines of code that rustdoc hides start like titles.
        titles.extend(line.strip_prefix("//! # ").filter(|_| !is_code).map(str::to_owned));
    }
    titles
}

#[test]
fn a_front_page_has_the_sections_that_apply() {
    let usual = [
        "A client",
        "Calling an operation",
        "Errors",
        "Timeouts and retries",
        "Headers and logging",
    ];
    let table: [(&str, &[&str]); 4] = [
        ("components_only", &[]),
        ("one_operation", &[]),
        ("pagination", &["Pages"]),
        ("events", &["Streams"]),
    ];
    for (case, special) in table {
        let mut expected: Vec<&str> = Vec::new();
        if case != "components_only" {
            expected.extend(usual);
            expected.extend(special);
            expected.push("Tests without a server");
        }
        expected.push("Features");
        assert_eq!(titles(case), expected, "{case}");
    }
}
