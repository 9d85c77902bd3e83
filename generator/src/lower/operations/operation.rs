//! Lowers operations, and puts the model together.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::document::{Kind, Node};
use crate::lower::operations::checks;
use crate::lower::operations::method;
use crate::lower::operations::other_readings;
use crate::lower::operations::pagination;
use crate::lower::operations::parameter::ParameterDeclaration;
use crate::lower::operations::path;
use crate::lower::operations::path_template;
use crate::lower::operations::response_content;
use crate::lower::operations::responses;
use crate::lower::{Context, Degraded, ModulePath, NamingContext, Selection, docs};
use crate::model::{Api, Docs, Module, Operation, Resource};
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

/// Names that a request type has methods of; a setter cannot have them.
const METHOD_NAMES: [&str; 5] = ["send", "send_blocking", "into_http", "decode", "clone"];

/// An operation as the document has it.
pub(in crate::lower) struct Found<'run> {
    /// The key of the paths.
    pub(in crate::lower) path: &'run str,
    /// The part of it that is in the URL of a request.
    pub(in crate::lower) sent: &'run str,
    pub(in crate::lower) method: &'static str,
    /// The origin of the key.
    pub(in crate::lower) key: Origin,
    pub(in crate::lower) item: (&'run Node, Pointer),
    pub(in crate::lower) node: &'run Node,
    pub(in crate::lower) pointer: Pointer,
    pub(in crate::lower) tag: String,
    pub(in crate::lower) id: Option<&'run str>,
}

impl Found<'_> {
    /// Returns the operation id, or else the method and the path.
    fn name(&self) -> String {
        let unnamed = || format!("{} {}", self.method, self.path);
        self.id.map_or_else(unnamed, str::to_owned)
    }
}

/// Why an operation is skipped.
pub(in crate::lower) enum Skipped {
    /// It has an error that a diagnostic reports.
    Reported(String),
    /// It needs something that is not supported.
    Unsupported(String),
}

/// The names of the functions of each tag.
type Functions<'found> = BTreeMap<&'found str, Namespace>;

/// Lowers every operation, and returns the model of the crate.
pub(in crate::lower) fn lower_all(cx: &mut Context<'_>, selection: &Selection) -> Api {
    checks::report_templates(cx);
    cx.declare_schemes();
    cx.declare_servers();
    let found = find(cx);
    checks::report_duplicates(cx, &found);
    checks::report_ambiguous(cx, &found);
    checks::report_unknown(cx, &found, selection);
    let (functions, mut namespaces) = function_names(cx, &found);
    let mut modules = Namespace::default();
    modules.reserve("mod");
    modules.reserve("operations");
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for operation in &found {
        if !names.contains_key(&operation.tag) {
            names.insert(
                operation.tag.clone(),
                modules.take(&names::field_name(&operation.tag), &operation.tag),
            );
        }
    }
    let mut resources: BTreeMap<String, Resource> = BTreeMap::new();
    for (operation, function) in found.iter().zip(functions) {
        if !selection.takes(operation) {
            continue;
        }
        let module = names[&operation.tag].clone();
        let functions = namespaces.entry(&operation.tag).or_default();
        match lower_operation(cx, operation, &module, function, functions) {
            Ok(lowered) => {
                let docs = tag_docs(cx, &operation.tag);
                let resource = resources.entry(module.clone()).or_insert_with(|| Resource {
                    module,
                    docs,
                    operations: Vec::new(),
                });
                resource.operations.extend(lowered);
            }
            Err(why) => skip_operation(cx, operation, why),
        }
    }
    assemble(cx, resources.into_values().collect(), selection)
}

/// Reports that an operation is skipped: in a diagnostic, or, if a diagnostic already says why, only in the ledger.
fn skip_operation(cx: &mut Context<'_>, operation: &Found<'_>, why: Skipped) {
    let place = operation.node.origin.key();
    match why {
        Skipped::Unsupported(reason) => {
            let message = format!("the operation is skipped: {reason}");
            cx.report(
                Diagnostic::degraded("operation-skipped", place, Pointer::root(), message).with_help(
                    "a form needs a schema that allows objects; a parameter needs a style that is defined for its schema, or `content` of JSON or text/plain",
                ),
            );
        }
        Skipped::Reported(reason) => cx.degraded.push(Degraded {
            origin: operation.item.0.origin,
            keyword: operation.method.to_lowercase(),
            reason: format!("the operation is skipped: {reason}"),
            place,
            is_reported: true,
            is_ignored: false,
        }),
    }
}

impl Selection {
    fn takes(&self, operation: &Found<'_>) -> bool {
        self.only.is_empty()
            || self
                .only
                .iter()
                .any(|name| *name == operation.tag || Some(name.as_str()) == operation.id)
    }
}

fn find<'run>(cx: &Context<'run>) -> Vec<Found<'run>> {
    let mut found = Vec::new();
    let mut items: Vec<(&String, &Node)> = cx
        .root
        .get("paths")
        .and_then(Node::as_object)
        .into_iter()
        .flatten()
        .collect();
    items.sort_by_key(|(path, _)| *path);
    // Invalid paths were reported, except for extensions.
    for (path, item) in items.into_iter().filter(|(path, _)| path::fault(path).is_none()) {
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
                sent: path_template::sent(path),
                method,
                key: path_key,
                item: (item, at.clone()),
                node,
                pointer: at.child(key),
                tag,
                id,
            });
        }
    }
    found
}

/// Returns the name of each operation's function, and the names of each tag; they are unique there.
fn function_names<'found>(cx: &Context<'_>, found: &'found [Found<'_>]) -> (Vec<String>, Functions<'found>) {
    let mut namespaces = Functions::new();
    let candidate = |operation: &Found<'_>, length| match operation.id {
        Some(id) => names::field_name(&path::strip_tag(id, &operation.tag)),
        None => names::field_name(&path::operation_words(
            operation.method,
            operation.path,
            is_collection(cx, operation),
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
        while operation.id.is_none()
            && length < operation.path.split('/').count() + 2
            && others().any(|other| candidate(other, length) == candidate(operation, length))
        {
            length += 1;
        }
        let namespace = namespaces.entry(&operation.tag).or_default();
        functions.push(namespace.take(&candidate(operation, length), operation.id.unwrap_or_default()));
    }
    (functions, namespaces)
}

/// Returns whether the success of an operation is a list, or an object around one.
fn is_collection(cx: &Context<'_>, operation: &Found<'_>) -> bool {
    let Some(responses) = operation.node.get("responses").and_then(Node::as_object) else {
        return false;
    };
    let success = responses.iter().find(|(status, _)| status.starts_with('2'));
    let options = success.map(|(_, response)| cx.content_options(cx.resolve(response)));
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

fn lower_operation<'run>(
    cx: &mut Context<'run>,
    found: &Found<'run>,
    module: &str,
    function: String,
    functions: &mut Namespace,
) -> Result<Vec<Operation>, Skipped> {
    let parsed: openapiv3::Operation = cx.parse(Kind::Operation, found.node, &found.pointer)?;
    let module_path = ModulePath::Operations(module.to_owned());
    let request_type = cx.take_type_name(&module_path, &function);
    let static_name = cx.take_static_name(&module_path, &request_type, "OPERATION");
    let mut fields = Namespace::default();
    for method in METHOD_NAMES {
        fields.reserve(method);
    }
    if found.node.get(pagination::EXTENSION).is_some() {
        for method in pagination::METHOD_NAMES {
            fields.reserve(method);
        }
    }
    let contents = cx.response_contents(found.node, &found.pointer, found.method);
    let asked = other_readings::take_methods(&contents, &mut fields);
    let declared = cx.declared_parameters([found.item.clone(), (found.node, found.pointer.clone())]);
    let place = NamingContext::new(module_path, &request_type).having(members(cx, found, &declared));
    let mut parameters = Vec::new();
    for parameter in &declared {
        parameters.extend(cx.lower_parameter(parameter, &place, &mut fields)?);
    }
    checks::check_template(cx, found, &declared);
    path::sort(&mut parameters, found.sent);
    let offered = if found.method == method::TRACE {
        method::skip_in_trace(cx, found);
        None
    } else {
        cx.offered_bodies(found.node, &found.pointer, &mut fields)?
    };
    let body = offered
        .as_ref()
        .and_then(|offered| cx.lower_first_body(offered, &place));
    let (success, failure) = cx.lower_responses(&contents, &place);
    let streams = cx.lower_streams(&contents, &place);
    let alternatives = cx.lower_alternatives(&contents, &asked, &success, &place);
    let paging = cx.lower_paging(found.node, &parameters, &success, &mut fields);
    let operation = Operation {
        id: found.name(),
        static_name,
        function,
        request_type,
        method: found.method,
        server: cx.own_server(found.item.0, found.node),
        path: path_template::written(found.sent, &checks::query_names(&declared)),
        docs: Docs {
            title: parsed.summary.unwrap_or_default().trim().to_owned().into(),
            text: parsed.description.unwrap_or_default().trim().to_owned().into(),
            origin: Some(found.node.origin).into(),
            pointer: found.pointer.clone().into(),
            deprecated: parsed.deprecated,
            ..Docs::default()
        },
        parameters,
        body,
        required: None,
        is_variant: false,
        success,
        failure,
        streams,
        alternatives,
        accept: response_content::accept(&contents),
        security: if found.method == method::TRACE {
            Vec::new()
        } else {
            cx.requirements(found.node)
        },
        is_safe: method::is_safe(cx, found),
        paging,
    };
    Ok(cx.with_variants(operation, offered.as_ref(), &place.module, functions))
}

/// Returns the nested schemas of an operation, by name.
fn members<'run>(
    cx: &Context<'run>,
    found: &Found<'run>,
    declared: &[ParameterDeclaration<'run>],
) -> Vec<(String, Option<&'run Node>)> {
    let mut members = vec![("response".to_owned(), None), ("error".to_owned(), None)];
    for parameter in declared {
        let name = parameter.node.get("name").and_then(Node::as_str).unwrap_or_default();
        members.push((name.to_owned(), parameter.node.get("schema")));
    }
    let body = found.node.get("requestBody").map(|body| ("body".to_owned(), body));
    let responses = found
        .node
        .get("responses")
        .and_then(Node::as_object)
        .into_iter()
        .flatten();
    let responses = responses.filter_map(|(key, response)| Some((responses::name(key)?, response)));
    for (word, holder) in body.into_iter().chain(responses) {
        let content = cx.resolve(holder).get("content").and_then(Node::as_object);
        let media_types = content.into_iter().flatten();
        members.push((word.clone(), None));
        members.extend(media_types.map(|(_, media_type)| (word.clone(), media_type.get("schema"))));
    }
    members
}

fn tag_docs(cx: &Context<'_>, tag: &str) -> Docs {
    let tags = cx.root.get("tags").and_then(Node::as_array).unwrap_or_default();
    let node = tags
        .iter()
        .find(|node| node.get("name").and_then(Node::as_str) == Some(tag));
    let docs = node.map(docs).unwrap_or_default();
    let title = if docs.text.is_empty() { tag } else { "" };
    Docs {
        title: title.to_owned().into(),
        ..docs
    }
}

fn assemble(cx: &mut Context<'_>, mut resources: Vec<Resource>, selection: &Selection) -> Api {
    cx.name_required(&mut resources);
    let info = |key: &str| {
        let node = cx.root.get("info").and_then(|info| info.get(key));
        node.map(|node| node.as_str().map_or_else(|| node.to_string(), str::to_owned))
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let (title, version, description) = (info("title"), info("version"), info("description"));
    let headers = selection.headers.iter();
    let headers = headers
        .map(|(name, value)| (name.clone(), value.replace("{info.version}", &version)))
        .collect();
    let (server, servers) = cx.finish_servers(&mut resources);
    Api {
        server,
        servers,
        headers,
        schemes: cx.used_schemes(&resources),
        environment: None,
        resources,
        modules: std::mem::take(&mut cx.modules)
            .into_iter()
            .map(|(path, types)| Module { path, types })
            .collect(),
        types: std::mem::take(&mut cx.types),
        title: title.into(),
        version: version.into(),
        description: description.into(),
    }
}
