//! Brings every document to one form.
//!
//! After this stage
//!
//! - every `$ref` is `#/components/<kind>/<name>` and has a target there: what it
//!   pointed into the middle of is a component of its own;
//! - what the client does not depend on is gone: documentation, components that nothing refers to, and what is left of
//!   other documents;
//! - schemas are in the words of JSON Schema 2020-12, whichever version of
//!   `OpenAPI` they were written for;
//! - every node still knows where it was read.

mod component_names;
mod cycles;
mod dialect;
mod faults;
mod identifiers;
mod meant;
mod references;
mod search;
#[cfg(test)]
mod tests;
mod webhooks;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::bundle::Bundle;
use crate::document::checks::unknown;
use crate::document::grammar::containers::Containers;
use crate::document::version::Version;
use crate::document::{Kind, Node, checks, grammar};
use crate::source::Pointer;
pub(super) use dialect::is_sibling_kept;

/// A document in its one form.
#[derive(Debug)]
pub(crate) struct Normalised {
    /// The document.
    pub(crate) root: Node,
    /// The names of the components of the section `schemas` that webhooks and callbacks refer to. Of a reference into a
    /// component, the name is the path to the target.
    pub(crate) webhooks: BTreeSet<String>,
}

/// Returns the document in its one form, or `None` when it is no `OpenAPI` document at all.
///
/// Faults go to `diagnostics`; the result is of use only without errors.
pub(crate) fn normalise(bundle: &Bundle, diagnostics: &mut Diagnostics) -> Option<Normalised> {
    let document = &bundle.root;
    let version = version(document, diagnostics)?;
    // Identifiers of schemas are of JSON Schema, which 3.0 has a part of alone.
    let recursive = meant::recursive_references(document, diagnostics);
    let document = recursive.as_ref().unwrap_or(document);
    let identified = (version == Version::V3_1).then(|| identifiers::resolve(document, diagnostics));
    let identified = identified.flatten();
    let document = identified.as_ref().unwrap_or(document);
    let containers = Containers::of(document);
    let is_newer = version == Version::V3_1;
    checks::check(document, &containers, &bundle.reached, is_newer, diagnostics);
    let mut root = document.clone();
    references::flatten_containers(&mut root, &containers);
    let webhooks = references::resolve(bundle, document, &containers, version, &mut root, diagnostics);
    meant::read(&mut root, version, diagnostics);
    dialect::check_discriminators(&root, diagnostics);
    checks::values::check(&root, version, diagnostics);
    unknown::check(bundle, &containers, diagnostics);
    grammar::for_each_mut(Kind::OpenApi, &mut root, &mut |kind, node| {
        checks::values::mend(kind, version, node);
        if kind == Kind::Schema {
            dialect::rewrite(version, node);
        }
    });
    Some(Normalised { root, webhooks })
}

/// Returns the document's version ([OpenAPI 3.0.4 §4.1](https://spec.openapis.org/oas/v3.0.4.html#versions)).
fn version(document: &Node, diagnostics: &mut Diagnostics) -> Option<Version> {
    if let Some(swagger) = document.get("swagger") {
        let message = format!("this is a Swagger {} document", swagger.as_str().unwrap_or("2.0"));
        diagnostics.push(
            Diagnostic::error("swagger-2", swagger.origin, Pointer::of(["swagger"]), message)
                .with_help("convert it to OpenAPI 3 first, for example with swagger2openapi"),
        );
        return None;
    }
    let Some(node) = document.get("openapi") else {
        let message = format!(
            "expected an OpenAPI document, found {} without the field \"openapi\"",
            document.kind()
        );
        diagnostics.push(
            Diagnostic::error("not-openapi", document.origin, Pointer::root(), message)
                .with_help("an OpenAPI document starts with its version, such as `openapi: 3.1.0`"),
        );
        return None;
    };
    let text = match &node.value {
        super::Value::String(text) | super::Value::Number(text) => text.as_str(),
        _ => "",
    };
    let known = [("3.0", Version::V3_0), ("3.1", Version::V3_1)];
    let found = known
        .iter()
        .find(|(minor, _)| text == *minor || text.strip_prefix(minor).is_some_and(|rest| rest.starts_with('.')));
    if found.is_none() {
        let message = format!("version {node} of OpenAPI is not supported");
        diagnostics.push(
            Diagnostic::error("openapi-version", node.origin, Pointer::of(["openapi"]), message)
                .with_help("3.0.x and 3.1.x are"),
        );
    }
    found.map(|(_, version)| *version)
}
