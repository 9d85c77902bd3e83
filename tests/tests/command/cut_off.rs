//! A run that is ended in the middle of its writing, and the one after it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tests::command::Scratch;

use crate::{XTASK, assert_same, codegen, snapshot};

/// A document of many components, and so of many files; `word` is in each of them.
fn document(word: &str) -> String {
    let mut text = "\
openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
servers: [{url: 'https://pets.example'}]
paths:
  /cats: {get: {operationId: listCats, tags: [cats], responses: {'204': {description: None are left.}}}}
components:
  schemas:
"
    .to_owned();
    for index in 0..60 {
        let line =
            format!("    Pet{index}: {{type: object, description: {word}, properties: {{name: {{type: string}}}}}}\n");
        text.push_str(&line);
    }
    text
}

/// A document, and the folder that its crate goes to.
struct Target {
    spec: PathBuf,
    out: PathBuf,
}

impl Target {
    fn new(scratch: &Scratch, name: &str) -> Self {
        Self {
            spec: scratch.path().join("pets.yaml"),
            out: scratch.path().join(name),
        }
    }

    fn arguments(&self) -> [&OsStr; 6] {
        [
            "--spec".as_ref(),
            self.spec.as_ref(),
            "--out".as_ref(),
            self.out.as_ref(),
            "--name".as_ref(),
            "pets".as_ref(),
        ]
    }

    /// Generates the crate of a document that has `word` in it, to the end.
    fn generate(&self, word: &str) {
        fs::write(&self.spec, document(word)).unwrap();
        codegen(&self.arguments()).expect(0);
    }

    /// Generates the same, and kills the command as soon as `has_begun` holds; returns whether that was in time.
    fn cut_off(&self, word: &str, has_begun: impl Fn() -> bool) -> bool {
        fs::write(&self.spec, document(word)).unwrap();
        let mut child = Command::new(&*XTASK)
            .arg("codegen")
            .args(self.arguments())
            .current_dir(tests::root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let started = Instant::now();
        while !has_begun() && child.try_wait().unwrap().is_none() {
            assert!(
                started.elapsed() < Duration::from_secs(60),
                "the command does not begin to write"
            );
        }
        child.kill().unwrap();
        // A signal leaves no status.
        child.wait().unwrap().code().is_none()
    }
}

#[test]
fn a_first_run_that_was_cut_off_is_finished_by_the_next() {
    let scratch = Scratch::new("cut-first");
    let whole = Target::new(&scratch, "whole");
    whole.generate("small");
    let right = snapshot(&whole.out);
    let files: Vec<&PathBuf> = right.keys().collect();
    let mut cut = 0;
    for index in [0, 1, 5, 20, 40, 55] {
        let target = Target::new(&scratch, &format!("cut-{index}"));
        let file = target.out.join(files[index]);
        cut += usize::from(target.cut_off("small", || file.exists()));
        for (path, bytes) in snapshot(&target.out) {
            let is_whole = right.get(&path) == Some(&bytes);
            assert!(
                is_whole || is_unfinished(&path),
                "{} is written in part",
                path.display()
            );
        }
        target.generate("small");
        assert_same(&right, &snapshot(&target.out));
        codegen(&[&target.arguments()[..], &["--check".as_ref()]].concat()).expect(0);
    }
    assert!(cut >= 2, "only {cut} runs were cut off");
}

#[test]
fn each_file_is_of_the_run_before_or_of_the_one_that_was_cut_off() {
    let scratch = Scratch::new("cut-later");
    let target = Target::new(&scratch, "crate");
    target.generate("large");
    let new = snapshot(&target.out);
    target.generate("small");
    let old = snapshot(&target.out);
    let changed: Vec<&PathBuf> = old.keys().filter(|path| old.get(*path) != new.get(*path)).collect();
    assert!(changed.len() > 50, "{} files differ", changed.len());
    let mut cut = 0;
    for index in [0, 3, 10, 25, 45] {
        let file = target.out.join(changed[index]);
        cut += usize::from(target.cut_off("large", || fs::read(&file).unwrap() == new[changed[index]]));
        for (path, bytes) in snapshot(&target.out) {
            let is_whole = [&old, &new].iter().any(|side| side.get(&path) == Some(&bytes));
            assert!(
                is_whole || is_unfinished(&path),
                "{} is written in part",
                path.display()
            );
        }
        target.generate("small");
        assert_same(&old, &snapshot(&target.out));
    }
    assert!(cut >= 2, "only {cut} runs were cut off");
}

#[test]
fn what_an_earlier_version_left_is_no_obstacle() {
    let scratch = Scratch::new("cut-remains");
    let target = Target::new(&scratch, "crate");
    target.generate("small");
    let right = snapshot(&target.out);
    // It wrote in place: a file may be empty, or break off within its first line.
    for text in ["", "// ", "// @generated by `cargo"] {
        for path in ["src/client.rs", "src/lib.rs", "Cargo.toml", "ledger.tsv"] {
            if path == "ledger.tsv" && !text.is_empty() {
                continue;
            }
            fs::write(target.out.join(path), text).unwrap();
            target.generate("small");
            assert_same(&right, &snapshot(&target.out));
        }
    }
    // All that a first run wrote is an empty file.
    fs::remove_dir_all(&target.out).unwrap();
    fs::create_dir(&target.out).unwrap();
    fs::write(target.out.join("Cargo.toml"), "").unwrap();
    target.generate("small");
    assert_same(&right, &snapshot(&target.out));
    // An unfinished file whose text nobody wants any more.
    for path in [
        ".Cargo.toml.codegen-unfinished",
        "src/schemas/.gone.rs.codegen-unfinished",
    ] {
        fs::write(target.out.join(path), "// @gen").unwrap();
    }
    target.generate("small");
    assert_same(&right, &snapshot(&target.out));
}

fn is_unfinished(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".codegen-unfinished")
}
