//! Finds faults of the operations as a whole: names, paths, and what was asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::operation::Found;
use super::{Context, Selection, path};
use crate::diagnostic::{At, Diagnostic};
use crate::model::{Location, Parameter};

/// What is asked for has to be there; else a slip of the pen would empty the crate.
pub(super) fn report_unknown(cx: &mut Context<'_>, found: &[Found<'_>], selection: &Selection) {
    for name in &selection.only {
        if !found
            .iter()
            .any(|operation| *name == operation.tag || Some(name.as_str()) == operation.id)
        {
            let tags: BTreeSet<&str> = found.iter().map(|operation| operation.tag.as_str()).collect();
            let tags: Vec<&str> = tags.into_iter().collect();
            let message = format!("{name:?} is asked for, but is neither a tag nor an operation id");
            cx.report(
                Diagnostic::error_at("only-unknown", At::Nowhere, message)
                    .with_help(format!("the tags are {}", tags.join(", "))),
            );
        }
    }
}

/// Operation ids are unique ([OpenAPI 3.0.4 §4.7.10](https://spec.openapis.org/oas/v3.0.4.html#operation-object)).
pub(super) fn report_duplicates(cx: &mut Context<'_>, found: &[Found<'_>]) {
    let mut known: BTreeMap<&str, &Found<'_>> = BTreeMap::new();
    for operation in found {
        let Some(id) = operation.id else { continue };
        let node = operation.node.get("operationId").unwrap_or(operation.node);
        if let Some(first) = known.insert(id, operation) {
            let message = format!("the operation id {id:?} is taken by {} {}", first.method, first.path);
            let related = first.node.get("operationId").unwrap_or(first.node).origin;
            cx.report(
                Diagnostic::error(
                    "duplicate-operation-id",
                    node.origin,
                    operation.pointer.child("operationId"),
                    message,
                )
                .with_help("give each operation an id of its own")
                .with_related(related, "it is taken here")
                .with_safe_reading(),
            );
            known.insert(id, first);
        }
    }
}

/// Templates that differ in the names of parameters alone are identical
/// ([OpenAPI 3.0.4 §4.7.8](https://spec.openapis.org/oas/v3.0.4.html#paths-object)).
pub(super) fn report_ambiguous(cx: &mut Context<'_>, found: &[Found<'_>]) {
    let mut known: BTreeMap<String, &Found<'_>> = BTreeMap::new();
    for operation in found {
        let first = *known.entry(path::without_names(operation.path)).or_insert(operation);
        if first.path != operation.path {
            let message = format!(
                "the path differs from {} in the names of its parameters alone",
                first.path
            );
            let at = operation.item.1.clone();
            cx.report(
                Diagnostic::error("ambiguous-path", operation.item.0.origin, at, message)
                    .with_help("a server cannot tell them apart; put the operations under one path")
                    .with_related(first.item.0.origin, "the other path")
                    .with_safe_reading(),
            );
        }
    }
}

/// Each parameter of the template is declared, and each declared one stands in the template
/// ([OpenAPI 3.0.4 §4.7.8.2](https://spec.openapis.org/oas/v3.0.4.html#path-templating)).
pub(super) fn check_template(cx: &mut Context<'_>, found: &Found<'_>, parameters: &[Parameter]) {
    let declared: Vec<&str> = parameters
        .iter()
        .filter(|parameter| parameter.style.location == Location::Path)
        .map(|parameter| parameter.wire.as_str())
        .collect();
    let in_template = path::parameters(found.path);
    for name in in_template.iter().filter(|name| !declared.contains(name)) {
        let message = format!(
            "the path has {{{name}}}, but {} does not declare the parameter",
            found.method
        );
        cx.report(
            Diagnostic::error("path-parameter-missing", found.node.origin, found.pointer.clone(), message).with_help(format!(
                "add it with an overlay action:\n- target: $.paths['{}']\n  update: {{parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}]}}",
                found.path
            )),
        );
    }
    for name in declared.iter().filter(|name| !in_template.contains(name)) {
        let message = format!("the path parameter {name:?} does not stand in the path {}", found.path);
        cx.report(
            Diagnostic::error(
                "path-parameter-unused",
                found.node.origin,
                found.pointer.clone(),
                message,
            )
            .with_help("correct the path or the parameter's name, or remove the parameter")
            .with_safe_reading(),
        );
    }
}
