//! Resolves references, and makes a component of every target.

use std::collections::{BTreeMap, BTreeSet};

use super::{Version, cycles};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Kind, Node, Object, Pointer, Value, grammar};

/// Moves the members of containers up into `components/schemas`.
///
/// A container is a member of `components/schemas` that holds schemas instead
/// of being one. Its member `objectId` becomes the component `common/objectId`.
pub(super) fn flatten_containers(root: &mut Node) {
    let Some(schemas) = Pointer::of(["components", "schemas"])
        .follow_mut(root)
        .and_then(Node::as_object_mut)
    else {
        return;
    };
    let mut flat = Object::new();
    for (name, node) in std::mem::take(schemas) {
        flatten_into(&mut flat, name, node);
    }
    *schemas = flat;
}

fn flatten_into(flat: &mut Object, name: String, node: Node) {
    match node.value {
        Value::Object(members) if grammar::is_container(&members) => {
            for (key, member) in members {
                flatten_into(flat, format!("{name}/{key}"), member);
            }
        }
        value => {
            flat.insert(name, Node { value, ..node });
        }
    }
}

/// Where the target of a reference ends up.
#[derive(Debug, Clone, PartialEq)]
struct Target {
    /// The member of `components`.
    section: &'static str,
    /// The name of the component.
    name: String,
}

impl Target {
    fn reference(&self) -> String {
        Pointer::of(["components", self.section, &self.name]).to_fragment()
    }
}

/// Rewrites every reference of `root` to `#/components/<kind>/<name>`.
///
/// `document` is the document before anything was moved: references mean its pointers.
pub(super) fn resolve(document: &Node, version: Version, root: &mut Node, diagnostics: &mut Diagnostics) {
    let mut targets = BTreeMap::new();
    find_targets(
        document,
        Kind::OpenApi,
        document,
        &Pointer::root(),
        &mut targets,
        diagnostics,
    );
    cycles::check(document, version, diagnostics);
    // The deepest first, so that what lies around a target already refers to it.
    let mut hoisted: Vec<_> = targets.iter().filter(|(pointer, _)| !is_component(pointer)).collect();
    hoisted.sort_by_key(|(pointer, _)| std::cmp::Reverse(pointer.segments().count()));
    for (pointer, target) in hoisted {
        hoist(root, &moved(document, pointer), target);
    }
    let schemas = Pointer::of(["components", "schemas"])
        .follow(root)
        .and_then(Node::as_object);
    let schemas: BTreeSet<String> = schemas.into_iter().flatten().map(|(name, _)| name.clone()).collect();
    grammar::for_each_mut(Kind::OpenApi, root, &mut |kind, node| match kind {
        Kind::Discriminator => rewrite_mapping(document, node, &targets, &schemas),
        _ => rewrite(kind, node, &targets),
    });
}

/// Adds the target of every reference at or below `node` to `targets`.
fn find_targets(
    document: &Node,
    kind: Kind,
    node: &Node,
    at: &Pointer,
    targets: &mut BTreeMap<Pointer, Target>,
    diagnostics: &mut Diagnostics,
) {
    if let Some(reference) = node.get("$ref").filter(|_| kind.may_be_reference()) {
        let place = at.child("$ref");
        match find_target(document, kind, reference) {
            Ok((pointer, target)) => {
                // A target outside of every known field is an object of the document all the same.
                if targets.insert(pointer.clone(), target).is_none()
                    && !is_component(&pointer)
                    && let Some(found) = pointer.follow(document)
                {
                    find_targets(document, kind, found, &pointer, targets, diagnostics);
                }
            }
            Err(fault) => diagnostics.push(fault.diagnostic(document, reference, place).with_safe_reading()),
        }
    }
    if kind == Kind::Schema
        && at.as_str().starts_with("/components/schemas")
        && let Some(members) = node.as_object().filter(|members| grammar::is_container(members))
    {
        for (name, member) in members {
            find_targets(document, Kind::Schema, member, &at.child(name), targets, diagnostics);
        }
        return;
    }
    grammar::children(kind, node, |path, kind, child| {
        let at = path.iter().fold(at.clone(), |at, segment| at.child(segment));
        find_targets(document, kind, child, &at, targets, diagnostics);
    });
}

/// Why a reference has no target.
enum Fault {
    NoText,
    External(String),
    Malformed(String),
    Dangling(Pointer),
    OtherKind(Pointer, &'static str),
}

impl Fault {
    fn diagnostic(self, document: &Node, reference: &Node, place: Pointer) -> Diagnostic {
        let origin = reference.origin;
        match self {
            Self::NoText => Diagnostic::error(
                "reference-type",
                origin,
                place,
                format!("expected a reference, found {}", reference.kind()),
            )
            .with_help("a reference is a string, such as '#/components/schemas/name'"),
            Self::External(file) => {
                let message = format!("the reference leads to another document, {file:?}");
                Diagnostic::error("external-reference", origin, place, message)
                    .with_help("bundle the documents into one first, for example with `redocly bundle`")
            }
            Self::Malformed(text) => {
                let message = format!("the reference {text:?} is no JSON Pointer");
                Diagnostic::error("reference-pointer", origin, place, message).with_help(
                    "a reference within the document is `#` and a JSON Pointer, such as '#/components/schemas/name'",
                )
            }
            Self::Dangling(target) => {
                let message = format!("the reference leads nowhere: nothing stands at {target}");
                Diagnostic::error("dangling-reference", origin, place, message)
                    .with_help(overlay_help(document, &target))
            }
            Self::OtherKind(target, section) => {
                let message =
                    format!("the reference leads to {target}, which is none of the {section} that belong here");
                Diagnostic::error("reference-kind", origin, place, message)
                    .with_help(format!("refer to a member of components/{section}"))
            }
        }
    }
}

/// Returns the overlay action that would put something at `target`: an update of
/// what stands nearest to it.
fn overlay_help(document: &Node, target: &Pointer) -> String {
    let segments: Vec<String> = target.segments().collect();
    let stands = |length: &usize| Pointer::of(&segments[..*length]).follow(document).is_some();
    let known = (0..segments.len()).rev().find(stands).unwrap_or_default();
    let path: String = segments[..known].iter().map(|segment| step(segment)).collect();
    let update = segments[known..].iter().rev().fold("{…}".to_owned(), |inner, segment| {
        let is_plain = segment.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
        let name = if is_plain { segment.clone() } else { quoted(segment) };
        format!("{{{name}: {inner}}}")
    });
    format!("correct the name, or add what is missing with an overlay action:\n- target: ${path}\n  update: {update}")
}

/// Returns a step of a JSONPath ([RFC 9535 §2.5.1](https://www.rfc-editor.org/rfc/rfc9535#section-2.5.1)).
fn step(name: &str) -> String {
    let is_short = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_');
    if is_short {
        format!(".{name}")
    } else {
        format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}

fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

fn find_target(document: &Node, kind: Kind, reference: &Node) -> Result<(Pointer, Target), Fault> {
    let text = reference.as_str().ok_or(Fault::NoText)?;
    let fragment = text.strip_prefix('#').ok_or_else(|| Fault::External(text.to_owned()))?;
    let pointer = Pointer::parse_fragment(fragment).ok_or_else(|| Fault::Malformed(text.to_owned()))?;
    if pointer.follow(document).is_none() {
        return Err(Fault::Dangling(pointer));
    }
    let section = kind.component().unwrap_or("schemas");
    let segments: Vec<String> = pointer.segments().collect();
    let name = match segments.as_slice() {
        [components, found, name @ ..] if components == "components" && !name.is_empty() => {
            if found != section && name.len() == 1 {
                return Err(Fault::OtherKind(pointer, section));
            }
            if found == section {
                name.join("/")
            } else {
                segments.join("/")
            }
        }
        other => other.join("/"),
    };
    Ok((pointer, Target { section, name }))
}

/// Returns whether the pointer is `/components/<kind>/<name>`.
fn is_component(pointer: &Pointer) -> bool {
    pointer.as_str().starts_with("/components/") && pointer.segments().count() == 3
}

/// Returns where the node at `pointer` of the document stands after containers were flattened.
fn moved(document: &Node, pointer: &Pointer) -> Pointer {
    let segments: Vec<String> = pointer.segments().collect();
    if segments.len() < 3 || segments[0] != "components" || segments[1] != "schemas" {
        return pointer.clone();
    }
    let mut name = segments[2].clone();
    let mut node = Pointer::of(&segments[..3]).follow(document);
    let mut rest = &segments[3..];
    while let (Some(members), Some((first, tail))) = (node.and_then(Node::as_object), rest.split_first()) {
        if !grammar::is_container(members) {
            break;
        }
        name = format!("{name}/{first}");
        node = members.get(first);
        rest = tail;
    }
    let head = ["components", "schemas", &name].map(str::to_owned);
    Pointer::of(head.iter().chain(rest))
}

/// Moves the node at `pointer` into the component `target`, and leaves a reference in its place.
fn hoist(root: &mut Node, pointer: &Pointer, target: &Target) {
    let home = Pointer::of(["components", target.section, &target.name]);
    if *pointer == home {
        return;
    }
    let Some(place) = pointer.follow_mut(root) else { return };
    let reference = Node::string(place.origin, target.reference());
    let left = Node::new(
        place.origin,
        Value::Object(Object::from_iter([("$ref".to_owned(), reference)])),
    );
    let node = std::mem::replace(place, left);
    let Some(components) = member_mut(root, "components") else {
        return;
    };
    let Some(section) = member_mut(components, target.section) else {
        return;
    };
    if let Some(members) = section.as_object_mut() {
        members.insert(target.name.clone(), node);
    }
}

/// Returns the member `name`, made empty where it is missing.
fn member_mut<'node>(node: &'node mut Node, name: &str) -> Option<&'node mut Node> {
    let origin = node.origin;
    let members = node.as_object_mut()?;
    Some(
        members
            .entry(name.to_owned())
            .or_insert_with(|| Node::new(origin, Value::Object(Object::new()))),
    )
}

fn rewrite(kind: Kind, node: &mut Node, targets: &BTreeMap<Pointer, Target>) {
    if kind.may_be_reference()
        && let Some(reference) = node.as_object_mut().and_then(|members| members.get_mut("$ref"))
    {
        let pointer = reference
            .as_str()
            .and_then(|text| Pointer::parse_fragment(text.strip_prefix('#')?));
        if let Some(target) = pointer.and_then(|pointer| targets.get(&pointer)) {
            reference.value = Value::String(target.reference());
        }
    }
}

/// Rewrites the mapping of a discriminator, but for values that lead nowhere.
fn rewrite_mapping(document: &Node, node: &mut Node, targets: &BTreeMap<Pointer, Target>, schemas: &BTreeSet<String>) {
    let mapping = node
        .as_object_mut()
        .and_then(|members| members.get_mut("mapping"))
        .and_then(Node::as_object_mut);
    for (_, value) in mapping.into_iter().flatten() {
        if let Some(target) = value.as_str().and_then(|text| mapped(document, text, targets))
            && schemas.contains(&target.name)
        {
            value.value = Value::String(target.reference());
        }
    }
}

/// Returns the schema that a value of a discriminator's mapping stands for: it may
/// be the name of a component or a reference
/// ([OpenAPI 3.0.4 §4.7.25.1](https://spec.openapis.org/oas/v3.0.4.html#options-for-mapping-values-to-schemas)).
fn mapped(document: &Node, text: &str, targets: &BTreeMap<Pointer, Target>) -> Option<Target> {
    let schema = |name: &str| Target {
        section: "schemas",
        name: name.to_owned(),
    };
    let Some(fragment) = text.strip_prefix('#') else {
        return Some(schema(text));
    };
    let pointer = Pointer::parse_fragment(fragment)?;
    if let Some(target) = targets.get(&pointer) {
        return Some(target.clone());
    }
    // No `$ref` leads there, so nothing else says where the container's member went.
    let segments: Vec<String> = moved(document, &pointer).segments().collect();
    match segments.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => Some(schema(name)),
        _ => None,
    }
}
