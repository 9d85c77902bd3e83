//! Files that are written together: if one cannot be written, those before it are as they were.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::folder;
use crate::paths::shown;

/// Files with the text that each is to have.
#[derive(Debug, Default)]
pub(crate) struct Texts(Vec<(PathBuf, String)>);

/// What files had before they were written.
pub(crate) struct Former(Vec<(PathBuf, Option<Vec<u8>>)>);

impl Texts {
    /// Adds a file, unless it has the text already.
    pub(crate) fn add(&mut self, path: PathBuf, text: String) {
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            self.0.push((path, text));
        }
    }

    /// Returns the names of the files, for people.
    pub(crate) fn names(&self) -> String {
        let names: Vec<String> = self.0.iter().map(|(path, _)| shown(path)).collect();
        names.join(", ")
    }

    /// Writes all files, or none.
    pub(crate) fn write(&self) -> Result<Former> {
        let mut former = Former(Vec::new());
        for (path, text) in &self.0 {
            let written = read(path).and_then(|before| {
                former.0.push((path.clone(), before));
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", shown(folder)))?;
                }
                folder::replace(path, text)
            });
            if let Err(error) = written {
                let failures = former.restore();
                return Err(failures.into_iter().fold(error, anyhow::Error::context));
            }
        }
        Ok(former)
    }
}

impl Former {
    /// Gives the files what they had. Returns those that could not be restored, each with the reason.
    pub(crate) fn restore(self) -> Vec<String> {
        let mut failures = Vec::new();
        for (path, before) in self.0.into_iter().rev() {
            if read(&path).is_ok_and(|now| now == before) {
                continue;
            }
            let restored = match before {
                Some(bytes) => fs::write(&path, bytes),
                None => fs::remove_file(&path),
            };
            if let Err(error) = restored {
                failures.push(format!("{} cannot be restored: {error}", shown(&path)));
            }
        }
        failures
    }
}

/// Returns what a file has; `None` if there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", shown(path))),
    }
}
