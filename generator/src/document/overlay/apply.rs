//! Applies the actions of an overlay, one after the other.

use std::collections::BTreeSet;

use serde_json_path::PathElement;

use super::merge::{Conflict, ValueKind, has_already, merge_selected};
use super::{Action, Change, Changes, Effect, Miss, Overlay, Query, Version};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::read::MAX_DEPTH;
use crate::document::{Node, Value};
use crate::source::{Origin, Pointer};

/// How many nodes an overlay may add: a few `copy` actions can double a document each.
const GROWTH: usize = 1_000_000;

pub(super) fn apply(overlay: &Overlay, document: &mut Node, miss: Miss, diagnostics: &mut Diagnostics) -> Changes {
    let mut run = Run {
        copies: latest_copy(document),
        version: overlay.version,
        document,
        json: None,
        growth: GROWTH,
        miss,
        diagnostics,
    };
    Changes {
        actions: overlay.actions.iter().map(|action| run.action(action)).collect(),
    }
}

struct Run<'run> {
    version: Version,
    /// The number of the latest copy of a node.
    copies: u32,
    document: &'run mut Node,
    /// The document as queries see it; kept up to date, because making it anew costs time.
    json: Option<serde_json::Value>,
    /// How many more nodes may be added.
    growth: usize,
    miss: Miss,
    diagnostics: &'run mut Diagnostics,
}

/// The way to a node that a query selected.
///
/// In descending order, what is inside of a node comes before the node, and later elements of an
/// array before earlier ones, so that removing in this order keeps the ways that are left valid.
type NodePath = Vec<PathSegment>;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum PathSegment {
    Element(usize),
    Property(String),
}

fn pointer_of(node_path: &[PathSegment]) -> Pointer {
    node_path.iter().fold(Pointer::root(), |pointer, step| match step {
        PathSegment::Element(index) => pointer.element(*index),
        PathSegment::Property(key) => pointer.child(key),
    })
}

impl Run<'_> {
    fn action(&mut self, action: &Action) -> Change {
        let selected = self.select(&action.target);
        let mut change = Change {
            matched: selected.len(),
            ..Change::default()
        };
        if selected.is_empty() {
            self.miss(&action.target);
            return change;
        }
        match &action.effect {
            Effect::Nothing => {}
            Effect::Remove => change.removed = self.remove(&action.target, &selected),
            Effect::Update { value, pointer } => {
                let conflict = |conflict: Conflict<'_>| {
                    let pointer = conflict
                        .node_path
                        .segments()
                        .fold(pointer.clone(), |node_path, key| node_path.child(&key));
                    conflicting(&conflict, conflict.value.origin, pointer)
                };
                self.report_needless(&action.target, &selected, value);
                change.updated = self.merge(&action.target, &selected, value, &conflict);
            }
            Effect::Copy(query) => {
                if let Some(value) = self.copied(query) {
                    let conflict = |conflict: Conflict<'_>| {
                        conflicting(&conflict, query.origin, query.pointer.clone())
                            .with_related(conflict.value.origin, format!("it copies {}", conflict.value.kind()))
                    };
                    change.copied = self.merge(&action.target, &selected, &value, &conflict);
                }
            }
        }
        change
    }

    /// Returns the ways to what a query selects, each once: nodelists may hold a node several times
    /// ([RFC 9535 §2.1.2](https://www.rfc-editor.org/rfc/rfc9535#section-2.1.2)).
    fn select(&mut self, query: &Query) -> BTreeSet<NodePath> {
        let json = self.json.get_or_insert_with(|| self.document.to_json());
        let step = |element: &PathElement<'_>| match element {
            PathElement::Name(key) => PathSegment::Property((*key).to_owned()),
            PathElement::Index(index) => PathSegment::Element(*index),
        };
        query
            .path
            .query_located(json)
            .locations()
            .map(|location| location.iter().map(step).collect())
            .collect()
    }

    fn miss(&mut self, target: &Query) {
        let (place, pointer) = (target.origin, target.pointer.clone());
        let message = format!("`{}` matches nothing in the document", target.text);
        let diagnostic = match self.miss {
            Miss::Error => Diagnostic::error("overlay-target-unmatched", place, pointer, message),
            Miss::Warning => Diagnostic::warning("overlay-target-unmatched", place, pointer, message),
            Miss::Ignore => return,
        };
        self.diagnostics.push(diagnostic.with_help(
            "the error that this action corrects may be fixed: then remove the action;\n\
             otherwise correct the target",
        ));
    }

    /// Reports an `update` of what has everything that it would give.
    fn report_needless(&mut self, target: &Query, selected: &BTreeSet<NodePath>, value: &Node) {
        let document = &*self.document;
        let has_it = |node_path: &NodePath| {
            let node = pointer_of(node_path).follow(document);
            node.is_some_and(|node| has_already(node, value))
        };
        if selected.iter().all(has_it) {
            let message = "this action changes nothing: the document has what it adds";
            self.diagnostics.push(
                Diagnostic::warning("overlay-needless", target.origin, target.pointer.clone(), message)
                    .with_help("remove the action"),
            );
        }
    }

    /// Removes the selected nodes and returns how many.
    fn remove(&mut self, target: &Query, selected: &BTreeSet<NodePath>) -> usize {
        let mut removed = 0;
        let mut holders = BTreeSet::new();
        for node_path in selected.iter().rev() {
            let Some((last, holder)) = node_path.split_last() else {
                self.diagnostics.push(
                    Diagnostic::error(
                        "overlay-root",
                        target.origin,
                        target.pointer.clone(),
                        "the whole document cannot be removed",
                    )
                    .with_help("select something inside of the document"),
                );
                continue;
            };
            let holder = pointer_of(holder);
            let gone = match (holder.follow_mut(self.document).map(|node| &mut node.value), last) {
                (Some(Value::Object(members)), PathSegment::Property(key)) => members.shift_remove(key).is_some(),
                (Some(Value::Array(elements)), PathSegment::Element(index)) if *index < elements.len() => {
                    elements.remove(*index);
                    true
                }
                _ => false,
            };
            removed += usize::from(gone);
            holders.insert(holder);
        }
        // A holder may have gone with its own holder, which is in the set too and comes first.
        for holder in &holders {
            self.refresh(holder);
        }
        removed
    }

    /// Merges `value` into the selected nodes and returns into how many.
    fn merge(
        &mut self,
        target: &Query,
        selected: &BTreeSet<NodePath>,
        value: &Node,
        report: &dyn Fn(Conflict<'_>) -> Diagnostic,
    ) -> usize {
        if !self.may_merge(target, selected) || !self.has_room(target, selected, value) {
            return 0;
        }
        let mut merged = 0;
        for node_path in selected {
            let pointer = pointer_of(node_path);
            let Some(node) = pointer.follow_mut(self.document) else {
                continue;
            };
            // What is found at fault later stands in one place alone.
            self.copies = self.copies.saturating_add(1);
            let mut value = value.clone();
            number(&mut value, self.copies);
            let mut conflicts = Vec::new();
            merge_selected(node, &value, &mut conflicts);
            merged += usize::from(conflicts.is_empty());
            for conflict in conflicts {
                self.diagnostics.push(report(conflict));
            }
            self.refresh(&pointer);
        }
        merged
    }

    /// Checks the kinds of what an `update` or `copy` selected.
    ///
    /// 1.0 has objects and arrays only; 1.1 has primitives too, but all nodes must be of one kind.
    fn may_merge(&mut self, target: &Query, selected: &BTreeSet<NodePath>) -> bool {
        let document = &*self.document;
        let nodes: Vec<&Node> = selected
            .iter()
            .filter_map(|node_path| pointer_of(node_path).follow(document))
            .collect();
        let Some(first) = nodes.first() else {
            return false;
        };
        let (odd, message, help) = match self.version {
            Version::V1_0 => (
                nodes.iter().find(|node| ValueKind::of(node) == ValueKind::Primitive),
                format!(
                    "`{}` selects a value that is neither an object nor an array",
                    target.text
                ),
                "update the object that contains the value, or write `overlay: 1.1.0`",
            ),
            Version::V1_1 => (
                nodes.iter().find(|node| ValueKind::of(node) != ValueKind::of(first)),
                format!("`{}` selects nodes of different types", target.text),
                "write one action for each type: objects, arrays, and other values",
            ),
        };
        let Some(odd) = odd else { return true };
        let mut diagnostic = Diagnostic::error("overlay-target", target.origin, target.pointer.clone(), message)
            .with_related(odd.origin, format!("it selects {} here", odd.kind()))
            .with_help(help);
        if self.version == Version::V1_1 {
            diagnostic = diagnostic.with_related(first.origin, format!("it selects {} here", first.kind()));
        }
        self.diagnostics.push(diagnostic);
        false
    }

    /// Checks that the document stays within the limits that reading sets.
    fn has_room(&mut self, target: &Query, selected: &BTreeSet<NodePath>, value: &Node) -> bool {
        let (size, depth) = extent(value);
        let deepest = selected.iter().map(Vec::len).max().unwrap_or_default() + depth;
        let left = size
            .checked_mul(selected.len())
            .and_then(|added| self.growth.checked_sub(added));
        let (code, message, help) = match left {
            Some(left) if deepest <= MAX_DEPTH => {
                self.growth = left;
                return true;
            }
            Some(_) => (
                "too-deep",
                format!("this action would nest lists and maps more than {MAX_DEPTH} levels deep"),
                "move inner schemas to `components/schemas` and refer to them with `$ref`",
            ),
            None => (
                "overlay-too-large",
                format!("up to this action the overlay adds more than {GROWTH} nodes"),
                "select less, or copy less; use `$ref` for repeated parts",
            ),
        };
        self.diagnostics
            .push(Diagnostic::error(code, target.origin, target.pointer.clone(), message).with_help(help));
        false
    }

    /// Returns the one node that a `copy` selects, as it is before the action.
    fn copied(&mut self, query: &Query) -> Option<Node> {
        let selected = self.select(query);
        match selected.first() {
            Some(node_path) if selected.len() == 1 => pointer_of(node_path).follow(self.document).cloned(),
            _ => {
                let message = format!(
                    "`{}` selects {} nodes; `copy` needs exactly one",
                    query.text,
                    selected.len()
                );
                self.diagnostics.push(
                    Diagnostic::error("overlay-copy", query.origin, query.pointer.clone(), message)
                        .with_help("select the one node to copy"),
                );
                None
            }
        }
    }

    /// Brings the part of `json` up to date that shows the node at `pointer`.
    fn refresh(&mut self, pointer: &Pointer) {
        let Some(json) = &mut self.json else { return };
        if let (Some(shown), Some(node)) = (json.pointer_mut(pointer.as_str()), pointer.follow(self.document)) {
            *shown = node.to_json();
        }
    }
}

/// Reports two nodes that cannot be merged at the node that should have been merged.
fn conflicting(conflict: &Conflict<'_>, at: Origin, pointer: Pointer) -> Diagnostic {
    // The overlay has the node once, however many places it was to go to.
    let at = Origin { copy: 0, ..at };
    let ((place, target), value) = (conflict.target, conflict.value.kind());
    let help = if matches!(conflict.value.value, Value::Null) {
        "a key without a value is null: remove the key, or give it a value"
    } else {
        "remove the node in a separate action, then update the object that contains it"
    };
    Diagnostic::error(
        "overlay-merge",
        at,
        pointer,
        format!("{value} cannot be merged into {target}"),
    )
    .with_related(place, format!("{target} in the document"))
    .with_help(help)
}

/// Returns the number of the latest copy of a node that a document has.
fn latest_copy(node: &Node) -> u32 {
    let inner: u32 = match &node.value {
        Value::Array(elements) => elements.iter().map(latest_copy).max().unwrap_or_default(),
        Value::Object(members) => members.values().map(latest_copy).max().unwrap_or_default(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    };
    inner.max(node.origin.copy)
}

/// Gives a value and all in it the number of a copy.
fn number(node: &mut Node, copy: u32) {
    node.origin.copy = copy;
    match &mut node.value {
        Value::Array(elements) => elements.iter_mut().for_each(|element| number(element, copy)),
        Value::Object(members) => members.values_mut().for_each(|member| number(member, copy)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Returns how many nodes a value has, and how many levels.
fn extent(node: &Node) -> (usize, usize) {
    let children: Vec<(usize, usize)> = match &node.value {
        Value::Array(elements) => elements.iter().map(extent).collect(),
        Value::Object(members) => members.values().map(extent).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return (1, 0),
    };
    children
        .iter()
        .fold((1, 1), |(size, depth), child| (size + child.0, depth.max(child.1 + 1)))
}
