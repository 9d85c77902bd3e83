//! Schemas: the type and the constraints of each.

pub(in crate::lower) mod all_of;
pub(in crate::lower) mod ambiguity;
pub(in crate::lower) mod components;
pub(in crate::lower) mod compositions;
pub(in crate::lower) mod constraints;
pub(in crate::lower) mod discriminator;
pub(in crate::lower) mod distribution;
mod equal_constraints;
pub(in crate::lower) mod equal_types;
pub(in crate::lower) mod inline;
pub(in crate::lower) mod inline_names;
pub(in crate::lower) mod integer;
pub(in crate::lower) mod json_types;
pub(in crate::lower) mod locked_names;
pub(in crate::lower) mod merge;
pub(in crate::lower) mod naming;
pub(in crate::lower) mod object;
pub(in crate::lower) mod ordered;
pub(in crate::lower) mod parts;
pub(in crate::lower) mod pattern;
pub(in crate::lower) mod required;
pub(in crate::lower) mod schema;
pub(in crate::lower) mod string_enum;
pub(in crate::lower) mod tuple;
pub(in crate::lower) mod types;
pub(in crate::lower) mod union;
pub(in crate::lower) mod variant_names;

use std::cell::RefCell;
use std::collections::BTreeMap;

use typed_arena::Arena;

use self::compositions::Compositions;
use self::distribution::Distribution;
use self::types::Types;
use crate::document::keywords::UNEVALUATED;
use crate::document::{Node, Reference};
use crate::lower::context::{Context, NodeId};
use crate::lower::locked::Locked;
use crate::model::{JsonTypes, ModulePath, TypeId};
use crate::source::Origin;

/// Lowers schemas, each to a type and constraints.
pub(in crate::lower) struct Schemas<'run> {
    pub(in crate::lower) cx: Context<'run>,
    pub(in crate::lower) types: Types,
    /// The names that are locked, if a lock is kept.
    pub(in crate::lower) locked: Option<Locked<'run>>,
    /// Components of the section `schemas`, by name.
    pub(in crate::lower) components: BTreeMap<String, TypeId>,
    /// The synthesized schemas.
    arena: &'run Arena<Node>,
    /// Inline types, by the node that they were made of and the module that they are in.
    inline: BTreeMap<(Origin, ModulePath), TypeId>,
    compositions: Compositions<'run>,
    distribution: Distribution,
    /// The JSON types of schemas: those that are meant, if the flag is set, else those that are allowed.
    known_types: RefCell<BTreeMap<(NodeId<'run>, bool), JsonTypes>>,
    /// Whether any schema has an `unevaluated…` keyword.
    has_unevaluated: bool,
}

impl<'run> Schemas<'run> {
    pub(in crate::lower) fn new(cx: Context<'run>, locked: Option<Locked<'run>>, arena: &'run Arena<Node>) -> Self {
        Self {
            locked,
            types: Types::default(),
            components: BTreeMap::new(),
            arena,
            inline: BTreeMap::new(),
            compositions: Compositions::new(cx.root),
            distribution: Distribution::default(),
            known_types: RefCell::default(),
            has_unevaluated: has_key(cx.root, &UNEVALUATED),
            cx,
        }
    }

    /// Returns the type of the component that is the target of a `$ref`.
    pub(in crate::lower) fn component(&self, reference: &str) -> Option<TypeId> {
        let name = Reference::parse(reference).target()?.pointer().segments().nth(2)?;
        self.components.get(&name).copied()
    }
}

/// Returns whether any object within `node` has one of the keys.
fn has_key(node: &Node, keys: &[&str]) -> bool {
    let members = node.as_object().into_iter().flatten();
    let elements = node.as_array().into_iter().flatten();
    members
        .map(|(key, value)| keys.contains(&key.as_str()) || has_key(value, keys))
        .chain(elements.map(|element| has_key(element, keys)))
        .any(|has| has)
}
