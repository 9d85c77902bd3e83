//! Checks the operations as a whole: names and paths.

use std::collections::BTreeMap;

use serde_json::json;

use crate::diagnostic::{Diagnostic, Fix};
use crate::document::{Node, Value};
use crate::lower::context::Context;
use crate::lower::operations::found::Found;
use crate::lower::operations::parameter::ParameterDeclaration;
use crate::lower::operations::path;
use crate::lower::operations::path_template;
use crate::source::Pointer;

/// Operation ids are unique ([OpenAPI 3.0.4 §4.7.10](https://spec.openapis.org/oas/v3.0.4.html#operation-object)).
pub(in crate::lower) fn report_duplicates(cx: &mut Context<'_>, found: &[Found<'_>]) {
    let mut known: BTreeMap<&str, &Found<'_>> = BTreeMap::new();
    for operation in found {
        let Some(id) = operation.id else { continue };
        let node = operation.node.get("operationId").unwrap_or(operation.node);
        if let Some(first) = known.insert(id, operation) {
            let names = match (first.own_id, operation.own_id) {
                (Some(_), Some(_)) => "both functions are named by it, in different modules",
                (None, None) => "both are named by method and path",
                _ => "the one that is alone in its module is named by it, the other by method and path",
            };
            let message = format!(
                "the operation id {id:?} is already used by {} {}; {names}",
                first.method, first.path
            );
            let first_id = first.node.get("operationId").unwrap_or(first.node);
            cx.report(duplicate(node, first_id, message));
            known.insert(id, first);
        }
    }
}

/// Reports the ids of operations of webhooks and callbacks that other operations have too. An operation that several
/// callbacks refer to has one id.
pub(in crate::lower) fn report_duplicates_of_sent<'run>(
    cx: &mut Context<'_>,
    found: &[Found<'run>],
    sent: impl Iterator<Item = &'run Node>,
) {
    let id_of = |operation: &'run Node| {
        let node = operation.get("operationId")?;
        Some((node.as_str().filter(|id| !id.is_empty())?, node))
    };
    let mut known: BTreeMap<&str, &Node> = BTreeMap::new();
    for (id, node) in found.iter().filter_map(|operation| id_of(operation.node)) {
        known.entry(id).or_insert(node);
    }
    for (id, node) in sent.filter_map(id_of) {
        let first = *known.entry(id).or_insert(node);
        if !std::ptr::eq(first, node) {
            let message =
                format!("the operation id {id:?} is already used; webhooks and callbacks are not named by it");
            cx.report(duplicate(node, first, message));
        }
    }
}

fn duplicate(node: &Node, first: &Node, message: String) -> Diagnostic {
    Diagnostic::warning("duplicate-operation-id", node.origin, Pointer::root(), message)
        .with_help("give each operation a unique id")
        .with_fix(Fix::Remove)
        .with_related(first.origin, "it is used here")
        .with_safe_reading()
}

/// Templates that differ only in the names of parameters are identical, unless their fragments differ
/// ([OpenAPI 3.0.4 §4.7.8](https://spec.openapis.org/oas/v3.0.4.html#paths-object)).
pub(in crate::lower) fn report_ambiguous(cx: &mut Context<'_>, found: &[Found<'_>]) {
    let mut known: BTreeMap<String, &Found<'_>> = BTreeMap::new();
    for operation in found {
        let first = *known.entry(path::without_names(operation.path)).or_insert(operation);
        if first.path != operation.path {
            let message = format!(
                "the path differs from {} only in the names of its parameters",
                first.path
            );
            cx.report(
                Diagnostic::warning("ambiguous-path", operation.key, Pointer::root(), message)
                    .with_help(
                        "a server distinguishes them by method or by value alone; move the operations to one path",
                    )
                    .with_related(first.key, "the other path")
                    .with_safe_reading(),
            );
        }
    }
}

/// Every key of the paths is a template
/// ([OpenAPI 3.0.4 §4.7.8](https://spec.openapis.org/oas/v3.0.4.html#paths-object)).
///
/// Of an invalid one requests are made as it is meant ([`path::mended`]); otherwise its operations are skipped.
pub(in crate::lower) fn report_templates(cx: &mut Context<'_>) {
    let root = cx.root;
    let paths = root.get("paths").and_then(Node::as_object);
    for (path, item) in paths.into_iter().flatten() {
        if path.starts_with("x-") {
            continue;
        }
        let Some(fault) = path::fault(path) else {
            warn_of_more(cx, path, item);
            check_item(cx, item);
            continue;
        };
        let (code, origin, message) = (fault.code(), item.origin.key(), fault.message(path));
        let diagnostic = if let Some(mended) = path::mended(path) {
            let message = format!("{message}; requests go to `{}`", path_template::sent(&mended));
            Diagnostic::warning(code, origin, Pointer::root(), message).with_safe_reading()
        } else {
            let message = format!("{message}; its operations are skipped");
            Diagnostic::degraded(code, origin, Pointer::root(), message)
        };
        let fix = path::mended(path).map(|mended| Fix::Rename(mended.into_owned()));
        cx.report(diagnostic.with_help(fault.help(path)).with_fix(fix));
        check_item(cx, item);
    }
}

/// A template must not have a query or a fragment. Documents use them to distinguish operations at one path.
fn warn_of_more(cx: &mut Context<'_>, key: &str, item: &Node) {
    let path_template::Parts { query, fragment, .. } = path_template::split(key);
    let mut warn = |code, message: String, help: String| {
        cx.report(Diagnostic::warning(code, item.origin.key(), Pointer::root(), message).with_help(help));
    };
    if let Some(query) = query {
        let but = if query.contains('{') {
            ", but for the names in braces"
        } else {
            ""
        };
        warn(
            "path-with-query",
            format!("the path has a query: `?{query}` is sent as it is written{but}"),
            "end the path before `?`, and declare what follows as parameters `in: query`, if callers should choose it"
                .to_owned(),
        );
    }
    if let Some(fragment) = fragment {
        warn(
            "path-with-fragment",
            format!("the path has a fragment: `#{fragment}` is not sent, and only tells operations apart"),
            format!("requests go to `{}`", path_template::sent(key)),
        );
    }
}

/// A path item is an object, and its parameters are a list. Otherwise it has no operations, or no parameters.
fn check_item(cx: &mut Context<'_>, item: &Node) {
    let parameters = item.get("parameters");
    let (node, expected) = match parameters {
        _ if item.as_object().is_none() => (item, "an object"),
        Some(parameters) if parameters.as_array().is_none() => (parameters, "a list of parameters"),
        _ => return,
    };
    if matches!(node.value, Value::Null) || item.get("$ref").is_some() {
        return;
    }
    let message = format!(
        "Path Item object cannot be read: expected {expected}, found {}",
        node.kind()
    );
    cx.report(
        Diagnostic::degraded("unreadable", node.origin, Pointer::root(), message)
            .with_help("correct the object as https://spec.openapis.org/oas/v3.0.4.html#path-item-object describes it")
            .with_fix(Fix::Remove),
    );
}

/// Each parameter of the template has to be declared, and each declared one has to be in the template
/// ([OpenAPI 3.0.4 §4.7.8.2](https://spec.openapis.org/oas/v3.0.4.html#path-templating)).
///
/// Removes from `declared` what is not in the template, and returns the names of the template that requests need a value
/// for.
pub(in crate::lower) fn check_template(
    cx: &mut Context<'_>,
    found: &Found<'_>,
    declared: &mut Vec<ParameterDeclaration<'_>>,
) -> Vec<String> {
    let queries = query_names(declared);
    let mut in_template = path::parameters(&found.sent);
    let by_query = path_template::placeholders(&found.sent);
    in_template.retain(|name| !(by_query.contains(name) && queries.contains(name)));
    let mut missing = in_template.clone();
    missing.retain(|name| declared.iter().all(|declared| path_name(declared) != Some(name)));
    for declared in declared.iter_mut() {
        read_by_case(cx, found, &mut missing, declared);
    }
    if !missing.is_empty() {
        report_missing(cx, found, &missing);
    }
    declared.retain(|declared| {
        let Some(name) = path_name(declared).filter(|name| !in_template.contains(name)) else {
            return true;
        };
        let message = format!(
            "the path parameter {name:?} is not in the path {}; requests do not have it",
            found.path
        );
        cx.report(
            Diagnostic::degraded("path-parameter-unused", declared.origin, Pointer::root(), message)
                .with_help("correct the path or the parameter's name, or remove the parameter")
                .with_fix(Fix::Remove)
                .with_related(found.key, "the path"),
        );
        false
    });
    in_template.into_iter().map(str::to_owned).collect()
}

/// Reads a path parameter as one of those of the template that are `missing`, if their names differ in case alone.
fn read_by_case(
    cx: &mut Context<'_>,
    found: &Found<'_>,
    missing: &mut Vec<&str>,
    declared: &mut ParameterDeclaration<'_>,
) {
    let Some(name) = path_name(declared).map(str::to_owned) else {
        return;
    };
    let is_same = |meant: &&str| **meant != *name && meant.to_lowercase() == name.to_lowercase();
    let Some(place) = missing.iter().position(is_same) else {
        return;
    };
    let meant = missing.remove(place).to_owned();
    let message =
        format!("the path has {{{meant}}}, but the parameter is declared as {name:?}; it is read as that of the path");
    // Other paths may refer to the same parameter by the name that it has.
    let is_own = declared.origin == declared.node.origin;
    let fix = is_own.then(|| Fix::Update(json!({ "name": meant })));
    cx.report(
        Diagnostic::warning("path-parameter-missing", declared.origin, Pointer::root(), message)
            .with_help("names of parameters are case-sensitive; write the name as it is in the path")
            .with_fix(fix)
            .with_related(found.key, "the path")
            .with_safe_reading(),
    );
    declared.name_in_path = Some(meant);
}

/// Returns the name of a path parameter.
fn path_name<'declared>(declared: &'declared ParameterDeclaration<'_>) -> Option<&'declared str> {
    let text = |key| declared.node.get(key).and_then(Node::as_str);
    let name = declared.name_in_path.as_deref().or_else(|| text("name"));
    name.filter(|_| text("in") == Some("path"))
}

/// Returns the names of the query parameters.
pub(in crate::lower) fn query_names<'run>(declared: &[ParameterDeclaration<'run>]) -> Vec<&'run str> {
    let queries = declared
        .iter()
        .filter(|declared| declared.node.get("in").and_then(Node::as_str) == Some("query"));
    queries
        .filter_map(|declared| declared.node.get("name").and_then(Node::as_str))
        .collect()
}

fn report_missing(cx: &mut Context<'_>, found: &Found<'_>, missing: &[&str]) {
    let braced: Vec<String> = missing.iter().map(|name| format!("{{{name}}}")).collect();
    let words = if missing.len() == 1 {
        "the parameter; it is read as a string"
    } else {
        "the parameters; they are read as strings"
    };
    let message = format!(
        "the path has {}, but {} does not declare {words}",
        braced.join(" and "),
        found.method
    );
    let entries: Vec<_> = missing
        .iter()
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    let help = if missing.len() == 1 { "add it" } else { "add them" };
    cx.report(
        Diagnostic::warning(
            "path-parameter-missing",
            found.node.origin.key(),
            Pointer::root(),
            message,
        )
        .with_help(help)
        .with_shown_fix(Fix::Update(json!({ "parameters": entries })))
        .with_related(found.key, "the path")
        .with_safe_reading(),
    );
}
