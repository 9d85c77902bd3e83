//! Mends a document with an `OpenAPI` Overlay, versions
//! [1.0](https://spec.openapis.org/overlay/v1.0.0.html) and
//! [1.1](https://spec.openapis.org/overlay/v1.1.0.html).
//!
//! Where 1.0 is silent, 1.1 holds. Where 1.0 says what no tool does, and what its own examples do
//! not follow, the tools hold: a primitive may be removed, and an array that updates an array is
//! appended element by element.

mod apply;
mod merge;
mod parse;
#[cfg(test)]
mod tests;

use std::fmt;

use serde_json_path::JsonPath;

use super::Node;
use crate::diagnostic::Diagnostics;
use crate::source::{Origin, Pointer};

/// An overlay document that was found valid.
#[derive(Debug)]
pub struct Overlay {
    version: Version,
    extends: Option<String>,
    actions: Vec<Action>,
}

/// What an action that matches nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Miss {
    /// An error: the fault that it corrects is gone, or was never there.
    Error,
    /// A warning: the document is a new version, for which the overlay is not written yet.
    Warning,
    /// Nothing, as the standard says
    /// ([Overlay 1.1, Action Object](https://spec.openapis.org/overlay/v1.1.0.html#action-object)).
    Ignore,
}

/// What an overlay did to a document; shown, it is one line for a log.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    /// One per action, in order.
    pub actions: Vec<Change>,
}

/// What one action did, in nodes of the document.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// How many its target selected.
    pub matched: usize,
    /// How many of these `update` was merged into.
    pub updated: usize,
    /// How many of these were removed.
    pub removed: usize,
    /// How many of these the node of `copy` was merged into.
    pub copied: usize,
}

/// The version of the standard that an overlay follows, without its patch number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    V1_0,
    V1_1,
}

#[derive(Debug)]
struct Action {
    target: Query,
    effect: Effect,
}

#[derive(Debug)]
enum Effect {
    Nothing,
    Remove,
    Update { value: Node, pointer: Pointer },
    Copy(Query),
}

/// A `JSONPath` query ([RFC 9535](https://www.rfc-editor.org/rfc/rfc9535)), and where the overlay has it.
#[derive(Debug)]
struct Query {
    text: String,
    path: JsonPath,
    origin: Origin,
    pointer: Pointer,
}

impl Overlay {
    /// Checks an overlay document.
    ///
    /// Returns `None`, and reports what is wrong, unless the document is valid by the standard's own
    /// schema and each of its queries is one.
    pub fn parse(node: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        parse::parse(node, diagnostics)
    }

    /// Returns the URI of the document that the overlay is for, when it names one.
    #[must_use]
    pub fn extends(&self) -> Option<&str> {
        self.extends.as_deref()
    }

    /// Applies the actions to `document`, each to what the one before it left.
    ///
    /// An action that cannot be applied is reported and omitted. Nodes that the overlay brings in
    /// keep their places in the overlay.
    pub fn apply(&self, document: &mut Node, miss: Miss, diagnostics: &mut Diagnostics) -> Changes {
        apply::apply(self, document, miss, diagnostics)
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = |count: fn(&Change) -> usize| self.actions.iter().map(count).sum::<usize>();
        write!(
            formatter,
            "{} of {} actions matched {} nodes: {} updated, {} removed, {} copied to",
            self.actions.iter().filter(|change| change.matched > 0).count(),
            self.actions.len(),
            sum(|change| change.matched),
            sum(|change| change.updated),
            sum(|change| change.removed),
            sum(|change| change.copied),
        )
    }
}
