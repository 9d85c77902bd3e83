//! Edits of schemas and their properties.

use serde_json::{Map, Value, json};

use super::edits::{object, remove, split};

/// Returns the schema that has a property, and the name of it.
fn holder_of<'document>(
    document: &'document mut Value,
    place: &str,
) -> Option<(&'document mut Map<String, Value>, String)> {
    let (properties, name) = split(place)?;
    let (holder, _) = split(properties)?;
    Some((object(document, holder)?, name))
}

/// Requires a property that is optional.
pub(super) fn require(document: &mut Value, place: &str) -> Option<()> {
    let (holder, name) = holder_of(document, place)?;
    let list = holder.entry("required").or_insert_with(|| json!([]));
    let list = list.as_array_mut()?;
    if list.contains(&json!(name)) {
        return None;
    }
    list.push(json!(name));
    Some(())
}

/// Makes a property optional that is required.
pub(super) fn make_optional(document: &mut Value, place: &str) -> Option<()> {
    let (holder, name) = holder_of(document, place)?;
    let list = holder.get_mut("required")?.as_array_mut()?;
    let index = list.iter().position(|each| *each == json!(name))?;
    list.remove(index);
    if list.is_empty() {
        holder.remove("required");
    }
    Some(())
}

/// Removes a property.
pub(super) fn remove_property(document: &mut Value, place: &str) -> Option<()> {
    // One that is optional is not in the list.
    let _ = make_optional(document, place);
    remove(document, place).map(|_| ())
}

/// Adds a property of strings to an object; it is required.
pub(super) fn add_required_property(document: &mut Value, place: &str) -> Option<()> {
    let schema = object(document, place)?;
    let properties = schema.get_mut("properties")?.as_object_mut()?;
    properties.insert("addedByMutation".to_owned(), json!({"type": "string"}));
    let required = schema.entry("required").or_insert_with(|| json!([]));
    required.as_array_mut()?.push(json!("addedByMutation"));
    Some(())
}

/// Adds a property of strings to an object; it is optional.
pub(super) fn add_property(document: &mut Value, place: &str) -> Option<()> {
    let properties = object(document, place)?.get_mut("properties")?.as_object_mut()?;
    properties.insert("addedByMutation".to_owned(), json!({"type": "string"}));
    Some(())
}

/// Lets a property be `null`.
pub(super) fn let_be_null(document: &mut Value, place: &str) -> Option<()> {
    let is_3_0 = document.get("openapi")?.as_str()?.starts_with("3.0");
    let schema = object(document, place)?;
    if is_3_0 {
        schema.insert("nullable".to_owned(), json!(true));
    } else {
        let type_ = schema.get("type")?.as_str()?.to_owned();
        schema.insert("type".to_owned(), json!([type_, "null"]));
    }
    Some(())
}

/// Calls `found` with every reference of a document.
fn each_reference(node: &mut Value, found: &mut dyn FnMut(&mut Value)) {
    if node.get("$ref").is_some_and(Value::is_string) {
        found(node);
        return;
    }
    match node {
        Value::Object(members) => members.values_mut().for_each(|member| each_reference(member, found)),
        Value::Array(elements) => elements.iter_mut().for_each(|element| each_reference(element, found)),
        _ => {}
    }
}

/// Removes a component; what refers to it may have any value.
pub(super) fn remove_component(document: &mut Value, place: &str) -> Option<()> {
    let target = format!("#{place}");
    remove(document, place)?;
    each_reference(document, &mut |node| {
        if node["$ref"] == json!(target) {
            *node = json!({});
        }
    });
    Some(())
}

/// Gives a component another name.
pub(super) fn rename_component(document: &mut Value, place: &str) -> Option<()> {
    let schema = remove(document, place)?;
    let schemas = object(document, "/components/schemas")?;
    schemas.insert("RenamedByMutation".to_owned(), schema);
    let target = format!("#{place}");
    each_reference(document, &mut |node| {
        if node["$ref"] == json!(target) {
            node["$ref"] = json!("#/components/schemas/RenamedByMutation");
        }
    });
    Some(())
}

/// Makes a component of the schema of a property.
pub(super) fn extract(document: &mut Value, place: &str) -> Option<()> {
    let schema = document.pointer_mut(place)?.take();
    *document.pointer_mut(place)? = json!({"$ref": "#/components/schemas/ExtractedByMutation"});
    let components = document
        .as_object_mut()?
        .entry("components")
        .or_insert_with(|| json!({}));
    let schemas = components
        .as_object_mut()?
        .entry("schemas")
        .or_insert_with(|| json!({}));
    schemas
        .as_object_mut()?
        .insert("ExtractedByMutation".to_owned(), schema);
    Some(())
}

/// Writes the component that a property refers to in its place. The component stays.
pub(super) fn inline(document: &mut Value, place: &str) -> Option<()> {
    let target = document
        .pointer(place)?
        .get("$ref")?
        .as_str()?
        .strip_prefix('#')?
        .to_owned();
    let schema = document.pointer(&target)?.clone();
    schema.get("properties")?;
    *document.pointer_mut(place)? = schema;
    Some(())
}

/// Adds a component that nothing refers to.
pub(super) fn add_component(document: &mut Value, _: &str) -> Option<()> {
    let schema = json!({"type": "object", "properties": {"name": {"type": "string"}}});
    let schemas = object(document, "/components/schemas")?;
    schemas.insert("AddedByMutation".to_owned(), schema);
    Some(())
}

/// Lets an enum have other strings too.
pub(super) fn open_enum(document: &mut Value, place: &str) -> Option<()> {
    let schema = document.pointer_mut(place)?;
    let listed = schema.take();
    *schema = json!({"anyOf": [listed, {"type": "string"}]});
    Some(())
}

/// Lets the component that a property refers to refer to that of the property.
pub(super) fn refer_back(document: &mut Value, place: &str) -> Option<()> {
    let (holder, _) = place.split_once("/properties/")?;
    holder.strip_prefix("/components/schemas/")?;
    let target = document
        .pointer(place)?
        .get("$ref")?
        .as_str()?
        .strip_prefix('#')?
        .to_owned();
    let reference = json!({ "$ref": format!("#{holder}") });
    let properties = object(document, &target)?.get_mut("properties")?.as_object_mut()?;
    properties.insert("addedByMutation".to_owned(), reference);
    Some(())
}

/// Adds a property of numbers to an object; it is optional.
pub(super) fn add_number(document: &mut Value, place: &str) -> Option<()> {
    let properties = object(document, place)?.get_mut("properties")?.as_object_mut()?;
    properties.insert("addedByMutation".to_owned(), json!({"type": "number"}));
    Some(())
}
