//! What every part of lowering has: the document, and where errors and losses are reported.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::diagnostic::{At, Diagnostic, Diagnostics};
use crate::document::{Kind, Node, Note, Resolver};
use crate::lower::examples;
use crate::model::Docs;
use crate::source::{Origin, Pointer};

/// Something of the document that the crate does not express.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Degraded {
    /// The node that holds the keyword.
    pub origin: Origin,
    /// The keyword.
    pub keyword: String,
    /// What happens instead.
    pub reason: String,
    /// The origin of the keyword, or of the node if it lacks the keyword.
    pub place: Origin,
    /// Whether a diagnostic reports it.
    pub is_reported: bool,
    /// Whether nothing is lost: the keyword has no effect, or is redundant.
    pub is_ignored: bool,
}

impl From<Note> for Degraded {
    fn from(note: Note) -> Self {
        Self {
            origin: note.origin,
            keyword: note.keyword,
            reason: note.reason.to_owned(),
            place: note.place,
            is_reported: false,
            is_ignored: note.is_ignored,
        }
    }
}

/// The normalised document, its diagnostics and its ledger lines.
pub(in crate::lower) struct Context<'run> {
    pub(in crate::lower) root: &'run Node,
    pub(in crate::lower) degraded: Vec<Degraded>,
    diagnostics: &'run mut Diagnostics,
}

impl<'run> Context<'run> {
    pub(in crate::lower) fn new(root: &'run Node, diagnostics: &'run mut Diagnostics) -> Self {
        Self {
            root,
            degraded: Vec::new(),
            diagnostics,
        }
    }

    /// Returns the target of a `$ref` of the normalised document.
    pub(in crate::lower) fn target(&self, reference: &str) -> Option<(&'run Node, Pointer)> {
        let (target, node) = Resolver::new(self.root).follow(reference)?;
        Some((node, target.pointer().clone()))
    }

    /// Follows `node`, an object of the kind `kind` at `pointer`, through references to others of its kind.
    ///
    /// If the result still is a reference, it is dangling or its target is another kind of object, which was reported.
    pub(in crate::lower) fn follow(&self, kind: Kind, node: &'run Node, pointer: Pointer) -> (&'run Node, Pointer) {
        let section = Pointer::of(["components", kind.component().unwrap_or_default()]);
        let mut found = (node, pointer);
        // Reference cycles were reported; the set is for documents with errors.
        let mut seen = BTreeSet::new();
        while seen.insert(NodeId(found.0)) {
            let reference = found.0.get("$ref").and_then(Node::as_str);
            match reference.and_then(|reference| self.target(reference)) {
                Some(next) if next.1.starts_with(&section) => found = next,
                _ => break,
            }
        }
        found
    }

    /// Returns the object of the kind `kind` that `node` is or refers to, as [`Self::follow`] finds it.
    pub(in crate::lower) fn object(&self, kind: Kind, node: &'run Node) -> &'run Node {
        self.follow(kind, node, Pointer::root()).0
    }

    /// Follows a node through references until it is none.
    pub(in crate::lower) fn resolve(&self, node: &'run Node) -> &'run Node {
        let mut node = node;
        // Reference cycles were reported; the set is for documents with errors.
        let mut seen = BTreeSet::new();
        while let Some(target) = self.referred(node).filter(|_| seen.insert(NodeId(node))) {
            node = target;
        }
        node
    }

    /// Returns the target of the `$ref` of `node`.
    pub(in crate::lower) fn referred(&self, node: &Node) -> Option<&'run Node> {
        let reference = node.get("$ref").and_then(Node::as_str)?;
        self.target(reference).map(|(target, _)| target)
    }

    /// Returns the annotations of a use of the schema `node`, including `readOnly`, `writeOnly` and `default` of a
    /// referenced component.
    pub(in crate::lower) fn docs_of_use(&self, node: &'run Node) -> Docs {
        let (own, target) = (docs(node), self.resolve(node));
        let of_target = docs(target);
        Docs {
            read_only: own.read_only || of_target.read_only,
            write_only: own.write_only || of_target.write_only,
            default: own.default.or(of_target.default),
            // A long one is shown with the type.
            examples: own
                .examples
                .iter()
                .filter(|example| example.is_inline())
                .cloned()
                .collect::<Vec<_>>()
                .into(),
            ..own
        }
    }

    /// Returns the annotations of `node`. Without a description they have the examples of the first of `holders` that has
    /// any, or else those of the schema.
    pub(in crate::lower) fn docs_with_examples(
        &self,
        node: &'run Node,
        holders: [Option<&'run Node>; 2],
        schema: Option<&'run Node>,
    ) -> Docs {
        let docs = docs(node);
        if !docs.text.is_empty() {
            return docs;
        }
        let of_holders = holders.into_iter().flatten().map(|holder| self.examples_of(holder));
        let of_schema = schema.map(|schema| examples::of_schema(self.resolve(schema)));
        let mut found = of_holders.chain(of_schema).filter(|examples| !examples.is_empty());
        let examples = found.next().unwrap_or_default();
        Docs {
            examples: examples.into(),
            ..docs
        }
    }

    /// Records that `keyword` of `node` is not supported.
    pub(in crate::lower) fn degrade(&mut self, node: &Node, keyword: &str, reason: impl Into<String>) {
        self.note(node, keyword, reason.into(), false);
    }

    /// Records that `keyword` of `node` has no effect.
    pub(in crate::lower) fn ignore(&mut self, node: &Node, keyword: &str, reason: impl Into<String>) {
        self.note(node, keyword, reason.into(), true);
    }

    fn note(&mut self, node: &Node, keyword: &str, reason: String, is_ignored: bool) {
        self.degraded.push(Degraded {
            origin: node.origin,
            keyword: keyword.to_owned(),
            reason,
            place: node.get(keyword).map_or(node.origin, |value| value.origin.key()),
            is_reported: false,
            is_ignored,
        });
    }

    /// Returns how much was reported and recorded so far.
    pub(in crate::lower) fn mark(&self) -> Mark {
        Mark {
            degraded: self.degraded.len(),
            diagnostics: self.diagnostics.len(),
        }
    }

    /// Moves what was reported and recorded since `mark` to `aside`: it is of what the crate may not have.
    pub(in crate::lower) fn set_aside(&mut self, mark: Mark, aside: &mut SetAside) {
        aside.degraded.extend(self.degraded.drain(mark.degraded..));
        aside.diagnostics.extend(self.diagnostics.split_off(mark.diagnostics));
    }

    /// Reports and records what was set aside of the nodes with these origins, and drops the rest.
    pub(in crate::lower) fn restore(&mut self, aside: SetAside, origins: &BTreeSet<Origin>) {
        let degraded = aside.degraded.into_iter();
        self.degraded
            .extend(degraded.filter(|degraded| origins.contains(&degraded.origin)));
        for diagnostic in aside.diagnostics {
            if matches!(diagnostic.at, At::Node(origin) if origins.contains(&origin)) {
                self.report(diagnostic);
            }
        }
    }

    pub(in crate::lower) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// How much was reported and recorded at a time.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Mark {
    degraded: usize,
    diagnostics: usize,
}

/// What was reported and recorded of operations that are not selected.
#[derive(Default)]
pub(in crate::lower) struct SetAside {
    degraded: Vec<Degraded>,
    diagnostics: Vec<Diagnostic>,
}

/// The identity of a node, as a key: its address.
///
/// It borrows the node for as long as the key exists, so no other node can get the same address.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct NodeId<'run>(pub(in crate::lower) &'run Node);

impl PartialEq for NodeId<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for NodeId<'_> {}

impl PartialOrd for NodeId<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NodeId<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        std::ptr::from_ref(self.0).cmp(&std::ptr::from_ref(other.0))
    }
}

/// Returns the annotations of `node`.
///
/// The pointer is filled in at the end, when origins are turned into pointers.
pub(in crate::lower) fn docs(node: &Node) -> Docs {
    let text = |key| {
        node.get(key)
            .and_then(Node::as_str)
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let is_set = |keyword| node.get(keyword).and_then(Node::as_bool) == Some(true);
    Docs {
        title: text("title").into(),
        text: text("description").into(),
        origin: Some(node.origin).into(),
        pointer: Pointer::root().into(),
        deprecated: is_set("deprecated"),
        read_only: is_set("readOnly"),
        write_only: is_set("writeOnly"),
        default: node.get("default").map(ToString::to_string),
        examples: if text("description").is_empty() {
            examples::of_schema(node).into()
        } else {
            Vec::new().into()
        },
    }
}
