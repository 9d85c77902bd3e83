//! A parameter of the document.

use std::sync::Arc;

use schema_oracle::{Oracle, translate};
use serde_json::Value;

use super::{Oracles, reported};
use crate::call::Raw;

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// Among the headers.
    Header,
}

/// A parameter of the document, which has a scalar value in all of its operations.
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: String,
    pub(super) location: Location,
    is_required: bool,
    is_boolean: bool,
    default: Option<String>,
    oracle: Arc<Oracle>,
}

impl Parameter {
    /// Reads the parameter at `pointer`, behind which a reference may stand.
    pub(super) fn read(oracles: &mut Oracles<'_>, pointer: &str) -> Self {
        let document = oracles.document;
        let property = |name: &str| translate::follow(document, &format!("{pointer}/{name}"));
        let text = |name: &str| property(name).and_then(Value::as_str).unwrap_or_default();
        let default = property("schema/default").map(|default| match default {
            Value::String(text) => text.clone(),
            // A text with a number as default: the server takes it so.
            other => other.to_string(),
        });
        Self {
            name: text("name").to_owned(),
            location: match text("in") {
                "path" => Location::Path,
                "query" => Location::Query,
                "header" => Location::Header,
                other => panic!("{pointer}: the emulator has to learn of parameters in {other:?}"),
            },
            is_required: property("required") == Some(&Value::Bool(true)),
            is_boolean: text("schema/type") == "boolean",
            default,
            oracle: oracles.at(&format!("{pointer}/schema")),
        }
    }

    /// Returns the value that a request gives, or else the default.
    pub(super) fn value(&self, raw: &Raw) -> Result<Option<String>, String> {
        let Self { name, .. } = self;
        let pairs = match self.location {
            Location::Path => &raw.path,
            Location::Query => &raw.query,
            Location::Header => &raw.headers,
        };
        let is_same = |other: &str| match self.location {
            Location::Header => other.eq_ignore_ascii_case(name),
            _ => other == name,
        };
        let mut values = pairs.iter().filter(|(name, _)| is_same(name)).map(|(_, value)| value);
        let Some(value) = values.next() else {
            return if self.is_required {
                Err(format!("the parameter {name:?} is missing"))
            } else {
                Ok(self.default.clone())
            };
        };
        if values.next().is_some() {
            return Err(format!("the parameter {name:?} is given more than once"));
        }
        let json = match (self.is_boolean, value.as_str()) {
            (true, "true") => Value::Bool(true),
            (true, "false") => Value::Bool(false),
            (_, text) => Value::from(text),
        };
        match reported(&self.oracle, &json).first() {
            Some(fault) => Err(format!("the parameter {name:?}: {fault}")),
            None => Ok(Some(value.clone())),
        }
    }
}
