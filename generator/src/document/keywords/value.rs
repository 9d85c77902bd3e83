//! What the value of a keyword has to be.

use crate::document::version::Version;
use crate::document::{Node, Value};

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum ValueForm {
    /// Any JSON value.
    Any,
    /// A list of any JSON values.
    Values,
    Text,
    Texts,
    TextsByName,
    Boolean,
    Number,
    /// A number above zero.
    Positive,
    /// A whole number that is not negative.
    Count,
    /// A number, and in 3.0 a boolean that changes the bound beside it.
    Exclusive,
    /// The name of a type, or several.
    Types,
    Object,
    /// A reference; what it is, is asked where it is resolved.
    Reference,
    Schema,
    /// A schema, or in the drafts before 2020-12 a list of them.
    SchemaOrSchemas,
    Schemas,
    SchemasByName,
    Discriminator,
}

use ValueForm::{Boolean, Count, Exclusive, Number, Positive, Text, Texts, TextsByName, Types};

/// The names of types ([JSON Schema §4.2.1](https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.1)).
pub(in crate::document) const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

impl ValueForm {
    /// Returns whether `value` is one.
    pub(in crate::document) fn is_met(self, value: &Node, version: Version) -> bool {
        let is_text = |node: &Node| node.as_str().is_some();
        let is_texts = |node: &Node| node.as_array().is_some_and(|list| list.iter().all(is_text));
        let is_type = |node: &Node| node.as_str().is_some_and(|name| TYPES.contains(&name));
        let number = match &value.value {
            Value::Number(text) => text.parse::<f64>().ok(),
            Value::String(text) if is_beyond_f64(text) => text.parse::<f64>().ok(),
            _ => None,
        };
        match self {
            Text => is_text(value),
            Texts => is_texts(value),
            TextsByName => value.as_object().is_some_and(|members| members.values().all(is_texts)),
            Boolean => value.as_bool().is_some(),
            Number => number.is_some(),
            Positive => number.is_some_and(|number| number > 0.0),
            Count => number.is_some_and(|number| number >= 0.0 && (number.fract() == 0.0 || number.is_infinite())),
            Exclusive => number.is_some() || (version == Version::V3_0 && value.as_bool().is_some()),
            Types => {
                is_type(value)
                    || value
                        .as_array()
                        .is_some_and(|list| !list.is_empty() && list.iter().all(is_type))
            }
            Self::Values | Self::Schemas => value.as_array().is_some(),
            Self::Object | Self::SchemasByName | Self::Discriminator => value.as_object().is_some(),
            Self::Schema => is_schema(value),
            Self::SchemaOrSchemas => is_schema(value) || value.as_array().is_some(),
            Self::Any | Self::Reference => true,
        }
    }

    /// Returns what a value has to be, in the words of a diagnostic; `None` where it is checked apart: what is no schema or
    /// no reference is reported where it is read.
    pub(in crate::document) fn words(self) -> Option<String> {
        let words = match self {
            Text => "a string",
            Texts => "a list of strings",
            TextsByName => "lists of strings by name",
            Boolean => "true or false",
            Number | Exclusive => "a number",
            Positive => "a number above zero",
            Count => "a whole number that is not negative",
            Types => return Some(format!("{}, or a list of them", TYPES.join(", "))),
            Self::Values | Self::Schemas => "a list",
            Self::Object | Self::SchemasByName | Self::Discriminator => "an object",
            Self::Any | Self::Reference | Self::Schema | Self::SchemaOrSchemas => return None,
        };
        Some(words.to_owned())
    }

    /// Returns whether a value is a number.
    pub(in crate::document) fn is_number(self) -> bool {
        matches!(self, Number | Positive | Count | Exclusive)
    }

    /// Returns what would help with `value` under `keyword`.
    pub(in crate::document) fn help(self, keyword: &str, value: &Node) -> String {
        let held = value.as_array().into_iter().flatten().any(is_null);
        let quoted = || value.as_str().is_some_and(|text| text.parse::<f64>().is_ok());
        match self {
            Types if is_null(value) || held => "the type is a string as well: put it in quotes, 'null'".to_owned(),
            Types => {
                "use one of these with a `format` for a more specific type; omit `type` to allow any type".to_owned()
            }
            Texts if value.as_bool().is_some() => {
                format!("`required` belongs to the object: write `{keyword}: [name]` beside its `properties`")
            }
            Exclusive if value.as_bool().is_some() => {
                let bound = if keyword == "exclusiveMinimum" {
                    "minimum"
                } else {
                    "maximum"
                };
                format!("since 3.1 the keyword is the bound itself: write `{keyword}` in place of `{bound}`")
            }
            Number | Positive | Count | Exclusive if quoted() => "remove the quotes".to_owned(),
            Number | Positive | Count | Exclusive => format!("write a number, such as `{keyword}: 1`"),
            Text => "put the text in quotes".to_owned(),
            Texts if value.as_str().is_some() => format!("write `{keyword}: [{value}]`"),
            Boolean => format!("write `{keyword}: true`, or leave it out"),
            Texts | Self::Values | Self::Schemas => format!("write a list: `{keyword}: [one, another]`"),
            _ => format!("write a map: `{keyword}: {{name: …}}`"),
        }
    }
}

/// Returns whether the text is that of a JSON number which no `f64` holds; the reader of YAML takes it for a string.
pub(in crate::document) fn is_beyond_f64(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_json = digits.starts_with(|sign: char| ('1'..='9').contains(&sign)) && !digits.contains(".e");
    is_json && digits.ends_with(|sign: char| sign.is_ascii_digit()) && text.parse().is_ok_and(f64::is_infinite)
}

pub(in crate::document) fn is_schema(node: &Node) -> bool {
    matches!(node.value, Value::Object(_) | Value::Bool(_))
}

pub(in crate::document) fn is_null(node: &Node) -> bool {
    matches!(node.value, Value::Null)
}
