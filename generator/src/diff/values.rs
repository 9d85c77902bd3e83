//! Compares enums of strings.

use std::collections::BTreeMap;

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire};
use crate::diff::code;
use crate::diff::kind::ChangeKind;
use crate::diff::relation::Relation;
use crate::diff::walk::Walk;
use crate::model::{ListedString, Named, StringEnum};

/// Compares enums.
pub(super) fn enums<'run>(
    walk: &mut Walk<'run>,
    at: &At,
    (old, old_enum): (&'run Named, &'run StringEnum),
    (new, new_enum): (&'run Named, &'run StringEnum),
) {
    let (owner, new_owner) = (code::path(old), code::path(new));
    let by_text: BTreeMap<&str, &ListedString> =
        new_enum.values.iter().map(|each| (each.wire.as_str(), each)).collect();
    let known: BTreeMap<&str, &ListedString> = old_enum.values.iter().map(|each| (each.wire.as_str(), each)).collect();
    for value in &old_enum.values {
        let at = at.item(&format!("value `{}`", value.wire), &value.variant);
        let line = format!("let value = {owner}::{};", value.variant);
        let Some(other) = by_text.get(value.wire.as_str()) else {
            let at = at.with_docs(Some(&value.docs), None);
            let has_variant = new_enum.values.iter().any(|other| other.variant == value.variant);
            let rust = if has_variant {
                RustClass::Compiles
            } else {
                RustClass::breaks(line, format!("let value = {new_owner}::unknown({:?});", value.wire))
            };
            let relation = if new_enum.is_open {
                Relation::Same
            } else {
                Relation::Narrower
            };
            walk.add(&at, ChangeKind::EnumValueRemoved, "is removed", rust, at.wire(relation));
            continue;
        };
        let at = at.with_docs(Some(&value.docs), Some(&other.docs));
        walk.docs(&at, &value.docs, &other.docs);
        if value.variant != other.variant {
            let rust = RustClass::breaks(line, format!("let value = {new_owner}::{};", other.variant));
            walk.add(&at, ChangeKind::NameChanged, "has another variant", rust, Wire::NEITHER);
        }
    }
    for value in new_enum
        .values
        .iter()
        .filter(|each| !known.contains_key(each.wire.as_str()))
    {
        let at = at
            .item(&format!("value `{}`", value.wire), &value.variant)
            .with_docs(None, Some(&value.docs));
        let relation = if old_enum.is_open {
            Relation::Same
        } else {
            Relation::Wider
        };
        let wire = at.wire(relation);
        walk.add(&at, ChangeKind::EnumValueAdded, "is added", RustClass::Compiles, wire);
    }
    compare_openness(walk, at, (&owner, old_enum), (&new_owner, new_enum));
}

fn compare_openness(
    walk: &mut Walk<'_>,
    at: &At,
    (owner, old): (&str, &StringEnum),
    (new_owner, new): (&str, &StringEnum),
) {
    if old.unknown != new.unknown {
        let line = |owner: &str, shape: &StringEnum| format!("matches!(value, {owner}::{}(_));", shape.unknown);
        let rust = RustClass::breaks(line(owner, old), line(new_owner, new));
        let message = "has another variant for unknown strings";
        walk.add(at, ChangeKind::NameChanged, message, rust, Wire::NEITHER);
    }
    let (message, rust, relation) = match (old.is_open, new.is_open) {
        (false, true) => (
            "allows strings that it does not list now",
            RustClass::Compiles,
            Relation::Wider,
        ),
        (true, false) => {
            let line = |owner: &str, end: &str| format!("let value: {owner} = text.{end};");
            let message = "allows only the strings that it lists now";
            (
                message,
                RustClass::breaks(line(owner, "into()"), line(new_owner, "parse()?")),
                Relation::Narrower,
            )
        }
        _ => return,
    };
    walk.add(at, ChangeKind::EnumOpennessChanged, message, rust, at.wire(relation));
}
