//! One of the two versions: its model, the components by their names, and the messages that have each type.

use std::collections::BTreeMap;

use crate::diff::code;
use crate::model::{AliasTarget, Api, ModulePath, Named, Type, TypeId, Webhooks};

/// A version of the document.
pub(super) struct Side<'run> {
    /// The model.
    pub(super) api: &'run Api,
    /// The components that have a type, by name.
    pub(super) components: BTreeMap<String, TypeId>,
    /// The name of each type that is of a component.
    names: Vec<Option<String>>,
    /// The messages that have a value of each type.
    messages: Vec<Messages>,
    /// The paths that are former names of types, and those types; of what is no type of a schema, none.
    aliases: BTreeMap<String, Option<TypeId>>,
}

/// The messages that something is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Messages {
    /// Whether requests have it.
    pub(super) request: bool,
    /// Whether responses, or requests of the server, have it.
    pub(super) response: bool,
}

impl Messages {
    /// Requests alone.
    pub(super) const REQUESTS: Self = Self {
        request: true,
        response: false,
    };

    /// Responses alone.
    pub(super) const RESPONSES: Self = Self {
        request: false,
        response: true,
    };

    /// Returns the messages of both.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            request: self.request || other.request,
            response: self.response || other.response,
        }
    }
}

impl<'run> Side<'run> {
    /// Looks at a model.
    pub(super) fn of(api: &'run Api) -> Self {
        let mut names = vec![None; api.types.len()];
        let mut components = BTreeMap::new();
        for module in &api.modules {
            if let (ModulePath::Schemas(name), Some(id)) = (&module.path, module.types.first()) {
                let name = component_name(api.named(*id)).unwrap_or_else(|| name.clone());
                names[id.index()] = Some(name.clone());
                components.insert(name, *id);
            }
        }
        Self {
            api,
            components,
            names,
            messages: messages(api),
            aliases: aliases(api).collect(),
        }
    }

    /// Returns whether a path is the former name of a type.
    pub(super) fn has_alias(&self, path: &str) -> bool {
        self.aliases.contains_key(path)
    }

    /// Iterates over the paths that are former names of the types of schemas, with these.
    pub(super) fn aliases(&self) -> impl Iterator<Item = (String, TypeId)> {
        self.aliases
            .iter()
            .filter_map(|(path, id)| Some((path.clone(), (*id)?)))
    }

    /// Returns the type that has this path.
    pub(super) fn at(&self, path: &str) -> Option<TypeId> {
        let mut ids = (0..self.api.types.len()).map(TypeId::new);
        ids.find(|id| code::path(self.named(*id)) == path)
    }

    /// Returns the type that `id` stands for.
    pub(super) fn named(&self, id: TypeId) -> &'run Named {
        self.api.named(id)
    }

    /// Returns the name of the component, if the type is that of one.
    pub(super) fn component(&self, id: TypeId) -> Option<&str> {
        self.names[id.index()].as_deref()
    }

    /// Returns the messages that have a value of the type.
    pub(super) fn messages(&self, id: TypeId) -> Messages {
        self.messages[id.index()]
    }
}

/// Returns the name of a component by its place in the root document.
fn component_name(named: &Named) -> Option<String> {
    let segments: Vec<String> = named.docs.pointer.segments().collect();
    match segments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", "schemas", name] | ["definitions", name] => Some((*name).to_owned()),
        _ => None,
    }
}

/// Finds the messages that have each type.
fn messages(api: &Api) -> Vec<Messages> {
    let mut found = vec![Messages::default(); api.types.len()];
    let mut open: Vec<(TypeId, Messages)> = Vec::new();
    let mut start = |type_: &Type, messages| each_named(type_, &mut |id| open.push((id, messages)));
    for operation in api.operations() {
        for parameter in &operation.parameters {
            start(&parameter.type_, Messages::REQUESTS);
        }
        for type_ in operation.body.iter().flat_map(|body| body.content.types()) {
            start(type_, Messages::REQUESTS);
        }
        for type_ in operation.response_types() {
            start(type_, Messages::RESPONSES);
        }
    }
    for type_ in api.webhooks.iter().flat_map(Webhooks::types) {
        start(type_, Messages::RESPONSES);
    }
    while let Some((id, messages)) = open.pop() {
        let known = &mut found[id.index()];
        if known.or(messages) != *known {
            *known = known.or(messages);
            for type_ in api.named(id).shape.types() {
                each_named(type_, &mut |id| open.push((id, messages)));
            }
        }
    }
    found
}

/// Calls `found` with each named type that a type is made of.
fn each_named(type_: &Type, found: &mut dyn FnMut(TypeId)) {
    match type_ {
        Type::Named(id) => found(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => each_named(inner, found),
        _ => {}
    }
}

/// Iterates over the paths that are former names of types, with the types of schemas that have them.
fn aliases(api: &Api) -> impl Iterator<Item = (String, Option<TypeId>)> {
    let of_types = api.types.iter().enumerate().flat_map(|(index, named)| {
        let module = named.module.rust_path();
        let former = named.former.iter();
        former.map(move |former| (format!("{module}::{}", former.name), Some(TypeId::new(index))))
    });
    let of_resources = api.resources.iter().flat_map(|resource| {
        let module = ModulePath::Operations(resource.module.clone()).rust_path();
        let aliases = resource.aliases.iter();
        aliases.map(move |alias| {
            let id = match alias.target {
                AliasTarget::Type(id) => Some(id),
                _ => None,
            };
            (format!("{module}::{}", alias.name), id)
        })
    });
    of_types.chain(of_resources)
}
