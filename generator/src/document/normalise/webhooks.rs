//! Finds the schemas that the server sends: those of webhooks and callbacks.

use std::collections::{BTreeMap, BTreeSet};

use super::search::Component;
use crate::document::reference::{Reference, Resolver, Target};
use crate::document::{Kind, Node, grammar};
use crate::source::Pointer;

/// A walk under way.
struct Walk<'run> {
    components: &'run BTreeMap<Target, Component>,
    /// The targets that were found.
    seen: BTreeSet<Target>,
    /// Targets outside of `components/schemas`, which are to be gone through.
    open: Vec<(Kind, Target)>,
    /// The names of the schemas.
    found: BTreeSet<String>,
}

/// Returns the names of the components of the section `schemas` that webhooks and callbacks refer to, directly or
/// through components of other sections.
///
/// `components` has what each target in `document` becomes. Of a reference into a schema, the name is that of the
/// component that the target would become.
pub(super) fn schemas(document: &Node, components: &BTreeMap<Target, Component>) -> BTreeSet<String> {
    let mut walk = Walk {
        components,
        seen: BTreeSet::new(),
        open: Vec::new(),
        found: BTreeSet::new(),
    };
    walk.outside(Kind::OpenApi, document);
    let resolver = Resolver::new(document);
    while let Some((kind, target)) = walk.open.pop() {
        if let Some(node) = resolver.node(&target) {
            walk.inside(kind, node);
        }
    }
    walk.found
}

impl Walk<'_> {
    /// Goes through what is not part of a webhook or callback, and into those.
    fn outside(&mut self, kind: Kind, node: &Node) {
        grammar::children(kind, node, |path, child_kind, child| {
            let is_webhook = kind == Kind::OpenApi && path.first() == Some(&"webhooks");
            if is_webhook || child_kind == Kind::Callback {
                self.inside(child_kind, child);
            } else if child_kind != Kind::Schema {
                self.outside(child_kind, child);
            }
        });
    }

    /// Goes through what is part of a webhook or callback.
    fn inside(&mut self, kind: Kind, node: &Node) {
        let reference = node.get("$ref").filter(|_| kind.may_be_reference());
        if let Some(target) = reference.and_then(Reference::target_of)
            && self.seen.insert(target.clone())
        {
            let component = self.components.get(&target).filter(|_| kind == Kind::Schema);
            self.found.extend(component.map(|component| component.name.clone()));
            if !target.pointer().starts_with(&Pointer::of(["components", "schemas"])) {
                self.open.push((kind, target));
            }
        }
        grammar::children(kind, node, |_, kind, child| self.inside(kind, child));
    }
}
