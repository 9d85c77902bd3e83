//! Compares unions: their variants, and what chooses them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire};
use crate::diff::code;
use crate::diff::kind::ChangeKind;
use crate::diff::relation::Relation;
use crate::diff::walk::{Difference, Walk};
use crate::diff::words;
use crate::model::{Discriminator, Named, Type, Union, Variant};

/// Compares unions.
pub(super) fn compare<'run>(
    walk: &mut Walk<'run>,
    at: &At,
    (old, old_union): (&'run Named, &'run Union),
    (new, new_union): (&'run Named, &'run Union),
) {
    let (owner, new_owner) = (code::path(old), code::path(new));
    let matched = matched(walk, old_union, new_union);
    for (index, variant) in old_union.variants.iter().enumerate() {
        let at = position(walk.old.api, at, variant);
        let line = variant_line(&owner, variant);
        let Some(other) = matched[index].map(|other| &new_union.variants[other]) else {
            let at = at.with_docs(Some(&variant.docs), None).gone();
            let rust = RustClass::breaks_for_good(line);
            walk.add(
                &at,
                ChangeKind::VariantRemoved,
                "is removed",
                rust,
                at.wire(Relation::Narrower),
            );
            continue;
        };
        let at = at.with_docs(Some(&variant.docs), Some(&other.docs));
        walk.docs(&at, &variant.docs, &other.docs);
        if variant.name != other.name {
            let rust = RustClass::breaks(line, variant_line(&new_owner, other));
            walk.add(&at, ChangeKind::NameChanged, "has another variant", rust, Wire::NEITHER);
        }
        walk.types(&at, &variant.type_, &other.type_, |walk| {
            let typed = |owner: &str, name: &str, type_: String| {
                format!("let {owner}::{name}(inner) = value; let inner: {type_} = inner;")
            };
            let before = typed(&owner, &variant.name, code::type_(walk.old.api, &variant.type_));
            RustClass::breaks(
                before,
                typed(&new_owner, &other.name, code::type_(walk.new.api, &other.type_)),
            )
        });
        if variant.takes_any != other.takes_any || variant.kinds != other.kinds {
            let message = "is chosen for values of other JSON types now";
            walk.add(
                &at,
                ChangeKind::DiscriminatorChanged,
                message,
                RustClass::Compiles,
                at.wire(Relation::Other),
            );
        }
    }
    let taken: BTreeSet<usize> = matched.iter().flatten().copied().collect();
    for (index, variant) in new_union.variants.iter().enumerate() {
        if !taken.contains(&index) {
            let at = position(walk.new.api, at, variant)
                .with_docs(None, Some(&variant.docs))
                .added();
            let wire = at.wire(Relation::Wider);
            walk.add(&at, ChangeKind::VariantAdded, "is added", RustClass::Compiles, wire);
        }
    }
    compare_unknown(walk, at, (&owner, old_union), (&new_owner, new_union));
    compare_discriminators(walk, at, old_union, new_union);
}

/// Compares the variants for unknown values.
fn compare_unknown(walk: &mut Walk<'_>, at: &At, (owner, old): (&str, &Union), (new_owner, new): (&str, &Union)) {
    if old.unknown != new.unknown {
        let line = |owner: &str, union: &Union| format!("matches!(value, {owner}::{}(_));", union.unknown);
        let rust = RustClass::breaks(line(owner, old), line(new_owner, new));
        let message = "has another variant for unknown values";
        walk.add(at, ChangeKind::NameChanged, message, rust, Wire::NEITHER);
    }
}

/// Returns for each variant the index of the one that it has become: that of its name, or else one of its type.
fn matched(walk: &mut Walk<'_>, old: &Union, new: &Union) -> Vec<Option<usize>> {
    let by_name: BTreeMap<&str, usize> = new
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| (variant.name.as_str(), index))
        .collect();
    let mut matched = Vec::new();
    for variant in &old.variants {
        let other = by_name.get(variant.name.as_str()).copied();
        matched.push(other.filter(|other| may_match(walk, &variant.type_, &new.variants[*other].type_)));
    }
    let taken: BTreeSet<usize> = matched.iter().flatten().copied().collect();
    let mut free: Vec<usize> = (0..new.variants.len()).filter(|index| !taken.contains(index)).collect();
    for (variant, matched) in old.variants.iter().zip(&mut matched) {
        if matched.is_none() {
            let found = free
                .iter()
                .position(|other| may_match(walk, &variant.type_, &new.variants[*other].type_));
            *matched = found.map(|found| free.remove(found));
        }
    }
    matched
}

/// Returns whether two variants may be the same: their types are, or are nearly.
fn may_match(walk: &mut Walk<'_>, old: &Type, new: &Type) -> bool {
    match (old, new) {
        (Type::Named(old), Type::Named(new)) => {
            walk.are_known(*old, *new) || walk.renames.belong_together(&walk.old, &walk.new, *old, *new)
        }
        (Type::Boxed(old), new) => may_match(walk, old, new),
        (old, Type::Boxed(new)) => may_match(walk, old, new),
        (Type::Array(old), Type::Array(new)) | (Type::Map(old), Type::Map(new)) => may_match(walk, old, new),
        (old, new) => {
            let at = At::named(String::new(), String::new(), crate::diff::side::Messages::default());
            walk.difference(&at, old, new) == Difference::None
        }
    }
}

fn position(api: &crate::model::Api, at: &At, variant: &Variant) -> At {
    let words = match unboxed(&variant.type_) {
        Type::Named(id) => format!("alternative `{}`", api.named(*id).name),
        type_ => format!("alternative that is {}", words::type_(api, type_)),
    };
    at.item(&words, &variant.name)
}

fn unboxed(type_: &Type) -> &Type {
    match type_ {
        Type::Boxed(inner) => inner,
        other => other,
    }
}

fn variant_line(owner: &str, variant: &Variant) -> String {
    format!("matches!(value, {owner}::{}(_));", variant.name)
}

fn compare_discriminators(walk: &mut Walk<'_>, at: &At, old: &Union, new: &Union) {
    let names = |union: &Union, mapping: &[(String, usize)]| -> Vec<(String, String)> {
        let name = |index: &usize| union.variants.get(*index).map(|variant| variant.name.clone());
        mapping
            .iter()
            .filter_map(|(value, index)| Some((value.clone(), name(index)?)))
            .collect()
    };
    let facts = |union: &Union, discriminator: &Discriminator| {
        let Discriminator {
            property,
            mapping,
            fixed,
        } = discriminator;
        (property.clone(), names(union, mapping), names(union, fixed))
    };
    let before = old
        .discriminator
        .as_ref()
        .map(|discriminator| facts(old, discriminator));
    let after = new
        .discriminator
        .as_ref()
        .map(|discriminator| facts(new, discriminator));
    if before == after {
        return;
    }
    let (message, relation) = match (&before, &after) {
        (None, Some(_)) => ("has a discriminator now".to_owned(), Relation::Narrower),
        (Some(_), None) => ("has no discriminator any more".to_owned(), Relation::Wider),
        (Some((old, ..)), Some((new, ..))) if old != new => (
            format!("is told apart by property `{new}` now, not by `{old}`"),
            Relation::Disjoint,
        ),
        (Some((_, old, _)), Some((_, new, _))) if old.iter().all(|pair| new.contains(pair)) => {
            ("has a discriminator with more values".to_owned(), Relation::Wider)
        }
        _ => ("has a discriminator with other values".to_owned(), Relation::Other),
    };
    walk.add(
        at,
        ChangeKind::DiscriminatorChanged,
        message,
        RustClass::Compiles,
        at.wire(relation),
    );
}
