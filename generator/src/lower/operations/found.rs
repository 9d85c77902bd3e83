//! Finds the operations of the document, and names their functions.

use std::collections::BTreeMap;

use crate::document::{Kind, Node};
use crate::lower::Selection;
use crate::lower::context::Context;
use crate::lower::operations::Operations;
use crate::lower::operations::path;
use crate::lower::operations::path_template;
use crate::names::{self, Namespace};
use crate::source::{Origin, Pointer};

/// The methods of a path item, in the order of the output.
const METHODS: [(&str, &str); 8] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("patch", "PATCH"),
    ("delete", "DELETE"),
    ("head", "HEAD"),
    ("options", "OPTIONS"),
    ("trace", "TRACE"),
];

/// An operation of the document.
pub(in crate::lower) struct Found<'run> {
    /// The key of the paths.
    pub(in crate::lower) path: &'run str,
    /// The part of it that is in the URL of a request.
    pub(in crate::lower) sent: String,
    pub(in crate::lower) method: &'static str,
    /// The origin of the key.
    pub(in crate::lower) key: Origin,
    pub(in crate::lower) item: (&'run Node, Pointer),
    pub(in crate::lower) node: &'run Node,
    pub(in crate::lower) pointer: Pointer,
    pub(in crate::lower) tag: String,
    pub(in crate::lower) id: Option<&'run str>,
    /// The operation id, unless another operation of the tag has it too: then neither is named by it.
    pub(in crate::lower) own_id: Option<&'run str>,
}

impl Found<'_> {
    /// Returns the operation id, or else the method and the path.
    pub(in crate::lower) fn name(&self) -> String {
        let unnamed = || format!("{} {}", self.method, self.path);
        self.id.map_or_else(unnamed, str::to_owned)
    }
}

/// The names of the functions of each tag.
pub(in crate::lower) type Functions<'found> = BTreeMap<&'found str, Namespace>;

impl Selection {
    pub(in crate::lower) fn takes(&self, operation: &Found<'_>) -> bool {
        self.only.is_empty()
            || self
                .only
                .iter()
                .any(|name| *name == operation.tag || Some(name.as_str()) == operation.id)
    }
}

/// Returns the operations of the document, by path and method.
pub(in crate::lower) fn find<'run>(cx: &Context<'run>) -> Vec<Found<'run>> {
    let mut found = Vec::new();
    let mut items: Vec<(&String, &Node)> = cx
        .root
        .get("paths")
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
        .collect();
    items.sort_by_key(|(path, _)| *path);
    for (path, item) in items.into_iter().filter(|(path, _)| !path.starts_with("x-")) {
        // Of others no request can be made, which was reported.
        let Some(mended) = path::mended(path) else { continue };
        let path_key = item.origin.key();
        let (item, at) = cx.follow(Kind::PathItem, item, Pointer::of(["paths", path]));
        for (key, method) in METHODS {
            let Some(node) = item.get(key) else { continue };
            let tags = node.get("tags").and_then(Node::as_array).unwrap_or_default();
            let tag = tags
                .first()
                .and_then(Node::as_str)
                .map_or_else(|| path::resource_words(path), str::to_owned);
            let id = node
                .get("operationId")
                .and_then(Node::as_str)
                .filter(|id| !id.is_empty());
            found.push(Found {
                path,
                sent: path_template::sent(&mended).to_owned(),
                method,
                key: path_key,
                item: (item, at.clone()),
                node,
                pointer: at.child(key),
                tag,
                id,
                own_id: id,
            });
        }
    }
    let mut uses: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for operation in &found {
        if let Some(id) = operation.id {
            *uses.entry((operation.tag.clone(), id)).or_default() += 1;
        }
    }
    for operation in &mut found {
        let is_own = |id: &&str| uses.get(&(operation.tag.clone(), *id)) == Some(&1);
        operation.own_id = operation.id.filter(is_own);
    }
    found
}

impl<'run> Operations<'run> {
    /// Returns the name of the function of each operation, unique within its tag, and the names of each tag.
    pub(in crate::lower) fn function_names<'found>(
        &self,
        found: &'found [Found<'run>],
    ) -> (Vec<String>, Functions<'found>) {
        let mut namespaces = Functions::new();
        let candidate = |operation: &Found<'run>, length| match operation.own_id {
            Some(id) => names::field_name(&path::strip_tag(id, &operation.tag)),
            None => names::field_name(&path::operation_words(
                operation.method,
                operation.path,
                self.is_collection(operation),
                length,
            )),
        };
        let mut functions = Vec::new();
        for operation in found {
            let others = || {
                found
                    .iter()
                    .filter(|other| other.tag == operation.tag && !std::ptr::eq(*other, operation))
            };
            let mut length = 2;
            while operation.own_id.is_none()
                && length < operation.path.split('/').count() + 2
                && others().any(|other| candidate(other, length) == candidate(operation, length))
            {
                length += 1;
            }
            let namespace = namespaces.entry(&operation.tag).or_default();
            functions.push(namespace.take(&candidate(operation, length), operation.own_id.unwrap_or_default()));
        }
        (functions, namespaces)
    }

    /// Returns whether the success of an operation is a list, or an object around one.
    fn is_collection(&self, operation: &Found<'run>) -> bool {
        let cx = &self.schemas.cx;
        let Some(responses) = operation.node.get("responses").and_then(Node::as_object) else {
            return false;
        };
        let success = responses.iter().find(|(status, _)| status.starts_with('2'));
        let options = success.map(|(_, response)| self.content_options(cx.resolve(response)));
        let preferred = options.as_ref().and_then(|options| options.first());
        let Some(schema) = preferred
            .and_then(|option| option.media.get("schema"))
            .map(|schema| cx.resolve(schema))
        else {
            return false;
        };
        let is_array = |node: &Node| cx.resolve(node).get("type").and_then(Node::as_str) == Some("array");
        let lists = ["items", "data", "results", "values", "entries", "records", "list"];
        let wraps = || {
            lists.iter().any(|name| {
                schema
                    .get("properties")
                    .and_then(|members| members.get(name))
                    .is_some_and(is_array)
            })
        };
        is_array(schema) || wraps()
    }
}
