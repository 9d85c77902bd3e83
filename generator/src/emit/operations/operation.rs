//! Request functions: one for each operation, with the type of its requests.

use syn::{Item, parse_quote};

use crate::emit::SourceFile;
use crate::emit::docs::contents;
use crate::emit::docs::room::Room;
use crate::emit::docs::text;
use crate::emit::operations::aliases;
use crate::emit::operations::declaration;
use crate::emit::operations::form_parts;
use crate::emit::operations::headers;
use crate::emit::operations::other_readings;
use crate::emit::operations::pages;
use crate::emit::operations::request_function;
use crate::emit::operations::responses;
use crate::emit::scope::availability;
use crate::emit::scope::names::Names;
use crate::emit::scope::paths::{Scope, ident};
use crate::emit::types::constants;
use crate::emit::types::constraints;
use crate::emit::types::files;
use crate::model::{Api, ModulePath, Operation, ParentTag, Resource};

/// Returns `operations/mod.rs`.
pub(in crate::emit) fn root(api: &Api) -> SourceFile {
    let modules = api.resources.iter().map(|resource| -> Item {
        let (name, cfg) = (
            ident(&resource.module),
            availability::attribute(api, &resource.availability),
        );
        parse_quote!(#cfg pub mod #name;)
    });
    SourceFile {
        path: "operations/mod.rs".to_owned(),
        docs: vec!["The operations of the document, by resource.".to_owned()],
        attributes: Vec::new(),
        items: modules.collect(),
    }
}

/// Returns the file of a resource.
pub(in crate::emit) fn file(names: &Names<'_>, resource: &Resource) -> SourceFile {
    let module = ModulePath::Operations(resource.module.clone());
    let scope = Scope::new(names, &module);
    let modules = &names.api.modules;
    let ids = modules
        .iter()
        .find(|known| known.path == module)
        .map(|module| module.types.as_slice())
        .unwrap_or_default();
    let mut body: Vec<Item> = resource
        .operations
        .iter()
        .flat_map(|operation| items(&scope, operation))
        .collect();
    body.extend(ids.iter().flat_map(|id| files::items(&scope, *id)));
    body.extend(aliases::items(&scope, resource));
    body.extend(constraints::statics(&scope, ids));
    let (items, attributes) = files::with_imports(names, &scope, body, Some(resource));
    let mut docs = text::text(&resource.docs, "Operations.", Room::FILE);
    docs.extend(resource.parent.as_ref().map(part_of));
    docs.push(contents::table(resource));
    SourceFile {
        path: module.file(),
        docs,
        attributes,
        items,
    }
}

/// Says which tag the one of a resource is a part of.
fn part_of(parent: &ParentTag) -> String {
    let name = text::literal(&parent.name);
    match &parent.module {
        Some(module) => format!("Part of {name}, whose operations are in `operations::{module}`."),
        None => format!("Part of {name}."),
    }
}

fn items(scope: &Scope<'_>, operation: &Operation) -> Vec<Item> {
    let mut items = vec![declaration::item(scope, operation)];
    items.extend(request_function::required(scope, operation));
    items.extend(defaults(scope, operation));
    items.extend(other_readings::streams(scope, operation));
    items.extend(pages::items(scope, operation));
    items.extend(form_parts::items(scope, operation));
    if !operation.is_variant {
        items.extend(responses::items(scope, operation));
        items.extend(headers::item(scope, operation));
    }
    items.extend(other_readings::items(scope, operation));
    items
}

/// Returns the constants for the defaults of parameters, if there are any.
fn defaults(scope: &Scope<'_>, operation: &Operation) -> Option<Item> {
    let defaults = operation.parameters.iter().filter_map(|parameter| {
        let default = parameter.default.as_ref()?;
        Some((parameter.wire.as_str(), default))
    });
    constants::defaults(scope, &operation.request_type, defaults)
}
