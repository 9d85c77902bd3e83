//! Finds references that lead in a circle.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Node, Pointer};

/// Reports components that are nothing but a reference to one another in a circle.
pub(super) fn check(document: &Node, diagnostics: &mut Diagnostics) {
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
            while let Some(next) = bare_reference(node) {
                if let Some(index) = seen.iter().position(|pointer| *pointer == next) {
                    if reported.insert(next.clone())
                        && seen[index..]
                            .iter()
                            .all(|pointer| !reported.contains(pointer) || *pointer == next)
                    {
                        report_cycle(document, &seen[index..], diagnostics);
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

fn report_cycle(document: &Node, cycle: &[Pointer], diagnostics: &mut Diagnostics) {
    let Some(node) = cycle.first().and_then(|pointer| pointer.child("$ref").follow(document)) else {
        return;
    };
    let names: Vec<&str> = cycle.iter().chain(cycle.first()).map(Pointer::as_str).collect();
    let message = format!(
        "the references lead in a circle, and never to anything: {}",
        names.join(" → ")
    );
    let diagnostic = Diagnostic::error("reference-cycle", node.origin, cycle[0].child("$ref"), message)
        .with_help("write what is meant in place of one of the references");
    let others = cycle[1..]
        .iter()
        .filter_map(|pointer| pointer.child("$ref").follow(document));
    diagnostics.push(others.fold(diagnostic, |diagnostic, other| {
        diagnostic.with_related(other.origin, "the circle goes through here")
    }));
}

/// Returns the target of a node that is a reference and nothing else.
fn bare_reference(node: &Node) -> Option<Pointer> {
    let members = node.as_object()?;
    let annotations = ["$ref", "description", "summary", "title"];
    members
        .keys()
        .all(|key| annotations.contains(&key.as_str()))
        .then_some(())?;
    Pointer::parse_fragment(members.get("$ref")?.as_str()?.strip_prefix('#')?)
}
