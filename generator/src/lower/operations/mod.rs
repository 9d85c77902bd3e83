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

use std::collections::{BTreeMap, BTreeSet};

use self::found::{Found, find};
use self::operation::Skipped;
use self::server::Servers;
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::lock::{self, LockedOperation};
use crate::lower::aliases;
use crate::lower::context::{Context, Degraded, SetAside, docs};
use crate::lower::keep::{self, Kept};
use crate::lower::locked::{self, LockedNames};
use crate::lower::schemas::Schemas;
use crate::lower::security::Security;
use crate::lower::{Lowered, Selection};
use crate::lower::{header_sets, response_sets};
use crate::model::{Api, Availability, Docs, Needs, Operation, ParentTag, Resource, TypeId, Webhooks};
use crate::names::{self, Namespace};
use crate::source::Pointer;

/// The names of the operations that are lowered, by their keys in a lock.
type OperationNames = Vec<(String, LockedOperation)>;

/// Lowers operations, and puts the model together.
pub(in crate::lower) struct Operations<'run> {
    pub(in crate::lower) schemas: Schemas<'run>,
    servers: Servers,
    security: Security,
    /// The types of path parameters, by their words.
    pub(in crate::lower) path_parameters: BTreeMap<String, Vec<TypeId>>,
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

    /// Lowers every operation, and returns the model of the crate and what it does not express. `webhook_types` are the
    /// components that webhooks and callbacks refer to.
    pub(in crate::lower) fn lower(mut self, selection: &Selection, webhook_types: Vec<TypeId>) -> Lowered {
        let cx = &mut self.schemas.cx;
        checks::report_templates(cx);
        self.security.declare(cx);
        self.servers.declare(cx);
        let found = find(cx);
        checks::report_duplicates(cx, &found);
        checks::report_ambiguous(cx, &found);
        let locked = locked::operations(self.schemas.locked.as_ref().map(|locked| locked.lock), &found);
        self.lock_operations(&found, &locked);
        let modules = module_names(&found, &locked);
        let (functions, mut namespaces) = self.function_names(&found, &modules, &locked);
        let selected = self.select(&found, &functions, &modules, selection);
        let requests = self.request_names(&found, &functions, &modules, &locked);
        let mut names = OperationNames::new();
        let mut resources: BTreeMap<String, Resource> = BTreeMap::new();
        let mut kept = Kept::new();
        let mut aside = SetAside::default();
        for (index, (operation, function)) in found.iter().zip(functions).enumerate() {
            let before = self.schemas.cx.mark();
            let module = modules[index].clone();
            let functions = namespaces.entry(&modules[index]).or_default();
            match self.lower_operation(operation, &module, (function, &requests[index]), functions) {
                Ok(lowered) => {
                    names.extend(given_names(operation, &locked[index].key, &module, &lowered));
                    if selected[index] {
                        let names = lowered.iter().map(|lowered| lowered.function.clone());
                        kept.extend(names.map(|function| (module.clone(), function)));
                    }
                    let root = self.schemas.cx.root;
                    let resource = resources.entry(module.clone()).or_insert_with(|| Resource {
                        module,
                        docs: tag_docs(root, &operation.tag),
                        parent: parent_tag(root, &operation.tag, &found, &modules).into(),
                        operations: Vec::new(),
                        aliases: Vec::new(),
                        availability: Availability::default(),
                    });
                    resource.operations.extend(lowered);
                }
                Err(why) => skip_operation(&mut self.schemas.cx, operation, why),
            }
            if !selected[index] {
                self.schemas.cx.set_aside(before, &mut aside);
            }
        }
        let before = self.schemas.cx.mark();
        let webhooks = self.lower_webhooks(&found);
        if !selection.only.is_empty() {
            self.schemas.cx.set_aside(before, &mut aside);
            let taken = found.iter().zip(&selected).filter(|(_, is_selected)| **is_selected);
            let taken: Vec<&Found<'run>> = taken.map(|(operation, _)| operation).collect();
            self.restore_shared(&taken, aside);
        }
        let resources = resources.into_values().collect();
        let lowered = self.assemble((resources, webhooks), webhook_types, names, selection);
        settle(lowered, selection, &kept)
    }

    /// Keeps new types of operations from having names that are locked.
    fn lock_operations(&mut self, found: &[Found<'run>], names: &[LockedNames<'run>]) {
        let Schemas { locked, types, .. } = &mut self.schemas;
        let Some(locked) = locked else { return };
        let keys: Vec<String> = names.iter().map(|names| names.key.clone()).collect();
        locked.place_operations(found, &keys);
        let is_wanted = |module: &str| module.starts_with("operations::");
        for (module, name) in locked.live(is_wanted) {
            types.namespace(module.to_owned()).hold(name);
        }
        for path in locked.lock.parameters.values() {
            if let Some((module, name)) = lock::split(path) {
                types.namespace(module.to_owned()).hold(name);
            }
        }
    }

    fn assemble(
        mut self,
        (mut resources, mut webhooks): (Vec<Resource>, Vec<Webhooks>),
        webhook_types: Vec<TypeId>,
        names: OperationNames,
        selection: &Selection,
    ) -> Lowered {
        let names = self.name_types((&mut resources, &mut webhooks), names);
        let Schemas { cx, mut types, .. } = self.schemas;
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
            webhook_types,
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
        Lowered {
            api,
            degraded: cx.degraded,
            names,
            faults: Vec::new(),
        }
    }
}

/// Finds what several operations share, adds former names, and keeps what is selected.
fn settle(mut lowered: Lowered, selection: &Selection, kept: &Kept) -> Lowered {
    let api = &mut lowered.api;
    response_sets::settle(api);
    header_sets::settle(api);
    if let Some(names) = &lowered.names {
        lowered.faults = aliases::declare(api, &names.aliases);
    }
    if !selection.only.is_empty() {
        keep::keep(api, kept);
    }
    lowered
}

/// Returns the key and the names of an operation, for the lock. Those for other media types follow from these.
fn given_names(found: &Found<'_>, key: &str, module: &str, lowered: &[Operation]) -> Option<(String, LockedOperation)> {
    let first = lowered.first()?;
    let path = format!("operations::{module}::{}", first.function);
    let given = LockedOperation::new(found.at(), path, first.request_type.clone());
    Some((key.to_owned(), given))
}

/// Returns the name of the module of each operation: the one that is locked, or else that of the others of its tag.
fn module_names(found: &[Found<'_>], locked: &[LockedNames<'_>]) -> Vec<String> {
    let mut modules = Namespace::default();
    modules.reserve("mod");
    modules.reserve("operations");
    let mut by_tag: BTreeMap<&str, String> = BTreeMap::new();
    let mut locked_modules: BTreeSet<&str> = BTreeSet::new();
    for (operation, names) in found.iter().zip(locked) {
        if let Some((module, ..)) = names.names {
            modules.hold(module);
            locked_modules.insert(module);
            by_tag.entry(&operation.tag).or_insert_with(|| module.to_owned());
        }
    }
    let names = found.iter().zip(locked).map(|(operation, names)| {
        if let Some((module, ..)) = names.names {
            return module.to_owned();
        }
        let tag = operation.tag.as_str();
        let fresh = names::field_name(tag);
        let name = by_tag.entry(tag).or_insert_with(|| {
            // Its operations were of that module when they were locked, or would have been.
            if locked_modules.contains(fresh.as_str()) {
                fresh
            } else {
                modules.take(&fresh, tag)
            }
        });
        name.clone()
    });
    names.collect()
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

/// Returns the object of a tag, if the document has one.
fn tag_node<'run>(root: &'run Node, tag: &str) -> Option<&'run Node> {
    let tags = root.get("tags").and_then(Node::as_array).unwrap_or_default();
    tags.iter()
        .find(|node| node.get("name").and_then(Node::as_str) == Some(tag))
}

/// Returns the tag that `tag` is a part of. `modules` are those of the operations in `found`.
fn parent_tag(root: &Node, tag: &str, found: &[Found<'_>], modules: &[String]) -> Option<ParentTag> {
    let name = tag_node(root, tag)?.get("parent")?.as_str()?;
    let place = found.iter().position(|operation| operation.tag == name);
    Some(ParentTag {
        name: name.to_owned(),
        module: place.map(|index| modules[index].clone()),
    })
}

fn tag_docs(root: &Node, tag: &str) -> Docs {
    let node = tag_node(root, tag);
    let docs = node.map(docs).unwrap_or_default();
    let summary = node.and_then(|node| node.get("summary")?.as_str()).map(str::trim);
    let summary = summary.filter(|summary| !summary.is_empty()).unwrap_or(tag);
    let title = if docs.text.is_empty() { summary } else { "" };
    Docs {
        title: title.to_owned().into(),
        ..docs
    }
}
