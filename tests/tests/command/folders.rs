//! The folder that the crate is written to: what differs is named and mended,
//! and what is not ours stays as it is.

use std::ffi::OsStr;
use std::fs;

use tests::command::Scratch;

use crate::{Project, assert_same, codegen, pets, snapshot};

#[test]
fn what_was_changed_is_named_and_mended() {
    let project = Project::new("mend");
    project.codegen(&[]).expect(0);
    let right = snapshot(project.scratch.path());
    let (changed, gone, stray) = ("src/client.rs", "src/schemas/error.rs", "src/schemas/stray/deep.rs");

    let file = project.out().join(changed);
    let mut bytes = fs::read(&file).unwrap();
    *bytes.last_mut().unwrap() = b' ';
    fs::write(&file, bytes).unwrap();
    hold_check(&project, &[changed]);

    fs::remove_file(project.out().join(gone)).unwrap();
    hold_check(&project, &[changed, gone]);

    let file = project.out().join(stray);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(
        &file,
        format!("// {} from elsewhere; do not edit.\n", generator::HEADER),
    )
    .unwrap();
    hold_check(&project, &[changed, gone, stray]);

    let mended = project.codegen(&[]).expect(0);
    assert!(mended.out.contains("2 files written"), "{}", mended.out);
    assert!(mended.out.contains("1 removed"), "{}", mended.out);
    assert_same(&right, &snapshot(project.scratch.path()));
    assert!(!file.parent().unwrap().exists(), "an empty folder is left behind");
    project.codegen(&["--check"]).expect(0);
}

#[test]
fn a_stale_ledger_is_named_and_mended() {
    let project = Project::new("ledger");
    project.codegen(&[]).expect(0);
    let right = snapshot(project.scratch.path());
    let ledger = project.scratch.path().join("spec/ledger.tsv");
    // The title that an earlier version wrote.
    fs::write(&ledger, "pointer\tkeyword\tverdict\treason\n").unwrap();
    let checked = project.codegen(&["--check"]).expect(1);
    assert!(checked.err.contains("ledger.tsv"), "{}", checked.err);
    project.codegen(&[]).expect(0);
    assert_same(&right, &snapshot(project.scratch.path()));
}

#[test]
fn the_check_of_a_missing_crate_makes_none() {
    let project = Project::new("missing");
    let outcome = project.codegen(&["--check"]).expect(1);
    assert!(outcome.err.contains("lib.rs"), "{}", outcome.err);
    assert!(!project.out().exists());
}

#[test]
fn a_file_that_is_not_ours_is_in_the_way() {
    let project = Project::new("foreign-file");
    project.codegen(&[]).expect(0);
    let file = project.out().join("src/notes.rs");
    fs::write(&file, "//! Mine.\n").unwrap();
    // A stale file beside it shows that nothing at all is touched.
    fs::write(
        project.out().join("src/client.rs"),
        format!("// {}\n", generator::HEADER),
    )
    .unwrap();
    let before = snapshot(project.scratch.path());
    for options in [&[][..], &["--check"]] {
        let outcome = project.codegen(options).expect(1);
        assert!(outcome.err.contains("notes.rs"), "{}", outcome.err);
        assert_same(&before, &snapshot(project.scratch.path()));
    }
}

#[test]
fn a_file_that_is_not_ours_keeps_its_name() {
    // Someone took the header off, to keep what they wrote.
    let project = Project::new("foreign-name");
    project.codegen(&[]).expect(0);
    fs::write(project.out().join("src/client.rs"), "//! Mine.\n").unwrap();
    let before = snapshot(project.scratch.path());
    let outcome = project.codegen(&[]).expect(1);
    assert!(outcome.err.contains("client.rs"), "{}", outcome.err);
    assert_same(&before, &snapshot(project.scratch.path()));
}

#[test]
fn what_lies_beside_the_sources_is_left_alone() {
    let project = Project::new("beside");
    project.codegen(&[]).expect(0);
    for (path, text) in [
        ("examples/mine.rs", "fn main() {}\n"),
        ("tests/mine.rs", ""),
        ("README.md", "# Mine\n"),
    ] {
        let file = project.out().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let before = snapshot(project.scratch.path());
    project.codegen(&["--check"]).expect(0);
    project.codegen(&[]).expect(0);
    assert_same(&before, &snapshot(project.scratch.path()));
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let scratch = Scratch::new("foreign-folder");
    let (spec, out) = (pets(&scratch), scratch.path().join("mine"));
    fs::create_dir_all(out.join("src")).unwrap();
    fs::write(out.join("Cargo.toml"), "[package]\nname = \"mine\"\n").unwrap();
    fs::write(out.join("src/lib.rs"), "//! Mine.\n").unwrap();
    let before = snapshot(scratch.path());
    let outcome = codegen(&[OsStr::new("--spec"), spec.as_ref(), OsStr::new("--out"), out.as_ref()]).expect(1);
    assert!(outcome.err.contains("mine"), "{}", outcome.err);
    assert_same(&before, &snapshot(scratch.path()));
}

#[test]
fn a_folder_of_anything_else_is_refused() {
    let scratch = Scratch::new("foreign-data");
    let (spec, out) = (pets(&scratch), scratch.path().join("photos"));
    fs::create_dir_all(&out).unwrap();
    fs::write(out.join("cat.jpg"), [0xFF, 0xD8, 0xFF]).unwrap();
    let before = snapshot(scratch.path());
    codegen(&[OsStr::new("--spec"), spec.as_ref(), OsStr::new("--out"), out.as_ref()]).expect(1);
    assert_same(&before, &snapshot(scratch.path()));
}

/// Holds that `--check` fails, names `files` and no other, and touches nothing.
fn hold_check(project: &Project, files: &[&str]) {
    let before = snapshot(project.scratch.path());
    let outcome = project.codegen(&["--check"]).expect(1);
    assert_same(&before, &snapshot(project.scratch.path()));
    for file in files {
        assert!(outcome.err.contains(file), "{file} is not named:\n{}", outcome.err);
    }
    let named = outcome.err.lines().filter(|line| line.contains(".rs")).count();
    assert_eq!(named, files.len(), "{}", outcome.err);
    assert!(outcome.err.contains("cargo xtask codegen"), "{}", outcome.err);
}
