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

/// The documents of the folder; those of this repository are `losant-data` and `shop`.
const FOREIGN: [(&str, &str); 4] = [
    ("petstore", "petstore3"),
    ("nomad", "nomad"),
    ("oxide-nexus", "oxide-nexus"),
    ("stripe", "stripe"),
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
    let names = || FOREIGN.iter().map(|(name, _)| *name).chain(["losant-data", "shop"]);
    if let Some(missing) = only.iter().find(|name| !names().any(|known| known == **name)) {
        let names: Vec<&str> = names().collect();
        bail!("there is no document {missing:?}, but {}", names.join(", "));
    }
    let is_wanted = |name: &str| only.is_empty() || only.iter().any(|wanted| wanted == name);
    let mut found = Vec::new();
    for name in names().filter(|name| is_wanted(name)) {
        error_line!("reading {name}");
        let whole = match FOREIGN.iter().find(|(known, _)| *known == name) {
            Some((_, file)) => foreign(folder, file)?,
            None if name == "shop" => read(&tree::root().join("tests/fixtures/mutations/shop.yaml"))?,
            None => product()?,
        };
        found.push(Document { name, whole });
    }
    Ok(found)
}

fn foreign(folder: &Path, name: &str) -> Result<Value> {
    let paths = tree::documents(folder)?;
    let found = paths
        .iter()
        .find(|path| path.file_stem().is_some_and(|stem| stem == name));
    match found {
        Some(path) => read(path),
        None => bail!("{} has no document {name:?}", folder.display()),
    }
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
