//! The oracle: the `jsonschema` crate, which judges by the document itself.

use client_runtime::Json;
use jsonschema::{Draft, Validator};
use serde_json::{Number, Value};

use crate::translate::{self, Version};

/// A schema of a document, ready to judge.
pub(crate) struct Oracle {
    /// The schema as JSON Schema.
    pub(crate) schema: Value,
    validator: Validator,
}

/// What the oracle has against a value.
#[derive(Debug, Clone)]
pub(crate) struct Objection {
    /// Where in the value, as a JSON Pointer.
    pub(crate) pointer: String,
    /// The keyword that does not hold.
    pub(crate) keyword: String,
    /// In words.
    pub(crate) message: String,
}

impl Oracle {
    /// Makes the oracle for the schema at `pointer`.
    pub(crate) fn new(document: &Value, pointer: &str) -> Self {
        let schema = translate::schema(document, pointer);
        let mut options = jsonschema::options()
            .with_draft(match translate::version(document) {
                Version::V3_0 => Draft::Draft7,
                Version::V3_1 => Draft::Draft202012,
            })
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true);
        for format in ["uuid", "duration"] {
            let known = jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true)
                .build(&serde_json::json!({"format": format}))
                .unwrap();
            options = options.with_format(format, move |text: &str| known.is_valid(&Value::from(text)));
        }
        let validator = options.build(&schema);
        let validator = validator.unwrap_or_else(|error| panic!("{pointer}: {error}: {schema}"));
        Self { schema, validator }
    }

    /// Returns whether the value holds to the schema.
    pub(crate) fn is_valid(&self, value: &Json) -> bool {
        self.validator.is_valid(&plain(value))
    }

    /// Returns all that the oracle has against the value.
    pub(crate) fn objections(&self, value: &Json) -> Vec<Objection> {
        let value = plain(value);
        let errors = self.validator.iter_errors(&value);
        let objection = |error: jsonschema::ValidationError<'_>| Objection {
            pointer: error.instance_path().to_string(),
            keyword: error.kind().keyword().to_owned(),
            message: error.masked().to_string(),
        };
        errors.map(objection).collect()
    }
}

/// Returns the value as the oracle can take it. A number beyond `f64` counts as the last one within.
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
        Json::Object(members) => {
            let members = members.iter();
            Value::Object(members.map(|(name, value)| (name.to_owned(), plain(value))).collect())
        }
    }
}
