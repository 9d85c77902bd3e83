//! A request, as received and as parsed.

use std::collections::BTreeMap;

use axum::body::Bytes;
use serde_json::{Map, Value};

use crate::failure::Failure;

/// A request, percent-decoded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Raw {
    /// The method.
    pub(crate) method: String,
    /// Path and query, as received.
    pub(crate) target: String,
    /// The variables of the path template, decoded.
    pub(crate) path: Vec<(String, String)>,
    /// The query, decoded: `+` is a space.
    pub(crate) query: Vec<(String, String)>,
    /// The headers.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: Bytes,
}

impl Raw {
    /// Returns the first value of the header `name`.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// A request that keeps to the document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Call {
    /// The `operationId`.
    pub(crate) operation: String,
    /// The parameters by name, with the document's defaults.
    pub(crate) parameters: BTreeMap<String, String>,
    /// The body.
    pub(crate) body: Option<Value>,
}

impl Call {
    /// Returns a parameter; an empty text means none, as the document says of filters.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let value = self.parameters.get(name).map(String::as_str);
        value.filter(|value| !value.is_empty())
    }

    /// Returns an id of the path, in the case in which ids are stored.
    pub(crate) fn id(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_ascii_lowercase()
    }

    /// Returns a parameter that the document calls a string and means as a count.
    pub(crate) fn count(&self, name: &str) -> Result<i64, Failure> {
        let text = self.parameters.get(name).map_or("0", String::as_str);
        let is_count = text.bytes().all(|byte| byte.is_ascii_digit());
        let count = text.parse().ok().filter(|_| is_count);
        count.ok_or_else(|| Failure::invalid(format!("{name} is no count: {text:?}")))
    }

    /// Returns the properties of the body, empty if there is no body.
    pub(crate) fn properties(&self) -> Map<String, Value> {
        self.body
            .as_ref()
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    }
}

/// Returns a number that is whole: `10.0` is the same number as `10`, and shown like it.
pub(crate) fn whole_number(value: &Value) -> Option<i64> {
    value.as_f64()?.to_string().parse().ok()
}
