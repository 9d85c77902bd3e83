//! Puts the documents of a run into one tree.

use std::collections::{BTreeMap, BTreeSet};

use super::places::{Place, Places};
use super::search::{Edits, Search};
use crate::diagnostic::Diagnostic;
use crate::document::{Node, Object, Value};
use crate::source::{DOCUMENTS, Pointer};

/// How deep the tree may be, as deep as one text.
const MOST_LEVELS: usize = 127;

/// How many nodes copies may add: a few references to references can stand for more than there is memory.
const MOST_COPIED: usize = 1_000_000;

/// A chain of more copies than this, each within the one before it, is of no use.
const MOST_WITHIN: usize = 64;

/// Why an object does not take the place of the reference to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Circle,
    TooMuch,
    /// It lay in what another copy took the place of.
    Gone,
}

/// The trees of all documents, while they become one.
struct Assembly {
    trees: Vec<Node>,
    edits: Edits,
    settled: BTreeMap<Place, Result<(), Refused>>,
    copied: usize,
    refused: Vec<(Place, Refused)>,
}

/// Returns the root document with the others in it, and what stands elsewhere than it was read.
pub(super) fn assemble(search: &mut Search<'_>) -> (Node, Places) {
    let in_tree: Vec<Pointer> = (0..search.shelf.documents.len())
        .map(|document| {
            search.shelf.in_tree(&Place {
                document,
                pointer: Pointer::root(),
            })
        })
        .collect();
    let address = |place: &Place| in_tree[place.document].join(&place.pointer);
    let documents = std::mem::take(&mut search.shelf.documents);
    let (names, nodes): (Vec<String>, Vec<_>) = documents
        .into_iter()
        .map(|document| (document.name, document.node))
        .unzip();
    // Nothing else holds them by now.
    let trees = nodes.into_iter().map(std::rc::Rc::unwrap_or_clone).collect();
    let mut assembly = Assembly {
        trees,
        edits: std::mem::take(&mut search.edits),
        settled: BTreeMap::new(),
        copied: 0,
        refused: Vec::new(),
    };
    for (place, target) in std::mem::take(&mut assembly.edits.rewritten) {
        if let Some(text) = place.pointer.follow_mut(&mut assembly.trees[place.document]) {
            text.value = Value::String(address(&target).to_fragment());
        }
    }
    for place in std::mem::take(&mut assembly.edits.emptied) {
        if let Some(text) = place.pointer.follow_mut(&mut assembly.trees[place.document]) {
            text.value = Value::String(String::new());
        }
    }
    let places: Vec<Place> = assembly.edits.copied.keys().cloned().collect();
    for place in &places {
        // What is refused is reported below.
        let _ = assembly.settle(place, 0);
    }
    for (place, refused) in std::mem::take(&mut assembly.refused) {
        let text = place.pointer.child("$ref").follow(&assembly.trees[place.document]);
        if let Some(text) = text {
            let diagnostic = refused.diagnostic(text, address(&place).child("$ref"));
            search.shelf.diagnostics.push(diagnostic);
        }
    }
    let copied = assembly.edits.copied.iter();
    let copied = copied.filter(|(place, _)| assembly.settled.get(*place) == Some(&Ok(())));
    let places = Places {
        copied: copied
            .map(|(place, target)| (address(place), address(target)))
            .collect(),
    };
    (join(assembly.trees, names), places)
}

/// Puts the other documents into the tree of the first.
fn join(trees: Vec<Node>, names: Vec<String>) -> Node {
    let mut trees = trees.into_iter();
    let mut root = trees.next().unwrap_or_else(|| unreachable!("there is a root document"));
    let others: Object = names.into_iter().skip(1).zip(trees).collect();
    let all = Node::synthesized(root.origin, Value::Object(others));
    if let Some(members) = root.as_object_mut() {
        members.insert(DOCUMENTS.to_owned(), all);
    }
    root
}

impl Assembly {
    /// Puts what the reference at `place` leads to in its place, after the same was done within that.
    ///
    /// `within` is how many places wait for this one.
    fn settle(&mut self, place: &Place, within: usize) -> Result<(), Refused> {
        if let Some(known) = self.settled.get(place) {
            return *known;
        }
        // A place that is come upon again before it is settled is part of a circle.
        self.settled.insert(place.clone(), Err(Refused::Circle));
        let outcome = self.copy(place, within);
        self.settled.insert(place.clone(), outcome);
        if let Err(refused) = outcome {
            self.refused.push((place.clone(), refused));
        }
        outcome
    }

    fn copy(&mut self, place: &Place, within: usize) -> Result<(), Refused> {
        if within > MOST_WITHIN {
            return Err(Refused::TooMuch);
        }
        let target = self.edits.copied.get(place).cloned().ok_or(Refused::Gone)?;
        let inner = self.edits.copied.range(&target..);
        let inner = inner.take_while(|(inner, _)| {
            inner.document == target.document && inner.pointer.as_str().starts_with(target.pointer.as_str())
        });
        let inner = inner.filter(|(inner, _)| inner.pointer.starts_with(&target.pointer));
        let inner: BTreeSet<Place> = inner.map(|(inner, _)| inner.clone()).collect();
        for inner in &inner {
            self.settle(inner, within + 1)?;
        }
        let node = target.pointer.follow(&self.trees[target.document]).cloned();
        let node = node.ok_or(Refused::Gone)?;
        let (levels, nodes) = measure(&node);
        self.copied += nodes;
        if place.pointer.segments().count() + levels > MOST_LEVELS || self.copied > MOST_COPIED {
            return Err(Refused::TooMuch);
        }
        if let Some(left) = place.pointer.follow_mut(&mut self.trees[place.document]) {
            *left = node;
        }
        Ok(())
    }
}

/// Returns how many levels a tree has, and how many nodes.
fn measure(node: &Node) -> (usize, usize) {
    let add = |(levels, nodes): (usize, usize), inner: &Node| {
        let (inner_levels, inner_nodes) = measure(inner);
        (levels.max(inner_levels), nodes + inner_nodes)
    };
    let (levels, nodes) = match &node.value {
        Value::Object(members) => members.values().fold((0, 0), add),
        Value::Array(elements) => elements.iter().fold((0, 0), add),
        _ => (0, 0),
    };
    (levels + 1, nodes + 1)
}

impl Refused {
    fn diagnostic(self, text: &Node, pointer: Pointer) -> Diagnostic {
        let (code, message, help) = match self {
            Self::Circle => (
                "reference-cycle",
                format!("the reference {text} stands where the object itself belongs, and leads back to itself"),
                "write the object itself",
            ),
            Self::TooMuch => (
                "external-reference",
                format!("the reference {text} stands for more than can be put in its place"),
                "the specification has no reference there; write the object itself",
            ),
            Self::Gone => (
                "dangling-reference",
                format!("dangling reference: what {text} leads to lies in an object that is itself a reference"),
                "the specification has no reference there; write the object itself",
            ),
        };
        Diagnostic::error(code, text.origin, pointer, message)
            .with_help(help)
            .with_safe_reading()
    }
}
