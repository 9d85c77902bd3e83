//! Which types of both versions belong together: components of one name, components that have another name now, and
//! inline types that stand at the same position.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::mem;

use crate::diff::side::Side;
use crate::model::{Named, Presence, Shape, Type, TypeId};

/// The components that have another name.
#[derive(Debug, Default)]
pub(super) struct Renames {
    new_of: BTreeMap<TypeId, TypeId>,
    taken: BTreeSet<TypeId>,
}

impl Renames {
    /// Starts with those that are equal and are found by nothing but that.
    pub(super) fn of(old: &Side<'_>, new: &Side<'_>) -> Self {
        let mut renames = Self::default();
        renames.find_equal(old, new);
        renames
    }

    /// Returns the components that belong together.
    pub(super) fn components(&self, old: &Side<'_>, new: &Side<'_>) -> Vec<(TypeId, TypeId)> {
        let same = old
            .components
            .iter()
            .filter_map(|(name, id)| Some((*id, *new.components.get(name)?)));
        same.chain(self.new_of.iter().map(|(old, new)| (*old, *new))).collect()
    }

    /// Returns whether the types belong together. A component that is gone and a new one at its position do so if they
    /// are nearly equal.
    pub(super) fn belong_together(
        &mut self,
        old_side: &Side<'_>,
        new_side: &Side<'_>,
        old: TypeId,
        new: TypeId,
    ) -> bool {
        let (named, other) = (old_side.named(old), new_side.named(new));
        match (old_side.component(old), new_side.component(new)) {
            (Some(one), Some(other)) if one == other => true,
            (Some(_), Some(_)) if self.new_of.get(&old) == Some(&new) => true,
            (Some(name), Some(other_name)) => {
                let is_free = !new_side.components.contains_key(name)
                    && !old_side.components.contains_key(other_name)
                    && !self.new_of.contains_key(&old)
                    && !self.taken.contains(&new);
                let is_renamed = is_free && are_nearly_equal(named, other);
                if is_renamed {
                    self.add(old, new);
                }
                is_renamed
            }
            (None, None) => mem::discriminant(&named.shape) == mem::discriminant(&other.shape),
            // What has moved into a component, or out of one that is gone.
            (Some(name), None) => !new_side.components.contains_key(name) && are_nearly_equal(named, other),
            (None, Some(name)) => !old_side.components.contains_key(name) && are_nearly_equal(named, other),
        }
    }

    /// Finds the components that are gone, and are equal to a new one and to no other.
    pub(super) fn find_equal(&mut self, old: &Side<'_>, new: &Side<'_>) {
        let unmatched = |side: &Side<'_>, other: &Side<'_>, is_known: &dyn Fn(TypeId) -> bool| {
            let mut by_form: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
            for (name, id) in &side.components {
                let form = if other.components.contains_key(name) || is_known(*id) {
                    None
                } else {
                    form(side, other, *id)
                };
                if let Some(form) = form {
                    by_form.entry(form).or_default().push(*id);
                }
            }
            by_form
        };
        let gone = unmatched(old, new, &|id| self.new_of.contains_key(&id));
        let added = unmatched(new, old, &|id| self.taken.contains(&id));
        for (form, ids) in gone {
            if let ([old], Some([new])) = (ids.as_slice(), added.get(&form).map(Vec::as_slice)) {
                self.add(*old, *new);
            }
        }
    }

    fn add(&mut self, old: TypeId, new: TypeId) {
        self.new_of.insert(old, new);
        self.taken.insert(new);
    }
}

/// Returns whether types that stand at the same position have most of their names in common.
fn are_nearly_equal(old: &Named, new: &Named) -> bool {
    let names = |named: &Named| -> Option<BTreeSet<String>> {
        match &named.shape {
            Shape::Object(object) => Some(object.properties.iter().map(|property| property.wire.clone()).collect()),
            Shape::StringEnum(shape) => Some(shape.values.iter().map(|value| value.wire.clone()).collect()),
            Shape::Union(union) => Some(union.variants.iter().map(|variant| variant.name.clone()).collect()),
            _ => None,
        }
    };
    if mem::discriminant(&old.shape) != mem::discriminant(&new.shape) {
        return false;
    }
    match (names(old), names(new)) {
        (Some(old), Some(new)) => 2 * old.intersection(&new).count() >= old.len().max(new.len()),
        _ => true,
    }
}

/// Returns what a component is made of, as a text that is equal for equal ones; `None` for what many are made of.
fn form(side: &Side<'_>, other: &Side<'_>, id: TypeId) -> Option<String> {
    let named = side.named(id);
    let mut form = String::new();
    // Writing to a string cannot fail.
    let _ = match &named.shape {
        Shape::Object(object) if object.properties.len() > 1 => {
            for property in &object.properties {
                let presence = match property.presence {
                    Presence::Required => "!",
                    Presence::Optional => "?",
                    Presence::Maybe => "0",
                };
                let _ = write!(form, "{:?}{presence}", property.wire);
                write_type(side, other, &property.type_, &mut form);
            }
            write!(form, "object {:?}", object.additional_properties.is_some())
        }
        Shape::StringEnum(shape) if shape.values.len() > 1 => {
            let values: Vec<&str> = shape.values.iter().map(|value| value.wire.as_str()).collect();
            write!(form, "enum {values:?}")
        }
        Shape::Union(union) if union.variants.len() > 1 => {
            for variant in &union.variants {
                write_type(side, other, &variant.type_, &mut form);
            }
            write!(form, "union")
        }
        _ => return None,
    };
    Some(form)
}

/// Writes a type. What has a name in one version alone is not told apart.
fn write_type(side: &Side<'_>, other: &Side<'_>, type_: &Type, form: &mut String) {
    match type_ {
        Type::Named(id) => {
            let name = side.component(*id).filter(|name| other.components.contains_key(*name));
            form.push_str(name.unwrap_or("*"));
        }
        Type::Array(inner) => {
            form.push_str("[]");
            write_type(side, other, inner, form);
        }
        Type::Map(inner) => {
            form.push_str("{}");
            write_type(side, other, inner, form);
        }
        Type::Nullable(inner) => {
            form.push('0');
            write_type(side, other, inner, form);
        }
        Type::Boxed(inner) => write_type(side, other, inner, form),
        other => {
            // Writing to a string cannot fail.
            let _ = write!(form, "{other:?}");
        }
    }
}
