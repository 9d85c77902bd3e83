//! The oracle, on values as the runtime has them.

use apicrate_runtime::Json;
use schema_oracle::Objection;
use serde_json::{Number, Value};

/// A schema of a document, ready to validate.
pub(crate) struct Oracle(schema_oracle::Oracle);

impl Oracle {
    /// Makes the oracle for the schema at `pointer`.
    pub(crate) fn new(document: &Value, pointer: &str) -> Self {
        Self(schema_oracle::Oracle::new(document, pointer))
    }

    /// Returns the schema as JSON Schema.
    pub(crate) fn schema(&self) -> &Value {
        &self.0.schema
    }

    /// Returns whether the value is valid by the schema.
    pub(crate) fn is_valid(&self, value: &Json) -> bool {
        self.0.is_valid(&plain(value))
    }

    /// Returns all that the oracle has against the value.
    pub(crate) fn objections(&self, value: &Json) -> Vec<Objection> {
        self.0.objections(&plain(value))
    }
}

/// Returns the value as the oracle can take it. A number beyond `f64` becomes the greatest or least `f64`.
pub(crate) fn plain(value: &Json) -> Value {
    match value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::String(text) => Value::String(text.clone()),
        Json::Number(number) => {
            let text = number.text();
            let last = if text.starts_with('-') { f64::MIN } else { f64::MAX };
            let number = serde_json::from_str::<Number>(&text).ok();
            Value::Number(number.or_else(|| Number::from_f64(last)).unwrap())
        }
        Json::Array(elements) => elements.iter().map(plain).collect(),
        Json::Object(properties) => {
            let properties = properties.iter();
            Value::Object(
                properties
                    .map(|(name, value)| (name.to_owned(), plain(value)))
                    .collect(),
            )
        }
    }
}
