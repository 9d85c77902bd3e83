//! The body of a request, by the document.

use std::sync::Arc;

use schema_oracle::{Oracle, translate};
use serde_json::Value;

use super::{Oracles, reported};
use crate::call::Raw;

/// The body that an operation takes.
#[derive(Debug)]
pub(super) struct Body {
    is_required: bool,
    oracle: Arc<Oracle>,
}

impl Body {
    /// Reads the request body at `pointer`, if there is one.
    pub(super) fn read(oracles: &mut Oracles<'_>, pointer: &str) -> Option<Self> {
        if !oracles.has(pointer) {
            return None;
        }
        let required = translate::follow(oracles.document, &format!("{pointer}/required"));
        Some(Self {
            is_required: required == Some(&Value::Bool(true)),
            oracle: oracles.at(&format!("{pointer}/content/application~1json/schema")),
        })
    }
}

/// Returns the body of a request to an operation that takes `body`.
pub(super) fn value(body: Option<&Body>, raw: &Raw) -> Result<Option<Value>, Vec<String>> {
    let Some(body) = body else {
        // Losant's JavaScript client sends `{}` with every request but GET.
        return match raw.body.as_ref() {
            b"" | b"{}" => Ok(None),
            _ => Err(vec!["the operation takes no body".to_owned()]),
        };
    };
    if raw.body.is_empty() {
        return if body.is_required {
            Err(vec!["the body is missing".to_owned()])
        } else {
            Ok(None)
        };
    }
    let media_type = raw.header("content-type").unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(vec![format!("the body is {media_type:?}, not application/json")]);
    }
    let value: Value = match serde_json::from_slice(&raw.body) {
        Ok(value) => value,
        Err(error) => return Err(vec![format!("the body is no JSON: {error}")]),
    };
    let faults = reported(&body.oracle, &value);
    if faults.is_empty() {
        Ok(Some(value))
    } else {
        Err(faults.into_iter().map(|fault| format!("the body at {fault}")).collect())
    }
}
