//! Lowers the components that are schemas.

use crate::document::{Node, Object};
use crate::lower::schemas::schema::Lowered;
use crate::lower::{Context, NamingContext, docs};
use crate::model::{Assertion, Constraints, JsonTypes, ModulePath, Named, Shape, Type, TypeId};
use crate::names::{self, Namespace};

/// Gives every component a type and a name, so that they can refer to one another.
///
/// Components are lowered in the order of their names. Those outside of containers come first, and so keep their names
/// on collisions.
pub(in crate::lower) fn declare(cx: &mut Context<'_>) {
    let mut names: Vec<&String> = schemas(cx).map(Object::keys).into_iter().flatten().collect();
    names.sort_by_key(|name| (name.contains('/'), *name));
    let mut files = Namespace::default();
    files.reserve("mod");
    files.reserve("schemas");
    for name in names {
        let words = words(name);
        let file = files.take(&names::field_name(&words), &words);
        let node = &schemas(cx)
            .into_iter()
            .flatten()
            .find(|(key, _)| *key == name)
            .map(|(_, node)| node);
        let docs = node.map(docs).unwrap_or_default();
        let id = cx.declare(&ModulePath::Schemas(file), &words, docs);
        cx.components.insert(name.clone(), id);
    }
}

/// Lowers every component.
pub(in crate::lower) fn lower(cx: &mut Context<'_>) {
    let mut members: Vec<(&String, &Node)> = schemas(cx).into_iter().flatten().collect();
    members.sort_by_key(|(name, _)| (name.contains('/'), *name));
    for (name, node) in &members {
        let Some(&id) = cx.components.get(*name) else { continue };
        let module_path = cx.types[id.index()].module.clone();
        let place = NamingContext::new(module_path.clone(), &cx.types[id.index()].name);
        let lowered = cx.lower_schema(node, &place);
        let constraints = cx.lower_constraints(node, &module_path);
        let shape = match lowered {
            Lowered::Shape(shape) => shape,
            Lowered::Type(Type::String) if node.get("pattern").is_some() => Shape::CheckedString { from: Vec::new() },
            Lowered::Type(type_) if says_all(&type_, &constraints) => Shape::Alias(type_),
            Lowered::Type(type_) => Shape::Wrapper(type_),
        };
        if node.get("discriminator").is_some() && matches!(shape, Shape::Object(_)) {
            let reason = "no union lists the schemas of the mapping; their properties are kept in `unknown_fields`";
            cx.degrade(node, "discriminator", reason);
        }
        cx.define(id, shape, constraints);
        let is_nullable = matches!(cx.nullable(node, Type::Named(id)), Type::Nullable(_));
        cx.types[id.index()].is_nullable = is_nullable;
    }
    for (name, node) in members {
        let Some(&id) = cx.components.get(name) else { continue };
        if refers_only_to_itself(&cx.types, id) {
            let keyword = ["$ref", "allOf", "oneOf", "anyOf"]
                .into_iter()
                .find(|key| node.get(key).is_some());
            let reason = "the schema refers only to itself, so it is any JSON value";
            cx.degrade(node, keyword.unwrap_or_default(), reason);
            cx.types[id.index()].shape = Shape::Wrapper(Type::Json);
        }
    }
}

/// Returns whether a type is another name of, or a struct around, a type that is the same of it in turn: no Rust type
/// can be that, and no walk from one name to the next would end.
fn refers_only_to_itself(types: &[Named], id: TypeId) -> bool {
    let mut next = id;
    // A longer path enters a cycle of other types.
    for _ in types {
        let (Shape::Alias(held) | Shape::Wrapper(held)) = &types[next.index()].shape else {
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
fn says_all(type_: &Type, constraints: &Constraints) -> bool {
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
            matches!(parts.as_slice(), [only] if says_all(type_, only))
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
    const STEPS: [&str; 12] = [
        "properties",
        "items",
        "additionalProperties",
        "patternProperties",
        "allOf",
        "oneOf",
        "anyOf",
        "$defs",
        "definitions",
        "prefixItems",
        "schema",
        "content",
    ];
    let segments: Vec<&str> = name.split('/').collect();
    if segments.len() == 1 || !segments.iter().any(|segment| STEPS.contains(segment)) {
        return segments.last().map_or(String::new(), |last| (*last).to_owned());
    }
    let spoken = segments.iter().filter_map(|segment| match *segment {
        "items" => Some("item"),
        "additionalProperties" | "patternProperties" => Some("value"),
        step if STEPS.contains(&step) => None,
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
