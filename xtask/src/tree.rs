//! Folders of emitted files: which files are ours, and writing only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The files of a crate that the generator writes, by path below its folder.
pub(crate) type Files = BTreeMap<String, String>;

/// What writing a crate came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Files that are new or differ.
    pub(crate) changed: Vec<String>,
    /// Files that are ours and no longer emitted.
    pub(crate) stale: Vec<String>,
    /// How many files are as they should be.
    pub(crate) kept: usize,
}

impl Difference {
    /// Returns whether the folder is as it should be.
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.stale.is_empty()
    }
}

/// Returns the root of the workspace.
pub(crate) fn root() -> PathBuf {
    tests::root()
}

/// Returns the target folder of the workspace.
pub(crate) fn target() -> Result<PathBuf> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    std::path::absolute(&target).with_context(|| format!("{} is no folder", target.display()))
}

/// Returns the documents below `folder`, in order: the files of YAML and JSON.
pub(crate) fn documents(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                open.push(path);
            } else if matches!(extension, Some("yaml" | "yml" | "json")) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Compares `files` with the folder `out`; fails when a file that is not ours is in the way.
pub(crate) fn compare(out: &Path, files: &Files) -> Result<Difference> {
    let present = ours(out)?;
    let mut difference = Difference::default();
    for (path, text) in files {
        let on_disk = out.join(path);
        match fs::read(&on_disk) {
            Ok(bytes) if bytes == text.as_bytes() => difference.kept += 1,
            Ok(bytes) if is_ours(&bytes) || is_cut_off(&bytes) => difference.changed.push(path.clone()),
            Ok(_) => bail!(
                "{} is in the way: it does not start with the header of emitted files; move it",
                on_disk.display()
            ),
            Err(_) => difference.changed.push(path.clone()),
        }
    }
    difference.stale = present.into_iter().filter(|path| !files.contains_key(path)).collect();
    Ok(difference)
}

/// Writes what differs, and removes what is stale.
pub(crate) fn write(out: &Path, files: &Files, difference: &Difference) -> Result<()> {
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
pub(crate) fn replace(file: &Path, text: &str) -> Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = file.with_file_name(format!(".{name}{UNFINISHED}"));
    // What an earlier run left there may be anything, such as a link to elsewhere.
    let _ = fs::remove_file(&unfinished);
    fs::write(&unfinished, text).with_context(|| format!("{} cannot be written", unfinished.display()))?;
    fs::rename(&unfinished, file).with_context(|| format!("{} cannot be written", file.display()))
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
/// A file in `src` that is not ours, and a folder that is neither empty nor made
/// by the generator, is somebody's work; nothing is touched then.
fn ours(out: &Path) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    if !out.exists() {
        return Ok(found);
    }
    let manifest = fs::read(out.join("Cargo.toml")).unwrap_or_default();
    let mut is_empty = true;
    for entry in fs::read_dir(out).with_context(|| format!("{} cannot be read", out.display()))? {
        let path = entry?.path();
        if is_unfinished(&path) {
            found.insert(relative(out, &path));
        } else if path.file_name() != Some("Cargo.toml".as_ref()) || !is_cut_off(&manifest) {
            is_empty = false;
        }
    }
    let has_ours = is_ours(&manifest) || is_ours(&fs::read(out.join("src/lib.rs")).unwrap_or_default());
    if !is_empty && !has_ours {
        bail!(
            "{} is not empty and was not made by `cargo xtask codegen`; give another folder, or empty it",
            out.display()
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
    let mut open = vec![out.join("src")];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry?.path();
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
    Ok(found)
}

fn relative(out: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(out).unwrap_or(path).components();
    parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// Returns whether a file starts with the header of emitted files.
fn is_ours(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let line = start.lines().next().unwrap_or_default();
    line.trim_start_matches(['/', '#', ' ']).starts_with(generator::HEADER)
}

/// Returns whether a file is empty, or breaks off within the header of emitted files: nobody's work is lost with it.
fn is_cut_off(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    generator::HEADER.starts_with(text.trim_start_matches(['/', '#', ' ']))
}

/// Returns `path` without `.` and `..`.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}
