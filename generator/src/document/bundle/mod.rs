//! Reads the documents that a document refers to, and makes one tree of all of them.
//!
//! The other documents stand whole below one member of the root document, [`DOCUMENTS`], each under its name, and the
//! references between documents become pointers into the tree. All that follows knows one document, and no node has
//! been moved: a pointer still says in which document a node was read, and where. Documents side by side would have
//! every stage resolve every reference against the document that it stands in.
//!
//! Where the specification has no Reference Object, as in place of an Operation Object or of `components/schemas`, a
//! copy of the target takes the place of a reference to another document, as other tools read it.
//!
//! Only documents are read that the client depends on.

mod apply;
mod places;
mod reader;
mod resources;
mod search;
mod shelf;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::document::{Kind, Node, Value};
use crate::source::{DOCUMENTS, Origin, Pointer, Sources};
use search::Search;

pub(crate) use places::Places;
pub(super) use places::documents;
pub use reader::{DocumentReader, DocumentText, Unread, UnreadCause};
pub(super) use shelf::Unresolved;

/// A document with all that it refers to.
#[derive(Debug)]
pub(crate) struct Bundle {
    /// The tree.
    pub(crate) root: Node,
    /// Where copies were read.
    pub(crate) places: Places,
    /// The objects in other documents that a reference leads to.
    pub(super) reached: BTreeSet<(Kind, Pointer)>,
    /// Why references lead nowhere, by the origins of their texts; `None` where no other document can be read.
    pub(super) unresolved: Option<BTreeMap<Origin, Unresolved>>,
    /// The sources of the other documents.
    sources: BTreeSet<u16>,
}

impl Bundle {
    /// Returns the bundle of one document, when no other can be read.
    pub(crate) fn alone(root: Node) -> Self {
        Self {
            root,
            places: Places::default(),
            reached: BTreeSet::new(),
            unresolved: None,
            sources: BTreeSet::new(),
        }
    }

    /// Returns whether the node was read in another document than the root document.
    pub(crate) fn is_foreign(&self, origin: Origin) -> bool {
        self.sources.contains(&origin.source)
    }
}

/// Reads what `root` refers to.
pub(crate) fn bundle(
    root: Node,
    reader: Option<&dyn DocumentReader>,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Bundle {
    let has_version = ["openapi", "swagger"].iter().any(|field| root.get(field).is_some());
    let is_ours = has_version && root.get(DOCUMENTS).is_none();
    let Some(reader) = reader.filter(|_| is_ours) else {
        return Bundle::alone(root);
    };
    if !refers_to_others(&root) {
        return Bundle {
            unresolved: Some(BTreeMap::new()),
            ..Bundle::alone(root)
        };
    }
    let mut search = Search::of(root, reader, sources, diagnostics);
    let reached = std::mem::take(&mut search.reached);
    let reached = reached
        .into_iter()
        .map(|(kind, place)| (kind, search.shelf.in_tree(&place)))
        .collect();
    let unresolved = Some(std::mem::take(&mut search.unresolved));
    let (root, places) = apply::assemble(&mut search);
    Bundle {
        sources: documents(&root).map(|(_, document)| document.origin.source).collect(),
        root,
        places,
        reached,
        unresolved,
    }
}

/// Returns whether something in `node` looks like a reference to another document.
fn refers_to_others(node: &Node) -> bool {
    let is_foreign = |text: &str| !text.starts_with('#');
    match &node.value {
        Value::Object(members) => members.iter().any(|(key, member)| match &member.value {
            Value::String(text) if key == "$ref" => is_foreign(text),
            Value::Object(values) if key == "mapping" => {
                let mut texts = values.values().filter_map(Node::as_str);
                texts.any(|text| is_foreign(text) && text.contains(['#', '/', '.'])) || refers_to_others(member)
            }
            Value::Object(_) | Value::Array(_) => refers_to_others(member),
            _ => false,
        }),
        Value::Array(elements) => elements.iter().any(refers_to_others),
        _ => false,
    }
}
