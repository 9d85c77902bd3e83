//! The types of other generators, kept below the target folder.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use generator::unstable::Stages;
use generator::{Input, Options, OverlayText, Severity};
use serde_json::{Map, Value};

use super::{CRATE, Place};
use crate::peers::{OPENAPI_TO_RUST, PROGENITOR, Peer, output};
use crate::tree;

/// Another generator, and how its types are made.
pub(super) struct Emitter {
    /// The generator.
    pub(super) peer: Peer,
    /// The arguments that make it write its output for a document into a folder.
    arguments: fn(&str, &str) -> Vec<String>,
}

/// The generators whose types are measured.
pub(super) const ALL: [Emitter; 2] = [
    Emitter {
        peer: PROGENITOR,
        arguments: |document, out| {
            words(&[
                "progenitor",
                "--name",
                "peer",
                "--version",
                "0.1.0",
                "--input",
                document,
                "--output",
                out,
            ])
        },
    },
    Emitter {
        peer: OPENAPI_TO_RUST,
        arguments: |document, out| words(&["generate", document, "--types-only", "--output-dir", out]),
    },
];

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

impl Emitter {
    /// Writes the types that the generator makes of `document`.
    pub(super) fn make(&self, place: &Place, document: &Path) -> Result<()> {
        self.discard(place)?;
        let program = self.peer.install()?;
        let out = place.join("peers").join(self.peer.name);
        let arguments = (self.arguments)(&document.to_string_lossy(), &out.to_string_lossy());
        output(Command::new(program).args(arguments).current_dir(&place.folder)).map(|_| ())
    }

    /// Removes what an earlier run made.
    pub(super) fn discard(&self, place: &Place) -> Result<()> {
        let out = place.join("peers").join(self.peer.name);
        if out.exists() {
            fs::remove_dir_all(&out).with_context(|| format!("{} cannot be removed", out.display()))?;
        }
        Ok(())
    }
}

/// Writes the document that the other generators are given, and returns where.
///
/// It is our own, normalised, so that every schema is a component, and then put into the words that they understand
/// by an overlay of the bench. On the document as it is published they fail.
pub(super) fn document(place: &Place) -> Result<std::path::PathBuf> {
    let root = tree::root();
    let read = |path: &str| fs::read_to_string(root.join(path)).with_context(|| format!("{path} cannot be read"));
    let overlay = |path: &str| {
        Ok::<_, anyhow::Error>(OverlayText {
            name: path.to_owned(),
            text: read(path)?,
        })
    };
    let spec = "spec/losant-data.yaml";
    let ours = [
        overlay("spec/common-schemas.overlay.yaml")?,
        overlay("spec/real-operations.overlay.yaml")?,
    ];
    let normalised = stages(spec, &read(spec)?, &ours)?.normalised;
    let normalised = normalised.with_context(|| format!("{spec} cannot be normalised"))?;
    let plain = plain_names(normalised.to_json()).to_string();
    let theirs = [overlay(&format!("{CRATE}/peers.overlay.yaml"))?];
    let patched = stages("the normalised document", &plain, &theirs)?.document;
    let path = place.join("document.json");
    let text = patched
        .context("the overlay of the bench does not fit")?
        .to_json()
        .to_string();
    fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}

fn stages(name: &str, text: &str, overlays: &[OverlayText]) -> Result<Stages> {
    let stages = Stages::of(&Input { name, text, overlays }, &Options::new("peer"));
    let run = &stages.run;
    if let Some(error) = run
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.severity == Severity::Error)
    {
        bail!("{}", error.render(&run.sources));
    }
    Ok(stages)
}

/// Writes an underscore for the slash in the names of schemas: the others do not look for `~1` in a reference.
fn plain_names(node: Value) -> Value {
    match node {
        Value::Object(entries) => Value::Object(entries.into_iter().map(plain_entry).collect::<Map<_, _>>()),
        Value::Array(elements) => Value::Array(elements.into_iter().map(plain_names).collect()),
        other => other,
    }
}

fn plain_entry((name, value): (String, Value)) -> (String, Value) {
    match value {
        Value::String(reference) if name == "$ref" => (name, Value::String(reference.replace("~1", "_"))),
        Value::Object(schemas) if name == "schemas" => {
            let renamed = schemas
                .into_iter()
                .map(|(name, schema)| (name.replace('/', "_"), plain_names(schema)));
            (name, Value::Object(renamed.collect()))
        }
        other => (name, plain_names(other)),
    }
}
