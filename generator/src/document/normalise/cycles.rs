//! Finds references that lead in a cycle.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::search::Targets;
use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::document::Node;
use crate::document::keywords::{self, Keyword, UNIONS};
use crate::document::reference::{Reference, Resolver, Target};
use crate::document::version::Version;
use crate::source::Pointer;

/// The code of a union that is among its own subschemas.
const UNION: &str = "union-contains-itself";

/// Reports components that are nothing but a reference to one another in a cycle, and unions that are among their own
/// subschemas: neither ever leads to a schema that says something.
///
/// A schema that has itself among the parts of its `allOf` is none of these: beside the others that part adds nothing.
///
/// `targets` says whether the client depends on a component; if not, its cycle is a warning. Returns the first component
/// of each cycle, which means anything.
pub(super) fn check(
    document: &Node,
    version: Version,
    targets: &Targets,
    diagnostics: &mut Diagnostics,
) -> Vec<Target> {
    let resolver = Resolver::new(document);
    let (mut reported, mut left) = (BTreeSet::new(), BTreeSet::new());
    let mut firsts = Vec::new();
    for start in starts(document, targets, |_| true) {
        let Some(mut node) = resolver.node(&start) else {
            continue;
        };
        let mut way = vec![start];
        let mut indexes = BTreeMap::from([(way[0].clone(), 0)]);
        while let Some(next) = sole_reference(node, version, false).filter(|next| !left.contains(next)) {
            if let Some(index) = indexes.get(&next) {
                let words = "the references form a cycle without a target";
                let fault = ("reference-cycle", words, targets.is_used(&next));
                report_cycle(resolver, &way[*index..], fault, diagnostics);
                reported.extend(way[*index..].iter().cloned());
                firsts.push(way[*index].clone());
                break;
            }
            let Some(found) = resolver.node(&next) else { break };
            node = found;
            indexes.insert(next.clone(), way.len());
            way.push(next);
        }
        left.extend(way);
    }
    check_unions(document, version, targets, &mut reported, (&mut firsts, diagnostics));
    firsts
}

/// Returns the components of the sections that are asked for, and what else references lead to in other documents.
fn starts(document: &Node, targets: &Targets, is_asked: impl Fn(&str) -> bool) -> Vec<Target> {
    let sections = document.get("components").and_then(Node::as_object);
    let sections = sections.into_iter().flatten().filter(|(section, _)| is_asked(section));
    let own = sections.flat_map(|(section, members)| {
        let members = members.as_object().into_iter().flatten();
        members.map(move |(name, _)| Target::at(Pointer::of(["components", section, name])))
    });
    let foreign = targets
        .components
        .iter()
        .filter(|(target, component)| target.is_foreign() && is_asked(component.section));
    own.chain(foreign.map(|(target, _)| target.clone())).collect()
}

/// Reports unions that lead to themselves by way of subschemas alone. The stack is a list, for chains may be long.
fn check_unions(
    document: &Node,
    version: Version,
    targets: &Targets,
    reported: &mut BTreeSet<Target>,
    (firsts, diagnostics): (&mut Vec<Target>, &mut Diagnostics),
) {
    let resolver = Resolver::new(document);
    let subschemas = |target: &Target| {
        resolver
            .node(target)
            .map(|node| subschemas(node, version))
            .unwrap_or_default()
    };
    let mut left = BTreeSet::new();
    for start in starts(document, targets, |section| section == "schemas") {
        if left.contains(&start) {
            continue;
        }
        let mut stack = vec![(start.clone(), subschemas(&start))];
        while let Some((target, open)) = stack.last_mut() {
            let Some(next) = open.pop() else {
                left.insert(target.clone());
                stack.pop();
                continue;
            };
            let Some(index) = stack.iter().position(|(target, _)| *target == next) else {
                if !left.contains(&next) {
                    let open = subschemas(&next);
                    stack.push((next, open));
                }
                continue;
            };
            let cycle: Vec<Target> = stack[index..].iter().map(|(target, _)| target.clone()).collect();
            if cycle.iter().all(|target| !reported.contains(target)) {
                let words = "the union is one of its own subschemas, which has no effect";
                report_cycle(resolver, &cycle, (UNION, words, targets.is_used(&next)), diagnostics);
                firsts.push(next);
            }
            reported.extend(cycle);
        }
    }
}

/// Returns what the subschemas of a union refer to, those of unions within it included, or what a reference does.
fn subschemas(node: &Node, version: Version) -> Vec<Target> {
    if let Some(reference) = node.get("$ref") {
        let is_logic = node
            .as_object()
            .is_some_and(|members| keywords::has(members, Keyword::is_logic));
        let is_alone = !has_structure(node) && !is_logic && node.get("type").is_none();
        return Reference::target_of(reference)
            .filter(|_| is_alone || version == Version::V3_0)
            .into_iter()
            .collect();
    }
    UNIONS
        .iter()
        .filter_map(|keyword| node.get(keyword)?.as_array())
        .flatten()
        .flat_map(|subschema| subschemas(subschema, version))
        .collect()
}

fn report_cycle(
    resolver: Resolver<'_>,
    cycle: &[Target],
    (code, words, is_used): (&'static str, &str, bool),
    diagnostics: &mut Diagnostics,
) {
    let mut places = cycle.iter().map(|target| place(resolver, target));
    let Some((first, node)) = places
        .next()
        .and_then(|place| Some((place.clone(), resolver.node(&place)?)))
    else {
        return;
    };
    let targets = cycle.iter().chain(cycle.first());
    let names: Vec<String> = targets.map(|target| target.pointer().to_string()).collect();
    let message = format!("{words}: {}", names.join(" → "));
    let at = first.pointer().clone();
    let fix = match at.split() {
        Some((_, keyword)) if keyword == "$ref" => Fix::Remove,
        _ => Fix::Replace(json!({})),
    };
    let diagnostic = match code {
        _ if !is_used => Diagnostic::warning(code, node.origin, at, message),
        UNION => Diagnostic::degraded(code, node.origin, at, message),
        _ => Diagnostic::error(code, node.origin, at, message).with_safe_reading(),
    };
    let diagnostic = diagnostic
        .with_help("remove one of the references, or replace it by the intended schema")
        .with_fix(fix);
    let others = places.filter_map(|place| resolver.node(&place));
    diagnostics.push(others.fold(diagnostic, |diagnostic, other| {
        diagnostic.with_related(other.origin, "part of the cycle")
    }));
}

/// Returns the target of a node that is one reference, or only narrows or documents what it leads to.
///
/// A union of one subschema is that subschema. `is_part` says that the node stands in an `allOf`.
fn sole_reference(node: &Node, version: Version, is_part: bool) -> Option<Target> {
    let members = node.as_object()?;
    let own = members.get("$ref");
    // What stands beside a reference means nothing in 3.0.
    if version == Version::V3_0 && own.is_some() {
        return own.and_then(Reference::target_of);
    }
    if has_structure(node) || (is_part && members.contains_key("type")) {
        return None;
    }
    let list = |keyword: &str| members.get(keyword).and_then(Node::as_array).unwrap_or_default();
    let mut found: Vec<Option<Target>> = own.map(Reference::target_of).into_iter().collect();
    for part in list("allOf") {
        let says_nothing = part.get("$ref").or(part.get("allOf")).is_none() && !has_structure(part);
        if !says_nothing || part.get("type").is_some() {
            found.push(sole_reference(part, version, true));
        }
    }
    for keyword in UNIONS {
        found.extend(
            list(keyword)
                .iter()
                .map(|subschema| sole_reference(subschema, version, false)),
        );
    }
    match found.as_slice() {
        [Some(only)] => Some(only.clone()),
        _ => None,
    }
}

/// Returns whether a schema is more than what it refers to, its type aside.
fn has_structure(node: &Node) -> bool {
    let is_structure = |keyword: &Keyword| keyword.gives_structure() && !keyword.is_type();
    node.as_object()
        .is_some_and(|members| keywords::has(members, is_structure))
}

/// Returns where the component at `target` refers to the next one.
fn place(resolver: Resolver<'_>, target: &Target) -> Target {
    let reference = Target::at(target.pointer().child("$ref"));
    match resolver.node(&reference) {
        Some(_) => reference,
        None => target.clone(),
    }
}
