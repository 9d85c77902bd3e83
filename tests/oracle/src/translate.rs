//! The oracle's own reading of a document: a schema, and all that it refers to, as JSON Schema.
//!
//! It shares nothing with the generator. What `OpenAPI` 3.0 spells in its own way
//! becomes draft 7; a schema of 3.1 is JSON Schema 2020-12 as it stands.
//!
//! Where a document is ambiguous, it is read as follows:
//!
//! - `nullable: true` adds `null` to the `type` beside it, and to an `enum` beside it; where there is no `type`
//!   but a composition, the value is `null` or what the composition says. (3.0.3 would let
//!   `nullable` without `type` mean nothing, which no author of such a schema means.) Beside a `$ref` it adds `null`
//!   too, though 3.0 would ignore it there: it is all that the author can have meant.
//! - `int32`, `int64`, `uint32`, `uint64` are bounds, as the format registry of `OpenAPI` has them, for numbers
//!   alone; narrower formats are those of `int32`. `float`, `double`, `password`, `byte`, `binary`, `regex` and unknown formats assert nothing,
//!   nor does any format without a `type` that it modifies.
//! - `uuid` and `duration`, which draft 7 does not know, are asserted in 3.0 too, as `OpenAPI`'s registry has them.
//! - A discriminator chooses the subschema of an object (`discriminator.rs`).
//! - What is being asked of a value already is not asked of it again (`circles.rs`).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::circles::{address, is_circular, is_circular_union, is_in_place};
use crate::discriminator::Choice;
use crate::identifiers;
use crate::spellings::{bounds, integers, nullable};

/// The version of `OpenAPI` that a document is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 3.0: draft 7.
    V3_0,
    /// 3.1: 2020-12.
    V3_1,
}

/// Keywords whose value is a schema.
const ONE: [&str; 10] = [
    "additionalProperties",
    "additionalItems",
    "contains",
    "propertyNames",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
];
/// Keywords whose value is a list of schemas.
const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];
/// Keywords whose value has schemas by name.
const NAMED: [&str; 4] = ["properties", "patternProperties", "dependentSchemas", "dependencies"];
/// Keywords that are taken as they are. All others assert nothing.
const PLAIN: [&str; 21] = [
    "type",
    "enum",
    "const",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minContains",
    "maxContains",
    "minProperties",
    "maxProperties",
    "required",
    "dependentRequired",
];

/// A translation under way.
struct Translation<'d> {
    document: &'d Value,
    version: Version,
    /// The definitions that references have led to, by the pointer into the document and what is being asked there.
    names: BTreeMap<(String, Asked), String>,
    definitions: Map<String, Value>,
}

/// What is being asked of a value: the unions that lead back to themselves, by their schemas, and what references do.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Asked {
    unions: BTreeSet<usize>,
    references: BTreeSet<String>,
}

/// Returns the version of a document.
#[must_use]
pub fn version(document: &Value) -> Version {
    match document["openapi"].as_str() {
        Some(text) if text.starts_with("3.0") => Version::V3_0,
        _ => Version::V3_1,
    }
}

/// A document whose schemas are translated.
#[derive(Debug)]
pub struct Document<'d> {
    /// The document, with a pointer in each reference.
    tree: Cow<'d, Value>,
    pub(crate) version: Version,
}

impl<'d> Document<'d> {
    /// Prepares a document.
    #[must_use]
    pub fn new(document: &'d Value) -> Self {
        let version = version(document);
        let tree = match version {
            Version::V3_0 => Cow::Borrowed(document),
            Version::V3_1 => identifiers::absolute(document),
        };
        Self { tree, version }
    }

    /// Returns the schema at `pointer` as a document of JSON Schema that refers to nothing outside of itself.
    ///
    /// # Panics
    ///
    /// When a reference is unresolved, or to another document.
    #[must_use]
    pub fn schema(&self, pointer: &str) -> Value {
        let mut translation = Translation {
            document: &self.tree,
            version: self.version,
            names: BTreeMap::new(),
            definitions: Map::new(),
        };
        let root = translation.refer(pointer, &Asked::default());
        json!({
            "$schema": match translation.version {
                Version::V3_0 => "http://json-schema.org/draft-07/schema#",
                Version::V3_1 => "https://json-schema.org/draft/2020-12/schema",
            },
            // In draft 7 a reference has no siblings that count.
            "allOf": [root],
            "definitions": translation.definitions,
        })
    }
}

/// Returns the schema at `pointer` of a document, as [`Document::schema`] does.
///
/// # Panics
///
/// When a reference is unresolved, or to another document.
#[must_use]
pub fn schema(document: &Value, pointer: &str) -> Value {
    Document::new(document).schema(pointer)
}

impl Translation<'_> {
    /// Returns a reference to what `pointer` leads to, which is translated once.
    fn refer(&mut self, pointer: &str, asked: &Asked) -> Value {
        let mut asked = asked.clone();
        if is_circular(self.document, pointer) && !asked.references.insert(pointer.to_owned()) {
            return json!({});
        }
        let count = self.names.len();
        let key = (pointer.to_owned(), asked.clone());
        if let Some(name) = self.names.get(&key) {
            return json!({"$ref": format!("#/definitions/{name}")});
        }
        let name = format!("s{count}");
        self.names.insert(key, name.clone());
        let target = follow(self.document, pointer);
        let target = target.unwrap_or_else(|| panic!("{pointer} is unresolved"));
        let translated = self.translate(target, &asked);
        self.definitions.insert(name.clone(), translated);
        json!({"$ref": format!("#/definitions/{name}")})
    }

    fn translate(&mut self, schema: &Value, asked: &Asked) -> Value {
        let Value::Object(properties) = schema else {
            return schema.clone();
        };
        let reference = properties.get("$ref").and_then(Value::as_str);
        let reference = reference.map(|target| self.refer(&unescaped(target), asked));
        let is_nullable = properties.get("nullable") == Some(&Value::Bool(true)) && self.version == Version::V3_0;
        if let (Some(reference), Version::V3_0) = (&reference, self.version) {
            return if is_nullable {
                json!({"anyOf": [{"type": "null"}, reference]})
            } else {
                reference.clone()
            };
        }
        let mut made = Map::new();
        let nothing = Asked::default();
        for (key, value) in properties {
            let asked = if is_in_place(key) { asked } else { &nothing };
            let value = match key.as_str() {
                "oneOf" | "anyOf" => {
                    self.union(properties, key, value, asked, &mut made);
                    continue;
                }
                key if ONE.contains(&key) => self.translate(value, asked),
                key if LIST.contains(&key) => self.list(value, asked),
                key if NAMED.contains(&key) => self.named(value, asked),
                "items" if value.is_array() => self.list(value, asked),
                "items" => self.translate(value, asked),
                "format" if value == "regex" || !properties.contains_key("type") => continue,
                key if PLAIN.contains(&key) => value.clone(),
                _ => continue,
            };
            match (made.get_mut(key), value) {
                (Some(Value::Array(known)), Value::Array(more)) if key == "allOf" => known.extend(more),
                (_, value) => {
                    made.insert(key.clone(), value);
                }
            }
        }
        if let Some(reference) = reference {
            match reference.get("$ref") {
                Some(target) => {
                    made.insert("$ref".to_owned(), target.clone());
                }
                None => add_part(&mut made, reference),
            }
        }
        bounds(&mut made);
        integers(&mut made);
        if is_nullable {
            return nullable(made);
        }
        Value::Object(made)
    }

    /// Translates the union under `keyword` of `schema` into `made`, unless it is being asked already.
    fn union(
        &mut self,
        schema: &Map<String, Value>,
        keyword: &str,
        value: &Value,
        asked: &Asked,
        made: &mut Map<String, Value>,
    ) {
        let mut asked = asked.clone();
        if is_circular_union(self.document, schema) && !asked.unions.insert(address(schema)) {
            return;
        }
        let subschemas = self.list(value, &asked);
        match Choice::of(self.document, schema, keyword) {
            Some(choice) => add_part(made, choice.schema(keyword, &subschemas)),
            None => {
                made.insert(keyword.to_owned(), subschemas);
            }
        }
    }

    fn list(&mut self, value: &Value, asked: &Asked) -> Value {
        let elements = value.as_array().into_iter().flatten();
        elements.map(|element| self.translate(element, asked)).collect()
    }

    fn named(&mut self, value: &Value, asked: &Asked) -> Value {
        let properties = value.as_object().into_iter().flatten();
        let translated = properties.map(|(name, schema)| (name.clone(), self.translate(schema, asked)));
        Value::Object(translated.collect())
    }
}

/// Adds a schema that has to hold beside the keywords of `schema`.
pub(crate) fn add_part(schema: &mut Map<String, Value>, part: Value) {
    match schema.get_mut("allOf") {
        Some(Value::Array(all)) => all.push(part),
        _ => {
            schema.insert("allOf".to_owned(), json!([part]));
        }
    }
}

/// Follows a pointer; where it comes upon a reference on the way it goes on behind that.
///
/// # Panics
///
/// When a reference on the way leads to another document.
#[must_use]
pub fn follow<'d>(document: &'d Value, pointer: &str) -> Option<&'d Value> {
    let mut at = document;
    for token in pointer.split('/').skip(1) {
        while let Some(target) = at.get("$ref").and_then(Value::as_str) {
            at = follow(document, &unescaped(target))?;
        }
        let token = token.replace("~1", "/").replace("~0", "~");
        at = match at {
            Value::Array(elements) => elements.get(token.parse::<usize>().ok()?)?,
            other => other.get(&token)?,
        };
    }
    Some(at)
}

/// Returns the pointer that the fragment of a reference stands for.
pub(crate) fn unescaped(reference: &str) -> String {
    let fragment = reference.strip_prefix('#');
    let fragment = fragment.unwrap_or_else(|| panic!("{reference} leads to another document"));
    let decoded = percent_encoding::percent_decode_str(fragment).decode_utf8();
    let decoded = decoded.unwrap_or_else(|error| panic!("{reference}: {error}"));
    decoded.into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    /// Returns the translation of a component `A`.
    fn translated(version: &str, schema: &Value) -> Value {
        let other = json!({"type": "string"});
        let document = json!({"openapi": version, "components": {"schemas": {"A": schema, "B": other}}});
        super::schema(&document, "/components/schemas/A")["definitions"]["s0"].clone()
    }

    #[test]
    fn the_spellings_of_3_0_become_draft_7() {
        let cases = [
            (
                json!({"minimum": 1, "exclusiveMinimum": true, "maximum": 2, "exclusiveMaximum": false}),
                json!({"exclusiveMinimum": 1, "maximum": 2}),
            ),
            (
                json!({"type": "string", "nullable": true, "enum": ["a"]}),
                json!({"type": ["string", "null"], "enum": ["a", null]}),
            ),
            (
                json!({"allOf": [{"$ref": "#/components/schemas/B"}], "nullable": true}),
                json!({"anyOf": [{"type": "null"}, {"allOf": [{"$ref": "#/definitions/s1"}]}]}),
            ),
            (
                json!({"$ref": "#/components/schemas/B", "maxLength": 3}),
                json!({"$ref": "#/definitions/s1"}),
            ),
            (
                json!({"$ref": "#/components/schemas/B", "maxLength": 3, "nullable": true}),
                json!({"anyOf": [{"type": "null"}, {"$ref": "#/definitions/s1"}]}),
            ),
            (
                json!({"type": "integer", "format": "uint32", "example": 1}),
                json!({"type": "integer", "format": "uint32", "allOf": [{"minimum": 0, "maximum": 4_294_967_295_u32}]}),
            ),
        ];
        for (given, expected) in cases {
            assert_eq!(translated("3.0.3", &given), expected, "{given}");
        }
    }

    #[test]
    fn in_3_1_a_reference_has_siblings_and_null_is_a_type() {
        let given = json!({"$ref": "#/components/schemas/B", "maxLength": 3, "nullable": true});
        let expected = json!({"$ref": "#/definitions/s1", "maxLength": 3});
        assert_eq!(translated("3.1.0", &given), expected);
    }
}
