//! Finds the operations of the document, and names their functions.

use std::collections::BTreeMap;

use crate::document::{Kind, Node};
use crate::lower::context::Context;
use crate::lower::operations::Operations;
use crate::lower::operations::method;
use crate::lower::operations::path;
use crate::lower::operations::path_template;
use crate::lower::operations::path_words;
use crate::names::{self, Namespace};
use crate::source::{Origin, Pointer};

/// The methods of a path item, in the order of the output.
const METHODS: [(&str, &str); 9] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("patch", "PATCH"),
    ("delete", "DELETE"),
    ("head", "HEAD"),
    ("options", "OPTIONS"),
    ("trace", "TRACE"),
    ("query", method::QUERY),
];

/// The field for operations with other methods
/// ([OpenAPI 3.2 §4.9](https://spec.openapis.org/oas/v3.2.0.html#path-item-object)).
const ADDITIONAL: &str = "additionalOperations";

/// An operation of the document.
pub(in crate::lower) struct Found<'run> {
    /// The key of the paths.
    pub(in crate::lower) path: &'run str,
    /// The part of it that is in the URL of a request.
    pub(in crate::lower) sent: String,
    pub(in crate::lower) method: &'run str,
    /// The origin of the key.
    pub(in crate::lower) key: Origin,
    /// What holds the operation, and its key there.
    pub(in crate::lower) holder: (&'run Node, &'run str),
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

/// Returns the operations of the document, by path and method.
pub(in crate::lower) fn find<'run>(cx: &mut Context<'run>) -> Vec<Found<'run>> {
    let kinds = tag_kinds(cx.root);
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
        for (holder, key, method) in methods(cx, item) {
            let Some(node) = holder.get(key) else { continue };
            let pointer = if std::ptr::eq(holder, item) {
                at.child(key)
            } else {
                at.child(ADDITIONAL).child(key)
            };
            let tag = module_tag(node, &kinds).map_or_else(|| path_words::resource_words(path), str::to_owned);
            let id = node
                .get("operationId")
                .and_then(Node::as_str)
                .filter(|id| !id.is_empty());
            found.push(Found {
                path,
                sent: path_template::sent(&mended).to_owned(),
                method,
                key: path_key,
                holder: (holder, key),
                item: (item, at.clone()),
                node,
                pointer,
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

/// Returns the methods of a path item: what holds the operation of each, its key there, and the method.
pub(in crate::lower) fn methods<'run>(
    cx: &mut Context<'run>,
    item: &'run Node,
) -> Vec<(&'run Node, &'run str, &'run str)> {
    let mut found: Vec<_> = METHODS.iter().map(|(key, method)| (item, *key, *method)).collect();
    let Some(additional) = item.get(ADDITIONAL) else {
        return found;
    };
    let mut others: Vec<&String> = additional
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key)
        .collect();
    others.sort();
    for key in others {
        let is_known = METHODS
            .iter()
            .any(|(field, method)| method == key && item.get(field).is_some());
        if is_known {
            let reason = "the path item has an operation with this method";
            cx.degrade(additional, key, reason);
        } else if !method::is_token(key) {
            cx.degrade(additional, key, "it is not the name of a method");
        } else {
            found.push((additional, key, key));
        }
    }
    found
}

/// Returns the kinds of the tags that have one ([OpenAPI 3.2 §4.22](https://spec.openapis.org/oas/v3.2.0.html#tag-object)).
fn tag_kinds(root: &Node) -> BTreeMap<&str, &str> {
    let tags = root.get("tags").and_then(Node::as_array).unwrap_or_default();
    let kinds = tags
        .iter()
        .filter_map(|tag| Some((tag.get("name")?.as_str()?, tag.get("kind")?.as_str()?)));
    kinds.collect()
}

/// Returns the tag of an operation that its module is named after: the first that is not there to mark operations
/// ([registry of kinds](https://spec.openapis.org/registry/tag-kind/)).
fn module_tag<'run>(operation: &'run Node, kinds: &BTreeMap<&str, &str>) -> Option<&'run str> {
    let tags = operation.get("tags").and_then(Node::as_array).unwrap_or_default();
    let is_mark = |name: &str| matches!(kinds.get(name), Some(&"badge" | &"audience"));
    let mut names = tags.iter().filter_map(Node::as_str);
    names.clone().find(|name| !is_mark(name)).or_else(|| names.next())
}

impl<'run> Operations<'run> {
    /// Returns the name of the function of each operation, unique within its tag, and the names of each tag.
    pub(in crate::lower) fn function_names<'found>(
        &self,
        found: &'found [Found<'run>],
    ) -> (Vec<String>, Functions<'found>) {
        let mut namespaces = Functions::new();
        let has_versions = path_words::has_versions(found.iter().map(|operation| operation.path));
        let words = |operation: &Found<'run>| match operation.own_id {
            Some(id) => path_words::strip_tag(id, &operation.tag),
            None => path_words::operation_words(
                operation.method,
                operation.path,
                self.is_collection(operation),
                has_versions,
            ),
        };
        let mut functions = Vec::new();
        for operation in found {
            let namespace = namespaces.entry(&operation.tag).or_default();
            let name = names::function_name(&words(operation));
            functions.push(namespace.take(&name, operation.own_id.unwrap_or_default()));
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
