//! Values and schemas out of JSON text, for tests alone.
#![allow(dead_code, reason = "each test uses a part of it")]

pub(crate) mod lowered;

use apicrate_runtime::Json;
use apicrate_runtime::Number;
use serde_json::Value;

/// Reads a value.
pub(crate) fn json(text: &str) -> Json {
    from_value(&serde_json::from_str(text).unwrap())
}

/// Takes a value over from `serde_json`.
pub(crate) fn from_value(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => Json::Number(Number::parse(&number.to_string()).unwrap()),
        Value::String(text) => Json::String(text.clone()),
        Value::Array(elements) => Json::Array(elements.iter().map(from_value).collect()),
        Value::Object(members) => Json::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), from_value(value)))
                .collect(),
        ),
    }
}
