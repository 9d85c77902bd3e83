//! Checks the values of keywords: one whose value is something else than it has to be asks for nothing that could be
//! understood.

use std::collections::BTreeSet;

use serde_json::json;

use crate::diagnostic::{At, Diagnostic, Diagnostics, Fix};
use crate::document::keywords::Keyword;
use crate::document::keywords::value::{TYPES, is_beyond_f64, is_null, is_schema};
use crate::document::version::Version;
use crate::document::{FieldContent, Kind, Node, Object, Value, grammar, keywords};
use crate::source::Pointer;

/// Reports every keyword whose value is something else than it has to be, and every value that is no schema where one
/// belongs. Where nothing is written it says as much as a missing keyword, and is a warning alone.
///
/// The pointers are filled in at the end, since `root` is in its one form already.
pub(in crate::document) fn check(root: &Node, version: Version, diagnostics: &mut Diagnostics) {
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

/// Returns the fault of the value of a keyword. The values of keywords that are ignored are not looked at.
fn fault(name: &str, value: &Node, version: Version) -> Option<Diagnostic> {
    let keyword = Keyword::of(name).filter(|keyword| keyword.is_used())?;
    let form = keyword.value;
    let is_older = version == Version::V3_0 && keyword.is_identifier();
    let expected = form.words()?;
    if is_older || form.is_met(value, version) {
        return None;
    }
    let fault = diagnostic(name, &expected, value, keyword.is_type());
    Some(
        fault
            .with_help(form.help(name, value))
            .with_fix(meant(name, value, version)),
    )
}

/// Returns what mends the value of a keyword: what it says without its quotes, or without the keyword.
fn meant(keyword: &str, value: &Node, version: Version) -> Fix {
    let text = value.as_str().unwrap_or_default();
    let is_meant = |read: &serde_json::Value| {
        let node = match read {
            serde_json::Value::Bool(flag) => Value::Bool(*flag),
            serde_json::Value::Number(number) => Value::Number(number.to_string()),
            _ => return false,
        };
        let node = Node::new(value.origin, node);
        Keyword::of(keyword).is_some_and(|keyword| keyword.value.is_met(&node, version))
    };
    let read: Option<serde_json::Value> = serde_json::from_str(text).ok();
    match (read.filter(is_meant), keyword) {
        (Some(read), _) => Fix::Replace(read),
        (None, "required") if !text.is_empty() => Fix::Replace(json!([text])),
        _ => Fix::Remove,
    }
}

/// Reports what changes the meaning of a schema by ways that lead out of the document.
fn not_followed(keyword: &str, value: &Node) -> Option<Diagnostic> {
    const DIALECTS: [&str; 2] = ["://json-schema.org/draft", "://spec.openapis.org/oas/3."];
    match keyword {
        "$dynamicRef" | "$recursiveRef" => {
            let message = format!("`{keyword}` is not supported: its target depends on the schema that refers to it");
            Some(
                Diagnostic::degraded("dynamic-reference", value.origin, Pointer::root(), message)
                    .with_help("use a `$ref` to the intended schema")
                    .with_fix(Fix::Remove),
            )
        }
        "$schema"
            if !value
                .as_str()
                .is_some_and(|uri| DIALECTS.iter().any(|known| uri.contains(known))) =>
        {
            let message = format!("{value} is an unknown dialect: its keywords may have another meaning");
            Some(
                Diagnostic::warning("unknown-dialect", value.origin, Pointer::root(), message)
                    .with_help("remove `$schema`, if the schema uses the dialect of OpenAPI")
                    .with_fix(Fix::Remove)
                    .with_safe_reading(),
            )
        }
        _ => None,
    }
}

fn no_schema(path: &[&str], value: &Node) -> Diagnostic {
    let help = match value.as_str() {
        Some(name) if TYPES.contains(&name) => format!("write `{{type: {name}}}`"),
        _ => "a schema is an object such as `{type: string}`; `{}` allows any value".to_owned(),
    };
    let meant = match value.as_str() {
        Some(name) if TYPES.contains(&name) => json!({ "type": name }),
        _ => json!({}),
    };
    diagnostic(&path.join("/"), "a schema", value, false)
        .with_help(help)
        .with_fix(Fix::Replace(meant))
}

fn diagnostic(keyword: &str, expected: &str, value: &Node, has_null: bool) -> Diagnostic {
    if is_null(value) && !has_null {
        let message = format!("`{keyword}` has no value, expected {expected}; it is ignored");
        return Diagnostic::warning("schema-keyword-empty", value.origin, Pointer::root(), message);
    }
    let message = format!("`{keyword}` must be {expected}, found {}", shown(value));
    if keywords::is(keyword, Keyword::describes) {
        return Diagnostic::warning("schema-keyword-type", value.origin, Pointer::root(), message);
    }
    Diagnostic::degraded("schema-keyword-type", value.origin, Pointer::root(), message)
}

/// Removes what was reported from one object; what is no schema becomes one for any value, where it
/// is no keyword of its own.
pub(in crate::document) fn mend(kind: Kind, version: Version, node: &mut Node) {
    let Some(members) = node.as_object_mut() else { return };
    if kind == Kind::Schema {
        // What is no keyword means nothing, so that no later stage has to look for it. References by identifiers are
        // resolved.
        let is_kept = |keyword: &Keyword, value: &Node| {
            !keyword.is_identifier() && (!keyword.is_used() || keyword.value.is_met(value, version))
        };
        members.retain(|name, value| keywords::is(name, |keyword| is_kept(keyword, value)));
    }
    for (name, value) in members {
        let field = kind.field(name).map(|(content, _)| content);
        match (field, &mut value.value) {
            (Some(FieldContent::One(Kind::Schema)), _) => make_schema(value),
            (_, Value::String(text))
                if kind == Kind::Schema
                    && keywords::is(name, |keyword| keyword.value.is_number())
                    && is_beyond_f64(text) =>
            {
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
        node.value = Value::Object(Object::default());
    }
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
    use serde_json::json;

    use super::meant;
    use crate::diagnostic::Fix;
    use crate::document::Node;
    use crate::document::version::Version;
    use crate::source::Origin;

    #[test]
    fn a_value_without_its_quotes_is_one_of_the_version() {
        let origin = Origin {
            source: 0,
            index: 0,
            copy: 0,
        };
        for (version, text, fix) in [
            (Version::V3_0, "true", Fix::Replace(json!(true))),
            (Version::V3_1, "true", Fix::Remove),
            (Version::V3_0, "5", Fix::Replace(json!(5))),
        ] {
            let found = meant("exclusiveMinimum", &Node::string(origin, text), version);
            assert_eq!(found, fix, "{version:?} {text}");
        }
    }
}
