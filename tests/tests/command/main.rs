//! `cargo xtask codegen` as its user sees it: what it says, what it touches, and
//! what it leaves alone.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod cut_off;
mod diagnostics;
mod folders;
mod moved;
mod pipes;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;
use tests::command::{Outcome, Scratch, cargo, run};

/// A document without fault, and with two operations of two tags.
const PETS: &str = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}]
paths:
  /cats:
    get:
      operationId: listCats
      tags: [cats]
      responses: {'204': {description: None are left.}}
  /dogs:
    get:
      operationId: listDogs
      tags: [dogs]
      responses: {'204': {description: None are left.}}
";

/// The files of a folder, by path.
type Snapshot = BTreeMap<PathBuf, Vec<u8>>;

/// The command, built once.
static XTASK: LazyLock<PathBuf> = LazyLock::new(|| {
    let target = tests::target();
    let target = target.to_string_lossy();
    // The whole workspace is selected so that its dependencies are built with the features that they have already.
    let selection = ["build", "--quiet", "--workspace", "--bin", "xtask"];
    let output = ["--message-format", "json-render-diagnostics", "--target-dir", &target];
    let outcome = cargo(selection.iter().chain(&output)).expect(0);
    let messages = outcome
        .out
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let executable = messages
        .filter_map(|message| message["executable"].as_str().map(PathBuf::from))
        .next_back();
    executable.expect("cargo names what it built")
});

/// Runs `cargo xtask codegen` in the root of the workspace.
fn codegen<A: AsRef<OsStr>>(arguments: &[A]) -> Outcome {
    let arguments = arguments.iter().map(AsRef::as_ref);
    run(
        &*XTASK,
        [OsStr::new("codegen")].into_iter().chain(arguments),
        &tests::root(),
    )
}

/// A folder with a copy of the project's configuration, so that the crate is written beside it.
struct Project {
    scratch: Scratch,
    config: String,
}

impl Project {
    fn new(name: &str) -> Self {
        let scratch = Scratch::new(name);
        let spec = scratch.path().join("spec");
        fs::create_dir(&spec).unwrap();
        for entry in fs::read_dir(tests::root().join("spec")).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name() != "ledger.tsv" {
                fs::copy(entry.path(), spec.join(entry.file_name())).unwrap();
            }
        }
        let config = spec.join("codegen.toml").to_string_lossy().into_owned();
        Self { scratch, config }
    }

    fn codegen(&self, more: &[&str]) -> Outcome {
        let arguments: Vec<&str> = ["--config", &self.config].iter().chain(more).copied().collect();
        codegen(&arguments)
    }

    fn out(&self) -> PathBuf {
        self.scratch.path().join("generated")
    }
}

#[test]
fn a_second_run_finds_nothing_to_do() {
    let project = Project::new("second");
    let first = project.codegen(&[]).expect(0);
    assert!(first.out.contains("19 operations"), "{}", first.out);
    let written = snapshot(project.scratch.path());
    let second = project.codegen(&[]).expect(0);
    assert!(second.out.contains("0 files written"), "{}", second.out);
    assert!(second.out.contains("0 removed"), "{}", second.out);
    project.codegen(&["--check"]).expect(0);
    assert_same(&written, &snapshot(project.scratch.path()));

    // What lies in the workspace is the same crate, but for the workspace that the manifest names.
    let checked_in = tests::root().join("generated");
    for (path, bytes) in snapshot(&project.out().join("src")) {
        let same = fs::read(checked_in.join("src").join(&path)).is_ok_and(|other| other == bytes);
        assert!(same, "{} is not what is checked in", path.display());
    }
}

#[test]
fn a_crate_of_any_document_stands_alone() {
    let scratch = Scratch::new("pets");
    let (spec, out) = (pets(&scratch), scratch.path().join("pets-client"));
    fs::create_dir(&out).unwrap();
    codegen(&[OsStr::new("--spec"), spec.as_ref(), OsStr::new("--out"), out.as_ref()]).expect(0);
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"pets-client\""), "{manifest}");
    assert!(manifest.contains("\n[workspace]\n"), "{manifest}");
    assert!(out.join("src/operations/cats.rs").exists());
    assert!(out.join("src/operations/dogs.rs").exists());
}

#[test]
fn a_faulty_document_writes_nothing() {
    let scratch = Scratch::new("faulty");
    let out = scratch.path().join("crate");
    let out = out.to_string_lossy();
    let arguments = ["--spec", "spec/losant-data.yaml", "--out", &out];
    let folded = codegen(&arguments).expect(1);
    assert!(
        folded.err.contains("dangling-reference: 61 references to 14 names"),
        "{}",
        folded.err
    );
    let outcome = codegen(&[&arguments[..], &["--verbose"]].concat()).expect(1);
    let reported = outcome.err.matches("error[dangling-reference]").count();
    assert_eq!(reported, 61, "{}", outcome.err);
    assert!(outcome.out.contains("61 errors"), "{}", outcome.out);
    assert!(!Path::new(&*out).exists());

    let arguments = [&arguments[..], &["--message-format", "json"]].concat();
    let outcome = codegen(&arguments).expect(1);
    assert!(!Path::new(&*out).exists());
    let records: Vec<Value> = outcome
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    let errors: Vec<&Value> = records.iter().filter(|record| record["severity"] == "error").collect();
    assert_eq!(errors.len(), 61);
    for record in &errors {
        assert_eq!(record["file"], "spec/losant-data.yaml", "{record}");
        assert!(record["line"].as_u64().is_some_and(|line| line > 0), "{record}");
        assert!(record["column"].as_u64().is_some_and(|column| column > 0), "{record}");
        assert!(
            record["pointer"]
                .as_str()
                .is_some_and(|pointer| pointer.starts_with('/')),
            "{record}"
        );
        assert!(record["help"].as_str().is_some_and(|help| !help.is_empty()), "{record}");
    }
    let mut places: Vec<_> = errors
        .iter()
        .map(|record| (record["line"].as_u64(), record["column"].as_u64()))
        .collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), 61, "two errors stand at one place");
}

#[test]
fn lenient_skips_only_what_has_errors() {
    let scratch = Scratch::new("lenient");
    let out = scratch.path().join("crate");
    let out = out.to_string_lossy();
    let arguments = ["--spec", "spec/losant-data.yaml", "--out", &out, "--lenient"];
    let outcome = codegen(&arguments).expect(0);
    assert!(outcome.out.contains("12 operations"), "{}", outcome.out);
    assert!(outcome.err.contains("degraded[dangling-reference]"), "{}", outcome.err);
    assert!(Path::new(&*out).join("src/lib.rs").exists());
}

#[test]
fn only_what_is_asked_for_is_generated() {
    let scratch = Scratch::new("only");
    let spec = pets(&scratch);
    for (asked, kept, absent) in [("listCats", "cats", "dogs"), ("dogs", "dogs", "cats")] {
        let out = scratch.path().join(asked);
        let asked = ["--only".as_ref(), OsStr::new(asked)];
        let arguments = [OsStr::new("--spec"), spec.as_ref(), OsStr::new("--out"), out.as_ref()];
        let outcome = codegen(&[&arguments[..], &asked].concat()).expect(0);
        assert!(outcome.out.starts_with("1 operation, 0 types; "), "{}", outcome.out);
        assert!(out.join(format!("src/operations/{kept}.rs")).exists());
        assert!(!out.join(format!("src/operations/{absent}.rs")).exists());
    }
}

#[test]
fn strictness_makes_errors_of_warnings() {
    let project = Project::new("strict");
    let outcome = project.codegen(&["--strict"]).expect(1);
    assert!(outcome.err.contains("error[default-type]"), "{}", outcome.err);
    assert!(!project.out().exists());
}

#[test]
fn a_stage_is_shown_and_nothing_written() {
    let project = Project::new("dump");
    let before = snapshot(project.scratch.path());
    for stage in ["document", "openapi"] {
        let outcome = project.codegen(&["--dump", stage]).expect(0);
        let document: Value = serde_json::from_str(&outcome.out).unwrap();
        assert!(document["paths"].is_object());
    }
    let outcome = project.codegen(&["--dump", "model"]).expect(0);
    assert!(outcome.out.starts_with("Api {"), "{}", outcome.out);
    assert_same(&before, &snapshot(project.scratch.path()));
}

#[test]
fn an_invalid_command_line_prints_the_usage() {
    for arguments in [
        &["--lenient", "--strict"][..],
        &["--strict", "--lenient"],
        &["--no-such-option"],
        &["stray"],
        &["--dump", "everything"],
        &["--message-format", "xml"],
        &["--out"],
        &["--out", "somewhere"],
        &["--spec", "spec/losant-data.yaml"],
        &[
            "--spec",
            "spec/losant-data.yaml",
            "--out",
            "x",
            "--config",
            "spec/codegen.toml",
        ],
    ] {
        let outcome = codegen(arguments).expect(2);
        assert!(
            outcome.err.contains("Usage: cargo xtask"),
            "{arguments:?}: {}",
            outcome.err
        );
        assert_eq!(outcome.out, "", "{arguments:?}");
    }
    let none: [&str; 0] = [];
    run(&*XTASK, none, &tests::root()).expect(2);
    run(&*XTASK, ["no-such-command"], &tests::root()).expect(2);
    // A slip of the pen must not pass for a blessing.
    let slip = run(&*XTASK, ["bless", "one_operation", "no_such_case"], &tests::root()).expect(2);
    assert!(slip.err.contains("there is no case \"no_such_case\""), "{}", slip.err);
    assert_eq!(slip.out, "");
    let help = run(&*XTASK, ["--help"], &tests::root()).expect(0);
    assert!(help.out.contains("Usage: cargo xtask"), "{}", help.out);
    let help = codegen(&["--help"]).expect(0);
    assert!(help.out.contains("--spec FILE"), "{}", help.out);
    assert!(!help.out.contains("bless"), "{}", help.out);
}

#[test]
fn a_missing_file_is_named() {
    let scratch = Scratch::new("no-file");
    let out = scratch.path().join("crate");
    let out = out.to_string_lossy();
    let outcome = codegen(&["--spec", "no-such-document.yaml", "--out", &out]).expect(1);
    assert!(outcome.err.contains("no-such-document.yaml"), "{}", outcome.err);
    let arguments = [
        "--spec",
        "spec/losant-data.yaml",
        "--out",
        &out,
        "--overlay",
        "no-such-overlay.yaml",
    ];
    let outcome = codegen(&arguments).expect(1);
    assert!(outcome.err.contains("no-such-overlay.yaml"), "{}", outcome.err);
    let outcome = codegen(&["--config", "no-such-config.toml"]).expect(1);
    assert!(outcome.err.contains("no-such-config.toml"), "{}", outcome.err);
    assert!(!Path::new(&*out).exists());
}

/// Writes the small document into a folder.
fn pets(scratch: &Scratch) -> PathBuf {
    let spec = scratch.path().join("pets.yaml");
    fs::write(&spec, PETS).unwrap();
    spec
}

/// Reads every file below `folder`.
fn snapshot(folder: &Path) -> Snapshot {
    let mut files = Snapshot::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn assert_same(before: &Snapshot, after: &Snapshot) {
    let paths = before
        .keys()
        .chain(after.keys().filter(|path| !before.contains_key(*path)));
    let different: Vec<_> = paths.filter(|path| before.get(*path) != after.get(*path)).collect();
    assert!(different.is_empty(), "changed, made or removed: {different:?}");
}
