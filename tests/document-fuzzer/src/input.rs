//! What the generator is run on, and the folder that it is kept in.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use generator::{Options, Runtime, SharedRuntime, Strictness};

/// The name of a document that is JSON.
pub const JSON: &str = "openapi.json";

/// A document, its overlays, and the options of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The name of the document, by which it is JSON or YAML.
    pub name: String,
    /// The text of the document.
    pub document: String,
    /// The texts of the overlays.
    pub overlays: Vec<String>,
    /// How much a fault matters.
    pub strictness: Strictness,
    /// Whether the crate has a runtime of its own.
    pub has_runtime: bool,
    /// The operations that are asked for; all, where there is none.
    pub only: Vec<String>,
}

impl Input {
    /// Returns the options of the run.
    #[must_use]
    pub fn options(&self) -> Options {
        let mut options = Options::new("fuzzed");
        options.strictness = self.strictness;
        options.selection.only.clone_from(&self.only);
        if !self.has_runtime {
            options.package.runtime = Runtime::Shared(SharedRuntime::at("../runtime"));
        }
        options
    }

    /// Writes the input to an existing folder: the texts as files, and the options.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let write = |name: &str, text: &str| {
            let file = folder.join(name);
            fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))
        };
        for (index, overlay) in self.overlays.iter().enumerate() {
            write(&format!("overlay-{index}.yaml"), overlay)?;
        }
        let stale = folder.join(format!("overlay-{}.yaml", self.overlays.len()));
        if stale.exists() {
            fs::remove_file(stale)?;
        }
        write(&self.name, &self.document)?;
        let mut options = format!("name={}\n", self.name);
        options.push_str(match self.strictness {
            Strictness::Usual => "strictness=usual\n",
            Strictness::Lenient => "strictness=lenient\n",
            Strictness::Strict => "strictness=strict\n",
        });
        if self.has_runtime {
            options.push_str("runtime=copied\n");
        }
        for only in self.only.iter().filter(|only| !only.contains('\n')) {
            options.push_str("only=");
            options.push_str(only);
            options.push('\n');
        }
        write("options.txt", &options)
    }

    /// Reads the input that [`Input::write`] wrote.
    pub fn read(folder: &Path) -> Result<Self> {
        let read = |name: &str| {
            let file = folder.join(name);
            fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))
        };
        let options = read("options.txt")?;
        let value = |name: &str| {
            let lines = options.lines().filter_map(|line| line.split_once('='));
            lines
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| value.to_owned())
                .collect::<Vec<_>>()
        };
        let name = value("name").pop().context("options.txt names no document")?;
        let mut overlays = Vec::new();
        while folder.join(format!("overlay-{}.yaml", overlays.len())).exists() {
            overlays.push(read(&format!("overlay-{}.yaml", overlays.len()))?);
        }
        Ok(Self {
            document: read(&name)?,
            name,
            overlays,
            strictness: match value("strictness").pop().as_deref() {
                Some("lenient") => Strictness::Lenient,
                Some("strict") => Strictness::Strict,
                _ => Strictness::Usual,
            },
            has_runtime: !value("runtime").is_empty(),
            only: value("only"),
        })
    }
}
