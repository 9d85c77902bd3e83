//! Valid values with something of which the document knows nothing yet.

use apicrate_runtime::{Json, Map};
use serde_json::Value;

use crate::edit::{places, pointer, replaced};
use schema_instances::{Instance, Place, Random, is_match};

/// A subschema that is new to a union of scalars.
pub(crate) const NEW_SCALAR: &str = "unknown value beside scalars";

/// The name of a property that no document has.
const NEW: &str = "newMember~/é";

/// Returns the value with an unknown property, an unknown value of an enum or an unknown value of a
/// union, and which of these it is; `None` where there is no room for any.
pub(crate) fn extended(instance: &Instance<'_>, random: &mut Random) -> Option<(Json, &'static str)> {
    let mut extensions: Vec<(Vec<String>, Json, &'static str)> = Vec::new();
    for (place, value) in places(&instance.value) {
        let known = instance.places.get(&pointer(&place));
        match value {
            Json::Object(properties) if known.is_none_or(takes_objects) => {
                let mut properties: Map<Json> = properties.clone();
                properties.insert(NEW, schema_instances::other(random));
                extensions.push((place.clone(), Json::Object(properties), "unknown property"));
            }
            Json::String(_) if known.is_some_and(lists_strings) => {
                extensions.push((place.clone(), Json::from("a new value"), "unknown enum value"));
            }
            _ => {}
        }
        if let Some(known) = known.filter(|known| known.is_choice) {
            let words = if known.has_containers {
                "unknown value of a union"
            } else {
                NEW_SCALAR
            };
            extensions.push((place, schema_instances::other(random), words));
        }
    }
    if extensions.is_empty() {
        return None;
    }
    let (place, value, words) = random.pick(&extensions);
    Some((replaced(&instance.value, place, value), words))
}

/// Returns whether the schema has nothing to say of a property with a new name, but that it may be forbidden.
fn takes_objects(place: &Place<'_>) -> bool {
    place.says.iter().all(|schema| {
        let patterns = schema.get("patternProperties").and_then(Value::as_object);
        let mut patterns = patterns.into_iter().flatten();
        let rest = ["additionalProperties", "unevaluatedProperties"];
        !patterns.any(|(pattern, _)| is_match(pattern, NEW))
            && rest
                .iter()
                .all(|keyword| schema.get(*keyword).is_none_or(Value::is_boolean))
    })
}

fn lists_strings(place: &Place<'_>) -> bool {
    place
        .says
        .iter()
        .any(|schema| match (schema.get("enum"), schema.get("const")) {
            (Some(Value::Array(values)), _) => values.iter().all(Value::is_string),
            (None, Some(value)) => value.is_string(),
            _ => false,
        })
}
