//! Everybody who holds a document, in one shape.

use std::hint::black_box;

use losant_data::{HasSchema, runtime, schemas};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::derived;

/// Who decodes and encodes a document.
pub struct Contender {
    /// A word for them.
    pub name: &'static str,
    /// Decodes the document, and drops what it became.
    pub decode: Box<dyn Fn()>,
    /// Encodes what was decoded, and drops the text.
    pub encode: Box<dyn Fn()>,
    /// Why they do not count, as they refuse the document or lose a part of it.
    pub fault: Option<String>,
}

/// Everybody who holds the document of this name and text; the first are the emitted types.
///
/// # Panics
///
/// When no document has that name.
#[must_use]
pub fn of(name: &str, text: &str) -> Vec<Contender> {
    macro_rules! everybody {
        ($ours:ident, $derived:ident) => {{
            let mut everybody = vec![ours::<schemas::$ours>(text)];
            #[cfg(progenitor)]
            everybody.push(serde::<crate::peers::progenitor::$ours>("progenitor", text));
            #[cfg(openapi_to_rust)]
            everybody.push(serde::<crate::peers::openapi_to_rust::$ours>("openapi-to-rust", text));
            everybody.push(serde::<derived::$derived>("derive", text));
            everybody
        }};
    }
    let mut everybody = match name {
        "rows" => everybody!(DataTableRows, Rows),
        "row" => everybody!(DataTableRow, Row),
        "table" => everybody!(DataTable, Table),
        "job" => everybody!(JobEnqueuedResult, Job),
        "error" => everybody!(Error, Error),
        "series" => everybody!(TimeSeriesData, Series),
        "query" => everybody!(AdvancedQuery, Query),
        other => panic!("{other} has no types"),
    };
    everybody.push(serde::<Value>("value", text));
    everybody
}

fn ours<T: runtime::Decode + HasSchema + 'static>(text: &str) -> Contender {
    let decode = |text: &str| runtime::from_slice::<T>(text.as_bytes()).map_err(|error| error.to_string());
    contender("ours", text, decode, |value| runtime::to_string(value))
}

fn serde<T: DeserializeOwned + Serialize + 'static>(name: &'static str, text: &str) -> Contender {
    let decode = |text: &str| serde_json::from_slice::<T>(text.as_bytes()).map_err(|error| error.to_string());
    contender(name, text, decode, |value| {
        serde_json::to_string(value).unwrap_or_default()
    })
}

fn contender<T: 'static>(
    name: &'static str,
    text: &str,
    decode: impl Fn(&str) -> Result<T, String> + 'static,
    encode: impl Fn(&T) -> String + 'static,
) -> Contender {
    let value = decode(text);
    let fault = match &value {
        Ok(value) => lost(text, &encode(value)),
        Err(error) => Some(format!("refuses it: {error}")),
    };
    let text = text.to_owned();
    Contender {
        name,
        fault,
        decode: Box::new(move || {
            let _ = black_box(decode(black_box(&text)));
        }),
        encode: Box::new(move || {
            if let Ok(value) = &value {
                black_box(encode(black_box(value)));
            }
        }),
    }
}

/// Says what is lost between `before` and `after`; a number may be written in another way.
fn lost(before: &str, after: &str) -> Option<String> {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    difference(&read(before), &read(after), "")
}

fn difference(before: &Value, after: &Value, path: &str) -> Option<String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => before.iter().find_map(|(name, value)| {
            difference(
                value,
                after.get(name).unwrap_or(&Value::Null),
                &format!("{path}/{name}"),
            )
        }),
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => before
            .iter()
            .zip(after)
            .enumerate()
            .find_map(|(index, (before, after))| difference(before, after, &format!("{path}/{index}"))),
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => None,
        (before, after) if before == after => None,
        _ => Some(format!("loses {path}")),
    }
}
