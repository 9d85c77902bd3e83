//! Merges schemas that apply to the same value into one.
//!
//! The type is narrowed by each schema in turn. If schemas exclude each other, no value is valid and there is no type.

use crate::document::keywords::{self, Keyword, UNIONS};
use crate::document::{Node, Object, Value};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::constraints::json_types;
use crate::lower::schemas::json_types::list;
use crate::model::JsonTypes;

/// Formats of strings that exclude each other.
const EXCLUSIVE_FORMATS: [&str; 8] = ["date", "date-time", "time", "duration", "email", "uuid", "ipv4", "ipv6"];

/// The result of a merge.
#[derive(Default)]
pub(in crate::lower) struct Merged<'run> {
    pub(in crate::lower) members: Object,
    /// The unions: the keyword, and the node that has it.
    pub(in crate::lower) unions: Vec<(&'static str, &'run Node)>,
    /// Why no value is valid, if the schemas exclude each other.
    pub(in crate::lower) clash: Option<&'static str>,
}

impl<'run> Schemas<'run> {
    /// Returns the keywords of `node` and of all schemas that apply together with it.
    pub(in crate::lower) fn merge(&self, node: &'run Node) -> Merged<'run> {
        let mut merged = Merged::default();
        for part in self.cx.parts(node) {
            for keyword in UNIONS {
                if part.get(keyword).is_some() {
                    merged.unions.push((keyword, part));
                }
            }
            for (key, value) in part.as_object().into_iter().flatten() {
                let of_this_part = |keyword: &Keyword| {
                    let describes_part = keyword.describes() && !std::ptr::eq(part, node);
                    keyword.composes() || key == "discriminator" || describes_part
                };
                if !keywords::is(key, of_this_part) {
                    self.merge_keyword(&mut merged, key, value);
                }
            }
        }
        if !agree_on_values(&merged.members) {
            merged.clash = Some("the subschemas list different values, so no value is valid");
        }
        merged
    }

    fn merge_keyword(&self, merged: &mut Merged<'run>, key: &str, value: &'run Node) {
        let Some(known) = merged.members.get_mut(key) else {
            merged.members.insert(key.to_owned(), value.clone());
            return;
        };
        let is_equal = *known == *value;
        match (key, &mut known.value, &value.value) {
            _ if is_equal => {}
            ("additionalProperties", _, Value::Bool(true)) => {}
            ("properties" | "patternProperties", Value::Object(known), Value::Object(more)) => {
                for (name, schema) in more {
                    match known.get_mut(name) {
                        Some(known) => *known = self.both(known, schema),
                        None => {
                            known.insert(name.clone(), schema.clone());
                        }
                    }
                }
            }
            ("items" | "additionalProperties", Value::Object(_), Value::Object(_)) => *known = self.both(known, value),
            ("prefixItems", Value::Array(known), Value::Array(more)) => {
                for (index, schema) in more.iter().enumerate() {
                    match known.get_mut(index) {
                        Some(known) => *known = self.both(known, schema),
                        None => known.push(schema.clone()),
                    }
                }
            }
            ("type", ..) => *known = narrowed_type(known, value),
            ("enum", Value::Array(known), Value::Array(more)) => known.retain(|value| more.contains(value)),
            ("const", ..) => {
                merged.clash = Some("the subschemas require different values, so no value is valid");
            }
            ("format", Value::String(first), Value::String(second)) => {
                let is_known = |name: &str| EXCLUSIVE_FORMATS.contains(&name);
                match (is_known(first), is_known(second)) {
                    (true, true) if first != second => {
                        merged.clash = Some("the subschemas require different formats, so no value is valid");
                    }
                    // An unknown format narrows a known one, and does not replace it.
                    (true, false) => {}
                    _ => *known = value.clone(),
                }
            }
            ("required", Value::Array(known), Value::Array(more)) => known.extend(more.iter().cloned()),
            _ => *known = value.clone(),
        }
    }

    /// Returns a schema of the values that both schemas allow: one of them, if it determines the type alone, else a
    /// synthesized schema.
    fn both(&self, first: &Node, second: &'run Node) -> Node {
        let first: &'run Node = self.arena.alloc(first.clone());
        if self.narrows(second, first) {
            return second.clone();
        }
        if self.narrows(first, second) && !has_more_annotations(second, first) {
            return first.clone();
        }
        let mut members = Object::default();
        for schema in [first, second] {
            let words = schema.as_object().into_iter().flatten();
            let words = words.filter(|(key, _)| keywords::is(key, Keyword::only_annotates));
            members.extend(words.map(|(key, value)| (key.clone(), value.clone())));
        }
        let parts = Value::Array(vec![first.clone(), second.clone()]);
        members.insert("allOf".to_owned(), Node::new(second.origin, parts));
        Node::synthesized(second.origin, Value::Object(members))
    }

    /// Returns whether the schema `narrow` determines the type at least as far as `wide`.
    fn narrows(&self, narrow: &'run Node, wide: &'run Node) -> bool {
        if narrow == wide || is_unconstrained(wide) {
            return true;
        }
        if is_unconstrained(narrow) {
            return false;
        }
        let base = self.cx.resolve(wide);
        if self.cx.parts(narrow).iter().any(|part| part.origin == base.origin) {
            return true;
        }
        let wide = base.as_object().into_iter().flatten();
        let mut asked = wide.filter(|(key, _)| keywords::is(key, is_of_type));
        let target = self.cx.resolve(narrow);
        asked.all(|(key, value)| match key.as_str() {
            "type" => {
                let types = json_types(value).unwrap_or(JsonTypes::ANY);
                let narrow = self.types_of(narrow);
                !narrow.is_empty() && narrow != JsonTypes::ANY && narrow.and(types) == narrow.and(narrow)
            }
            "enum" => {
                let listed = list(target, "enum");
                let only = target.get("const");
                let known = value.as_array().unwrap_or_default();
                (!listed.is_empty() || only.is_some()) && listed.iter().chain(only).all(|value| known.contains(value))
            }
            "const" | "format" => target.get(key) == Some(value),
            _ => false,
        })
    }
}

/// Returns whether the type of a schema depends on the keyword.
fn is_of_type(keyword: &Keyword) -> bool {
    keyword.gives_structure() || keyword.composes()
}

/// Returns whether no keyword of a schema, nor of a schema that it refers to, determines the type.
fn is_unconstrained(schema: &Node) -> bool {
    schema
        .as_object()
        .is_none_or(|members| !keywords::has(members, is_of_type) && !members.contains_key("pattern"))
}

/// Returns whether `schema` has an annotation, such as a description, that `other` does not have.
fn has_more_annotations(schema: &Node, other: &Node) -> bool {
    let members = schema.as_object().into_iter().flatten();
    let mut words = members.filter(|(key, _)| keywords::is(key, Keyword::only_annotates));
    words.any(|(key, value)| other.get(key) != Some(value))
}

/// Returns the `type` that both values of the keyword allow.
fn narrowed_type(first: &Node, second: &Node) -> Node {
    let (Some(first_types), Some(second_types)) = (json_types(first), json_types(second)) else {
        return second.clone();
    };
    let types = first_types.and(second_types);
    let widened = |types: JsonTypes| types.and(JsonTypes::ANY);
    if types == widened(second_types) {
        return second.clone();
    }
    if types == widened(first_types) {
        return first.clone();
    }
    let names = types
        .iter()
        .map(|(name, _)| Node::string(second.origin, name))
        .collect();
    Node::new(second.origin, Value::Array(names))
}

/// Returns whether the values that an `enum` and a `const` list have one in common.
fn agree_on_values(members: &Object) -> bool {
    let listed = members.get("enum").and_then(Node::as_array);
    match (listed, members.get("const")) {
        (Some(listed), Some(only)) => listed.contains(only),
        (Some(listed), None) => !listed.is_empty(),
        (None, _) => true,
    }
}
