//! Resolves references, and makes a component of every target.

use std::collections::{BTreeMap, BTreeSet};

use super::component_names;
use super::cycles;
use super::search::{self, Component, Targets, is_component};
use super::webhooks;
use crate::diagnostic::Diagnostics;
use crate::document::bundle::Bundle;
use crate::document::field::is_always_used;
use crate::document::grammar::containers::Containers;
use crate::document::keywords::{self, Keyword};
use crate::document::reference::{Reference, Target};
use crate::document::version::Version;
use crate::document::{FieldContent, FieldUse, Kind, Node, Object, Value, grammar};
use crate::source::{DOCUMENTS, Pointer};

/// Moves the properties of containers up into `components/schemas`.
///
/// A container is a property of `components/schemas` that holds schemas instead
/// of being one. Its property `objectId` becomes the component `common/objectId`.
pub(super) fn flatten_containers(root: &mut Node, containers: &Containers) {
    let at = Pointer::of(["components", "schemas"]);
    let Some(schemas) = at.follow_mut(root).and_then(Node::as_object_mut) else {
        return;
    };
    let mut flat = Object::default();
    for (name, node) in std::mem::take(schemas) {
        let at = at.child(&name);
        flatten_into(&mut flat, name, &at, node, containers);
    }
    *schemas = flat;
}

fn flatten_into(flat: &mut Object, name: String, at: &Pointer, node: Node, containers: &Containers) {
    match node.value {
        Value::Object(members) if containers.has(at) => {
            for (key, member) in members {
                flatten_into(flat, format!("{name}/{key}"), &at.child(&key), member, containers);
            }
        }
        value => {
            flat.insert(name, Node { value, ..node });
        }
    }
}

/// Rewrites every reference of `root` to `#/components/<kind>/<name>`, and removes what the client does not depend on.
///
/// `document` is that of `bundle` before anything was moved: references mean its pointers. Returns the names of the schemas
/// that webhooks and callbacks refer to.
pub(super) fn resolve(
    bundle: &Bundle,
    document: &Node,
    containers: &Containers,
    version: Version,
    root: &mut Node,
    diagnostics: &mut Diagnostics,
) -> BTreeSet<String> {
    let mut targets = search::find(bundle, document, containers, version, diagnostics);
    for target in cycles::check(document, version, &targets, diagnostics) {
        let is_schema = |component: &Component| component.section == "schemas";
        if targets.components.get(&target).is_some_and(is_schema) {
            cut(root, &moved(containers, target.pointer()));
        }
    }
    let stand_ins = component_names::assign(document, &mut targets.components);
    // The deepest first, so that what lies around a target already refers to it.
    let mut hoisted: Vec<_> = targets
        .components
        .iter()
        .filter(|(target, _)| targets.used.contains(target) && !is_component(target) && !stand_ins.contains(target))
        .collect();
    hoisted.sort_by_key(|(target, _)| std::cmp::Reverse(target.pointer().segments().count()));
    for (target, component) in hoisted {
        hoist(root, &moved(containers, target.pointer()), component);
    }
    if let Some(members) = root.as_object_mut() {
        members.shift_remove(DOCUMENTS);
    }
    prune(root, &targets);
    let schemas = Pointer::of(["components", "schemas"])
        .follow(root)
        .and_then(Node::as_object);
    let schemas: BTreeSet<String> = schemas.into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let left: BTreeSet<String> = targets.components.values().map(Component::reference).collect();
    grammar::for_each_mut(Kind::OpenApi, root, &mut |kind, node| match kind {
        Kind::Discriminator => rewrite_mapping(containers, node, &targets.components, &schemas),
        _ => rewrite(kind, node, &targets.components, &left),
    });
    webhooks::schemas(document, &targets.components)
}

/// Makes the schema at `pointer` one for any value, so that nothing follows its references in a cycle.
fn cut(root: &mut Node, pointer: &Pointer) {
    if let Some(members) = pointer.follow_mut(root).and_then(Node::as_object_mut) {
        members.retain(|key, _| keywords::is(key, Keyword::is_text));
    }
}

/// Removes objects that do not shape the client, so that their faults stop nothing: those in fields that are
/// documentation alone, and components that nothing refers to.
fn prune(root: &mut Node, targets: &Targets) {
    grammar::for_each_mut(Kind::OpenApi, root, &mut |kind, node| {
        // Of components, unused ones are found below; headers that are not written are reported later.
        let is_kept = matches!(kind, Kind::Components | Kind::Header);
        let Some(members) = node.as_object_mut().filter(|_| !is_kept) else {
            return;
        };
        members.retain(|name, _| {
            let field = kind.field(name);
            !matches!(field, Some((content, FieldUse::Ignored(_))) if content != FieldContent::Plain)
        });
    });
    let used = targets.components.iter();
    let used: BTreeSet<(&str, &str)> = used
        .filter(|(target, _)| targets.used.contains(target))
        .map(|(_, component)| (component.section, component.name.as_str()))
        .collect();
    let components = root.as_object_mut().and_then(|members| members.get_mut("components"));
    for (section, objects) in components.and_then(Node::as_object_mut).into_iter().flatten() {
        if let Some(objects) = objects.as_object_mut().filter(|_| !is_always_used(section)) {
            objects.retain(|name, _| used.contains(&(section.as_str(), name.as_str())));
        }
    }
}

/// Returns where the node at `pointer` of the document stands after containers were flattened.
fn moved(containers: &Containers, pointer: &Pointer) -> Pointer {
    let segments: Vec<String> = pointer.segments().collect();
    if segments.len() < 3 || segments[0] != "components" || segments[1] != "schemas" {
        return pointer.clone();
    }
    let mut name = segments[2].clone();
    let mut at = Pointer::of(&segments[..3]);
    let mut rest = &segments[3..];
    while containers.has(&at)
        && let Some((first, tail)) = rest.split_first()
    {
        name = format!("{name}/{first}");
        at = at.child(first);
        rest = tail;
    }
    let head = ["components", "schemas", &name].map(str::to_owned);
    Pointer::of(head.iter().chain(rest))
}

/// Moves the node at `pointer` into the component `component`, and leaves a reference in its place.
fn hoist(root: &mut Node, pointer: &Pointer, component: &Component) {
    let home = Pointer::of(["components", component.section, &component.name]);
    if *pointer == home {
        return;
    }
    let Some(place) = pointer.follow_mut(root) else { return };
    let reference = Node::string(place.origin, component.reference());
    let left = Node::new(
        place.origin,
        Value::Object(Object::from_iter([("$ref".to_owned(), reference)])),
    );
    let node = std::mem::replace(place, left);
    let Some(components) = member_mut(root, "components") else {
        return;
    };
    let Some(section) = member_mut(components, component.section) else {
        return;
    };
    if let Some(members) = section.as_object_mut() {
        members.insert(component.name.clone(), node);
    }
}

/// Returns the property `name`, made empty where it is missing.
fn member_mut<'node>(node: &'node mut Node, name: &str) -> Option<&'node mut Node> {
    let origin = node.origin;
    let members = node.as_object_mut()?;
    Some(
        members
            .entry(name.to_owned())
            .or_insert_with(|| Node::new(origin, Value::Object(Object::default()))),
    )
}

/// Rewrites a reference. In place of a schema that has no target stands one for any value, in place of a body one of any
/// JSON, and in place of a response one that says nothing. What stands in place of an object that was moved, one of
/// `left`, is a reference already.
fn rewrite(kind: Kind, node: &mut Node, targets: &BTreeMap<Target, Component>, left: &BTreeSet<String>) {
    let Some(members) = node.as_object_mut().filter(|_| kind.may_be_reference()) else {
        return;
    };
    let Some(reference) = members.get_mut("$ref") else {
        return;
    };
    match Reference::target_of(reference).and_then(|target| targets.get(&target)) {
        Some(component) => reference.value = Value::String(component.reference()),
        None if reference.as_str().is_some_and(|text| left.contains(text)) => {}
        None if kind == Kind::Schema => members.retain(|key, _| keywords::is(key, Keyword::is_text)),
        None if kind == Kind::Response => members.clear(),
        None if kind == Kind::RequestBody => {
            let origin = reference.origin;
            let object = |members| Node::synthesized(origin, Value::Object(members));
            let content = Object::from_iter([("application/json".to_owned(), object(Object::default()))]);
            *members = Object::from_iter([("content".to_owned(), object(content))]);
        }
        None => {}
    }
}

/// Rewrites the mapping of a discriminator, but for values that are unresolved.
fn rewrite_mapping(
    containers: &Containers,
    node: &mut Node,
    targets: &BTreeMap<Target, Component>,
    schemas: &BTreeSet<String>,
) {
    let mapping = node
        .as_object_mut()
        .and_then(|members| members.get_mut("mapping"))
        .and_then(Node::as_object_mut);
    for (_, value) in mapping.into_iter().flatten() {
        if let Some(component) = value.as_str().and_then(|text| mapped(containers, text, targets))
            && schemas.contains(&component.name)
        {
            value.value = Value::String(component.reference());
        }
    }
}

/// Returns the schema that a value of a discriminator's mapping stands for: it may
/// be the name of a component or a reference
/// ([OpenAPI 3.0.4 §4.7.25.1](https://spec.openapis.org/oas/v3.0.4.html#options-for-mapping-values-to-schemas)).
fn mapped(containers: &Containers, text: &str, targets: &BTreeMap<Target, Component>) -> Option<Component> {
    let schema = |name: &str| Component {
        section: "schemas",
        name: name.to_owned(),
    };
    let reference = Reference::parse(text);
    if reference.document().is_some() {
        return Some(schema(text));
    }
    let target = reference.target()?;
    if let Some(component) = targets.get(&target) {
        return Some(component.clone());
    }
    // No `$ref` leads there, so nothing else says where the container's property went.
    let segments: Vec<String> = moved(containers, target.pointer()).segments().collect();
    match segments.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => Some(schema(name)),
        _ => None,
    }
}
