//! What keeps the stages apart: each rule is one of absence, held to the source text.

use tests::syntax::SourceText;

/// The stages of the generator, and the others of them that each may name.
const STAGES: [(&str, &[&str]); 9] = [
    ("diagnostic", &["document"]),
    ("document", &["diagnostic"]),
    // The model remembers where things were read.
    ("model", &["document"]),
    ("lower", &["diagnostic", "document", "model", "names"]),
    ("analysis", &["diagnostic", "document", "model", "names"]),
    ("emit", &["model"]),
    ("render", &["emit"]),
    ("names", &["model"]),
    ("ledger", &["diagnostic", "document", "lower"]),
];

/// Crates that belong to one stage, and those that may name them.
const CRATES: [(&str, &[&str]); 8] = [
    ("openapiv3", &["lower"]),
    ("serde_yaml", &["document"]),
    ("libyaml_safer", &["document"]),
    ("serde_json_path", &["document"]),
    // `names` asks it what is a keyword.
    ("syn", &["emit", "names", "render"]),
    ("quote", &["emit"]),
    ("pulldown_cmark", &["emit"]),
    ("prettyplease", &["render"]),
];

/// The folders of sources that people write.
const FOLDERS: [&str; 13] = [
    "generator/src",
    "generator/runtime/src",
    "xtask/src",
    "tests/src",
    "tests/tests",
    "tests/oracle/src",
    "tests/emulator/src",
    "tests/emulator/tests",
    "tests/document-fuzzer/src",
    "tests/document-fuzzer/tests",
    "tests/bench/src",
    "tests/bench/benches",
    "tests/fuzz/codec",
];

#[test]
fn a_stage_names_only_those_before_it() {
    let mut faults = Vec::new();
    for source in SourceText::below("generator/src") {
        let Some((stage, allowed)) = STAGES.iter().find(|(name, _)| *name == stage(&source)) else {
            continue;
        };
        for path in source.paths() {
            let Some(named) = path.strip_prefix("crate::") else {
                continue;
            };
            let named = named.split("::").next().unwrap_or_default();
            let is_other_stage = STAGES.iter().any(|(other, _)| other == &named) && named != *stage;
            if is_other_stage && !allowed.contains(&named) {
                faults.push(format!("{}: {path}", source.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_model_takes_only_places_from_the_document() {
    let faults = named("generator/src", |source, path| {
        stage(source) == "model"
            && path.starts_with("crate::document")
            && !["crate::document::Origin", "crate::document::Pointer"].contains(&path)
    });
    none(&faults);
}

#[test]
fn the_model_names_neither_syntax_nor_document_formats() {
    let crates = [
        "openapiv3",
        "syn",
        "quote",
        "proc_macro2",
        "serde_json",
        "serde_yaml",
        "serde",
    ];
    none(&named("generator/src", |source, path| {
        stage(source) == "model" && crates.contains(&first(path))
    }));
}

#[test]
fn a_crate_stays_in_its_stage() {
    let faults = named("generator/src", |source, path| {
        let owner = CRATES.iter().find(|(name, _)| *name == first(path));
        let is_path = path.contains("::");
        is_path && owner.is_some_and(|(_, stages)| !stages.contains(&stage(source)))
    });
    none(&faults);
}

#[test]
fn only_one_function_makes_an_identifier() {
    let faults = named("generator/src", |source, path| {
        let makes = path == "format_ident" || path.ends_with("Ident::new") || path.ends_with("Ident::new_raw");
        makes && source.path != "emit/paths.rs"
    });
    none(&faults);
    let paths = SourceText::below("generator/src");
    let home = paths.iter().find(|source| source.path == "emit/paths.rs");
    let made = home.map(|source| {
        source
            .paths()
            .iter()
            .filter(|path| path.ends_with("Ident::new"))
            .count()
    });
    assert_eq!(made, Some(1));
}

#[test]
fn the_generator_reaches_for_nothing_outside() {
    let modules = ["fs", "env", "net", "time", "process", "thread", "os"];
    let macros = ["println", "print", "eprintln", "eprint", "dbg", "include_bytes"];
    none(&named("generator/src", |source, path| {
        let mut segments = path.split("::");
        let is_std = segments.next() == Some("std");
        let reaches = is_std && segments.next().is_some_and(|module| modules.contains(&module));
        (reaches || macros.contains(&path)) && !source.path.ends_with("tests.rs")
    }));
}

#[test]
fn the_generator_knows_no_document() {
    let mut faults = Vec::new();
    for source in SourceText::all_below("generator") {
        for (index, line) in source.text.lines().enumerate() {
            if line.to_lowercase().contains("losant") {
                faults.push(format!("{}:{}: {line}", source.path, index + 1));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_runtime_is_at_home_in_any_crate() {
    // Its files lie in `crate::runtime` of an emitted crate and in the root of their own: `super` is both.
    none(&named("generator/runtime/src", |source, path| {
        let is_macro = source.path == "lib.rs" && path.starts_with("crate::__");
        first(path) == "crate" && path.contains("::") && !is_macro
    }));
}

#[test]
fn no_file_is_too_long_to_read() {
    const LINES: usize = 400;
    let mut faults = Vec::new();
    for folder in FOLDERS {
        for source in SourceText::below(folder) {
            let lines = source.text.lines().count();
            // A table that is made is not for reading.
            if lines > LINES && !source.text.starts_with("//! @generated") {
                faults.push(format!("{folder}/{}: {lines} lines, more than {LINES}", source.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut faults = Vec::new();
    for folder in FOLDERS {
        for source in SourceText::below(folder) {
            if !source.text.starts_with("//!") {
                faults.push(format!(
                    "{folder}/{} does not start with its documentation",
                    source.path
                ));
            }
        }
    }
    none(&faults);
}

#[test]
fn no_program_remembers_where_it_was_compiled() {
    // Cargo does not compile anew when a checkout is moved with its target folder.
    let mut faults = Vec::new();
    for folder in FOLDERS {
        for source in SourceText::below(folder) {
            let remembers = ["CARGO_MANIFEST_DIR", "CARGO_TARGET_TMPDIR"]
                .iter()
                .any(|name| source.text.contains(&format!("env!(\"{name}\"")));
            if remembers {
                faults.push(format!("{folder}/{}", source.path));
            }
        }
    }
    none(&faults);
}

/// Returns the stage that a source of the generator belongs to.
fn stage(source: &SourceText) -> &str {
    let first = source.path.split('/').next().unwrap_or_default();
    first.trim_end_matches(".rs")
}

fn first(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

/// Returns the paths below `folder` that `is_wrong`, each with its file.
fn named(folder: &str, is_wrong: impl Fn(&SourceText, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in SourceText::below(folder) {
        let mut paths = source.paths();
        paths.retain(|path| is_wrong(&source, path));
        paths.sort();
        paths.dedup();
        found.extend(
            paths
                .iter()
                .map(|path| format!("{folder}/{} names {path}", source.path)),
        );
    }
    found
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
