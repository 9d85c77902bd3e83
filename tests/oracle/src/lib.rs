//! The oracle of the tests: the `jsonschema` crate, which validates by the document itself.
//!
//! Neither the reading of a schema ([`translate`]) nor the validation shares code with
//! the generator or with what it emits.

mod circles;
mod discriminator;
mod identifiers;
mod spellings;
pub mod translate;

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::{Value, json};

use crate::translate::{Document, Version};

/// A schema of a document, ready to validate.
#[derive(Debug)]
pub struct Oracle {
    /// The schema as JSON Schema.
    pub schema: Value,
    validator: Validator,
}

/// What the oracle has against a value.
#[derive(Debug, Clone)]
pub struct Objection {
    /// Where in the value, as a JSON Pointer.
    pub pointer: String,
    /// The keyword that does not hold.
    pub keyword: String,
    /// In words.
    pub message: String,
}

impl Oracle {
    /// Makes the oracle for the schema at `pointer`.
    ///
    /// # Panics
    ///
    /// When a reference is unresolved, or what is found is no schema.
    #[must_use]
    pub fn new(document: &Value, pointer: &str) -> Self {
        Self::of(&Document::new(document), pointer)
    }

    /// Makes the oracle for the schema at `pointer` of a document of which there are several.
    ///
    /// # Panics
    ///
    /// When a reference is unresolved, or what is found is no schema.
    #[must_use]
    pub fn of(document: &Document<'_>, pointer: &str) -> Self {
        let schema = document.schema(pointer);
        let mut options = jsonschema::options()
            .with_draft(match document.version {
                Version::V3_0 => Draft::Draft7,
                Version::V3_1 => Draft::Draft202012,
            })
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true);
        for format in ["uuid", "duration"] {
            let known = jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true)
                .build(&json!({"format": format}));
            let known = known.unwrap_or_else(|error| panic!("{format}: {error}"));
            options = options.with_format(format, move |text: &str| known.is_valid(&Value::from(text)));
        }
        let validator = options.build(&schema);
        let validator = validator
            .unwrap_or_else(|error| panic!("{pointer}: {} at {}: {schema}", error.masked(), error.instance_path()));
        Self { schema, validator }
    }

    /// Returns whether the value is valid by the schema.
    #[must_use]
    pub fn is_valid(&self, value: &Value) -> bool {
        self.validator.is_valid(value)
    }

    /// Returns all that the oracle has against the value.
    #[must_use]
    pub fn objections(&self, value: &Value) -> Vec<Objection> {
        let objection = |error: ValidationError<'_>| Objection {
            pointer: error.instance_path().to_string(),
            keyword: error.kind().keyword().to_owned(),
            message: error.masked().to_string(),
        };
        self.validator.iter_errors(value).map(objection).collect()
    }
}
