//! Folders of emitted files: which files are ours, and writing only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use generator::is_emitted;

use crate::paths::absolute;

/// The files of a crate that the generator writes, by path below its folder.
pub type Files = BTreeMap<String, String>;

/// What writing a crate came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files that are new or differ.
    pub changed: Vec<String>,
    /// Files that are ours and no longer emitted.
    pub stale: Vec<String>,
    /// How many files are as they should be.
    pub kept: usize,
}

impl Difference {
    /// Returns whether the folder is as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.stale.is_empty()
    }
}

/// The configuration of rustfmt that lies beside emitted files.
pub(crate) const RUSTFMT: &str = "rustfmt.toml";

/// Compares `files` with the folder `out`; fails if a file that is not ours is in the way.
///
/// `command` is what makes the folder. `inputs` are the files that it reads, which may lie there too.
///
/// # Errors
///
/// If the folder cannot be read, or is not ours.
pub fn compare(out: &Path, files: &Files, command: &str, inputs: &[PathBuf]) -> Result<Difference> {
    let present = ours(out, command, inputs)?;
    let mut difference = Difference::default();
    for (path, text) in files {
        let on_disk = out.join(path);
        match fs::read(&on_disk) {
            Ok(bytes) if bytes == text.as_bytes() => difference.kept += 1,
            Ok(bytes) if is_ours(&bytes) || is_cut_off(&bytes) => difference.changed.push(path.clone()),
            // Whoever writes a configuration of rustfmt wants that one.
            Ok(_) if path == RUSTFMT => difference.kept += 1,
            Ok(_) => bail!(
                "{} is in the way: it does not start with the header of emitted files; move it, or give another folder",
                on_disk.display()
            ),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                difference.changed.push(path.clone());
            }
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", on_disk.display())),
        }
    }
    difference.stale = present.into_iter().filter(|path| !files.contains_key(path)).collect();
    Ok(difference)
}

/// Writes what differs, and removes what is stale.
///
/// # Errors
///
/// If a file cannot be written or removed.
pub fn write(out: &Path, files: &Files, difference: &Difference) -> Result<()> {
    for path in &difference.changed {
        let file = out.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        }
        replace(&file, &files[path])?;
    }
    for path in &difference.stale {
        let file = out.join(path);
        match fs::remove_file(&file) {
            // An unfinished file is finished by now, where its text is still wanted.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            outcome => outcome.with_context(|| format!("{} cannot be removed", file.display()))?,
        }
    }
    remove_empty_folders(&out.join("src"));
    Ok(())
}

/// What the name of a file ends in that is being written; it starts with a dot, so that no tool takes it for a source.
const UNFINISHED: &str = ".codegen-unfinished";

/// Gives a file its text at once: whatever ends this process, the file has its old text or the new one.
///
/// # Errors
///
/// If it cannot be written.
pub fn replace(file: &Path, text: &str) -> Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = file.with_file_name(format!(".{name}{UNFINISHED}"));
    // What an earlier run left there may be anything, such as a link to elsewhere.
    let _ = fs::remove_file(&unfinished);
    let written = fs::write(&unfinished, text).and_then(|()| fs::rename(&unfinished, file));
    if written.is_err() {
        // What is half written helps nobody; the error is that of the writing.
        let _ = fs::remove_file(&unfinished);
    }
    written.with_context(|| format!("{} cannot be written", file.display()))
}

/// Returns whether a file was being written by a run that was cut off.
fn is_unfinished(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') && name.ends_with(UNFINISHED)
}

/// Removes the folders below `folder` that hold no file.
fn remove_empty_folders(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty_folders(&entry.path());
        }
    }
    // A folder that is not empty stays, which is what we want.
    let _ = fs::remove_dir(folder);
}

/// Returns the emitted files in `out`, by path.
///
/// A file in `src` that is not ours, and a folder of something else, is somebody's work; nothing is touched then.
fn ours(out: &Path, command: &str, inputs: &[PathBuf]) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    if !out.exists() {
        return Ok(found);
    }
    let manifest = fs::read(out.join("Cargo.toml")).unwrap_or_default();
    let mut foreign = None;
    for entry in fs::read_dir(out).with_context(|| format!("{} cannot be read", out.display()))? {
        let path = entry?.path();
        if is_unfinished(&path) {
            found.insert(relative(out, &path));
        } else if !may_be_there_before(&path, inputs) {
            foreign = Some(path);
        }
    }
    let has_ours = is_ours(&manifest) || is_ours(&fs::read(out.join("src/lib.rs")).unwrap_or_default());
    if let Some(foreign) = foreign.filter(|_| !has_ours) {
        bail!(
            "{} was not made by `{command}`, and has {}; give another folder, or empty it",
            out.display(),
            foreign.file_name().unwrap_or_default().display()
        );
    }
    if is_ours(&manifest) {
        found.insert("Cargo.toml".to_owned());
    }
    if out.join("src").is_symlink() {
        bail!(
            "{} is a link; what is written would go elsewhere",
            out.join("src").display()
        );
    }
    sources(out, &mut found)?;
    Ok(found)
}

/// Adds the emitted files in `src`.
fn sources(out: &Path, found: &mut BTreeSet<String>) -> Result<()> {
    let mut open = vec![out.join("src")];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry?.path();
            // Programs of the package are its owner's.
            if [out.join("src/bin"), out.join("src/main.rs")].contains(&path) {
                continue;
            }
            if path.is_symlink() {
                bail!("{} is a link; what is written would go elsewhere", path.display());
            }
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            if is_ours(&bytes) || is_unfinished(&path) {
                found.insert(relative(out, &path));
            } else if !is_cut_off(&bytes) {
                bail!(
                    "{} is in the way: it does not start with the header of emitted files; move it",
                    path.display()
                );
            }
        }
    }
    Ok(())
}

/// What a folder may hold before a crate is written there for the first time: what belongs to any project, and what
/// cargo finds beside the sources. `Cargo.toml` and `src` are looked into.
const OF_ANY_PROJECT: [&str; 15] = [
    "benches",
    "build.rs",
    "Cargo.lock",
    "Cargo.toml",
    "clippy.toml",
    "deny.toml",
    "docs",
    "examples",
    "ledger.tsv",
    "Makefile",
    "justfile",
    RUSTFMT,
    "src",
    "target",
    "tests",
];

/// How the names of files start that say something about a project.
const ABOUT_A_PROJECT: [&str; 10] = [
    ".",
    "AUTHORS",
    "CHANGELOG",
    "CODE_OF_CONDUCT",
    "CONTRIBUTING",
    "COPYING",
    "LICENCE",
    "LICENSE",
    "NOTICE",
    "README",
];

/// Returns whether a folder with this entry may become that of a crate.
fn may_be_there_before(path: &Path, inputs: &[PathBuf]) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let upper = name.to_uppercase();
    OF_ANY_PROJECT.contains(&&*name)
        || ABOUT_A_PROJECT.iter().any(|start| upper.starts_with(start))
        || inputs.iter().any(|input| absolute(input).starts_with(absolute(path)))
}

fn relative(out: &Path, path: &Path) -> String {
    crate::paths::with_slashes(path.strip_prefix(out).unwrap_or(path))
}

/// Returns whether a file starts with the header of emitted files.
fn is_ours(bytes: &[u8]) -> bool {
    is_emitted(&String::from_utf8_lossy(&bytes[..bytes.len().min(1000)]))
}

/// Returns whether a file is empty, or breaks off within the header of emitted files, as an earlier version left it
/// that was ended in the middle: nobody's work is lost with it.
fn is_cut_off(bytes: &[u8]) -> bool {
    const HEADER: &str = "@generated by `cargo xtask codegen`";
    let text = String::from_utf8_lossy(bytes);
    HEADER.starts_with(text.trim_start_matches(['/', '#', ' ']))
}
