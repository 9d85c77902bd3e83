//! The types that lowering makes, and their names.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};
use std::rc::Rc;

use crate::lower::schemas::naming::NamingContext;
use crate::model::{Availability, Constraints, Derives, Docs, Module, ModulePath, Named, Shape, Type, TypeId};
use crate::names::{self, Namespace};

/// The named types, and the names that are taken.
#[derive(Default)]
pub(in crate::lower) struct Types {
    pub(in crate::lower::schemas) list: Vec<Named>,
    /// The types of each module, in the order in which they were made.
    pub(in crate::lower::schemas) modules: BTreeMap<ModulePath, Vec<TypeId>>,
    /// The inline types. They get their names when all are known.
    pub(in crate::lower::schemas) inline: BTreeMap<TypeId, Inline>,
    /// The type names of each namespace: all of `schemas` is one, each other module is its own.
    namespaces: BTreeMap<String, Namespace>,
    /// The names of statics, by the same namespaces.
    statics: BTreeMap<String, Namespace>,
}

/// Where an inline type stands.
pub(in crate::lower::schemas) struct Inline {
    /// The component, or the request of an operation, that owns it.
    pub(in crate::lower::schemas) owner: Rc<str>,
    /// The ways to it from there; several if equal schemas became this type.
    pub(in crate::lower::schemas) ways: Vec<Vec<String>>,
    /// The title at the end of each way, if it is a name.
    pub(in crate::lower::schemas) titles: Vec<Option<String>>,
}

impl Types {
    /// Returns a unique name for a type in `module_path`.
    pub(in crate::lower) fn take_type_name(&mut self, module_path: &ModulePath, words: &str) -> String {
        let name = match module_path {
            ModulePath::Operations(_) => names::operation_type_name(words),
            _ => names::type_name(words),
        };
        self.namespace(module_path.rust_path()).take(&name, words)
    }

    /// Returns a unique name for the static of the type `name` in `module_path`. `noun` describes the static.
    pub(in crate::lower) fn take_static_name(&mut self, module_path: &ModulePath, name: &str, noun: &str) -> String {
        let candidate = names::static_name(name, noun);
        self.statics
            .entry(module_path.rust_path())
            .or_default()
            .take(&candidate, name)
    }

    /// Returns whether `name` is the name of a type of the crate.
    pub(in crate::lower) fn is_type_name(&self, name: &str) -> bool {
        self.namespaces.values().any(|names| names.has(name))
    }

    /// Returns the type names of a namespace.
    pub(in crate::lower) fn namespace(&mut self, name: String) -> &mut Namespace {
        self.namespaces.entry(name).or_default()
    }

    /// Declares a type whose shape is not known yet.
    pub(in crate::lower) fn declare(&mut self, module_path: &ModulePath, words: &str, docs: Docs) -> TypeId {
        let name = self.take_type_name(module_path, words);
        let static_name = self.take_static_name(module_path, &name, "SCHEMA");
        let id = self.add(module_path, docs);
        self[id].name = name;
        self[id].static_name = static_name;
        id
    }

    /// Declares an inline type.
    pub(in crate::lower) fn declare_inline(&mut self, place: &NamingContext, docs: Docs) -> TypeId {
        let id = self.add(&place.module, docs);
        let inline = Inline {
            owner: Rc::clone(&place.owner),
            ways: vec![place.steps.clone()],
            titles: vec![place.title.clone()],
        };
        self.inline.insert(id, inline);
        id
    }

    fn add(&mut self, module_path: &ModulePath, docs: Docs) -> TypeId {
        let id = TypeId::new(self.list.len());
        self.list.push(Named {
            static_name: String::new(),
            name: String::new(),
            module: module_path.clone(),
            docs,
            equal: Vec::new().into(),
            shape: Shape::Alias(Type::Json),
            constraints: Constraints::default(),
            has_static: false,
            is_static_shared: false,
            availability: Availability::default(),
            static_availability: Availability::default(),
            may_static_be_unused: false,
            conversions: Vec::new(),
            derives: Derives::default(),
            has_default_impl: false,
            is_input: false,
            is_nullable: false,
        });
        self.modules.entry(module_path.clone()).or_default().push(id);
        id
    }

    /// Defines a declared type.
    pub(in crate::lower) fn define(&mut self, id: TypeId, shape: Shape, constraints: Constraints) {
        let named = &mut self[id];
        named.shape = shape;
        named.constraints = constraints;
    }

    /// Returns the ids of all types, in the order in which they were made.
    pub(in crate::lower) fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.list.len()).map(TypeId::new)
    }

    /// Returns the types, and the modules that they are in.
    pub(in crate::lower) fn finish(self) -> (Vec<Named>, Vec<Module>) {
        let modules = self.modules.into_iter();
        let module = |(path, types)| Module {
            path,
            types,
            availability: Availability::default(),
        };
        (self.list, modules.map(module).collect())
    }
}

impl Index<TypeId> for Types {
    type Output = Named;

    fn index(&self, id: TypeId) -> &Named {
        &self.list[id.index()]
    }
}

impl IndexMut<TypeId> for Types {
    fn index_mut(&mut self, id: TypeId) -> &mut Named {
        &mut self.list[id.index()]
    }
}
