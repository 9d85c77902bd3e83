//! The documents that mutations are made of.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use generator::unstable::Stages;
use generator::{Input, Options};
use serde_json::Value;
use tests::mutations::{Size, sample};
use tests::product::Product;
use tests::random::Random;

use crate::tree;

/// Where a document is from.
#[derive(Debug, Clone, Copy)]
enum Source {
    /// The folder: the name of its file without the extension.
    Folder(&'static str),
    /// A file of this repository.
    Fixture(&'static str),
    /// The document that this repository makes a crate of, with its overlays.
    Product,
}

/// The documents, by what they are called.
const DOCUMENTS: [(&str, Source); 6] = [
    ("petstore", Source::Folder("petstore3")),
    ("nomad", Source::Folder("nomad")),
    ("oxide-nexus", Source::Folder("oxide-nexus")),
    ("stripe", Source::Folder("stripe")),
    ("product", Source::Product),
    ("shop", Source::Fixture("tests/fixtures/mutations/shop.yaml")),
];

/// How much of a document is compiled for each pair.
const SIZE: Size = Size {
    operations: 24,
    components: 80,
};

/// A document, with the overlays that correct it applied.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) name: &'static str,
    whole: Value,
}

impl Document {
    /// Returns a part of the document, which chance chooses.
    pub(super) fn sample(&self, random: &mut Random) -> Value {
        sample(&self.whole, SIZE, random)
    }
}

/// Reads the documents; of those the ones that `only` names, if it names any.
pub(super) fn all(folder: &Path, only: &[String]) -> Result<Vec<Document>> {
    let names = DOCUMENTS.map(|(name, _)| name);
    if let Some(missing) = only.iter().find(|name| !names.contains(&name.as_str())) {
        bail!("there is no document {missing:?}, but {}", names.join(", "));
    }
    let is_wanted = |name: &str| only.is_empty() || only.iter().any(|wanted| wanted == name);
    let paths = tree::documents(folder)?;
    let mut found = Vec::new();
    for (name, source) in DOCUMENTS.into_iter().filter(|(name, _)| is_wanted(name)) {
        error_line!("reading {name}");
        let whole = match source {
            Source::Folder(stem) => {
                let path = paths
                    .iter()
                    .find(|path| path.file_stem().is_some_and(|found| found == stem));
                read(path.with_context(|| format!("{} has no document {stem:?}", folder.display()))?)?
            }
            Source::Fixture(path) => read(&tree::root().join(path))?,
            Source::Product => product()?,
        };
        found.push(Document { name, whole });
    }
    Ok(found)
}

fn product() -> Result<Value> {
    let product = Product::read();
    tree_of(&Input {
        name: &product.name,
        text: &product.document,
        overlays: &product.overlays,
    })
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    tree_of(&Input {
        name: &path.display().to_string(),
        text: &text,
        overlays: &[],
    })
}

/// Returns the tree of a document, with its overlays applied.
fn tree_of(input: &Input<'_>) -> Result<Value> {
    let stages = Stages::without_output(input, &Options::new("semver"), None);
    let document = stages
        .document
        .with_context(|| format!("{} is no document", input.name))?;
    Ok(document.to_json())
}
