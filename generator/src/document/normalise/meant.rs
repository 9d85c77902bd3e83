//! Reads what is plainly meant where a schema says it in words that no version of the specification has.
//!
//! Each is a warning, and nothing of the schema is lost.

use serde_json::json;

use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::document::grammar::containers::Containers;
use crate::document::keywords::value::TYPES;
use crate::document::version::Version;
use crate::document::{Kind, Node, Object, Value, grammar};
use crate::source::{Origin, Pointer};

/// Names of types in programming languages, and of formats, that documents have in place of a type: the type, and the
/// format that says the rest ([Format Registry](https://spec.openapis.org/registry/format/)).
const TYPE_NAMES: &[(&str, &str, &str)] = &[
    ("bool", "boolean", ""),
    ("int", "integer", ""),
    ("int32", "integer", "int32"),
    ("int64", "integer", "int64"),
    ("long", "integer", "int64"),
    ("decimal", "number", ""),
    ("double", "number", "double"),
    ("float", "number", "float"),
    ("binary", "string", "binary"),
    // Swagger 2.0 (https://spec.openapis.org/oas/v2.0.html#parameter-object).
    ("file", "string", "binary"),
    ("byte", "string", "byte"),
    ("date", "string", "date"),
    ("date-time", "string", "date-time"),
    ("datetime", "string", "date-time"),
    ("str", "string", ""),
    ("text", "string", ""),
    ("uri", "string", "uri"),
    ("url", "string", "uri"),
    ("uuid", "string", "uuid"),
    ("list", "array", ""),
    ("dict", "object", ""),
    ("map", "object", ""),
];

/// The name of any type.
const ANY: &str = "any";

/// Puts what is meant in place of what is written. The pointers of the diagnostics are filled in at the end, since `root`
/// is in its one form already.
pub(super) fn read(root: &mut Node, version: Version, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    grammar::for_each_mut(Kind::OpenApi, root, &mut |kind, node| {
        if let Some(members) = node.as_object_mut().filter(|_| HOLDERS.contains(&kind)) {
            found.extend(empty_lists(members));
        }
        let Some(members) = node.as_object_mut().filter(|_| kind == Kind::Schema) else {
            return;
        };
        // What stands beside a reference means nothing in 3.0.
        if version == Version::V3_0 && members.contains_key("$ref") {
            return;
        }
        found.extend(types(members));
        found.extend(discriminator(members));
        found.extend(required(members));
        if version != Version::V3_0 {
            found.extend(exclusive_bounds(members));
        }
    });
    found.sort_by_key(|diagnostic: &Diagnostic| diagnostic.at);
    for diagnostic in found {
        diagnostics.push(diagnostic);
    }
}

fn warning(code: &'static str, origin: Origin, message: String, help: String) -> Diagnostic {
    Diagnostic::warning(code, origin, Pointer::root(), message)
        .with_help(help)
        .with_safe_reading()
}

/// The objects whose lists are documented to say something when they are empty, or missing.
const HOLDERS: [Kind; 3] = [Kind::OpenApi, Kind::PathItem, Kind::Operation];

/// A list without a value, as in `security:`, is read as missing: an empty list would say that the operation needs no
/// credentials ([OpenAPI 3.0.4 §4.7.10](https://spec.openapis.org/oas/v3.0.4.html#operation-object)).
fn empty_lists(members: &mut Object) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for name in ["security", "tags", "parameters"] {
        let is_empty = |node: &&Node| matches!(node.value, Value::Null);
        let Some(origin) = members.get(name).filter(is_empty).map(|node| node.origin) else {
            continue;
        };
        members.shift_remove(name);
        let message = format!("`{name}` has no value; it is read as missing");
        let help = format!("remove it, or write `{name}: []` if the list is meant to be empty");
        // The ledger has a line for each key without a value.
        found.push(
            Diagnostic::warning("list-empty", origin, Pointer::root(), message)
                .with_help(help)
                .with_fix(Fix::Remove),
        );
    }
    found
}

/// `type: null` and `[string, null]` mean the type `'null'`, and `type: int` means `integer`.
fn types(members: &mut Object) -> Option<Diagnostic> {
    let written = members.get("type")?.clone();
    let list = match &written.value {
        Value::Array(list) if !list.is_empty() => list.as_slice(),
        _ => std::slice::from_ref(&written),
    };
    let (mut names, mut formats): (Vec<Node>, Vec<&str>) = (Vec::new(), Vec::new());
    let mut is_any = false;
    for one in list {
        let (name, format) = type_of(one)?;
        is_any |= name == ANY;
        formats.extend(Some(format).filter(|format| !format.is_empty()));
        if names.iter().all(|known| known.as_str() != Some(name)) {
            names.push(Node::string(one.origin, name));
        }
    }
    let is_same = |(one, name): (&Node, &Node)| one.as_str() == name.as_str();
    if list.len() == names.len() && list.iter().zip(&names).all(is_same) && !is_any {
        return None;
    }
    let read = names.iter().filter_map(Node::as_str).collect::<Vec<_>>().join(", ");
    let has_null = list.iter().any(|one| matches!(one.value, Value::Null));
    let (reading, help) = match (is_any, has_null) {
        (true, _) => ("any type".to_owned(), "omit `type` to allow any type".to_owned()),
        (false, true) => (
            read,
            "the type is a string as well: put it in quotes, 'null'".to_owned(),
        ),
        (false, false) => (read.clone(), format!("write `type: {}`", in_list(&names, &read))),
    };
    let message = format!("{written} is not a type; it is read as {reading}");
    if is_any {
        members.shift_remove("type");
    } else if let (Some(place), true) = (members.get_mut("type"), !names.is_empty()) {
        place.value = match (&written.value, names.as_slice()) {
            (Value::Array(_), _) => Value::Array(names),
            (_, [only]) => only.value.clone(),
            _ => return None,
        };
    }
    if let ([format], false) = (formats.as_slice(), members.contains_key("format")) {
        members.insert(
            "format".to_owned(),
            Node::synthesized(written.origin, Value::String((*format).to_owned())),
        );
    }
    let fix = if is_any {
        Fix::Remove
    } else {
        let read = ["type", "format"]
            .into_iter()
            .filter_map(|key| Some((key.to_owned(), members.get(key)?.to_json())));
        Fix::rewrite(["type", "format"], read.collect())
    };
    Some(warning("type-spelling", written.origin, message, help).with_fix(fix))
}

fn in_list(names: &[Node], read: &str) -> String {
    if names.len() == 1 {
        read.to_owned()
    } else {
        format!("[{read}]")
    }
}

/// Returns the type that is meant by an element of `type`, and its format.
fn type_of(node: &Node) -> Option<(&'static str, &'static str)> {
    if matches!(node.value, Value::Null) {
        return Some(("null", ""));
    }
    let lower = node.as_str()?.to_ascii_lowercase();
    if lower == ANY {
        return Some((ANY, ""));
    }
    let known = TYPES.into_iter().find(|name| *name == lower).map(|name| (name, ""));
    let of_others = || TYPE_NAMES.iter().find(|(name, ..)| *name == lower);
    known.or_else(|| of_others().map(|(_, name, format)| (*name, *format)))
}

/// `discriminator: name` is that of [Swagger 2.0](https://spec.openapis.org/oas/v2.0.html#schema-object): the property.
fn discriminator(members: &mut Object) -> Option<Diagnostic> {
    let node = members.get_mut("discriminator")?;
    let name = node.as_str()?.to_owned();
    let property = Node::string(node.origin, &name);
    node.value = Value::Object(Object::from_iter([("propertyName".to_owned(), property)]));
    let message = format!("a discriminator is an object; {name:?} is read as its `propertyName`");
    let help = format!("write `discriminator: {{propertyName: {name}}}`");
    let fix = Fix::Replace(json!({ "propertyName": name }));
    Some(warning("discriminator-spelling", node.origin, message, help).with_fix(fix))
}

/// `required: true` on a property means that the object requires it
/// ([JSON Schema, draft 3 §5.7](https://datatracker.ietf.org/doc/html/draft-zyp-json-schema-03#section-5.7)).
fn required(members: &mut Object) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut names: Vec<(String, Origin)> = Vec::new();
    let properties = members.get_mut("properties").and_then(Node::as_object_mut);
    for (name, property) in properties.into_iter().flatten() {
        let Some(property) = property.as_object_mut() else {
            continue;
        };
        let Some(is_required) = property.get("required").and_then(Node::as_bool) else {
            continue;
        };
        let Some(node) = property.shift_remove("required") else {
            continue;
        };
        let words = if is_required { "requires" } else { "does not require" };
        let message = format!("`required` is a list of the object; it is read as: the object {words} {name:?}");
        let help = format!("`required` belongs to the object: write `required: [{name}]` beside its `properties`");
        let fix = if is_required { Fix::Require } else { Fix::Remove };
        found.push(warning("required-spelling", node.origin, message, help).with_fix(fix));
        if is_required {
            names.push((name.clone(), node.origin));
        }
    }
    if let Some((_, origin)) = names.first() {
        let list = members
            .entry("required".to_owned())
            .or_insert_with(|| Node::synthesized(*origin, Value::Array(Vec::new())));
        if let Value::Array(list) = &mut list.value {
            for (name, origin) in names {
                if list.iter().all(|known| known.as_str() != Some(&name)) {
                    list.push(Node::string(origin, name));
                }
            }
        }
    }
    found
}

/// `minimum: 1, exclusiveMinimum: true` is how 3.0 says `exclusiveMinimum: 1`
/// ([JSON Schema §6.2.5](https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2.5)).
fn exclusive_bounds(members: &mut Object) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let Some(node) = members.get(exclusive).filter(|node| node.as_bool().is_some()) else {
            continue;
        };
        let message = format!("`{exclusive}` is a number since 3.1; {node} is read as in 3.0, beside `{bound}`");
        let help = format!("write `{exclusive}` in place of `{bound}`");
        let fix = match (node.as_bool(), members.get(bound)) {
            (Some(true), Some(value)) => {
                let update = serde_json::Map::from_iter([(exclusive.to_owned(), value.to_json())]);
                Fix::rewrite([bound, exclusive], serde_json::Value::Object(update))
            }
            _ => Fix::Remove,
        };
        found.push(warning("exclusive-spelling", node.origin, message, help).with_fix(fix));
    }
    if !found.is_empty() {
        super::dialect::exclusive_bounds(members);
    }
    found
}

/// Rewrites each `$recursiveRef: '#'`, or returns `None` if the document has none.
///
/// It leads to the outermost schema with `$recursiveAnchor: true`, without one to the root of the schema resource
/// ([JSON Schema 2019-09 §8.2.4.2](https://json-schema.org/draft/2019-09/json-schema-core#section-8.2.4.2)). In a document
/// of OpenAPI the resource would be the whole document, which is no schema, so that the schema around is meant that
/// has a place of its own.
pub(super) fn recursive_references(document: &Node, diagnostics: &mut Diagnostics) -> Option<Node> {
    let containers = Containers::of(document);
    let mut found = Vec::new();
    find_recursive(
        &containers,
        Kind::OpenApi,
        document,
        (&Pointer::root(), None),
        &mut found,
    );
    if found.is_empty() {
        return None;
    }
    let mut rewritten = document.clone();
    for (at, around) in found {
        let Some(members) = at.follow_mut(&mut rewritten).and_then(Node::as_object_mut) else {
            continue;
        };
        let Some(node) = members.shift_remove(RECURSIVE) else {
            continue;
        };
        let message = format!("`{RECURSIVE}` is not a keyword of this version; it is read as a `$ref` to {around}");
        let help = format!("write `$ref: '{}'`", around.to_fragment());
        let diagnostic = Diagnostic::warning("recursive-reference", node.origin, at.child(RECURSIVE), message);
        let fix = Fix::rewrite([RECURSIVE], json!({ "$ref": around.to_fragment() }));
        diagnostics.push(diagnostic.with_help(help).with_fix(fix).with_safe_reading());
        members.insert("$ref".to_owned(), Node::string(node.origin, around.to_fragment()));
    }
    Some(rewritten)
}

const RECURSIVE: &str = "$recursiveRef";

/// Adds where schemas have a recursive reference, and the schema that it leads to. `around` is the outermost schema so far,
/// and whether it is one with `$recursiveAnchor: true`.
fn find_recursive(
    containers: &Containers,
    kind: Kind,
    node: &Node,
    (at, around): (&Pointer, Option<(&Pointer, bool)>),
    found: &mut Vec<(Pointer, Pointer)>,
) {
    if kind == Kind::Schema && containers.has(at) {
        for (name, member) in node.as_object().into_iter().flatten() {
            find_recursive(containers, kind, member, (&at.child(name), None), found);
        }
        return;
    }
    let is_anchor = node.get("$recursiveAnchor").and_then(Node::as_bool) == Some(true);
    let around = match around {
        _ if kind != Kind::Schema => None,
        Some((_, false)) if is_anchor => Some((at, true)),
        None => Some((at, is_anchor)),
        known => known,
    };
    if let Some((around, _)) = around
        && node.get(RECURSIVE).and_then(Node::as_str) == Some("#")
        && node.get("$ref").is_none()
        && around != at
    {
        found.push((at.clone(), around.clone()));
    }
    grammar::children(kind, node, |path, kind, child| {
        let at = path.iter().fold(at.clone(), |at, segment| at.child(segment));
        find_recursive(containers, kind, child, (&at, around), found);
    });
}
