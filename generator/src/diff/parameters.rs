//! Compares the parameters of an operation.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire, WireClass};
use crate::diff::code::{Argument, Call};
use crate::diff::kind::ChangeKind;
use crate::diff::properties;
use crate::diff::relation::Relation;
use crate::diff::side::Messages;
use crate::diff::walk::Walk;
use crate::diff::{constraints, words};
use crate::model::{Conversion, Location, Parameter, Source, Type};

/// Compares the parameters of two operations.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: Call<'_>, new: Call<'_>) {
    let (before, after) = (&old.operation.parameters, &new.operation.parameters);
    let matched = matched(before, after);
    let taken: BTreeSet<usize> = matched.iter().flatten().copied().collect();
    for (parameter, other) in before.iter().zip(matched) {
        let at = position(at, parameter);
        if let Some(other) = other.map(|other| &after[other]) {
            let at = at.with_docs(Some(&parameter.docs), Some(&other.docs));
            compare_one(walk, &at, (old, parameter), (new, other));
        } else {
            let at = at.with_docs(Some(&parameter.docs), None);
            let rust = removed_class(old, new, Argument::Parameter(parameter));
            let wire = Wire::request(WireClass::Compatible);
            walk.add(&at, ChangeKind::ParameterRemoved, "is removed", rust, wire);
        }
    }
    for (index, parameter) in after.iter().enumerate() {
        if taken.contains(&index) {
            continue;
        }
        let at = position(at, parameter).with_docs(None, Some(&parameter.docs));
        let (message, class) = if parameter.required {
            ("is added, and is required", WireClass::Breaking)
        } else {
            ("is added", WireClass::Compatible)
        };
        let rust = added_class(old, new, Argument::Parameter(parameter));
        walk.add(&at, ChangeKind::ParameterAdded, message, rust, Wire::request(class));
    }
}

fn position(at: &At, parameter: &Parameter) -> At {
    let words = format!("{} parameter `{}`", parameter.location.word(), parameter.wire);
    at.item(&words, &parameter.field).in_messages(Messages::REQUESTS)
}

/// What tells parameters apart, if anything does.
type Key = Option<(Option<Location>, String)>;

/// Returns for each parameter the index of the one that it has become: by location and name, in paths by their order,
/// or else by name.
fn matched(old: &[Parameter], new: &[Parameter]) -> Vec<Option<usize>> {
    let mut matched: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = BTreeSet::new();
    let keys: [fn(&Parameter) -> Key; 3] = [
        |parameter| Some((Some(parameter.location), parameter.wire.clone())),
        |parameter| (parameter.location == Location::Path).then(|| (Some(Location::Path), String::new())),
        |parameter| Some((None, parameter.wire.clone())),
    ];
    for key in keys {
        let mut free: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (index, parameter) in new.iter().enumerate().rev().filter(|(index, _)| !taken.contains(index)) {
            free.entry(key(parameter)).or_default().push(index);
        }
        for (parameter, matched) in old.iter().zip(&mut matched).filter(|(_, matched)| matched.is_none()) {
            let key = key(parameter);
            if key.is_some() {
                *matched = free.get_mut(&key).and_then(Vec::pop);
                taken.extend(*matched);
            }
        }
    }
    matched
}

fn compare_one(
    walk: &mut Walk<'_>,
    at: &At,
    (old, before): (Call<'_>, &Parameter),
    (new, after): (Call<'_>, &Parameter),
) {
    let start = walk.found.len();
    walk.docs(at, &before.docs, &after.docs);
    let owners = (
        old.item(&old.operation.request_type),
        new.item(&new.operation.request_type),
    );
    let of_default = properties::default_class(
        walk,
        (&owners.0, before.default.as_ref()),
        (&owners.1, after.default.as_ref()),
    );
    walk.default(at, &before.docs, &after.docs, of_default);
    let class = |walk: &Walk<'_>| {
        class(
            walk,
            (old, Argument::Parameter(before)),
            (new, Argument::Parameter(after)),
        )
    };
    let (kind, message, wire) = match (before.required, after.required) {
        (false, true) => (ChangeKind::ParameterRequired, "is required now", WireClass::Breaking),
        (true, false) => (ChangeKind::ParameterOptional, "is optional now", WireClass::Compatible),
        _ => (ChangeKind::ParameterMoved, "", WireClass::Compatible),
    };
    if before.required != after.required {
        let rust = class(walk);
        walk.add(at, kind, message, rust, Wire::request(wire));
    }
    walk.types(at, &before.type_, &after.type_, class);
    compare_constants(walk, at, before, after, class);
    compare_place(walk, at, before, after, class);
    if !is_told(walk, start) {
        let rust = class(walk);
        if rust != RustClass::Compiles {
            walk.add(at, ChangeKind::NameChanged, "is another argument", rust, Wire::NEITHER);
        }
    }
    constraints::compare(walk, at, (&before.constraints, &after.constraints), start);
}

/// Returns whether a change since `start` says that code breaks.
pub(super) fn is_told(walk: &Walk<'_>, start: usize) -> bool {
    walk.found[start..]
        .iter()
        .any(|found| matches!(found.rust, RustClass::Breaks { .. }))
}

fn compare_constants(
    walk: &mut Walk<'_>,
    at: &At,
    old: &Parameter,
    new: &Parameter,
    class: impl Fn(&Walk<'_>) -> RustClass,
) {
    let before = old
        .constant
        .as_ref()
        .map(|constant| words::constant(walk.old.api, constant));
    let after = new
        .constant
        .as_ref()
        .map(|constant| words::constant(walk.new.api, constant));
    if before == after {
        return;
    }
    let (message, relation) = match (&before, &after) {
        (None, Some(value)) => (format!("is always `{value}` now"), Relation::Narrower),
        (_, Some(value)) => (format!("is always `{value}` now"), Relation::Disjoint),
        (_, None) => ("may have more than one value now".to_owned(), Relation::Wider),
    };
    let rust = class(walk);
    walk.add(at, ChangeKind::ConstantChanged, message, rust, at.wire(relation));
}

/// Reports where a parameter stands, and how it is written there.
fn compare_place(
    walk: &mut Walk<'_>,
    at: &At,
    old: &Parameter,
    new: &Parameter,
    class: impl Fn(&Walk<'_>) -> RustClass,
) {
    if old.location != new.location || old.wire != new.wire {
        let message = format!("is the {} parameter `{}` now", new.location.word(), new.wire);
        let wire = if old.location == new.location {
            WireClass::Compatible
        } else {
            WireClass::Breaking
        };
        let rust = class(walk);
        walk.add(at, ChangeKind::ParameterMoved, message, rust, Wire::request(wire));
    }
    let form = |parameter: &Parameter| {
        (
            parameter.style,
            parameter.explode,
            parameter.allow_reserved,
            parameter.allow_empty,
        )
    };
    if form(old) != form(new) {
        let shown = |parameter: &Parameter| {
            let flags = [
                (parameter.explode, "explode"),
                (parameter.allow_reserved, "allowReserved"),
                (parameter.allow_empty, "allowEmptyValue"),
            ];
            let set = flags
                .into_iter()
                .filter(|(is_set, _)| *is_set)
                .map(|(_, word)| format!(", {word}"));
            format!("{}{}", words::style(parameter.style), set.collect::<String>())
        };
        let message = format!("is written as {} now, and was written as {}", shown(new), shown(old));
        let wire = Wire::request(WireClass::Breaking);
        walk.add(
            at,
            ChangeKind::ParameterStyleChanged,
            message,
            RustClass::Compiles,
            wire,
        );
    }
}

/// Returns the class of an argument that both versions have.
pub(super) fn class(
    walk: &Walk<'_>,
    (old, before): (Call<'_>, Argument<'_>),
    (new, after): (Call<'_>, Argument<'_>),
) -> RustClass {
    if before.is_given() != after.is_given() || before.is_in_path() != after.is_in_path() {
        return RustClass::breaks(old.line(), new.line());
    }
    if before.is_given() && before.constant().is_some() {
        return RustClass::Compiles;
    }
    let has_new_name = before.name() != after.name() && !(before.is_in_path() && after.is_in_path());
    let takes = match (before.model_type(), after.model_type()) {
        (Some(old), Some(new)) => takes(walk, old, new),
        _ => old.argument_type(before) == new.argument_type(after),
    };
    if has_new_name || !takes {
        return RustClass::breaks(old.argument_line(before), new.argument_line(after));
    }
    RustClass::Compiles
}

/// Returns the class of an argument that is new.
pub(super) fn added_class(old: Call<'_>, new: Call<'_>, argument: Argument<'_>) -> RustClass {
    if argument.is_given() {
        RustClass::breaks(old.line(), new.line())
    } else {
        RustClass::Compiles
    }
}

/// Returns the class of an argument that is gone.
pub(super) fn removed_class(old: Call<'_>, new: Call<'_>, argument: Argument<'_>) -> RustClass {
    if argument.is_given() {
        RustClass::breaks(old.line(), new.line())
    } else if argument.constant().is_some() {
        RustClass::Compiles
    } else {
        RustClass::breaks(old.argument_line(argument), new.line())
    }
}

/// Returns whether an argument of the new type takes what callers gave as the old one.
fn takes(walk: &Walk<'_>, old: &Type, new: &Type) -> bool {
    if walk.are_same(old, new) {
        return true;
    }
    // Literals of numbers and lists have no type to convert from.
    if !old.is_converted() {
        return false;
    }
    match new {
        Type::Json | Type::Scalar => *old == Type::String,
        Type::Named(id) => {
            let conversions = &walk.new.named(*id).conversions;
            let has = |wanted: &dyn Fn(&Source) -> bool| {
                conversions.iter().any(|each| match each {
                    Conversion::From(source) | Conversion::Variant(_, source) => wanted(source),
                    Conversion::TryFrom(_) | Conversion::Into(_) => false,
                })
            };
            let is_all = has(&|source| matches!(source, Source::Scalars));
            let is_value = has(&|source| matches!(source, Source::Value(type_) if walk.are_same(old, type_)));
            match old {
                Type::String => is_all || (is_value && has(&|source| matches!(source, Source::Str))),
                Type::Named(_) => is_value,
                _ => false,
            }
        }
        _ => false,
    }
}
