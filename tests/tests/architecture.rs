//! The boundaries between stages: each check is that something is absent, checked against the source text.

#![allow(clippy::unwrap_used, reason = "what cannot be read fails the test")]

use std::collections::BTreeSet;
use std::fs;

use tests::syntax::SourceText;

/// The stages of the generator, and the others of them that each may name.
const STAGES: [(&str, &[&str]); 14] = [
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("document", &["source", "diagnostic"]),
    // The model remembers where things were read.
    ("model", &["source"]),
    ("lock", &["source", "diagnostic", "document", "names"]),
    ("lower", &["source", "diagnostic", "document", "lock", "model", "names"]),
    ("analysis", &["model", "names"]),
    ("emit", &["model"]),
    ("render", &["emit"]),
    ("diff", &["source", "diagnostic", "document", "model", "options"]),
    ("names", &["model"]),
    ("ledger", &["source", "diagnostic", "document", "lower"]),
    ("options", &["lower", "emit"]),
    (
        "findings",
        &["source", "diagnostic", "document", "lower", "model", "options"],
    ),
];

/// The folders within a stage, and the others of them that each may name.
const FOLDERS_OF_STAGES: [(&str, &str, &[&str]); 16] = [
    ("document", "keywords", &[]),
    ("document", "reference", &[]),
    ("document", "read", &[]),
    ("document", "grammar", &["keywords", "reference"]),
    ("document", "bundle", &["keywords", "read", "reference"]),
    ("document", "checks", &["bundle", "grammar", "keywords", "reference"]),
    // Its tests read documents.
    (
        "document",
        "normalise",
        &["bundle", "checks", "grammar", "keywords", "read", "reference"],
    ),
    ("document", "overlay", &["read"]),
    ("lower", "schemas", &[]),
    ("lower", "operations", &["schemas"]),
    ("emit", "docs", &["scope"]),
    ("emit", "scope", &[]),
    ("emit", "types", &["docs", "scope"]),
    ("emit", "operations", &["docs", "scope", "types"]),
    ("emit", "client", &["docs", "scope", "types", "operations"]),
    ("emit", "package", &["docs", "scope", "types", "operations", "client"]),
];

/// Crates that belong to one stage, and those that may name them.
const CRATES: [(&str, &[&str]); 8] = [
    ("openapiv3", &["lower"]),
    ("serde_yaml", &["document"]),
    ("libyaml_safer", &["document", "source"]),
    ("serde_json_path", &["document"]),
    // `names` asks it what is a keyword.
    ("syn", &["emit", "names", "render"]),
    ("quote", &["emit", "render"]),
    ("pulldown_cmark", &["emit"]),
    // `emit` prints the code that stands in documentation.
    ("prettyplease", &["emit", "render"]),
];

/// The folders of sources that people write.
const FOLDERS: [&str; 22] = [
    "generator/src",
    "generator/tests",
    "generator/cli/src",
    "generator/cli/tests",
    "generator/runtime/src",
    "generator/runtime/tests",
    "xtask/src",
    "xtask/tests",
    "tests/src",
    "tests/tests",
    "tests/instances/src",
    "tests/oracle/src",
    "tests/prism/src",
    "tests/emulator/src",
    "tests/emulator/tests",
    "tests/document-examples/src",
    "tests/document-examples/tests",
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
fn folders_of_a_stage_form_no_circle() {
    for (stage, folder, allowed) in FOLDERS_OF_STAGES {
        let above: Vec<&str> = FOLDERS_OF_STAGES
            .iter()
            .filter(|(other, name, _)| *other == stage && *name != folder && !allowed.contains(name))
            .map(|(_, name, _)| *name)
            .collect();
        none(&named("generator/src", |source, path| {
            let rest = path.strip_prefix("crate::").and_then(|path| path.strip_prefix(stage));
            let named = rest.and_then(|rest| rest.strip_prefix("::")?.split("::").next());
            source.path.starts_with(&format!("{stage}/{folder}/")) && named.is_some_and(|named| above.contains(&named))
        }));
    }
}

/// Returns the folders below `folder` that hold files of Rust, from the root of the repository.
fn folders(folder: &str) -> BTreeSet<String> {
    let of = |source: SourceText| {
        let parent = source.path.rsplit_once('/').map(|(parent, _)| parent.to_owned());
        parent.map_or_else(|| folder.to_owned(), |parent| format!("{folder}/{parent}"))
    };
    SourceText::below(folder).into_iter().map(of).collect()
}

#[test]
fn the_map_lists_every_folder() {
    let text = fs::read_to_string(tests::root().join("ARCHITECTURE.md")).unwrap();
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `generator/"));
    let listed: BTreeSet<String> = rows
        .filter_map(|row| Some(format!("generator/{}", row.split_once('`')?.0)))
        .collect();
    let found: BTreeSet<String> = ["generator/src", "generator/cli/src", "generator/runtime/src"]
        .into_iter()
        .flat_map(folders)
        .collect();
    assert_eq!(listed, found);
}

#[test]
fn the_model_takes_only_places_from_the_document() {
    let faults = named("generator/src", |source, path| {
        stage(source) == "model"
            && (path.starts_with("crate::source") || path.starts_with("crate::document"))
            && !["crate::source::Origin", "crate::source::Pointer"].contains(&path)
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
        makes && source.path != "emit/scope/paths.rs"
    });
    none(&faults);
    let paths = SourceText::below("generator/src");
    let source_of_paths = paths.iter().find(|source| source.path == "emit/scope/paths.rs");
    let made = source_of_paths.map(|source| {
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
        let module = segments.next().filter(|module| is_std && modules.contains(module));
        // Threads share the files of a crate; their number changes no byte.
        let reaches = module.is_some_and(|module| module != "thread" || source.path != "emit/threads.rs");
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
fn the_runtime_names_itself_by_one_path() {
    // Its files lie in `crate::runtime` of an emitted crate, and its own crate has that path too: `super` would say
    // where a file lies, and each move would change it.
    none(&named("generator/runtime/src", |source, path| {
        let holders = [
            "lib.rs",
            "client/header.rs",
            "client/webhook.rs",
            "codegen.rs",
            "pages/declaration.rs",
            "schema/pattern/ecma_script.rs",
        ];
        let is_macro = holders.contains(&source.path.as_str()) && path.starts_with("crate::__");
        let is_other =
            first(path) == "crate" && path.contains("::") && !path.starts_with("crate::runtime") && !is_macro;
        let is_above = path.starts_with("super::") && !source.text.contains("#[cfg(test)]");
        (is_other || is_above) && source.path != "runtime.rs"
    }));
}

#[test]
fn references_are_parsed_in_one_place() {
    let patterns = [
        "strip_prefix('#')",
        "split_once('#')",
        "starts_with(\"#/\")",
        "strip_prefix(\"#/\")",
    ];
    let sources = SourceText::below("generator/src").into_iter();
    let faults = sources
        .filter(|source| !source.path.starts_with("document/reference/"))
        .filter(|source| patterns.iter().any(|pattern| source.text.contains(pattern)))
        .map(|source| source.path);
    none(&faults.collect::<Vec<_>>());
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
