//! The generators: how each is called, and what is needed to make a crate of what it emits.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::Corpus;
use super::place::{Job, Place};
use super::process::Ended;
use crate::peers::{OPENAPI_TO_RUST, PLOIDY, PROGENITOR, Peer};

/// A generator.
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
    /// Its program, or why there is none.
    pub(super) program: Result<PathBuf, String>,
    /// The arguments that make it write a crate for a document.
    arguments: fn(&Job, &Path) -> Vec<OsString>,
    /// Arguments that are the same for all documents.
    options: Vec<OsString>,
    /// Adds what the emitted files lack to be a crate.
    complete: fn(&Job) -> Result<()>,
    /// The exit status for a document that it does not accept, where it tells that from a fault of its own.
    refusal: Option<i32>,
    /// The folder of files that are the same for all documents.
    pub(super) runtime: Option<&'static str>,
    /// How the paths of the type of any JSON value end.
    pub(super) json: [&'static str; 2],
}

/// The name of ours.
pub(super) const OURS: &str = "ours";

/// Returns the generators that are measured, ours first.
pub(super) fn all(place: &Place, asked: &Corpus) -> Vec<Tool> {
    let ours = Tool {
        name: OURS,
        version: env!("CARGO_PKG_VERSION"),
        program: Ok(place.program("xtask")),
        arguments: |job, document| {
            let mut arguments = words(&["codegen", "--name", &job.package, "--spec"]);
            arguments.extend([document.into(), "--out".into(), (&job.folder).into()]);
            arguments
        },
        options: options(asked),
        complete: |_| Ok(()),
        refusal: Some(1),
        runtime: Some("src/runtime"),
        json: ["runtime", "Json"],
    };
    let mut tools = vec![ours];
    if asked.peers {
        tools.extend([ploidy(), openapi_to_rust(), progenitor()]);
    }
    tools
}

/// Returns the options of ours: the documents of the folder may refer to each other.
fn options(asked: &Corpus) -> Vec<OsString> {
    let mut options = vec!["--allow-root".into(), asked.folder.clone().into()];
    if asked.lenient {
        options.push("--lenient".into());
    }
    options
}

fn ploidy() -> Tool {
    peer(&PLOIDY, |job, document| {
        let mut arguments = words(&["generate", "rust", "--name", &job.package, "--output"]);
        arguments.extend([(&job.folder).into(), document.into()]);
        arguments
    })
}

fn openapi_to_rust() -> Tool {
    let mut tool = peer(&OPENAPI_TO_RUST, |job, document| {
        let mut arguments = words(&["generate"]);
        arguments.extend([document.into(), "--output-dir".into()]);
        arguments.push(job.folder.join("src/generated").into());
        arguments.extend(words(&["--module-name", "api"]));
        arguments
    });
    // It emits a module, and a file with the table of its dependencies.
    tool.complete = |job| {
        let needed = job.folder.join("src/generated/REQUIRED_DEPS.toml");
        let dependencies = read(&needed)?;
        let package = format!(
            "[package]\nname = {:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n",
            job.package
        );
        write(&job.folder.join("Cargo.toml"), &(package + &dependencies))?;
        write(&job.folder.join("src/lib.rs"), "pub mod generated;\n")
    };
    tool
}

fn progenitor() -> Tool {
    peer(&PROGENITOR, |job, document| {
        let mut arguments = words(&["progenitor", "--name", &job.package, "--version", "0.1.0", "--input"]);
        arguments.extend([document.into(), "--output".into(), (&job.folder).into()]);
        arguments
    })
}

/// Installs another generator. One that cannot be installed is a row for each document that says why.
fn peer(peer: &'static Peer, arguments: fn(&Job, &Path) -> Vec<OsString>) -> Tool {
    Tool {
        name: peer.name,
        version: peer.version,
        program: peer.install().map_err(|error| format!("{error:#}")),
        arguments,
        options: Vec::new(),
        complete: |_| Ok(()),
        refusal: None,
        runtime: None,
        json: ["serde_json", "Value"],
    }
}

impl Tool {
    /// Returns the arguments for a document.
    pub(super) fn arguments(&self, job: &Job, document: &Path) -> Vec<OsString> {
        let mut arguments = (self.arguments)(job, document);
        arguments.extend(self.options.iter().cloned());
        arguments
    }

    /// Returns whether the generator says that the document is at fault.
    pub(super) fn refuses(&self, generation: &Ended) -> bool {
        self.refusal.is_some() && generation.status() == self.refusal
    }

    /// Makes a crate of what was emitted that is in no workspace but its own.
    pub(super) fn finish(&self, job: &Job) -> Result<()> {
        (self.complete)(job)?;
        let path = job.folder.join("Cargo.toml");
        let manifest = read(&path)?;
        let table: toml::Table = toml::from_str(&manifest).with_context(|| format!("{} is no TOML", path.display()))?;
        if table.contains_key("workspace") {
            return Ok(());
        }
        write(&path, &(manifest + "\n[workspace]\n"))
    }
}

fn words(words: &[&str]) -> Vec<OsString> {
    words.iter().map(Into::into).collect()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}
