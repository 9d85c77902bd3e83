//! Brings folders in line with what was generated, or says where they are not.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use generator::unstable::TITLE;

use crate::console::Console;
use crate::folder::{self, Difference, Files, RUSTFMT};
use crate::paths::shown;
use crate::run::Report;

/// A folder, and the files of the crate in it.
pub(crate) struct Target<'run> {
    /// The folder.
    pub(crate) out: &'run Path,
    files: Files,
    /// The ledger, and the names lock.
    beside: Vec<SideFile<'run>>,
    /// What writing it comes to.
    pub(crate) difference: Difference,
    /// Whether no crate is there yet.
    pub(crate) is_new: bool,
}

/// A file of a crate that may lie outside of its folder.
pub(crate) struct SideFile<'run> {
    path: &'run Path,
    text: String,
    /// Whether the file has another text, or is not there.
    is_stale: bool,
}

impl<'run> SideFile<'run> {
    /// Compares a file with the text that it should have.
    pub(crate) fn new(path: &'run Path, text: String) -> Self {
        Self {
            is_stale: fs::read_to_string(path).ok().as_ref() != Some(&text),
            path,
            text,
        }
    }

    /// Compares the file of a ledger; fails if it is none.
    pub(crate) fn ledger(path: &'run Path, text: String) -> Result<Self> {
        check_ledger(path)?;
        Ok(Self::new(path, text))
    }
}

impl<'run> Target<'run> {
    /// Compares a folder with the files of the crate, and touches nothing; fails if something is in the way.
    pub(crate) fn compare(
        out: &'run Path,
        mut files: Files,
        beside: Vec<SideFile<'run>>,
        command: &str,
        inputs: &[PathBuf],
    ) -> Result<Self> {
        files.insert(RUSTFMT.to_owned(), rustfmt(&files));
        Ok(Self {
            difference: folder::compare(out, &files, command, inputs)?,
            is_new: !out.join("Cargo.toml").exists(),
            out,
            files,
            beside,
        })
    }

    /// Returns whether all is as it should be.
    pub(crate) fn is_settled(&self) -> bool {
        self.difference.is_empty() && !self.beside.iter().any(|file| file.is_stale)
    }

    /// Returns whether the manifest is written.
    pub(crate) fn changes_manifest(&self) -> bool {
        self.difference.changed.iter().any(|path| path == "Cargo.toml")
    }

    /// Names what differs.
    pub(crate) fn name_differences(&self, console: &mut Console<'_>) {
        for path in self.difference.changed.iter().chain(&self.difference.stale) {
            console.err(format_args!(
                "{} is not what the document gives",
                shown(&self.out.join(path))
            ));
        }
        for file in self.beside.iter().filter(|file| file.is_stale) {
            console.err(format_args!("{} is not what the document gives", shown(file.path)));
        }
    }

    /// Writes what differs, and removes what is stale.
    pub(crate) fn write(&self) -> Result<()> {
        folder::write(self.out, &self.files, &self.difference)?;
        let mut stale = self.beside.iter().filter(|file| file.is_stale);
        stale.try_for_each(|file| {
            if let Some(folder) = file.path.parent() {
                fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", shown(folder)))?;
            }
            folder::replace(file.path, &file.text)
        })
    }

    /// Adds what was found to a report.
    pub(crate) fn add_to(&self, report: &mut Report) {
        let path = |path: &String| self.out.join(path);
        report.written.extend(self.difference.changed.iter().map(path));
        report.removed.extend(self.difference.stale.iter().map(path));
        report.unchanged += self.difference.kept;
        for file in &self.beside {
            if file.is_stale {
                report.written.push(file.path.to_path_buf());
            } else {
                report.unchanged += 1;
            }
        }
    }
}

/// Returns the configuration of rustfmt: a crate that `cargo fmt` writes anew would differ from what is emitted.
fn rustfmt(files: &Files) -> String {
    let manifest = files.get("Cargo.toml").map_or("", String::as_str);
    let header = manifest.lines().next().unwrap_or_default();
    format!("{header}\n\n# Emitted files are formatted by the generator.\ndisable_all_formatting = true\n")
}

/// Refuses to write over a file that is no ledger.
fn check_ledger(path: &Path) -> Result<()> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", shown(path))),
    };
    let text = String::from_utf8_lossy(&bytes);
    // Earlier versions called the third column `verdict`.
    let is_title = |line: &str| line == TITLE || line == "pointer\tkeyword\tverdict\treason";
    // A file that is empty, or breaks off within the title, is what is left of a run that was cut off.
    if text.lines().next().is_some_and(is_title) || TITLE.starts_with(&*text) {
        return Ok(());
    }
    bail!(
        "{} is in the way: it is no ledger; move it, or name another file",
        shown(path)
    )
}
