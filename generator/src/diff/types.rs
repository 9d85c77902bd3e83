//! Compares named types: those of components and inline ones.

use std::collections::BTreeSet;

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire};
use crate::diff::kind::ChangeKind;
use crate::diff::side::Messages;
use crate::diff::walk::Walk;
use crate::diff::{bounds, clients, code, constraints, properties, unions, values, words};
use crate::model::{Api, Named, Shape, Type, TypeId};

/// Compares two types that belong together.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: TypeId, new: TypeId) {
    let start = walk.found.len();
    let (named, other) = (walk.old.named(old), walk.new.named(new));
    compare_names(walk, at, old, new);
    walk.docs(at, &named.docs, &other.docs);
    walk.default(at, &named.docs, &other.docs, RustClass::Compiles);
    let shape_is_other = match (&named.shape, &other.shape) {
        (Shape::Object(one), Shape::Object(two)) => {
            properties::objects(walk, at, (named, one), (other, two));
            false
        }
        (Shape::Tuple(one), Shape::Tuple(two)) => {
            properties::tuples(walk, at, (named, one), (other, two));
            false
        }
        (Shape::StringEnum(one), Shape::StringEnum(two)) => {
            values::enums(walk, at, (named, one), (other, two));
            false
        }
        (Shape::Union(one), Shape::Union(two)) => {
            unions::compare(walk, at, (named, one), (other, two));
            false
        }
        (Shape::Wrapper(one), Shape::Wrapper(two)) => !inner(walk, at, one, two, code::wrapped_line),
        (Shape::Alias(one), Shape::Alias(two)) => !inner(walk, at, one, two, alias_line),
        (Shape::CheckedString { .. }, Shape::CheckedString { .. }) => false,
        _ => {
            shapes(walk, at, old, new);
            true
        }
    };
    if shape_is_other {
        walk.retyped.insert(at.document.clone());
        return;
    }
    walk.nullability(at, named.is_nullable, other.is_nullable, |_| RustClass::Compiles);
    compare_use(walk, at, named, other);
    compare_conversions(walk, at, named, other);
    constraints::compare_type(walk, at, (named, other), start);
}

/// Reports the components that belong to none of the other version.
pub(super) fn unmatched(walk: &mut Walk<'_>) {
    let gone: Vec<TypeId> = walk.old.components.values().copied().collect();
    for id in gone
        .into_iter()
        .filter(|id| !walk.is_compared(Some(*id), None))
        .collect::<Vec<_>>()
    {
        let named = walk.old.named(id);
        let at = At::component(&walk.old, id).with_docs(Some(&named.docs), None);
        let rust = RustClass::breaks_for_good(code::path(named));
        walk.add(&at, ChangeKind::TypeRemoved, "is removed", rust, Wire::NEITHER);
    }
    let added: Vec<TypeId> = walk.new.components.values().copied().collect();
    for id in added
        .into_iter()
        .filter(|id| !walk.is_compared(None, Some(*id)))
        .collect::<Vec<_>>()
    {
        let at = At::component(&walk.new, id).with_docs(None, Some(&walk.new.named(id).docs));
        walk.add(
            &at,
            ChangeKind::TypeAdded,
            "is added",
            RustClass::Compiles,
            Wire::NEITHER,
        );
    }
}

/// Reports the former names that are gone, or are those of other types now.
pub(super) fn lost_aliases(walk: &mut Walk<'_>) {
    let lost: Vec<(String, TypeId)> = walk
        .old
        .aliases()
        .filter(|(path, _)| !walk.new.has_alias(path))
        .collect();
    for (path, id) in lost {
        let taken = walk.new.at(&path);
        if taken.is_some_and(|taken| walk.are_known(id, taken)) {
            continue;
        }
        let at = At::named(format!("the former name `{path}`"), path.clone(), Messages::default());
        let message = match taken {
            Some(_) => "is the name of another type now",
            None => "is gone",
        };
        walk.add(
            &at,
            ChangeKind::NameChanged,
            message,
            RustClass::breaks_for_good(path),
            Wire::NEITHER,
        );
    }
}

/// Compares what a type with one value inside is made of; returns whether it is the same.
fn inner(walk: &mut Walk<'_>, at: &At, old: &Type, new: &Type, line: fn(&Api, &Type) -> String) -> bool {
    walk.types(at, old, new, |walk| {
        RustClass::breaks(line(walk.old.api, old), line(walk.new.api, new))
    })
}

/// Returns a line that uses a value as what its type is another name for.
fn alias_line(api: &Api, inner: &Type) -> String {
    format!("let inner: {} = value;", code::type_(api, inner))
}

/// Reports that a type is of another shape.
fn shapes(walk: &mut Walk<'_>, at: &At, old: TypeId, new: TypeId) {
    let (named, other) = (walk.old.named(old), walk.new.named(new));
    let describe = |api, named: &Named| match &named.shape {
        Shape::Alias(inner) => words::type_(api, inner),
        Shape::Wrapper(inner) => format!("{} with constraints", words::type_(api, inner)),
        shape => words::shape(shape).to_owned(),
    };
    let (before, after) = (describe(walk.old.api, named), describe(walk.new.api, other));
    let bounds = bounds::presence(&named.constraints, &other.constraints);
    let relation = walk.relation_of_named(old, new).and(bounds);
    let line = |api: &Api, named: &Named, words: &str| match &named.shape {
        Shape::Alias(inner) => alias_line(api, inner),
        Shape::Wrapper(inner) => code::wrapped_line(api, inner),
        _ => format!("let value: {} = value; // {words}", code::path(named)),
    };
    // A string has all that a string with constraints has.
    let is_string =
        matches!(&named.shape, Shape::Wrapper(Type::String)) && matches!(&other.shape, Shape::Alias(Type::String));
    let rust = if is_string {
        RustClass::Compiles
    } else {
        RustClass::breaks(line(walk.old.api, named, &before), line(walk.new.api, other, &after))
    };
    let message = format!("is {after} now, and was {before}");
    walk.add(at, ChangeKind::TypeChanged, message, rust, at.wire(relation));
}

/// Reports another name of a type, in the document or in Rust alone.
fn compare_names(walk: &mut Walk<'_>, at: &At, old: TypeId, new: TypeId) {
    let (before, after) = (code::path(walk.old.named(old)), code::path(walk.new.named(new)));
    let rust = if walk.new.has_alias(&before) {
        former_struct(walk.old.named(old), walk.new.named(new))
    } else {
        RustClass::of_lines(before, after.clone())
    };
    let names = (walk.old.component(old), walk.new.component(new));
    match names {
        (Some(name), Some(other)) if name != other => {
            let message = format!("is called `{other}` now");
            walk.add(at, ChangeKind::TypeRenamed, message, rust, Wire::NEITHER);
        }
        _ if rust != RustClass::Compiles => {
            let message = format!("is the type `{after}` now");
            walk.add(at, ChangeKind::NameChanged, message, rust, Wire::NEITHER);
        }
        _ => {}
    }
}

/// Returns the class of a type whose former name stays. The struct of what `new` takes has a former name too, unless it
/// is there for tests alone.
fn former_struct(old: &Named, new: &Named) -> RustClass {
    let has_struct = |named: &Named| match &named.shape {
        Shape::Object(object) => object.required.is_some(),
        Shape::Tuple(tuple) => tuple.required.is_some(),
        _ => false,
    };
    if has_struct(old) && !(has_struct(new) && new.is_input) {
        RustClass::breaks(code::new_line(old), code::new_line(new))
    } else {
        RustClass::CompilesWithDeprecation
    }
}

/// Compares who makes values of a type, and the features that have it.
fn compare_use(walk: &mut Walk<'_>, at: &At, old: &Named, new: &Named) {
    let is_built = matches!(new.shape, Shape::Object(_) | Shape::Tuple(_));
    match (old.is_input, new.is_input) {
        (true, false) if is_built => {
            let rust = RustClass::breaks(code::new_line(old), code::new_line(new));
            let message = "is only in responses now, which callers build in tests alone";
            walk.add(at, ChangeKind::DirectionChanged, message, rust, Wire::NEITHER);
        }
        (false, true) => {
            let message = "is in requests now";
            walk.add(
                at,
                ChangeKind::DirectionChanged,
                message,
                RustClass::Compiles,
                Wire::NEITHER,
            );
        }
        _ => {}
    }
    // An inline type goes with the component.
    if at.is_component {
        clients::availability(walk, at, &old.availability, &new.availability);
    }
}

/// Compares what converts into a type.
fn compare_conversions(walk: &mut Walk<'_>, at: &At, old: &Named, new: &Named) {
    let kept: BTreeSet<String> = new
        .conversions
        .iter()
        .map(|each| code::conversion(each, &|id| walk.canonical_name(id)))
        .collect();
    let old_name = |id| code::path(walk.old.named(id));
    let lost: Vec<String> = old
        .conversions
        .iter()
        .map(|each| code::conversion(each, &old_name))
        .filter(|each| !kept.contains(each))
        .collect();
    if let Some(first) = lost.first() {
        let bound = first.replace('&', "&'static ");
        let rust = RustClass::breaks_for_good(format!("fn takes<T: {bound}>(_: T) {{}} takes(value);"));
        let message = format!(
            "does not have the conversion {} any more",
            words::list(lost.iter().map(String::as_str))
        );
        walk.add(at, ChangeKind::ConversionRemoved, message, rust, Wire::NEITHER);
    }
}
