//! What a document says of the arguments of its operations: a schema for each parameter and body.
//!
//! It is read from the tree of the document, by the reading of references of the oracle, and shares nothing with what
//! the generator makes of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use generator::unstable::{Node, read_document};
use generator::{Diagnostics, Sources};
use schema_oracle::translate::follow;
use serde_json::Value;
use tests::METHODS;

use crate::declarations::{body_key, parameter_key};

/// An operation.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The method and the path template.
    pub(crate) key: String,
    pub(crate) arguments: Vec<Argument>,
}

/// A parameter or a body.
#[derive(Debug)]
pub(crate) struct Argument {
    /// What plans call it.
    pub(crate) key: String,
    /// Where it is sent: `path`, `query`, `header`, `cookie` or `body`.
    pub(crate) location: String,
    /// The pointer of its schema, if it has one.
    pub(crate) schema: Option<String>,
    pub(crate) is_required: bool,
}

/// Reads a document.
pub(crate) fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut sources = Sources::default();
    let mut diagnostics = Diagnostics::default();
    let node = read_document(&mut sources, &path.display().to_string(), &text, &mut diagnostics);
    match node.as_ref().map(Node::to_json) {
        Some(document) => Ok(document),
        None => bail!("{} is no document", path.display()),
    }
}

/// Returns the document without the extensions of its root: Prism reads the files that references in them name.
pub(crate) fn without_extensions(mut document: Value) -> Value {
    if let Some(root) = document.as_object_mut() {
        root.retain(|key, _| !key.starts_with("x-"));
    }
    document
}

/// Returns the operations of a document, in its order.
pub(crate) fn operations(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for path in document["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(path, _)| path)
    {
        let item = format!("/paths/{}", escaped(path));
        for method in METHODS {
            let at = format!("{item}/{method}");
            if follow(document, &at).is_some_and(Value::is_object) {
                operations.push(Operation {
                    key: format!("{} {path}", method.to_uppercase()),
                    arguments: arguments(document, &item, &at),
                });
            }
        }
    }
    operations
}

/// Returns the arguments of an operation. Its own parameters replace those of the path item.
fn arguments(document: &Value, item: &str, operation: &str) -> Vec<Argument> {
    let mut found = BTreeMap::new();
    for holder in [item, operation] {
        let list = format!("{holder}/parameters");
        let count = follow(document, &list).and_then(Value::as_array).map_or(0, Vec::len);
        for at in (0..count).map(|index| format!("{list}/{index}")) {
            let argument = parameter(document, &at);
            found.extend(argument.map(|argument| (argument.key.clone(), argument)));
        }
    }
    let mut arguments: Vec<Argument> = found.into_values().collect();
    let at = format!("{operation}/requestBody");
    let is_required = follow(document, &format!("{at}/required")) == Some(&Value::Bool(true));
    let content = format!("{at}/content");
    let media_types = follow(document, &content).and_then(Value::as_object);
    for media_type in media_types.into_iter().flatten().map(|(media_type, _)| media_type) {
        arguments.push(Argument {
            key: body_key(media_type),
            location: "body".to_owned(),
            schema: schema(document, &format!("{content}/{}", escaped(media_type))),
            is_required,
        });
    }
    arguments
}

fn parameter(document: &Value, at: &str) -> Option<Argument> {
    let text = |field: &str| follow(document, &format!("{at}/{field}")).and_then(Value::as_str);
    let (location, name) = (text("in")?, text("name")?);
    // `Accept`, `Content-Type` and `Authorization` are no parameters (OpenAPI 3.1.0 §4.8.12.2).
    let is_ignored = ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str());
    if location == "header" && is_ignored {
        return None;
    }
    let content = format!("{at}/content");
    let media_type = follow(document, &content)
        .and_then(Value::as_object)
        .and_then(|types| types.keys().next());
    let holder = media_type.map(|media_type| format!("{content}/{}", escaped(media_type)));
    Some(Argument {
        key: parameter_key(location, name),
        schema: schema(document, holder.as_deref().unwrap_or(at)),
        is_required: location == "path" || follow(document, &format!("{at}/required")) == Some(&Value::Bool(true)),
        location: location.to_owned(),
    })
}

fn schema(document: &Value, holder: &str) -> Option<String> {
    let at = format!("{holder}/schema");
    follow(document, &at).is_some().then_some(at)
}

fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}
