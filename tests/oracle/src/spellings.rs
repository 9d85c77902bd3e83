//! What `OpenAPI` spells otherwise than JSON Schema: bounds, formats of integers, `nullable`.

use serde_json::{Map, Value, json};

use crate::translate::add_part;

/// Puts the boolean form of exclusive bounds into the form of draft 6 and later.
pub(crate) fn bounds(schema: &mut Map<String, Value>) {
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        // A bound beyond `f64`, which YAML gives as text, bounds nothing that the oracle can take.
        if schema.get(bound).is_some_and(Value::is_string) {
            schema.remove(bound);
        }
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => {
                let limit = schema.remove(bound);
                schema.remove(exclusive);
                schema.extend(limit.map(|limit| (exclusive.to_owned(), limit)));
            }
            Some(Value::Bool(false)) => {
                schema.remove(exclusive);
            }
            _ => {}
        }
    }
}

/// Adds the bounds that a format of integers stands for; they stand beside those of the schema.
pub(crate) fn integers(schema: &mut Map<String, Value>) {
    let (low, high) = match schema.get("format").and_then(Value::as_str) {
        // Narrower ones are read as `i32`, which holds more (SUPPORTED.md).
        Some("int32" | "int8" | "int16" | "uint8" | "uint16") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint64" | "uint") => (json!(0), json!(u64::MAX)),
        _ => return,
    };
    add_part(schema, json!({"minimum": low, "maximum": high}));
}

/// Lets a schema of 3.0 take `null`.
pub(crate) fn nullable(mut schema: Map<String, Value>) -> Value {
    if let Some(Value::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    if let Some(kind) = schema.get("type").cloned() {
        schema.insert("type".to_owned(), json!([kind, "null"]));
        return Value::Object(schema);
    }
    json!({"anyOf": [{"type": "null"}, schema]})
}
