//! Finds what references lead to.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use indexmap::IndexMap;

use super::faults::{Cost, ReferenceError, noun};
use crate::diagnostic::Diagnostics;
use crate::document::bundle::Bundle;
use crate::document::field::is_always_used;
use crate::document::grammar::containers::Containers;
use crate::document::grammar::standing::{ObjectAt, object_at};
use crate::document::reference::{Fragment, Reference, Resolver, Target};
use crate::document::version::Version;
use crate::document::{FieldUse, Kind, Node, Value, grammar};
use crate::source::Pointer;

/// The component that the target of a reference becomes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Component {
    /// The property of `components`.
    pub(super) section: &'static str,
    /// The name of the component.
    pub(super) name: String,
}

impl Component {
    pub(super) fn reference(&self) -> String {
        Pointer::of(["components", self.section, &self.name]).to_fragment()
    }
}

/// What the references of a document lead to.
pub(super) struct Targets {
    /// The components that the targets in the document that was read become.
    pub(super) components: BTreeMap<Target, Component>,
    /// The targets that the client depends on.
    pub(super) used: BTreeSet<Target>,
}

impl Targets {
    /// Returns whether the client depends on the component at `target`.
    pub(super) fn is_used(&self, target: &Target) -> bool {
        let section = target.pointer().segments().nth(1).unwrap_or_default();
        let is_own = !target.is_foreign();
        (is_own && is_always_used(&section)) || (self.used.contains(target) && section != "examples")
    }
}

/// A search under way.
struct Search<'run> {
    bundle: &'run Bundle,
    document: &'run Node,
    resolver: Resolver<'run>,
    containers: &'run Containers,
    version: Version,
    targets: Targets,
    /// What is wrong with which reference, what that costs, and what is expected there, in the order in which it was found.
    faults: IndexMap<Pointer, (ReferenceError, &'run Node, Cost, Kind)>,
    /// Whether a header of a response, a webhook or a callback is being gone through: no request and no response is lost with it.
    is_apart: bool,
    /// The targets that are used by more than what is apart.
    whole: BTreeSet<Target>,
    /// Targets that are to be gone through, each with whether the client depends on it, and whether it is apart.
    open: VecDeque<(Kind, Target, bool, bool)>,
}

/// Finds the target of every reference of `document`, and reports those that have none.
pub(super) fn find(
    bundle: &Bundle,
    document: &Node,
    containers: &Containers,
    version: Version,
    diagnostics: &mut Diagnostics,
) -> Targets {
    let mut search = Search {
        bundle,
        document,
        resolver: Resolver::new(document),
        containers,
        version,
        targets: Targets {
            components: BTreeMap::new(),
            used: BTreeSet::new(),
        },
        faults: IndexMap::new(),
        is_apart: false,
        whole: BTreeSet::new(),
        open: VecDeque::new(),
    };
    search.visit(Kind::OpenApi, document, &Pointer::root(), true);
    while let Some((kind, target, is_used, is_apart)) = search.open.pop_front() {
        if let Some(node) = search.resolver.node(&target) {
            search.is_apart = is_apart;
            search.visit(kind, node, target.pointer(), is_used);
        }
    }
    let written = Kind::of_document(&bundle.root);
    for (place, (fault, reference, cost, kind)) in search.faults {
        diagnostics.push(fault.diagnostic((document, written), reference, (kind, place), cost));
    }
    search.targets
}

impl<'run> Search<'run> {
    /// Goes through `node`; `is_used` says that the client depends on it.
    fn visit(&mut self, kind: Kind, node: &'run Node, at: &Pointer, is_used: bool) {
        if let Some(reference) = node.get("$ref").filter(|_| kind.may_be_reference()) {
            self.add(kind, reference, at.child("$ref"), is_used);
        }
        if kind == Kind::Schema && self.containers.has(at) {
            for (name, member) in node.as_object().into_iter().flatten() {
                self.visit(Kind::Schema, member, &at.child(name), is_used);
            }
            return;
        }
        if kind == Kind::Discriminator {
            self.add_mapping(node, at, is_used);
        }
        grammar::children(kind, node, |path, child_kind, child| {
            let at = path.iter().fold(at.clone(), |at, segment| at.child(segment));
            let field = path.first().copied().unwrap_or_default();
            let is_read = match kind {
                Kind::Components => is_always_used(field),
                _ => matches!(kind.field(field), Some((_, FieldUse::Used))),
            };
            let is_outside = !self.is_apart;
            let is_header = kind == Kind::Response && child_kind == Kind::Header;
            self.is_apart |= is_header || matches!(child_kind, Kind::Webhook | Kind::Callback);
            self.visit(child_kind, child, &at, is_used && is_read);
            self.is_apart &= !is_outside;
        });
    }

    fn add(&mut self, kind: Kind, reference: &'run Node, place: Pointer, is_used: bool) {
        let (target, component) = match self.target(kind, reference) {
            Ok(found) => found,
            // No document is read for what the client does not depend on.
            Err(_) if !is_used && self.is_left_out(reference) => return,
            Err(fault) => {
                let cost = match (is_used && kind != Kind::Example, self.is_apart) {
                    // Examples are documentation, so nothing depends on them.
                    (false, _) => Cost::None,
                    (true, true) => Cost::Piece,
                    (true, false) => Cost::Request,
                };
                let known = self.faults.entry(place).or_insert((fault, reference, cost, kind));
                known.2 = known.2.max(cost);
                return;
            }
        };
        // Components are gone through where they stand; a target outside of every known field is an object of the
        // document all the same.
        let is_new = self.targets.components.insert(target.clone(), component).is_none() && !is_component(&target);
        let is_newly_whole = is_used && !self.is_apart && self.whole.insert(target.clone());
        let is_newly_used = is_used && self.targets.used.insert(target.clone()) || is_newly_whole;
        if is_new || is_newly_used {
            self.open.push_back((kind, target, is_used, self.is_apart));
        }
    }

    /// Adds the schemas in other documents that the mapping of a discriminator leads to; those of the root document are
    /// components.
    fn add_mapping(&mut self, node: &'run Node, at: &Pointer, is_used: bool) {
        for (value, reference) in node.get("mapping").and_then(Node::as_object).into_iter().flatten() {
            if Reference::target_of(reference).is_some_and(|target| target.is_foreign()) {
                self.add(Kind::Schema, reference, at.child("mapping").child(value), is_used);
            }
        }
    }

    /// Returns whether a reference is as it was written because nothing depends on what it leads to.
    fn is_left_out(&self, reference: &Node) -> bool {
        let is_external = reference
            .as_str()
            .is_some_and(|text| Reference::parse(text).document().is_some());
        self.bundle.unresolved.is_some() && (is_external || self.bundle.is_foreign(reference.origin))
    }

    /// Returns the target of a reference in the place of an object of the kind `kind`, and the component that it becomes.
    fn target(&self, kind: Kind, reference: &Node) -> Result<(Target, Component), ReferenceError> {
        let text = reference.as_str().ok_or(ReferenceError::NoText)?;
        let parsed = Reference::parse(text);
        let unresolved = self
            .bundle
            .unresolved
            .as_ref()
            .and_then(|all| all.get(&reference.origin));
        if let Some(unresolved) = unresolved.filter(|_| self.is_left_out(reference)) {
            return Err(ReferenceError::Unresolved(unresolved.clone()));
        }
        if parsed.document().is_some() {
            return Err(ReferenceError::External(text.to_owned()));
        }
        let target = match parsed.fragment() {
            Fragment::Pointer(pointer) => Target::at(pointer),
            Fragment::Anchor(name) if self.version == Version::V3_1 && kind == Kind::Schema => {
                return Err(ReferenceError::NoAnchor(name.to_owned()));
            }
            Fragment::Anchor(_) | Fragment::Malformed(_) => return Err(ReferenceError::Malformed(text.to_owned())),
        };
        let Some(node) = self.resolver.node(&target) else {
            return Err(ReferenceError::Dangling(target.pointer().clone()));
        };
        let may_stand_for = match &node.value {
            Value::Object(_) => true,
            Value::Bool(_) => kind == Kind::Schema,
            _ => false,
        };
        let found = match object_at(self.document, self.containers, target.pointer()) {
            ObjectAt::Object(found) if found == kind => None,
            // Both are Path Item Objects.
            ObjectAt::Object(Kind::PathItem | Kind::Webhook) if matches!(kind, Kind::PathItem | Kind::Webhook) => None,
            ObjectAt::Object(found) => Some(noun(found)),
            ObjectAt::Other(words) => Some(words.to_owned()),
            ObjectAt::Unknown if may_stand_for => None,
            ObjectAt::Unknown => Some(node.kind().to_owned()),
        };
        if let Some(found) = found {
            let text = if target.is_foreign() {
                target.pointer().address()
            } else {
                text.to_owned()
            };
            return Err(ReferenceError::OtherKind { kind, text, found });
        }
        let section = kind.component().unwrap_or("schemas");
        if target.is_foreign() {
            // The names of all of them are decided together.
            let name = target.pointer().to_string();
            return Ok((target, Component { section, name }));
        }
        let segments: Vec<String> = target.pointer().segments().collect();
        let name = match segments.as_slice() {
            [components, found, name @ ..] if components == "components" && found == section => name.join("/"),
            other => other.join("/"),
        };
        Ok((target, Component { section, name }))
    }
}

/// Returns whether the target is at `/components/<kind>/<name>`.
pub(super) fn is_component(target: &Target) -> bool {
    let segments: Vec<String> = target.pointer().segments().collect();
    match segments.as_slice() {
        [components, section, _] => components == "components" && Kind::Components.field(section).is_some(),
        _ => false,
    }
}
