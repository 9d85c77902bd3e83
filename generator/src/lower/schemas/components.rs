//! Lowers the components that are schemas.

use std::collections::BTreeSet;
use std::iter;

use crate::document::keywords::{self, COMPOSITIONS, Keyword};
use crate::document::{Node, Object};
use crate::lower::context::{Context, docs};
use crate::lower::schemas::Schemas;
use crate::lower::schemas::naming::NamingContext;
use crate::lower::schemas::schema::Lowered;
use crate::lower::schemas::types::Types;
use crate::model::{Assertion, Constraints, JsonTypes, ModulePath, Shape, Type, TypeId};
use crate::names::{self, Namespace};

impl Schemas<'_> {
    /// Gives every component a type and a name, so that they can refer to one another.
    ///
    /// Components are lowered in the order of their names. Those outside of containers come first, and so keep their
    /// names on collisions.
    pub(in crate::lower) fn declare_components(&mut self) {
        let mut names: Vec<&String> = schemas(&self.cx).map(Object::keys).into_iter().flatten().collect();
        names.sort_by_key(|name| (name.contains('/'), *name));
        self.lock_components();
        let mut locked_names = BTreeSet::new();
        let mut files = Namespace::default();
        files.reserve("mod");
        files.reserve("schemas");
        for name in names {
            let words = words(name);
            let file = files.take(&names::field_name(&words), &words);
            let node = &schemas(&self.cx)
                .into_iter()
                .flatten()
                .find(|(key, _)| *key == name)
                .map(|(_, node)| node);
            let docs = node.map(docs).unwrap_or_default();
            let module = ModulePath::Schemas(file);
            let locked = self.locked.as_ref();
            let locked = locked.and_then(|locked| locked.type_name(&module, [name]));
            let id = match locked.filter(|locked| locked_names.insert(*locked)) {
                Some(locked) => self.types.declare_locked(&module, locked, docs),
                None => self.types.declare(&module, &words, docs),
            };
            self.components.insert(name.clone(), id);
        }
    }

    /// Keeps new types from having a name in `schemas` that is locked.
    fn lock_components(&mut self) {
        let Some(locked) = &mut self.locked else { return };
        locked.place_components(schemas(&self.cx).into_iter().flatten());
        let module = ModulePath::Schemas(String::new()).rust_path();
        for (_, name) in locked.live(|of| of == module) {
            self.types.namespace(module.clone()).hold(name);
        }
    }

    /// Returns the types of the components at `paths` below `components/schemas`; of a path into a component, that of
    /// the component.
    pub(in crate::lower) fn components_of(&self, paths: &BTreeSet<String>) -> Vec<TypeId> {
        let component = |path: &String| {
            let mut path = path.as_str();
            loop {
                match self.components.get(path) {
                    Some(id) => return Some(*id),
                    None => path = path.rsplit_once('/')?.0,
                }
            }
        };
        let found: BTreeSet<TypeId> = paths.iter().filter_map(component).collect();
        found.into_iter().collect()
    }

    /// Lowers every component.
    pub(in crate::lower) fn lower_components(&mut self) {
        let mut members: Vec<(&String, &Node)> = schemas(&self.cx).into_iter().flatten().collect();
        members.sort_by_key(|(name, _)| (name.contains('/'), *name));
        for (name, node) in &members {
            let Some(&id) = self.components.get(*name) else {
                continue;
            };
            let module_path = self.types[id].module.clone();
            let place = NamingContext::new(module_path.clone(), &self.types[id].name);
            let lowered = self.lower_schema(node, &place);
            let constraints = self.lower_constraints(node, &module_path);
            let shape = match lowered {
                Lowered::Shape(shape) => shape,
                Lowered::Type(Type::String) if node.get("pattern").is_some() => {
                    Shape::CheckedString { from: Vec::new() }
                }
                Lowered::Type(type_) if expresses_all(&type_, &constraints) => Shape::Alias(type_),
                Lowered::Type(type_) => Shape::Wrapper(type_),
            };
            if node.get("discriminator").is_some() && matches!(shape, Shape::Object(_)) {
                let reason = "no union lists the schemas of the mapping; their properties are kept in `unknown_fields`";
                self.cx.degrade(node, "discriminator", reason);
            }
            self.types.define(id, shape, constraints);
            let is_nullable = matches!(self.nullable(node, Type::Named(id)), Type::Nullable(_));
            self.types[id].is_nullable = is_nullable;
        }
        for (name, node) in members {
            let Some(&id) = self.components.get(name) else { continue };
            if refers_only_to_itself(&self.types, id) {
                let keyword = iter::once("$ref")
                    .chain(COMPOSITIONS)
                    .find(|key| node.get(key).is_some());
                let reason = "the schema refers only to itself, so it is any JSON value";
                self.cx.degrade(node, keyword.unwrap_or_default(), reason);
                self.types[id].shape = Shape::Wrapper(Type::Json);
            }
        }
    }
}

/// Returns whether a type is an alias of, or a struct around, itself, possibly through other aliases and structs. No
/// Rust type can be that, and following the names would not end.
fn refers_only_to_itself(types: &Types, id: TypeId) -> bool {
    let mut next = id;
    // A longer path enters a cycle of other types.
    for _ in types.ids() {
        let (Shape::Alias(held) | Shape::Wrapper(held)) = &types[next].shape else {
            return false;
        };
        let mut held = held;
        while let Type::Nullable(inner) | Type::Boxed(inner) = held {
            held = inner;
        }
        match held {
            Type::Named(named) if *named == id => return true,
            Type::Named(named) => next = *named,
            _ => return false,
        }
    }
    false
}

/// Returns whether a type expresses all constraints.
fn expresses_all(type_: &Type, constraints: &Constraints) -> bool {
    let of_type = |assertion: &Assertion, expected: JsonTypes| match assertion {
        Assertion::Type(allowed) => allowed.without(JsonTypes::NULL) == expected,
        _ => false,
    };
    match (type_, constraints.0.as_slice()) {
        (Type::Json, []) => true,
        (Type::Boolean, [only]) => of_type(only, JsonTypes::BOOLEAN),
        (Type::Integer(_), [only]) => of_type(only, JsonTypes::INTEGER),
        (Type::Number, [only]) => of_type(only, JsonTypes::NUMBER),
        (Type::String, [only]) => of_type(only, JsonTypes::STRING),
        (Type::DateTime | Type::Date, [Assertion::Format(_), only] | [only, Assertion::Format(_)]) => {
            of_type(only, JsonTypes::STRING)
        }
        (Type::Named(id), [Assertion::Reference(target)]) => id == target,
        (Type::Named(_), [Assertion::AllOf(parts)]) => {
            matches!(parts.as_slice(), [only] if expresses_all(type_, only))
        }
        _ => false,
    }
}

fn schemas<'run>(cx: &Context<'run>) -> Option<&'run Object> {
    cx.root.get("components")?.get("schemas")?.as_object()
}

/// Returns the words that a component's name is made of.
///
/// A schema of a container is named by its own name. A schema inside of another schema is named by its path:
/// `dataTable/properties/columns` is the columns of a data table.
fn words(name: &str) -> String {
    // Beside those of schemas, the steps of parameters and of media types.
    let is_step = |step: &str| keywords::is(step, Keyword::is_step) || ["schema", "content"].contains(&step);
    let segments: Vec<&str> = name.split('/').collect();
    if segments.len() == 1 || !segments.iter().any(|segment| is_step(segment)) {
        return segments.last().map_or(String::new(), |last| (*last).to_owned());
    }
    let spoken = segments.iter().filter_map(|segment| match *segment {
        "items" => Some("item"),
        "additionalProperties" | "patternProperties" => Some("value"),
        step if is_step(step) => None,
        other => Some(other),
    });
    spoken.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::{Input, Options, generate};

    #[test]
    fn what_is_nothing_but_itself_is_any_value() {
        const TEXT: &str = "
openapi: 3.1.0
info: {title: Cells, version: 1.0.0}
components:
  schemas:
    Cell:
      properties:
        before: {default: null, anyOf: [{$ref: '#/components/schemas/Cell/properties/before'}]}
        after: {enum: [x], anyOf: [{$ref: '#/components/schemas/Cell/properties/after'}]}
";
        let run = generate(
            &Input {
                name: "cells.yaml",
                text: TEXT,
                overlays: &[],
            },
            &Options::new("cells"),
        );
        let output = run.output.unwrap();
        for file in ["src/schemas/cell_before.rs", "src/schemas/cell_after.rs"] {
            assert!(
                output.files[file].contains("(pub runtime::Json)"),
                "{}",
                output.files[file]
            );
        }
        assert_eq!(
            output.ledger.to_tsv().matches("refers only to itself").count(),
            2,
            "{}",
            output.ledger.to_tsv()
        );
    }
}
