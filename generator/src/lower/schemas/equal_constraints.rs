//! Finds the constraints of inline types that are equal.
//!
//! A schema that several operations of a module share is lowered once: in the others, the constraints of its type are a
//! reference to the first one's. So constraints are compared by what such references lead to.

use std::collections::BTreeMap;
use std::mem;

use crate::lower::schemas::types::Types;
use crate::model::{Assertion, Constraints, Named, TypeId, TypeIds};

/// The types that each type refers to, in the order of [`TypeIds::each_id`].
pub(super) type References = Vec<Vec<TypeId>>;

/// What the constraints of each type are equal to.
pub(super) struct EqualConstraints {
    /// The first type with equal constraints.
    pub(super) parts: Vec<usize>,
    /// The type that has the constraints: the type itself, or the first that shares the schema with it.
    pub(super) sources: Vec<usize>,
}

impl Types {
    /// Takes the constraints out of `ordered`, which are the types with all that has no order sorted, and divides the
    /// types by them.
    pub(super) fn take_equal_constraints(&self, ordered: &mut [Named]) -> EqualConstraints {
        let mut constraints: Vec<Constraints> = ordered
            .iter_mut()
            .map(|named| mem::take(&mut named.constraints))
            .collect();
        let sources: Vec<usize> = (0..constraints.len())
            .map(|index| self.source(&constraints, index))
            .collect();
        let mut references: References = constraints.iter_mut().map(take_references).collect();
        for id in references.iter_mut().flatten() {
            *id = TypeId::new(sources[id.index()]);
        }
        let is_compared = |index: usize| sources[index] == index && self.inline.contains_key(&TypeId::new(index));
        let divided = self.divide_constraints(&constraints, &references, &is_compared);
        let parts = refine(divided, &references, &is_compared);
        let parts = sources.iter().map(|source| parts[*source]).collect();
        EqualConstraints { parts, sources }
    }

    /// Returns the type that has the constraints of the type at `index`.
    fn source(&self, constraints: &[Constraints], mut index: usize) -> usize {
        // Each reference leads to a type that was there before; the bound holds whatever the lists say.
        for _ in 0..constraints.len() {
            match constraints[index].0.as_slice() {
                [Assertion::Reference(other)] if self.is_shared(index, *other) => index = other.index(),
                _ => break,
            }
        }
        index
    }

    /// Returns whether a reference of an inline type's constraints leads to another inline type of its module.
    fn is_shared(&self, index: usize, other: TypeId) -> bool {
        let id = TypeId::new(index);
        let are_inline = self.inline.contains_key(&id) && self.inline.contains_key(&other);
        are_inline && id != other && self[id].module == self[other].module
    }

    /// Returns for each type the first one of its module whose constraints are equal but for what they refer to.
    fn divide_constraints(
        &self,
        constraints: &[Constraints],
        references: &References,
        is_compared: &dyn Fn(usize) -> bool,
    ) -> Vec<usize> {
        let mut known: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut parts: Vec<usize> = (0..constraints.len()).collect();
        for (index, own) in constraints.iter().enumerate().filter(|(index, _)| is_compared(*index)) {
            let key = (&self[TypeId::new(index)].module, own.0.len(), references[index].len());
            let alike = known.entry(key).or_default();
            match alike.iter().find(|other| constraints[**other] == *own) {
                Some(first) => parts[index] = *first,
                None => alike.push(index),
            }
        }
        parts
    }
}

/// Divides the parts until all types of a part refer to types of the same parts. A type that is not compared is a part of
/// its own.
pub(super) fn refine(
    mut parts: Vec<usize>,
    references: &References,
    is_compared: &dyn Fn(usize) -> bool,
) -> Vec<usize> {
    loop {
        let mut known: BTreeMap<(usize, Vec<usize>), usize> = BTreeMap::new();
        let mut refined: Vec<usize> = (0..parts.len()).collect();
        for (index, references) in references.iter().enumerate().filter(|(index, _)| is_compared(*index)) {
            let targets = references.iter().map(|id| parts[id.index()]).collect();
            refined[index] = *known.entry((parts[index], targets)).or_insert(index);
        }
        if count(&refined) == count(&parts) {
            return parts;
        }
        parts = refined;
    }
}

/// Returns how many parts there are.
fn count(parts: &[usize]) -> usize {
    parts.iter().enumerate().filter(|(index, part)| index == *part).count()
}

/// Takes the ids out of what is compared without them.
pub(super) fn take_references(of: &mut impl TypeIds) -> Vec<TypeId> {
    let mut references = Vec::new();
    of.each_id(&mut |id| references.push(mem::replace(id, TypeId::new(0))));
    references
}
