//! What the value of each keyword of a schema has to be.
//!
//! One table says it, beside that of the [grammar](super::grammar): a keyword
//! whose value is something else asks for nothing that could be understood.

pub(crate) mod formats;

use std::collections::BTreeSet;

use super::{FieldContent, Kind, Node, Object, Value, grammar};
use crate::diagnostic::{At, Diagnostic, Diagnostics};
use crate::document::normalise::Version;
use crate::source::Pointer;

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueForm {
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
    List,
    Object,
}

use ValueForm::{Boolean, Count, Exclusive, List, Number, Positive, Text, Texts, TextsByName, Types};

/// The keywords of [JSON Schema 2020-12](https://json-schema.org/draft/2020-12/json-schema-validation) and of
/// [OpenAPI 3.0.4 §4.7.24](https://spec.openapis.org/oas/v3.0.4.html#schema-object) with what they hold.
///
/// Where a single schema belongs, that it is one is asked of the schema.
#[rustfmt::skip]
const FORMS: &[(&str, ValueForm)] = &[
    ("title", Text), ("description", Text), ("format", Text), ("pattern", Text), ("contentEncoding", Text),
    ("$id", Text), ("$anchor", Text), ("$dynamicAnchor", Text),
    ("type", Types), ("enum", List), ("required", Texts), ("dependentRequired", TextsByName),
    ("nullable", Boolean), ("deprecated", Boolean), ("readOnly", Boolean), ("writeOnly", Boolean), ("uniqueItems", Boolean),
    ("minimum", Number), ("maximum", Number), ("multipleOf", Positive),
    ("exclusiveMinimum", Exclusive), ("exclusiveMaximum", Exclusive),
    ("minLength", Count), ("maxLength", Count), ("minItems", Count), ("maxItems", Count),
    ("minContains", Count), ("maxContains", Count), ("minProperties", Count), ("maxProperties", Count),
    ("properties", ValueForm::Object), ("patternProperties", ValueForm::Object), ("dependentSchemas", ValueForm::Object),
    ("dependencies", ValueForm::Object), ("$defs", ValueForm::Object), ("definitions", ValueForm::Object),
    ("discriminator", ValueForm::Object), ("prefixItems", List), ("allOf", List), ("anyOf", List), ("oneOf", List),
];

/// The names of types ([JSON Schema §4.2.1](https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.1)).
const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

/// Keywords that describe a schema: what is wrong with them costs words alone.
const WORDS: [&str; 3] = ["title", "description", "deprecated"];

impl ValueForm {
    fn is_met(self, value: &Node, version: Version) -> bool {
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
            List => value.as_array().is_some(),
            Self::Object => value.as_object().is_some(),
        }
    }

    fn words(self) -> String {
        let words = match self {
            Text => "a string",
            Texts => "a list of strings",
            TextsByName => "lists of strings by name",
            Boolean => "true or false",
            Number | Exclusive => "a number",
            Positive => "a number above zero",
            Count => "a whole number that is not negative",
            Types => return format!("{}, or a list of them", TYPES.join(", ")),
            List => "a list",
            Self::Object => "an object",
        };
        words.to_owned()
    }

    /// Returns what would help with `value` under `keyword`.
    fn help(self, keyword: &str, value: &Node) -> String {
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
            Texts | List => format!("write a list: `{keyword}: [one, another]`"),
            TextsByName | Self::Object => format!("write a map: `{keyword}: {{name: …}}`"),
        }
    }
}

/// Reports every keyword whose value is something else than it has to be, and every value that is no schema where one
/// belongs. Where nothing is written it says as much as a missing keyword, and is a warning alone.
///
/// The pointers are filled in at the end, since `root` is in its one form already.
pub(super) fn check(root: &Node, version: Version, diagnostics: &mut Diagnostics) {
    let mut found = Vec::new();
    visit(Kind::OpenApi, root, version, &mut found);
    // A component that was the middle of another one comes last; its place in the text is another.
    found.sort_by_key(|diagnostic: &Diagnostic| diagnostic.at);
    // What the reader refused, such as a number that JSON does not have, stands as `null` in the tree.
    let reported: BTreeSet<At> = diagnostics.iter().map(|diagnostic| diagnostic.at).collect();
    for diagnostic in found
        .into_iter()
        .filter(|diagnostic| !reported.contains(&diagnostic.at))
    {
        diagnostics.push(diagnostic);
    }
}

fn visit(kind: Kind, node: &Node, version: Version, found: &mut Vec<Diagnostic>) {
    // What stands beside a reference means nothing in 3.0.
    if kind == Kind::Schema && (version != Version::V3_0 || node.get("$ref").is_none()) {
        for (keyword, value) in node.as_object().into_iter().flatten() {
            found.extend(fault(keyword, value, version).or_else(|| not_followed(keyword, value)));
        }
    }
    grammar::children(kind, node, |path, kind, child| {
        let is_list_of_names = path.first() == Some(&"dependencies") && child.as_array().is_some();
        if kind == Kind::Schema && !is_schema(child) && !is_list_of_names {
            found.push(no_schema(path, child));
        }
        visit(kind, child, version, found);
    });
}

fn fault(keyword: &str, value: &Node, version: Version) -> Option<Diagnostic> {
    let form = form(keyword)?;
    if version == Version::V3_0 && grammar::IDENTIFIERS.contains(&keyword) {
        return None;
    }
    if form.is_met(value, version) {
        return None;
    }
    Some(diagnostic(keyword, &form.words(), value, form == Types).with_help(form.help(keyword, value)))
}

/// Reports what changes the meaning of a schema by ways that lead out of the document.
fn not_followed(keyword: &str, value: &Node) -> Option<Diagnostic> {
    const DIALECTS: [&str; 2] = ["://json-schema.org/draft", "://spec.openapis.org/oas/3."];
    let (code, message, help) = match keyword {
        "$dynamicRef" | "$recursiveRef" => (
            "dynamic-reference",
            format!("`{keyword}` is not supported: its target depends on the schema that refers to it"),
            "use a `$ref` to the intended schema",
        ),
        "$schema"
            if !value
                .as_str()
                .is_some_and(|uri| DIALECTS.iter().any(|known| uri.contains(known))) =>
        {
            (
                "unknown-dialect",
                format!("{value} is an unknown dialect: its keywords may have another meaning"),
                "remove `$schema`, if the schema uses the dialect of OpenAPI",
            )
        }
        _ => return None,
    };
    Some(
        Diagnostic::error(code, value.origin, Pointer::root(), message)
            .with_help(help)
            .with_safe_reading(),
    )
}

fn no_schema(path: &[&str], value: &Node) -> Diagnostic {
    let help = match value.as_str() {
        Some(name) if TYPES.contains(&name) => format!("write `{{type: {name}}}`"),
        _ => "a schema is an object such as `{type: string}`; `{}` allows any value".to_owned(),
    };
    diagnostic(&path.join("/"), "a schema", value, false).with_help(help)
}

fn diagnostic(keyword: &str, expected: &str, value: &Node, has_null: bool) -> Diagnostic {
    if is_null(value) && !has_null {
        let message = format!("`{keyword}` has no value, expected {expected}; it is ignored");
        return Diagnostic::warning("schema-keyword-empty", value.origin, Pointer::root(), message);
    }
    let message = format!("`{keyword}` must be {expected}, found {}", shown(value));
    if WORDS.contains(&keyword) {
        return Diagnostic::warning("schema-keyword-type", value.origin, Pointer::root(), message);
    }
    Diagnostic::error("schema-keyword-type", value.origin, Pointer::root(), message).with_safe_reading()
}

/// Removes what was reported from one object; what is no schema becomes one for any value, where it
/// is no keyword of its own.
pub(super) fn mend(kind: Kind, version: Version, node: &mut Node) {
    let Some(members) = node.as_object_mut() else { return };
    if kind == Kind::Schema {
        members.retain(|keyword, value| {
            let is_known = match kind.field(keyword) {
                // References by them are resolved.
                _ if grammar::IDENTIFIERS.contains(&keyword.as_str()) => false,
                Some((FieldContent::One(Kind::Schema), _)) => is_schema(value),
                Some((FieldContent::SchemaOrList, _)) => is_schema(value) || value.as_array().is_some(),
                Some(_) => true,
                // What is no keyword means nothing, so that no later stage has to look for it.
                None => false,
            };
            is_known && form(keyword).is_none_or(|form| form.is_met(value, version))
        });
    }
    for (name, value) in members {
        let field = kind.field(name).map(|(content, _)| content);
        match (field, &mut value.value) {
            (Some(FieldContent::One(Kind::Schema)), _) => make_schema(value),
            (_, Value::String(text)) if kind == Kind::Schema && is_number(name) && is_beyond_f64(text) => {
                value.value = Value::Number(std::mem::take(text));
            }
            (Some(FieldContent::Map(Kind::Schema)), Value::Object(members)) if name != "dependencies" => {
                members.values_mut().for_each(make_schema);
            }
            (Some(FieldContent::List(Kind::Schema) | FieldContent::SchemaOrList), Value::Array(list)) => {
                list.iter_mut().for_each(make_schema);
            }
            _ => {}
        }
    }
}

fn make_schema(node: &mut Node) {
    if !is_schema(node) {
        node.value = Value::Object(Object::new());
    }
}

fn form(keyword: &str) -> Option<ValueForm> {
    FORMS.iter().find(|(known, _)| *known == keyword).map(|(_, form)| *form)
}

fn is_number(keyword: &str) -> bool {
    form(keyword).is_some_and(|form| matches!(form, Number | Positive | Count | Exclusive))
}

/// Returns whether the text is that of a JSON number which no `f64` holds; the reader of YAML takes it for a string.
fn is_beyond_f64(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_json = digits.starts_with(|sign: char| ('1'..='9').contains(&sign)) && !digits.contains(".e");
    is_json && digits.ends_with(|sign: char| sign.is_ascii_digit()) && text.parse().is_ok_and(f64::is_infinite)
}

fn is_schema(node: &Node) -> bool {
    matches!(node.value, Value::Object(_) | Value::Bool(_))
}

fn is_null(node: &Node) -> bool {
    matches!(node.value, Value::Null)
}

/// Returns a value in the words of a diagnostic: itself where it is short.
fn shown(value: &Node) -> String {
    const LONGEST: usize = 40;
    let text = value.to_string();
    match &value.value {
        Value::Object(_) => value.kind().to_owned(),
        Value::Array(_) if text.chars().count() > LONGEST => value.kind().to_owned(),
        Value::Array(_) | Value::Null | Value::Bool(_) => text,
        _ if text.chars().count() > LONGEST => value.kind().to_owned(),
        _ => format!("{} ({text})", value.kind()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FieldContent, FieldUse, Kind};
    use super::form;

    /// A keyword that is used, but not in the table, could hold anything in silence.
    #[test]
    fn every_keyword_that_is_used_has_a_form() {
        for (name, content, field_use) in Kind::Schema.fields() {
            let has_own_check = matches!(content, FieldContent::One(_) | FieldContent::SchemaOrList)
                || ["$ref", "const", "default"].contains(name);
            let is_used = *field_use == FieldUse::Used;
            assert!(!is_used || has_own_check || form(name).is_some(), "{name}");
        }
    }
}
