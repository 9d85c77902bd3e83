//! Synthesizes the arguments of the calls: for each operation those that it requires, and all that it has.

use std::collections::BTreeMap;

use schema_instances::{Filling, Random, make_filled};
use schema_oracle::Oracle;
use schema_oracle::translate::follow;
use serde_json::{Map, Value, json};

use crate::document::{Argument, Operation};

/// How many values are made of a schema before it is given up.
const TRIES: usize = 2000;

/// The longest text of a body: documents allow texts of megabytes, which show nothing more.
const LONG: usize = 100_000;

/// The longest text of a parameter: a URL of the crate `http` has less than 65,535 bytes, of which a character may take
/// twelve.
const LONG_IN_URL: u64 = 100;

/// The greatest integer up to which all are exact as doubles.
const EXACT: i64 = (1 << 53) - 1;

/// The least double above it.
const TOO_GREAT: f64 = 9_007_199_254_740_992.0;

/// What is called, and with which arguments.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The arguments of both calls of an operation, by the operation.
    pub(crate) calls: Map<String, Value>,
    /// Arguments of which no valid value was found: the operation and the argument.
    pub(crate) barren: Vec<(String, String)>,
}

/// Makes the plan of a document.
pub(crate) fn make(document: &Value, name: &str, operations: &[Operation]) -> Plan {
    let mut maker = Maker {
        document,
        name,
        oracles: BTreeMap::new(),
    };
    let mut plan = Plan::default();
    for operation in operations {
        let mut variants = Map::new();
        for (variant, is_full) in [("minimal", false), ("full", true)] {
            let mut values = Map::new();
            for argument in &operation.arguments {
                if !is_full && !argument.is_required {
                    continue;
                }
                match maker.value(&operation.key, argument, is_full) {
                    Some(value) => {
                        values.insert(argument.key.clone(), value);
                    }
                    None => plan.barren.push((operation.key.clone(), argument.key.clone())),
                }
            }
            variants.insert(variant.to_owned(), Value::Object(values));
        }
        plan.calls.insert(operation.key.clone(), Value::Object(variants));
    }
    plan.barren.dedup();
    plan
}

struct Maker<'d> {
    document: &'d Value,
    name: &'d str,
    /// By the pointers of the schemas: the oracle, and what values are made of.
    oracles: BTreeMap<String, (Oracle, Value)>,
}

impl Maker<'_> {
    /// Makes a valid value of an argument that can be sent where it is.
    fn value(&mut self, operation: &str, argument: &Argument, is_full: bool) -> Option<Value> {
        let Some(pointer) = &argument.schema else {
            return Some(json!("text"));
        };
        let document = self.document;
        let (oracle, narrowed) = self.oracles.entry(pointer.clone()).or_insert_with(|| {
            let oracle = oracle(document, pointer);
            let narrowed = narrow(oracle.schema.clone());
            let is_body = argument.location == "body";
            let narrowed = if is_body { narrowed } else { shorten(narrowed) };
            (oracle, narrowed)
        });
        let purpose = format!("{} {operation} {} {is_full}", self.name, argument.key);
        let mut random = Random::new(1, &purpose);
        for attempt in 0..TRIES {
            let filling = match (is_full, attempt) {
                (false, 0..20) => Filling::None,
                (true, 0..20) => Filling::All,
                // The least may be a list without elements, which no parameter can be.
                _ => Filling::Some,
            };
            let made = make_filled(narrowed, filling, &mut random).value;
            let text = apicrate_runtime::to_string(&made);
            // Numbers that `f64` does not hold are no value of this reader.
            let Ok(value) = serde_json::from_str::<Value>(&text) else {
                continue;
            };
            if text.len() < LONG && can_be_sent(argument, &value) && oracle.is_valid(&value) {
                return Some(value);
            }
        }
        None
    }
}

/// Makes the oracle of a schema. One that refers to nothing needs no document around it, which takes long to read.
fn oracle(document: &Value, pointer: &str) -> Oracle {
    match follow(document, pointer) {
        Some(schema) if !has_references(schema) => {
            let alone = json!({"openapi": document["openapi"], "schema": schema});
            Oracle::new(&alone, "/schema")
        }
        _ => Oracle::new(document, pointer),
    }
}

fn has_references(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(has_references),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name == "$ref" || name == "discriminator" || has_references(value)),
        _ => false,
    }
}

/// Returns a schema with fewer values: those on which all who read JSON and schemas agree.
///
/// Integers are those that are exact as IEEE 754 doubles (RFC 8259 §6). Texts of the format `byte` are base64, and
/// those of `binary` are ASCII, which keeps its bytes in any encoding.
fn narrow(schema: Value) -> Value {
    match schema {
        Value::Array(values) => values.into_iter().map(narrow).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, narrow(value)));
            let mut fields: Map<String, Value> = fields.collect();
            for bound in ["minimum", "maximum"] {
                let number = fields.get(bound).and_then(Value::as_f64);
                if let Some(number) = number.filter(|number| number.abs() >= TOO_GREAT) {
                    fields.insert(bound.to_owned(), json!(if number < 0.0 { -EXACT } else { EXACT }));
                }
            }
            let pattern = match fields.get("format").and_then(Value::as_str) {
                Some("byte") => "^([A-Za-z0-9+/]{4}){1,4}$",
                Some("binary") => "^[ -~]{1,20}$",
                _ => return Value::Object(fields),
            };
            fields.entry("pattern").or_insert_with(|| pattern.into());
            Value::Object(fields)
        }
        other => other,
    }
}

/// Returns a schema without the texts that are longer than those of a parameter may be.
fn shorten(schema: Value) -> Value {
    match schema {
        Value::Array(values) => values.into_iter().map(shorten).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| match value.as_u64() {
                Some(longest) if name == "maxLength" => (name, json!(longest.min(LONG_IN_URL))),
                _ => (name, shorten(value)),
            });
            fields.collect()
        }
        other => other,
    }
}

/// Returns whether a value can be sent as the argument.
fn can_be_sent(argument: &Argument, value: &Value) -> bool {
    match value {
        // There is no pair for an empty list or object, and without one there is no body.
        _ if argument.is_required && argument.key == "body application/x-www-form-urlencoded" => has_pairs(value),
        // There is no part for an empty list.
        Value::Object(parts) if argument.key.starts_with("body multipart/") => parts
            .values()
            .all(|part| part.as_array().is_none_or(|parts| !parts.is_empty())),
        _ => can_stand(&argument.location, value),
    }
}

/// Returns whether anything stands for a value in a form.
fn has_pairs(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(values) => values.iter().any(has_pairs),
        Value::Object(fields) => fields.values().any(has_pairs),
        _ => true,
    }
}

/// Returns whether a value can be sent in this location.
fn can_stand(location: &str, value: &Value) -> bool {
    match location {
        "body" => true,
        // Nothing is sent for an empty list, and nothing is what an absent parameter is.
        _ if value.is_null() => false,
        _ => match value {
            Value::Array(values) => !values.is_empty() && values.iter().all(|value| can_stand(location, value)),
            Value::Object(fields) => !fields.is_empty() && fields.values().all(|value| can_stand(location, value)),
            Value::String(text) => is_sendable(location, text),
            _ => true,
        },
    }
}

fn is_sendable(location: &str, text: &str) -> bool {
    match location {
        // An empty segment, and dots, are another path (RFC 3986 §6.2.2.3).
        "path" => !text.is_empty() && text != "." && text != "..",
        // Field values are visible ASCII with single blanks inside (RFC 9110 §5.5); a comma separates elements.
        "header" | "cookie" => {
            let is_visible = |byte: u8| byte.is_ascii_graphic() && !b",;\"\\".contains(&byte);
            !text.is_empty() && text.trim() == text && text.bytes().all(|byte| is_visible(byte) || byte == b' ')
        }
        _ => !text.is_empty(),
    }
}
