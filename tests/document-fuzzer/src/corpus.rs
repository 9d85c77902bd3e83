//! The documents that are mutated, and the values that they lend each other.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use generator::unstable::{Node, read_document};
use generator::{Diagnostics, Sources};
use tests::cases::{self, Kind};
use tests::product::Product;

use crate::excerpt::excerpt;
use crate::{print, tree};

/// A document with its overlays.
#[derive(Debug)]
pub struct Seed {
    /// The folder that the document lies in.
    pub name: String,
    /// The text of the document.
    pub text: String,
    /// The tree of the document; `None` where the text is none.
    pub tree: Option<Node>,
    /// The overlays, in the order in which they are applied.
    pub overlays: Vec<Node>,
}

/// All documents.
#[derive(Debug)]
pub struct Corpus {
    /// The documents, each at least one.
    pub seeds: Vec<Seed>,
    /// The overlays of all documents.
    pub overlays: Vec<Node>,
    /// Values of all documents, by their role.
    pub donors: BTreeMap<String, Vec<Node>>,
    /// The roles, to pick one by number.
    pub roles: Vec<String>,
}

/// Values with more nodes than this are no donors.
const LARGEST: usize = 200;

/// Documents of others with more nodes than this are represented by an excerpt: a run takes time in proportion.
const MOST: usize = 4000;

impl Corpus {
    /// Reads the documents of the golden cases, and the product's.
    pub fn read() -> Result<Self> {
        let mut seeds = Vec::new();
        for kind in [Kind::Ok, Kind::Err] {
            for case in cases::find(kind).context("the cases cannot be read")? {
                let overlay = read(&case.folder.join("overlay.yaml"));
                let overlays: Vec<String> = overlay.into_iter().collect();
                for name in ["openapi.yaml", "openapi.json"]
                    .into_iter()
                    .chain(cases::ALSO.map(|(_, name)| name))
                {
                    if let Some(text) = read(&case.folder.join(name)) {
                        seeds.push(Seed::new(&case.name, text, &overlays));
                    }
                }
            }
        }
        let product = Product::read();
        let overlays: Vec<String> = product.overlays.into_iter().map(|overlay| overlay.text).collect();
        seeds.push(Seed::new("product", product.document, &overlays));
        Ok(Self::of(seeds))
    }

    /// Reads the documents below a folder, those that say their version of OpenAPI: excerpts of the large ones. Without a
    /// folder, reads those of this repository.
    pub fn of_folder(folder: Option<&Path>) -> Result<Self> {
        let Some(folder) = folder else {
            return Self::read();
        };
        let mut seeds = Vec::new();
        let files = tests::documents_below(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        for file in files {
            let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
            let Some(tree) = parse(&text) else { continue };
            let text = if tree::size(&tree) > MOST {
                print::yaml(&excerpt(tree, MOST))
            } else {
                text
            };
            seeds.push(Seed::new(&file.display().to_string(), text, &[]));
        }
        anyhow::ensure!(!seeds.is_empty(), "{} has no document", folder.display());
        Ok(Self::of(seeds))
    }

    /// Writes the documents to a folder, for children: an excerpt takes less memory than its document.
    pub fn write(&self, folder: &Path) -> Result<()> {
        for (index, seed) in self.seeds.iter().enumerate() {
            let file = folder.join(format!("{index:05}.yaml"));
            fs::write(&file, &seed.text).with_context(|| format!("{} cannot be written", file.display()))?;
        }
        Ok(())
    }

    /// Makes a corpus of documents.
    #[must_use]
    pub fn of(seeds: Vec<Seed>) -> Self {
        let mut donors: BTreeMap<String, Vec<Node>> = BTreeMap::new();
        for root in seeds.iter().filter_map(|seed| seed.tree.as_ref()) {
            for path in tree::paths(root) {
                let Some(node) = tree::get(root, &path) else { continue };
                if tree::size(node) <= LARGEST {
                    donors.entry(tree::role(root, &path)).or_default().push(node.clone());
                }
            }
        }
        Self {
            overlays: seeds.iter().flat_map(|seed| seed.overlays.iter().cloned()).collect(),
            roles: donors.keys().cloned().collect(),
            donors,
            seeds,
        }
    }
}

impl Seed {
    /// Makes a seed of texts. An overlay that cannot be read is skipped.
    #[must_use]
    pub fn new(name: &str, text: String, overlays: &[String]) -> Self {
        Self {
            name: name.to_owned(),
            tree: parse(&text),
            text,
            overlays: overlays.iter().filter_map(|text| parse(text)).collect(),
        }
    }
}

/// Returns the tree of a text, unless it has a fault of syntax.
#[must_use]
pub fn parse(text: &str) -> Option<Node> {
    let mut diagnostics = Diagnostics::default();
    let tree = read_document(&mut Sources::default(), "openapi", text, &mut diagnostics)?;
    (!diagnostics.has_errors()).then_some(tree)
}

fn read(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}
