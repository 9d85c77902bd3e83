//! Visits the schemas that apply to the same value, with cycle detection.

use std::collections::BTreeSet;

use crate::document::keywords::{self, Annotates, Applies, COMPOSITIONS, Class, Keyword, UNIONS};
use crate::document::{Node, Object, Value};
use crate::lower::context::{Context, NodeId};
use crate::lower::schemas::all_of::only_reference;
use crate::lower::schemas::json_types::list;

impl<'run> Context<'run> {
    /// Returns `node` and all schemas that apply together with it, by `allOf` and by reference. Base schemas come
    /// first.
    ///
    /// Each comes once: one that builds on itself adds nothing.
    pub(in crate::lower) fn parts(&self, node: &'run Node) -> Vec<&'run Node> {
        self.parts_by(node, |_| true)
    }

    /// Returns the same, but follows a reference only if `enters` returns true for its target.
    fn parts_by(&self, node: &'run Node, enters: impl Fn(&'run Node) -> bool) -> Vec<&'run Node> {
        let (mut parts, mut seen) = (Vec::new(), BTreeSet::from([NodeId(node)]));
        let mut stack = vec![(node, false)];
        while let Some((node, is_left)) = stack.pop() {
            if is_left {
                parts.push(node);
                continue;
            }
            stack.push((node, true));
            let listed = list(node, "allOf").iter().filter(|part| part.as_object().is_some());
            stack.extend(listed.rev().map(|part| (part, false)));
            let target = self.referred(node).filter(|target| target.as_object().is_some());
            let target = target.filter(|target| enters(target) && seen.insert(NodeId(target)));
            stack.extend(target.map(|target| (target, false)));
        }
        parts
    }

    /// Returns whether `node` is a subschema of the union of `holder`, or of a union among these subschemas. A child
    /// that refers to the parent which lists it is one.
    pub(in crate::lower) fn is_listed_in(&self, node: &'run Node, holder: &'run Node) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![holder];
        while let Some(holder) = open.pop() {
            if !seen.insert(NodeId(holder)) {
                continue;
            }
            for part in inline_parts(holder) {
                for subschema in UNIONS.iter().flat_map(|keyword| list(part, keyword)) {
                    let subschema = self.resolve(subschema);
                    if subschema.origin == node.origin {
                        return true;
                    }
                    open.push(subschema);
                }
            }
        }
        false
    }

    /// Returns `node` without the unions in its `allOf`. A reference to a schema with a union is expanded.
    pub(in crate::lower) fn without_unions(&self, node: &'run Node) -> Node {
        let left_out = |key: &str, part: &Node| match key {
            "$ref" => self.referred(part).is_some_and(|target| self.has_union(target)),
            key => keywords::is(key, is_left_with_unions),
        };
        let parts = self.parts_by(node, |target| self.has_union(target)).into_iter();
        let mut parts: Vec<Node> = parts
            .map(|part| {
                let members = part.as_object().into_iter().flatten();
                let rest = members.filter(|(key, _)| !left_out(key, part));
                let rest: Object = rest.map(|(key, value)| (key.clone(), value.clone())).collect();
                Node::new(part.origin, Value::Object(rest))
            })
            .filter(|part| part.as_object().is_some_and(|members| !members.is_empty()))
            .collect();
        if let [_] = parts.as_slice()
            && let Some(only) = parts.pop()
        {
            return only;
        }
        let list = Node::new(node.origin, Value::Array(parts));
        Node::synthesized(
            node.origin,
            Value::Object(Object::from_iter([("allOf".to_owned(), list)])),
        )
    }

    /// Returns the reference that `node` is, or only narrows. A child with only a reference to its parent is not an
    /// alias of the parent, if the parent lists the child in its union.
    pub(in crate::lower) fn sole_reference(&self, node: &'run Node) -> Option<&'run str> {
        let reference = only_reference(node)?;
        let (target, _) = self.target(reference)?;
        let is_parent = self.parts(target).iter().any(|part| self.is_listed_in(node, part));
        (!is_parent).then_some(reference)
    }

    /// Returns `node` and the schemas that it builds on, which come before it as far as no cycle prevents it.
    pub(in crate::lower) fn in_place(&self, node: &'run Node) -> Vec<&'run Node> {
        let (mut order, mut seen) = (Vec::new(), BTreeSet::from([NodeId(node)]));
        let mut stack = vec![(node, false)];
        while let Some((node, is_left)) = stack.pop() {
            if is_left {
                order.push(node);
                continue;
            }
            stack.push((node, true));
            let listed = COMPOSITIONS.iter().flat_map(|keyword| list(node, keyword));
            let inner = self.referred(node).into_iter().chain(listed);
            let new: Vec<_> = inner.filter(|inner| seen.insert(NodeId(inner))).collect();
            stack.extend(new.into_iter().rev().map(|inner| (inner, false)));
        }
        order
    }

    fn has_union(&self, node: &'run Node) -> bool {
        let parts = self.parts(node);
        parts
            .iter()
            .any(|part| UNIONS.iter().any(|keyword| part.get(keyword).is_some()))
    }
}

/// Returns the keyword of the union of `node`, if it has one.
pub(in crate::lower) fn union_keyword(node: &Node) -> Option<&'static str> {
    UNIONS.into_iter().find(|keyword| node.get(keyword).is_some())
}

/// Returns whether a schema goes without the keyword once its union is spread over the rest of it.
fn is_left_with_unions(keyword: &Keyword) -> bool {
    matches!(
        keyword.class(),
        Class::Applicator(Applies::All | Applies::Union | Applies::Unevaluated)
            | Class::Annotation(Annotates::Words | Annotates::Discriminator)
    )
}

/// Returns `node` and the parts that are written within it.
pub(in crate::lower) fn inline_parts(node: &Node) -> Vec<&Node> {
    let mut parts = vec![node];
    let mut next = 0;
    while let Some(part) = parts.get(next) {
        parts.extend(list(part, "allOf"));
        next += 1;
    }
    parts
}
