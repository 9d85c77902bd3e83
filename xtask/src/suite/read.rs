//! The files of the official JSON Schema Test Suite.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// A file of the suite: the tests of one keyword.
#[derive(Debug)]
pub(super) struct File {
    /// The path below the folder of the draft without its ending, such as `optional/format/date`.
    pub(super) keyword: String,
    /// The schemas with their tests.
    pub(super) groups: Vec<Group>,
}

/// A schema with its tests.
#[derive(Debug, Deserialize)]
pub(super) struct Group {
    /// What the schema is about.
    pub(super) description: String,
    /// The schema.
    pub(super) schema: Value,
    /// The instances.
    pub(super) tests: Vec<Test>,
}

/// An instance with what the schema says of it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Test {
    /// What the instance is about.
    pub(super) description: String,
    /// The instance, as it is written: a number keeps its digits.
    pub(super) data: Box<RawValue>,
    /// Whether the instance is valid.
    pub(super) valid: bool,
}

/// Reads the files of a draft, the required ones first.
pub(super) fn files(folder: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for below in ["", "optional/", "optional/format/"] {
        let mut names = names(&folder.join(below))?;
        names.sort();
        for name in names {
            let path = folder.join(format!("{below}{name}.json"));
            let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let groups = serde_json::from_str(&text).with_context(|| format!("{} is no test file", path.display()))?;
            let keyword = format!("{below}{name}");
            files.push(File { keyword, groups });
        }
    }
    ensure!(!files.is_empty(), "{} has no tests", folder.display());
    Ok(files)
}

/// Returns the names of the JSON files in a folder, without their ending.
fn names(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".json").map(str::to_owned));
    }
    Ok(names)
}
