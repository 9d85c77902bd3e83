//! Compares the properties of objects, and the elements of tuples.

use std::collections::BTreeMap;

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::code;
use crate::diff::kind::ChangeKind;
use crate::diff::relation::Relation;
use crate::diff::walk::Walk;
use crate::diff::words;
use crate::model::{Assertion, DefaultConstant, Named, Object, Presence, Property, Shape, Tuple, Type};

/// A property with the type that has it.
#[derive(Clone, Copy)]
struct Held<'run> {
    named: &'run Named,
    property: &'run Property,
}

/// Compares objects.
pub(super) fn objects<'run>(
    walk: &mut Walk<'run>,
    at: &At,
    (old, old_object): (&'run Named, &'run Object),
    (new, new_object): (&'run Named, &'run Object),
) {
    compare_all(
        walk,
        at,
        "property",
        (old, &old_object.properties),
        (new, &new_object.properties),
    );
    compare_additional(walk, at, old_object, new_object);
    let names = |object: &Object| {
        (
            format!("value.{}", object.other),
            object.non_object.as_ref().map(|name| format!("value.{name}")),
        )
    };
    let ((other, non_object), (new_other, new_non_object)) = (names(old_object), names(new_object));
    let rust = RustClass::of_lines(other, new_other);
    if rust != RustClass::Compiles {
        let message = "has another field for unknown properties";
        walk.add(at, ChangeKind::NameChanged, message, rust, Wire::NEITHER);
    }
    if non_object != new_non_object {
        let (rust, relation) = match (non_object, new_non_object) {
            (Some(old), Some(new)) => (RustClass::breaks(old, new), Relation::Same),
            (Some(old), None) => (RustClass::breaks_for_good(old), Relation::Narrower),
            (None, _) => (RustClass::Compiles, Relation::Wider),
        };
        let message = if relation == Relation::Wider {
            "may be something else than an object now"
        } else {
            "has to be an object now"
        };
        walk.add(at, ChangeKind::TypeChanged, message, rust, at.wire(relation));
    }
}

/// Compares tuples.
pub(super) fn tuples<'run>(
    walk: &mut Walk<'run>,
    at: &At,
    (old, old_tuple): (&'run Named, &'run Tuple),
    (new, new_tuple): (&'run Named, &'run Tuple),
) {
    compare_all(walk, at, "item", (old, &old_tuple.elements), (new, &new_tuple.elements));
    let rest = at.item("further items", &old_tuple.rest.field);
    let (before, after) = (
        Held {
            named: old,
            property: &old_tuple.rest,
        },
        Held {
            named: new,
            property: &new_tuple.rest,
        },
    );
    walk.types(&rest, &before.property.type_, &after.property.type_, |walk| {
        class(walk, before, after)
    });
}

fn compare_all<'run>(
    walk: &mut Walk<'run>,
    at: &At,
    noun: &str,
    (old, old_properties): (&'run Named, &'run [Property]),
    (new, new_properties): (&'run Named, &'run [Property]),
) {
    let by_name: BTreeMap<&str, &Property> = new_properties.iter().map(|each| (each.wire.as_str(), each)).collect();
    let known: BTreeMap<&str, &Property> = old_properties.iter().map(|each| (each.wire.as_str(), each)).collect();
    let position = |property: &Property| at.item(&format!("{noun} `{}`", property.wire), &property.field);
    for property in old_properties {
        let at = position(property);
        let held = Held { named: old, property };
        match by_name.get(property.wire.as_str()) {
            Some(other) => {
                let at = at.with_docs(Some(&property.docs), Some(&other.docs));
                compare(
                    walk,
                    &at,
                    held,
                    Held {
                        named: new,
                        property: other,
                    },
                );
            }
            None => removed(walk, &at.with_docs(Some(&property.docs), None), held, new),
        }
    }
    for property in new_properties
        .iter()
        .filter(|each| !known.contains_key(each.wire.as_str()))
    {
        let at = position(property).with_docs(None, Some(&property.docs));
        added(walk, &at, old, Held { named: new, property });
    }
}

fn removed(walk: &mut Walk<'_>, at: &At, old: Held<'_>, new: &Named) {
    let was_required = old.property.presence == Presence::Required;
    let request = match (is_closed(new), was_required) {
        (true, true) => WireClass::Breaking,
        (true, false) => WireClass::Narrowing,
        (false, _) => WireClass::Compatible,
    };
    let response = if was_required {
        WireClass::Breaking
    } else {
        WireClass::Compatible
    };
    let before = code::field_line(walk.old.api, old.property);
    let rust = match &new.shape {
        Shape::Object(object) => {
            let Property { field, wire, .. } = old.property;
            RustClass::breaks(before, format!("let {field} = value.{}.get({wire:?});", object.other))
        }
        _ => RustClass::breaks_for_good(before),
    };
    walk.add(
        at,
        ChangeKind::PropertyRemoved,
        "is removed",
        rust,
        at.wire_of(request, response),
    );
}

fn added(walk: &mut Walk<'_>, at: &At, old: &Named, new: Held<'_>) {
    let is_required = new.property.presence == Presence::Required;
    let (message, request) = if is_required {
        ("is added, and is required", WireClass::Breaking)
    } else {
        ("is added", WireClass::Compatible)
    };
    let rust = if new.property.is_given() {
        RustClass::breaks(code::new_line(old), code::new_line(new.named))
    } else {
        RustClass::Compiles
    };
    let wire = at.wire_of(request, WireClass::Compatible);
    walk.add(at, ChangeKind::PropertyAdded, message, rust, wire);
}

fn compare(walk: &mut Walk<'_>, at: &At, old: Held<'_>, new: Held<'_>) {
    let (one, two) = (old.property, new.property);
    let start = walk.found.len();
    walk.docs(at, &one.docs, &two.docs);
    let owner = code::path(old.named);
    let of_default = default_class(
        walk,
        (&owner, one.default.as_ref()),
        (&code::path(new.named), two.default.as_ref()),
    );
    walk.default(at, &one.docs, &two.docs, of_default);
    compare_presence(walk, at, old, new);
    let (one_type, two_type) = (base(one).0, base(two).0);
    walk.types(at, one_type, two_type, |walk| class(walk, old, new));
    let constant = |api, property: &Property| {
        property
            .constant
            .as_ref()
            .map(|constant| words::constant(api, constant))
    };
    let (before, after) = (constant(walk.old.api, one), constant(walk.new.api, two));
    if before != after {
        let relation = match (&before, &after) {
            (None, _) => Relation::Narrower,
            (_, None) => Relation::Wider,
            _ => Relation::Disjoint,
        };
        let message = match after {
            Some(value) => format!("is always `{value}` now"),
            None => "may have more than one value now".to_owned(),
        };
        let rust = class(walk, old, new);
        walk.add(at, ChangeKind::ConstantChanged, message, rust, at.wire(relation));
    }
    let is_told = walk.found[start..]
        .iter()
        .any(|found| matches!(found.rust, RustClass::Breaks { .. }));
    if !is_told {
        let rust = class(walk, old, new);
        if rust != RustClass::Compiles {
            walk.add(at, ChangeKind::NameChanged, "has another field", rust, Wire::NEITHER);
        }
    }
}

/// Compares whether a property may be absent or `null`.
fn compare_presence(walk: &mut Walk<'_>, at: &At, old: Held<'_>, new: Held<'_>) {
    let is_required = |property: &Property| property.presence == Presence::Required;
    match (is_required(old.property), is_required(new.property)) {
        (false, true) => {
            let wire = at.wire_of(WireClass::Breaking, WireClass::Compatible);
            let rust = class(walk, old, new);
            walk.add(at, ChangeKind::PropertyRequired, "is required now", rust, wire);
        }
        (true, false) => {
            let wire = at.wire_of(WireClass::Compatible, WireClass::Breaking);
            let rust = class(walk, old, new);
            walk.add(at, ChangeKind::PropertyOptional, "is optional now", rust, wire);
        }
        _ => {}
    }
    walk.nullability(at, base(old.property).1, base(new.property).1, |walk| {
        class(walk, old, new)
    });
}

/// Returns the type of a property without `null`, and whether it may be `null`.
fn base(property: &Property) -> (&Type, bool) {
    match (&property.type_, property.presence) {
        (type_, Presence::Maybe) => (type_, true),
        (Type::Nullable(inner), _) => (inner, true),
        (type_, _) => (type_, false),
    }
}

/// Returns the class of a property that both versions have: of the line that reads it, or that makes a value.
fn class(walk: &Walk<'_>, old: Held<'_>, new: Held<'_>) -> RustClass {
    let before = code::field_line(walk.old.api, old.property);
    let is_same = old.property.presence == new.property.presence
        && old.property.field == new.property.field
        && walk.are_same(&old.property.type_, &new.property.type_);
    if !is_same {
        return RustClass::breaks(before, code::field_line(walk.new.api, new.property));
    }
    if old.property.is_given() != new.property.is_given() {
        return RustClass::breaks(code::new_line(old.named), code::new_line(new.named));
    }
    RustClass::Compiles
}

/// Returns the class of a constant for a default.
pub(super) fn default_class(
    walk: &Walk<'_>,
    (owner, old): (&str, Option<&DefaultConstant>),
    (new_owner, new): (&str, Option<&DefaultConstant>),
) -> RustClass {
    let Some(old) = old else {
        return RustClass::Compiles;
    };
    let line = |owner: &str, constant: &DefaultConstant, type_: String| {
        format!("let default: {type_} = {owner}::{};", constant.name)
    };
    let before = line(owner, old, code::type_(walk.old.api, &old.type_));
    let Some(new) = new else {
        return RustClass::breaks_for_good(before);
    };
    if old.name == new.name && walk.are_same(&old.type_, &new.type_) {
        return RustClass::Compiles;
    }
    RustClass::breaks(before, line(new_owner, new, code::type_(walk.new.api, &new.type_)))
}

/// Compares the map of additional properties.
fn compare_additional(walk: &mut Walk<'_>, at: &At, old: &Object, new: &Object) {
    let line = |api, property: &Property| {
        format!(
            "let {0}: runtime::Map<{1}> = value.{0};",
            property.field,
            code::type_(api, &property.type_)
        )
    };
    let position = at.inside("additional properties");
    match (&old.additional_properties, &new.additional_properties) {
        (Some(one), Some(two)) => {
            walk.types(&position, &one.type_, &two.type_, |walk| {
                RustClass::breaks(line(walk.old.api, one), line(walk.new.api, two))
            });
            if old.by_pattern != new.by_pattern {
                let message = "are chosen by pattern now, or no longer are";
                let wire = at.wire(Relation::Other);
                walk.add(
                    &position,
                    ChangeKind::AdditionalPropertiesChanged,
                    message,
                    RustClass::Compiles,
                    wire,
                );
            }
        }
        (Some(one), None) => {
            let rust = RustClass::breaks(
                line(walk.old.api, one),
                format!("let {} = value.{};", one.field, new.other),
            );
            let wire = at.wire(Relation::Wider);
            walk.add(
                &position,
                ChangeKind::AdditionalPropertiesChanged,
                "have no schema any more",
                rust,
                wire,
            );
        }
        (None, Some(two)) => {
            // What no property has stays beside what additional properties have.
            let rust = if old.other == new.other {
                RustClass::Compiles
            } else {
                RustClass::breaks(
                    format!("let {} = value.{};", two.field, old.other),
                    line(walk.new.api, two),
                )
            };
            let wire = at.wire(Relation::Narrower);
            walk.add(
                &position,
                ChangeKind::AdditionalPropertiesChanged,
                "have a schema now",
                rust,
                wire,
            );
        }
        (None, None) => {}
    }
}

/// Returns whether a schema forbids properties that it does not name.
fn is_closed(named: &Named) -> bool {
    named.constraints.0.iter().any(|assertion| {
        let (Assertion::AdditionalProperties(schema) | Assertion::UnevaluatedProperties(schema)) = assertion else {
            return false;
        };
        schema.0.contains(&Assertion::Never)
    })
}
