//! Finds references that lead in a circle.

use std::collections::BTreeSet;

use super::Version;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Node, Pointer};

/// Keywords that make a schema more than what it refers to.
const STRUCTURE: [&str; 9] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "enum",
    "const",
    "format",
    "required",
];

/// Reports components that are nothing but a reference to one another in a circle.
///
/// `is_used` says whether the client depends on a component; if not, its circle is a warning.
pub(super) fn check(
    document: &Node,
    version: Version,
    diagnostics: &mut Diagnostics,
    is_used: impl Fn(&Pointer) -> bool,
) {
    let mut reported = BTreeSet::new();
    for (section, members) in document
        .get("components")
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
    {
        for (name, node) in members.as_object().into_iter().flatten() {
            let start = Pointer::of(["components", section, name]);
            let mut seen = vec![start.clone()];
            let mut node = node;
            while let Some(next) = sole_reference(node, version, false) {
                if let Some(index) = seen.iter().position(|pointer| *pointer == next) {
                    if reported.insert(next.clone())
                        && seen[index..]
                            .iter()
                            .all(|pointer| !reported.contains(pointer) || *pointer == next)
                    {
                        report_cycle(document, &seen[index..], is_used(&next), diagnostics);
                    }
                    reported.extend(seen);
                    break;
                }
                let Some(found) = next.follow(document) else { break };
                node = found;
                seen.push(next);
            }
        }
    }
}

fn report_cycle(document: &Node, cycle: &[Pointer], is_used: bool, diagnostics: &mut Diagnostics) {
    let Some(node) = cycle
        .first()
        .and_then(|pointer| place(document, pointer).follow(document))
    else {
        return;
    };
    let names: Vec<&str> = cycle.iter().chain(cycle.first()).map(Pointer::as_str).collect();
    let message = format!(
        "the references lead in a circle, and never to anything: {}",
        names.join(" → ")
    );
    let make = if is_used {
        Diagnostic::error
    } else {
        Diagnostic::warning
    };
    let diagnostic = make("reference-cycle", node.origin, place(document, &cycle[0]), message)
        .with_help("write what is meant in place of one of the references");
    let others = cycle[1..]
        .iter()
        .filter_map(|pointer| place(document, pointer).follow(document));
    diagnostics.push(others.fold(diagnostic, |diagnostic, other| {
        diagnostic.with_related(other.origin, "the circle goes through here")
    }));
}

/// Returns the target of a node that is one reference, or only narrows or documents what it leads to.
///
/// A union of one branch is that branch. `is_part` says that the node stands in an `allOf`.
fn sole_reference(node: &Node, version: Version, is_part: bool) -> Option<Pointer> {
    let members = node.as_object()?;
    let reference = |node: &Node| Pointer::parse_fragment(node.as_str()?.strip_prefix('#')?);
    let own = members.get("$ref");
    // What stands beside a reference means nothing in 3.0.
    if version == Version::V3_0 && own.is_some() {
        return own.and_then(reference);
    }
    if has_structure(node) || (is_part && members.contains_key("type")) {
        return None;
    }
    let list = |keyword: &str| members.get(keyword).and_then(Node::as_array).unwrap_or_default();
    let mut found: Vec<Option<Pointer>> = own.map(reference).into_iter().collect();
    for part in list("allOf") {
        let says_nothing = part.get("$ref").or(part.get("allOf")).is_none() && !has_structure(part);
        if !says_nothing || part.get("type").is_some() {
            found.push(sole_reference(part, version, true));
        }
    }
    for keyword in ["oneOf", "anyOf"] {
        found.extend(
            list(keyword)
                .iter()
                .map(|branch| sole_reference(branch, version, false)),
        );
    }
    match found.as_slice() {
        [Some(only)] => Some(only.clone()),
        _ => None,
    }
}

fn has_structure(node: &Node) -> bool {
    STRUCTURE.iter().any(|keyword| node.get(keyword).is_some())
}

/// Returns where the component at `pointer` refers to the next one.
fn place(document: &Node, pointer: &Pointer) -> Pointer {
    let reference = pointer.child("$ref");
    match reference.follow(document) {
        Some(_) => reference,
        None => pointer.clone(),
    }
}
