//! Puts schemas into the words of JSON Schema 2020-12.

use serde_json::json;

use crate::diagnostic::{Diagnostic, Diagnostics, Fix};
use crate::document::keywords::{self, Keyword};
use crate::document::reference::Target;
use crate::document::typos;
use crate::document::version::Version;
use crate::document::{Kind, Node, Object, Resolver, Value, grammar};
use crate::source::Pointer;

/// Rewrites one schema whose parts are rewritten already.
pub(super) fn rewrite(version: Version, schema: &mut Node) {
    let origin = schema.origin;
    let Some(members) = schema.as_object_mut() else { return };
    if version == Version::V3_0 {
        drop_siblings(members);
        exclusive_bounds(members);
    }
    tuples(members);
    dependencies(members);
    content(members);
    if let Some(Value::Array(types)) = members.get("type").map(|node| &node.value)
        && let [only] = types.as_slice()
    {
        let only = only.clone();
        members.insert("type".to_owned(), only);
    }
    // In 3.1 the keyword is gone; where it stands all the same it can only mean what it meant.
    if members
        .shift_remove("nullable")
        .is_some_and(|node| node.as_bool() == Some(true))
    {
        nullable(schema, origin);
    }
}

/// The siblings of a reference are ignored
/// ([OpenAPI 3.0.4 §4.7.24](https://spec.openapis.org/oas/v3.0.4.html#reference-object)), but for those that
/// [`is_sibling_kept`] names.
fn drop_siblings(members: &mut Object) {
    if members.contains_key("$ref") {
        members.retain(|key, value| key == "$ref" || is_sibling_kept(key, value));
    }
}

/// Returns whether a property beside a reference counts in 3.0: it documents the reference, or it is `nullable: true`,
/// which no author writes without meaning it, and servers send `null` accordingly.
pub(in crate::document) fn is_sibling_kept(key: &str, value: &Node) -> bool {
    // `summary` is a field of a Reference Object of 3.1, and is refused as no keyword.
    let documents = keywords::is(key, Keyword::describes) || key == "summary";
    documents || (key == "nullable" && value.as_bool() == Some(true))
}

/// `minimum: 1, exclusiveMinimum: true` becomes `exclusiveMinimum: 1`.
pub(super) fn exclusive_bounds(members: &mut Object) {
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        let Some(is_exclusive) = members.get(exclusive).and_then(Node::as_bool) else {
            continue;
        };
        members.shift_remove(exclusive);
        if let Some(value) = members.get(bound).cloned().filter(|_| is_exclusive) {
            members.shift_remove(bound);
            members.insert(exclusive.to_owned(), value);
        }
    }
}

/// `items: [a, b], additionalItems: c` becomes `prefixItems: [a, b], items: c`.
fn tuples(members: &mut Object) {
    if members.get("items").is_none_or(|items| items.as_array().is_none()) {
        return;
    }
    if let Some(prefix) = members.shift_remove("items") {
        members.insert("prefixItems".to_owned(), prefix);
    }
    if let Some(rest) = members.shift_remove("additionalItems") {
        members.insert("items".to_owned(), rest);
    }
}

/// `dependencies` becomes `dependentRequired` and `dependentSchemas`.
fn dependencies(members: &mut Object) {
    let Some(Node {
        origin,
        value: Value::Object(dependencies),
        ..
    }) = members.shift_remove("dependencies")
    else {
        return;
    };
    let (required, schemas): (Object, Object) = dependencies
        .into_iter()
        .partition(|(_, node)| node.as_array().is_some());
    for (keyword, part) in [("dependentRequired", required), ("dependentSchemas", schemas)] {
        if !part.is_empty() {
            members.insert(keyword.to_owned(), Node::new(origin, Value::Object(part)));
        }
    }
}

/// `contentEncoding: base64` becomes `format: byte`, where no format is given.
fn content(members: &mut Object) {
    let Some(encoding) = members.get("contentEncoding") else {
        return;
    };
    if encoding.as_str() == Some("base64") && !members.contains_key("format") {
        let format = Node::string(encoding.origin, "byte");
        members.insert("format".to_owned(), format);
    }
}

/// `nullable: true` adds `null` to the type, or to a schema that has none.
fn nullable(schema: &mut Node, origin: crate::source::Origin) {
    let null = Node::string(origin, "null");
    let Some(members) = schema.as_object_mut() else { return };
    if let Some(Node {
        value: Value::Array(values),
        ..
    }) = members.get_mut("enum")
    {
        // 3.0.3 asks for `null` in the list as well; documents that forget it mean it.
        if !values.iter().any(|value| matches!(value.value, Value::Null)) {
            values.push(Node::new(origin, Value::Null));
        }
    }
    let composes = keywords::has(members, Keyword::composes);
    match members.get_mut("type").map(|node| &mut node.value) {
        Some(Value::Array(types)) => types.push(null),
        Some(one @ Value::String(_)) => {
            let name = std::mem::replace(one, Value::Null);
            *one = Value::Array(vec![Node::new(origin, name), null]);
        }
        None if composes => {
            if let Some((subschema, annotations)) = lone_part(members) {
                let null = Object::from_iter([("type".to_owned(), null)]);
                let subschemas = Value::Array(vec![subschema, Node::new(origin, Value::Object(null))]);
                *members = annotations;
                members.insert("anyOf".to_owned(), Node::new(origin, subschemas));
                return;
            }
            let inner = Node::new(origin, Value::Object(std::mem::take(members)));
            let null = Object::from_iter([("type".to_owned(), null)]);
            let subschemas = Value::Array(vec![inner, Node::new(origin, Value::Object(null))]);
            members.insert("anyOf".to_owned(), Node::new(origin, subschemas));
        }
        _ => {}
    }
}

/// Returns the one part of a composition, and the words beside it, where there is nothing else.
fn lone_part(members: &Object) -> Option<(Node, Object)> {
    let is_word = |key: &String| keywords::is(key, Keyword::describes) || key == "example";
    let (words, rest): (Vec<_>, Vec<_>) = members.iter().partition(|(key, _)| is_word(key));
    let [(keyword, parts)] = rest.as_slice() else {
        return None;
    };
    let words = words.into_iter().map(|(key, node)| (key.clone(), node.clone()));
    if *keyword == "$ref" {
        let reference = Object::from_iter([((*keyword).clone(), (*parts).clone())]);
        return Some((Node::new(parts.origin, Value::Object(reference)), words.collect()));
    }
    let [part] = parts.as_array()? else { return None };
    Some((part.clone(), words.collect()))
}

/// Returns the component that a mapping probably means.
fn near_schema<'run>(resolver: Resolver<'run>, written: &Node) -> Option<&'run str> {
    let name = written.as_str()?.rsplit('/').next()?;
    let schemas = resolver
        .node(&Target::at(Pointer::of(["components", "schemas"])))?
        .as_object()?;
    typos::nearest(name, schemas.keys().map(String::as_str))
}

fn mapping_help(near: Option<&str>, verb: &str) -> String {
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{verb} the name of a component, or a reference such as '#/components/schemas/name'"),
    }
}

/// Reports values of discriminator mappings that name no component.
pub(super) fn check_discriminators(root: &Node, diagnostics: &mut Diagnostics) {
    check(Resolver::new(root), Kind::OpenApi, root, &Pointer::root(), diagnostics);
}

fn check(resolver: Resolver<'_>, kind: Kind, node: &Node, at: &Pointer, diagnostics: &mut Diagnostics) {
    if kind == Kind::Discriminator {
        for (value, reference) in node.get("mapping").and_then(Node::as_object).into_iter().flatten() {
            let target = reference.as_str().and_then(|text| resolver.follow(text));
            if target.is_none() {
                let message = format!("the mapping of {value:?} is dangling: {reference} is not a schema");
                let near = near_schema(resolver, reference);
                diagnostics.push(
                    Diagnostic::degraded(
                        "discriminator-mapping",
                        reference.origin,
                        at.child("mapping").child(value),
                        message,
                    )
                    .with_help(mapping_help(near, "map it to"))
                    .with_fix(near.map_or(Fix::Remove, |near| Fix::Replace(json!(near)))),
                );
            }
        }
    }
    let default = node.get("defaultMapping").filter(|_| kind == Kind::Discriminator);
    if let Some(reference) = default
        && !reference.as_str().is_some_and(|text| names_schema(resolver, text))
    {
        let message = format!("the default mapping is dangling: {reference} is not a schema");
        let near = near_schema(resolver, reference);
        diagnostics.push(
            Diagnostic::warning(
                "discriminator-mapping",
                reference.origin,
                at.child("defaultMapping"),
                message,
            )
            .with_help(mapping_help(near, "write"))
            .with_fix(near.map_or(Fix::Remove, |near| Fix::Replace(json!(near)))),
        );
    }
    grammar::children(kind, node, |path, kind, child| {
        let at = path.iter().fold(at.clone(), |at, segment| at.child(segment));
        check(resolver, kind, child, &at, diagnostics);
    });
}

/// Returns whether a text is the name of a schema or a reference to something.
fn names_schema(resolver: Resolver<'_>, text: &str) -> bool {
    let by_name = Pointer::of(["components", "schemas", text]).to_fragment();
    resolver.follow(&by_name).or_else(|| resolver.follow(text)).is_some()
}
