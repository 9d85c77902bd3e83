//! Operations: parameters, bodies, responses, pagination and servers.

pub(in crate::lower) mod access_path;
pub(in crate::lower) mod alternatives;
pub(in crate::lower) mod body;
pub(in crate::lower) mod checks;
pub(in crate::lower) mod encoding;
pub(in crate::lower) mod form;
pub(in crate::lower) mod found;
pub(in crate::lower) mod headers;
pub(in crate::lower) mod media_type;
pub(in crate::lower) mod method;
pub(in crate::lower) mod object_form;
pub(in crate::lower) mod operation;
pub(in crate::lower) mod pagination;
pub(in crate::lower) mod pagination_style;
pub(in crate::lower) mod parameter;
pub(in crate::lower) mod parse;
pub(in crate::lower) mod path;
pub(in crate::lower) mod path_template;
pub(in crate::lower) mod path_words;
pub(in crate::lower) mod request_names;
pub(in crate::lower) mod response_content;
pub(in crate::lower) mod responses;
pub(in crate::lower) mod selection;
pub(in crate::lower) mod server;
pub(in crate::lower) mod style;
pub(in crate::lower) mod webhooks;

use std::collections::BTreeMap;

use self::found::{Found, find};
use self::operation::Skipped;
use self::server::Servers;
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::lower::Selection;
use crate::lower::context::{Context, Degraded, docs};
use crate::lower::keep::{self, Kept};
use crate::lower::schemas::Schemas;
use crate::lower::security::Security;
use crate::lower::{header_sets, response_sets};
use crate::model::{Api, Availability, Docs, Needs, Resource, TypeId, Webhooks};
use crate::names::{self, Namespace};
use crate::source::Pointer;

/// Lowers operations, and puts the model together.
pub(in crate::lower) struct Operations<'run> {
    schemas: Schemas<'run>,
    servers: Servers,
    security: Security,
    /// The types of path parameters, by their words.
    path_parameters: BTreeMap<String, Vec<TypeId>>,
    /// The names of their modules.
    id_modules: Namespace,
}

impl<'run> Operations<'run> {
    pub(in crate::lower) fn new(schemas: Schemas<'run>) -> Self {
        let mut id_modules = Namespace::default();
        id_modules.reserve("mod");
        id_modules.reserve("ids");
        Self {
            schemas,
            servers: Servers::default(),
            security: Security::default(),
            path_parameters: BTreeMap::new(),
            id_modules,
        }
    }

    /// Lowers every operation, and returns the model of the crate and what it does not express.
    pub(in crate::lower) fn lower(mut self, selection: &Selection) -> (Api, Vec<Degraded>) {
        let cx = &mut self.schemas.cx;
        checks::report_templates(cx);
        self.security.declare(cx);
        self.servers.declare(cx);
        let found = find(cx);
        checks::report_duplicates(cx, &found);
        checks::report_ambiguous(cx, &found);
        let (functions, mut namespaces) = self.function_names(&found);
        let modules = module_names(&found);
        let selected = self.select(&found, &functions, &modules, selection);
        let requests = self.request_names(&found, &functions, &modules);
        let mut resources: BTreeMap<String, Resource> = BTreeMap::new();
        let mut kept = Kept::new();
        for (index, (operation, function)) in found.iter().zip(functions).enumerate() {
            let before = self.schemas.cx.mark();
            let module = modules[operation.tag.as_str()].clone();
            let functions = namespaces.entry(&operation.tag).or_default();
            match self.lower_operation(operation, &module, (function, &requests[index]), functions) {
                Ok(lowered) => {
                    if selected[index] {
                        let names = lowered.iter().map(|lowered| lowered.function.clone());
                        kept.extend(names.map(|function| (module.clone(), function)));
                    }
                    let docs = tag_docs(self.schemas.cx.root, &operation.tag);
                    let resource = resources.entry(module.clone()).or_insert_with(|| Resource {
                        module,
                        docs,
                        operations: Vec::new(),
                        availability: Availability::default(),
                    });
                    resource.operations.extend(lowered);
                }
                Err(why) => skip_operation(&mut self.schemas.cx, operation, why),
            }
            if !selected[index] {
                self.schemas.cx.forget(before);
            }
        }
        let taken = found.iter().zip(&selected).filter(|(_, is_selected)| **is_selected);
        let taken = taken.map(|(operation, _)| operation);
        let webhooks = self.lower_webhooks(taken);
        let (mut api, degraded) = self.assemble(resources.into_values().collect(), webhooks, selection);
        response_sets::settle(&mut api);
        header_sets::settle(&mut api);
        if !selection.only.is_empty() {
            keep::keep(&mut api, &kept);
        }
        (api, degraded)
    }

    fn assemble(
        self,
        mut resources: Vec<Resource>,
        mut webhooks: Vec<Webhooks>,
        selection: &Selection,
    ) -> (Api, Vec<Degraded>) {
        let Schemas { cx, mut types, .. } = self.schemas;
        types.merge_equal(&mut resources, &mut webhooks);
        types.name_inline_types();
        types.name_required(&mut resources);
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
        let (server, servers) = self.servers.finish(&mut resources);
        let (types, modules) = types.finish();
        let mut api = Api {
            server,
            servers,
            headers,
            schemes: self.security.finish(&resources),
            resources,
            webhooks,
            webhook_types: Vec::new(),
            webhook_availability: Availability::default(),
            features: Vec::new(),
            modules,
            types,
            title: title.into(),
            version: version.into(),
            description: description.into(),
            environment: None,
            needs: Needs::default(),
            response_sets: Vec::new(),
            header_sets: Vec::new(),
        };
        api.clear_repeated_texts();
        (api, cx.degraded)
    }
}

/// Returns the name of the module of each tag.
fn module_names<'found>(found: &'found [Found<'_>]) -> BTreeMap<&'found str, String> {
    let mut modules = Namespace::default();
    modules.reserve("mod");
    modules.reserve("operations");
    let mut by_tag = BTreeMap::new();
    for operation in found {
        let tag = operation.tag.as_str();
        by_tag
            .entry(tag)
            .or_insert_with(|| modules.take(&names::field_name(tag), tag));
    }
    by_tag
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
            origin: operation.holder.0.origin,
            keyword: operation.holder.1.to_owned(),
            reason: format!("the operation is skipped: {reason}"),
            place,
            is_reported: true,
            is_ignored: false,
        }),
    }
}

fn tag_docs(root: &Node, tag: &str) -> Docs {
    let tags = root.get("tags").and_then(Node::as_array).unwrap_or_default();
    let node = tags
        .iter()
        .find(|node| node.get("name").and_then(Node::as_str) == Some(tag));
    let docs = node.map(docs).unwrap_or_default();
    let summary = node.and_then(|node| node.get("summary")?.as_str()).map(str::trim);
    let summary = summary.filter(|summary| !summary.is_empty()).unwrap_or(tag);
    let title = if docs.text.is_empty() { summary } else { "" };
    Docs {
        title: title.to_owned().into(),
        ..docs
    }
}
