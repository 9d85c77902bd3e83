//! Brings content of [OpenAPI 3.2](https://spec.openapis.org/oas/v3.2.0.html) to the form of 3.1: media types by reference,
//! and events whose data is JSON.

use std::collections::BTreeSet;

use super::Converted;
use crate::document::media_type::{essence, is_json};
use crate::document::reference::Resolver;
use crate::document::{Kind, Node, Object, Value, children};
use crate::source::Pointer;

/// The fields of an event, as the schema of an item describes it
/// ([OpenAPI 3.2 §4.14.4](https://spec.openapis.org/oas/v3.2.0.html#media-type-object)).
const EVENT: [&str; 4] = ["data", "event", "id", "retry"];

/// The deepest composition that the data of an event is looked for in.
const DEEPEST: usize = 16;

/// Returns `document` with its content in the form of 3.1, if that changes anything; `reached` are the objects in other
/// documents that a reference leads to.
pub(super) fn convert(document: &Node, reached: &BTreeSet<(Kind, Pointer)>) -> Option<Converted> {
    let mut holders = BTreeSet::new();
    add_holders(Kind::OpenApi, document, &Pointer::root(), &mut holders);
    for (kind, at) in reached {
        if let Some(node) = at.follow(document) {
            add_holders(*kind, node, at, &mut holders);
        }
    }
    let mut root = document.clone();
    let mut is_changed = false;
    // What lies below an object follows it in this order, and comes first.
    for at in holders.iter().rev() {
        let holder = at.follow_mut(&mut root).and_then(Node::as_object_mut);
        let content = holder.and_then(|members| members.get_mut("content"));
        for (media_type, media) in content.and_then(Node::as_object_mut).into_iter().flatten() {
            is_changed |= replace_reference(document, media);
            if is_events(media_type) {
                is_changed |= unwrap_event(document, media);
            }
        }
    }
    let notes = Vec::new();
    let reached = reached.clone();
    is_changed.then_some(Converted { root, notes, reached })
}

/// Adds the places of the objects at or below `node` that have content. An object that is come upon twice has one place.
fn add_holders(kind: Kind, node: &Node, at: &Pointer, holders: &mut BTreeSet<Pointer>) {
    let has_content = matches!(
        kind,
        Kind::Response | Kind::RequestBody | Kind::Parameter | Kind::Header
    );
    if has_content && node.get("content").is_some() {
        holders.insert(at.clone());
    }
    children(kind, node, |path, kind, child| {
        let at = path.iter().fold(at.clone(), |at, segment| at.child(segment));
        add_holders(kind, child, &at, holders);
    });
}

/// Puts the target of a reference to a media type in its place.
fn replace_reference(document: &Node, media: &mut Node) -> bool {
    let target = follow(document, media);
    let is_media_type = target.get("$ref").is_none() && target.as_object().is_some();
    if media.get("$ref").is_none() || !is_media_type {
        return false;
    }
    *media = target.clone();
    true
}

/// Makes the schema of an item one whose property `data` is what the data of the event means.
fn unwrap_event(document: &Node, media: &mut Node) -> bool {
    let Some(item) = media.as_object_mut().and_then(|members| members.get_mut("itemSchema")) else {
        return false;
    };
    let origin = item.origin;
    let data = match data(document, item, DEEPEST) {
        Some(data) => data,
        None if is_event(document, item, DEEPEST) => return false,
        // It describes what the data is.
        None => item.clone(),
    };
    let properties = Object::from_iter([("data".to_owned(), data)]);
    let event = Object::from_iter([("properties".to_owned(), Node::new(origin, Value::Object(properties)))]);
    item.value = Value::Object(event);
    true
}

/// Returns the schema of the data of an event: the content of a string that is JSON, or the schema of the property.
fn data(document: &Node, item: &Node, deepest: usize) -> Option<Node> {
    let item = follow(document, item);
    let deepest = deepest.checked_sub(1)?;
    if let Some(written) = item.get("properties").and_then(|members| members.get("data")) {
        let resolved = follow(document, written);
        let is_json = resolved
            .get("contentMediaType")
            .and_then(Node::as_str)
            .is_some_and(is_json);
        let content = resolved.get("contentSchema").filter(|_| is_json);
        return Some(content.unwrap_or(written).clone());
    }
    let parts = |keyword: &str| item.get(keyword).and_then(Node::as_array).unwrap_or_default();
    let of_all = parts("allOf")
        .iter()
        .rev()
        .find_map(|part| data(document, part, deepest));
    if of_all.is_some() {
        return of_all;
    }
    let alternatives = ["oneOf", "anyOf"].into_iter().flat_map(parts);
    let of_each: Vec<Node> = alternatives.filter_map(|part| data(document, part, deepest)).collect();
    let is_text = |node: &Node| follow(document, node).get("type").and_then(Node::as_str) == Some("string");
    match of_each.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        // Data that is text beside data that is JSON can be read as text alone.
        list => list.iter().find(|node| is_text(node)).cloned().or_else(|| {
            let union = Object::from_iter([(
                "anyOf".to_owned(),
                Node::new(item.origin, Value::Array(of_each.clone())),
            )]);
            Some(Node::synthesized(item.origin, Value::Object(union)))
        }),
    }
}

/// Returns whether a schema describes an event by its fields.
fn is_event(document: &Node, item: &Node, deepest: usize) -> bool {
    let item = follow(document, item);
    let Some(deepest) = deepest.checked_sub(1) else {
        return false;
    };
    let properties = item.get("properties").and_then(Node::as_object);
    let has_field = properties.is_some_and(|properties| EVENT.iter().any(|field| properties.contains_key(*field)));
    let has_others = properties.is_some_and(|properties| properties.keys().any(|name| !EVENT.contains(&name.as_str())));
    let parts = ["allOf", "oneOf", "anyOf"];
    let mut parts = parts
        .iter()
        .filter_map(|keyword| item.get(keyword)?.as_array())
        .flatten();
    (has_field && !has_others) || parts.any(|part| is_event(document, part, deepest))
}

fn follow<'run>(document: &'run Node, node: &'run Node) -> &'run Node {
    Resolver::new(document).last(node)
}

fn is_events(media_type: &str) -> bool {
    essence(media_type) == "text/event-stream"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::convert;
    use crate::diagnostic::Diagnostics;
    use crate::document::read;
    use crate::source::Sources;

    /// Returns the content of the response of a document with these components.
    fn content(content: &str, components: &str) -> Option<Value> {
        let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
        let text = format!(
            "{{paths: {{/a: {{get: {{responses: {{'200': {{content: {content}}}}}}}}}}}, components: {components}}}"
        );
        let document = read(&mut sources, "a.yaml", &text, &mut diagnostics).unwrap();
        let root = convert(&document, &BTreeSet::new())?.root.to_json();
        root.pointer("/paths/~1a/get/responses/200/content").cloned()
    }

    #[test]
    fn media_types_take_the_place_of_references() {
        let components = "{mediaTypes: {M: {$ref: '#/components/mediaTypes/N'}, N: {schema: {type: string}}}}";
        assert_eq!(
            content("{a/b: {$ref: '#/components/mediaTypes/M'}}", components),
            Some(json!({"a/b": {"schema": {"type": "string"}}}))
        );
        assert_eq!(content("{a/b: {$ref: '#/components/mediaTypes/O'}}", components), None);
        assert_eq!(content("{a/b: {schema: {}}}", components), None);
    }

    #[test]
    fn the_data_of_events_is_what_they_carry() {
        let json_data = "{type: string, contentMediaType: application/json, contentSchema: {type: integer}}";
        let components = format!(
            "{{schemas: {{E: {{properties: {{id: {{}}, data: {{type: string}}}}}}, \
             J: {{properties: {{event: {{const: j}}, data: {json_data}}}}}, \
             P: {{properties: {{text: {{}}, id: {{}}}}}}, F: {{properties: {{event: {{}}}}}}}}}}"
        );
        let reference = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
        for (item, data) in [
            (reference("E"), Some(json!({"type": "string"}))),
            (reference("J"), Some(json!({"type": "integer"}))),
            (
                format!("{{allOf: [{}, {}]}}", reference("E"), reference("J")),
                Some(json!({"type": "integer"})),
            ),
            (
                format!(
                    "{{oneOf: [{}, {}]}}",
                    reference("J"),
                    "{properties: {data: {type: boolean}}}"
                ),
                Some(json!({"anyOf": [{"type": "integer"}, {"type": "boolean"}]})),
            ),
            (
                format!("{{oneOf: [{}, {}]}}", reference("J"), reference("E")),
                Some(json!({"type": "string"})),
            ),
            (reference("P"), Some(json!({"$ref": "#/components/schemas/P"}))),
            (reference("F"), None),
        ] {
            let text = format!("{{text/event-stream: {{itemSchema: {item}}}}}");
            let found = content(&text, &components);
            let found = found.map(|found| found["text/event-stream"]["itemSchema"]["properties"]["data"].clone());
            assert_eq!(found, data, "{item}");
        }
    }
}
