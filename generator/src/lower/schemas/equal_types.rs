//! Makes equal inline schemas of one component or operation one type.
//!
//! Types are equal if neither a Rust caller nor the wire can tell them apart: descriptions and places may differ. If they
//! refer to inline types, those have to be equal too. So the types of an owner are first divided by all but their
//! references, and then, until nothing changes, by what their references lead to. The types of a part that is left are
//! equal, recursive or not. Constraints are compared first, for what they refer to can have another owner.
//!
//! An object of an operation whose `readOnly` or `writeOnly` properties are required stays apart too: whether these are
//! required of a value depends on whether it is sent or received.
//!
//! Types of different owners stay apart, so that a change of one never changes another.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use crate::lower::schemas::equal_constraints::{References, refine, take_references};
use crate::lower::schemas::ordered::ordered_type;
use crate::lower::schemas::types::Types;
use crate::model::{
    Constraints, Docs, ModulePath, Named, Presence, Property, Resource, Shape, TypeId, TypeIds, Union, Variant,
    Webhooks,
};

impl Types {
    /// Merges equal inline types, and has all references lead to the one that is left.
    pub(in crate::lower) fn merge_equal(&mut self, resources: &mut [Resource], webhooks: &mut [Webhooks]) {
        let mut ordered: Vec<Named> = self.list.iter().map(ordered_type).collect();
        let constraints = self.take_equal_constraints(&mut ordered);
        let references: References = ordered.iter_mut().map(take_references).collect();
        let divided = self.divide(&ordered, &references, &constraints.parts);
        let parts = refine(divided, &references, &|index| {
            self.inline.contains_key(&TypeId::new(index))
        });
        let ids = self.keep_one_of_each(&parts, &constraints.sources);
        for named in &mut self.list {
            named.each_id(&mut |id| *id = ids[id.index()]);
        }
        for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
            operation.each_id(&mut |id| *id = ids[id.index()]);
        }
        for webhooks in webhooks {
            webhooks.each_id(&mut |id| *id = ids[id.index()]);
        }
        for named in &mut self.list {
            if let Shape::Union(union) = &mut named.shape {
                merge_variants(union);
            }
        }
    }

    /// Returns for each type the first one of its owner that is equal but for the types that it refers to. `ordered` are
    /// the types without these and without constraints, in an order that does not depend on that of the keys of the
    /// document; `constraints` are the parts of equal constraints.
    fn divide(&self, ordered: &[Named], references: &References, constraints: &[usize]) -> Vec<usize> {
        let mut known = BTreeMap::new();
        let mut parts = Vec::with_capacity(ordered.len());
        for (index, named) in ordered.iter().enumerate() {
            let Some(inline) = self.inline.get(&TypeId::new(index)) else {
                parts.push(index);
                continue;
            };
            if matches!(named.module, ModulePath::Operations(_)) && depends_on_direction(&named.shape) {
                parts.push(index);
                continue;
            }
            let alike: &mut Vec<usize> = known
                .entry((
                    &named.module,
                    &inline.owner,
                    size(&named.shape),
                    references[index].len(),
                    constraints[index],
                ))
                .or_default();
            let first = alike.iter().find(|other| ordered[**other] == *named).copied();
            parts.push(first.unwrap_or(index));
            if first.is_none() {
                alike.push(index);
            }
        }
        parts
    }

    /// Keeps the least deeply nested type of each part, the first by its way, and returns the new id of every type.
    /// `sources` are the types that have the constraints of each.
    fn keep_one_of_each(&mut self, parts: &[usize], sources: &[usize]) -> Vec<TypeId> {
        let way = |index: usize| {
            let inline = self.inline.get(&TypeId::new(index));
            // What is sent and received alike is shown as what is sent.
            inline.map(|inline| {
                let way = &inline.ways[0];
                (way.len(), way.first().is_none_or(|first| first != "body"), way)
            })
        };
        let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
        for (index, part) in parts.iter().enumerate() {
            let first = kept.entry(*part).or_insert(index);
            if way(index) < way(*first) {
                *first = index;
            }
        }
        let kept: Vec<usize> = parts.iter().map(|part| kept[part]).collect();
        self.lead_to_sources(&kept, sources);
        let mut ids = vec![TypeId::new(0); kept.len()];
        let left = (0..kept.len()).filter(|index| kept[*index] == *index);
        for (count, index) in left.enumerate() {
            ids[index] = TypeId::new(count);
        }
        let ids: Vec<TypeId> = kept.iter().map(|index| ids[*index]).collect();
        let (mut left, mut merged): (Vec<Named>, Vec<(TypeId, Named)>) = Default::default();
        let mut inline = BTreeMap::new();
        let mut others = Vec::new();
        for (index, named) in mem::take(&mut self.list).into_iter().enumerate() {
            let places = self.inline.remove(&TypeId::new(index));
            if kept[index] == index {
                left.push(named);
                inline.extend(places.map(|places| (ids[index], places)));
            } else {
                merged.push((ids[index], named));
                others.extend(places.map(|places| (ids[index], places)));
            }
        }
        (self.list, self.inline) = (left, inline);
        for (id, Named { docs, .. }) in merged {
            // Merging schemas gives copies of one node.
            let is_copy = |known: &Docs| known.origin.is_some() && *known.origin == *docs.origin;
            let named = &mut self[id];
            if !is_copy(&named.docs) && !named.equal.iter().any(is_copy) {
                named.equal.push(docs);
            }
        }
        for (id, places) in others {
            self.inline.entry(id).and_modify(|known| {
                known.ways.extend(places.ways);
                known.titles.extend(places.titles);
            });
        }
        for types in self.modules.values_mut() {
            types.retain(|id| kept[id.index()] == id.index());
            for id in types {
                *id = ids[id.index()];
            }
        }
        ids
    }

    /// Gives the types that are kept the constraints of one that was merged into them and has them, and has the
    /// references of the others lead to the type that has theirs.
    fn lead_to_sources(&mut self, kept: &[usize], sources: &[usize]) {
        for (index, source) in sources.iter().enumerate() {
            if index != *source {
                self.list[index].constraints = Constraints::reference(TypeId::new(*source));
            }
        }
        let mut given = BTreeSet::new();
        for (index, first) in kept.iter().enumerate() {
            if sources[index] == index && sources[*first] != *first && given.insert(*first) {
                self.list[*first].constraints = mem::take(&mut self.list[index].constraints);
            }
        }
    }
}

/// Returns a number that is quick to compare, and equal for equal shapes.
fn size(shape: &Shape) -> (u8, usize) {
    match shape {
        Shape::Object(object) => (0, object.properties.len()),
        Shape::StringEnum(listed) => (1, listed.values.len()),
        Shape::Union(union) => (2, union.variants.len()),
        Shape::Tuple(tuple) => (3, tuple.elements.len()),
        Shape::CheckedString { .. } => (4, 0),
        Shape::Wrapper(_) => (5, 0),
        Shape::Alias(_) => (6, 0),
    }
}

/// Merges the variants of a union that turn out to be of one schema.
fn merge_variants(union: &mut Union) {
    let mut left: Vec<Variant> = Vec::with_capacity(union.variants.len());
    let mut indexes = Vec::with_capacity(union.variants.len());
    for variant in mem::take(&mut union.variants) {
        let is_same = |other: &Variant| other.type_ == variant.type_ && other.constraints == variant.constraints;
        let index = left.iter().position(is_same).unwrap_or(left.len());
        indexes.push(index);
        if index == left.len() {
            left.push(variant);
        } else {
            left[index].kinds = left[index].kinds.or(variant.kinds);
            left[index].takes_any |= variant.takes_any;
        }
    }
    union.variants = left;
    if let Some(discriminator) = &mut union.discriminator {
        let values = discriminator.mapping.iter_mut().chain(&mut discriminator.fixed);
        values.for_each(|(_, index)| *index = indexes[*index]);
        let fixed = mem::take(&mut discriminator.fixed);
        let is_only = |index: usize| fixed.iter().filter(|(_, other)| *other == index).count() == 1;
        discriminator.fixed = fixed.iter().filter(|(_, index)| is_only(*index)).cloned().collect();
    }
}

/// Returns whether some property is required in one direction only
/// ([OpenAPI 3.0.4 §4.7.24.2](https://spec.openapis.org/oas/v3.0.4.html#fixed-fields-20)).
fn depends_on_direction(shape: &Shape) -> bool {
    let depends = |property: &Property| {
        property.presence == Presence::Required && (property.docs.read_only || property.docs.write_only)
    };
    matches!(shape, Shape::Object(object) if object.properties.iter().any(depends))
}
