//! The walk through both versions side by side, and the changes that it finds.
//!
//! Components are walked by their names, and inline types where they stand on both sides. The walk is made twice: the
//! first finds which types belong together, so that the second knows all of them from its start.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::diff::at::At;
use crate::diff::change::{RustClass, Wire};
use crate::diff::code;
use crate::diff::kind::ChangeKind;
use crate::diff::relation::Relation;
use crate::diff::renames::Renames;
use crate::diff::side::Side;
use crate::diff::{clients, operations, words};
use crate::model::{Docs, Type, TypeId};

/// A change with the nodes that it is found at.
pub(super) struct Found {
    /// The kind.
    pub(super) kind: ChangeKind,
    /// The position of the subject.
    pub(super) at: At,
    /// The predicate.
    pub(super) message: String,
    /// The class for a Rust caller.
    pub(super) rust: RustClass,
    /// The class on the wire.
    pub(super) wire: Wire,
}

/// The walk.
pub(super) struct Walk<'run> {
    /// The old version.
    pub(super) old: Side<'run>,
    /// The new version.
    pub(super) new: Side<'run>,
    /// Which components have another name.
    pub(super) renames: Renames,
    /// The types that belong together.
    pairs: BTreeSet<(TypeId, TypeId)>,
    /// The old types by the new ones that they belong to.
    old_of: BTreeMap<TypeId, TypeId>,
    /// The types that are yet to be compared.
    open: VecDeque<(TypeId, TypeId, At)>,
    /// The pairs that have been put there.
    seen: BTreeSet<(TypeId, TypeId)>,
    /// The changes of this walk.
    pub(super) found: Vec<Found>,
    /// The positions whose type differs: their constraints are not compared.
    pub(super) retyped: BTreeSet<String>,
    /// How many texts differ.
    pub(super) documentation: usize,
}

/// How the type of a position differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Difference {
    /// Not at all.
    None,
    /// In a box.
    Box,
    /// In `null`, which is allowed now.
    Nullable,
    /// In `null`, which was allowed.
    NotNullable,
    /// In any other way.
    Other,
}

impl<'run> Walk<'run> {
    /// Walks through both versions.
    pub(super) fn through(old: Side<'run>, new: Side<'run>) -> Self {
        let mut walk = Self {
            renames: Renames::of(&old, &new),
            old,
            new,
            pairs: BTreeSet::new(),
            old_of: BTreeMap::new(),
            open: VecDeque::new(),
            seen: BTreeSet::new(),
            found: Vec::new(),
            retyped: BTreeSet::new(),
            documentation: 0,
        };
        walk.pass();
        walk.seen.clear();
        walk.found.clear();
        walk.retyped.clear();
        walk.documentation = 0;
        walk.pass();
        walk
    }

    /// Compares everything.
    fn pass(&mut self) {
        for (id, other) in self.renames.components(&self.old, &self.new) {
            self.is_pair(&At::component(&self.old, id), id, other);
        }
        self.compare_open();
        operations::compare(self);
        self.compare_open();
        self.renames.find_equal(&self.old, &self.new);
        for (id, other) in self.renames.components(&self.old, &self.new) {
            self.is_pair(&At::component(&self.old, id), id, other);
        }
        self.compare_open();
        clients::compare(self);
        self.compare_open();
        crate::diff::types::unmatched(self);
        crate::diff::types::lost_aliases(self);
    }

    fn compare_open(&mut self) {
        while let Some((old, new, at)) = self.open.pop_front() {
            crate::diff::types::compare(self, &at, old, new);
        }
    }

    /// Returns whether an old type, or a new one, has been compared with another.
    pub(super) fn is_compared(&self, old: Option<TypeId>, new: Option<TypeId>) -> bool {
        match (old, new) {
            (Some(old), _) => self
                .pairs
                .range((old, TypeId::new(0))..)
                .next()
                .is_some_and(|(id, _)| *id == old),
            (None, Some(new)) => self.old_of.contains_key(&new),
            (None, None) => false,
        }
    }

    /// Adds a change.
    pub(super) fn add(&mut self, at: &At, kind: ChangeKind, message: impl Into<String>, rust: RustClass, wire: Wire) {
        self.found.push(Found {
            kind,
            at: at.clone(),
            message: message.into(),
            rust,
            wire,
        });
    }

    /// Counts what documentation differs, and reports what the annotations say beside it.
    pub(super) fn docs(&mut self, at: &At, old: &Docs, new: &Docs) {
        let texts = |docs: &Docs| {
            let examples: Vec<String> = docs.examples.iter().map(|example| example.text.clone()).collect();
            (docs.title.to_string(), docs.text.to_string(), examples)
        };
        if texts(old) != texts(new) {
            self.documentation += 1;
        }
        let same = at.wire(Relation::Same);
        match (old.deprecated, new.deprecated) {
            (false, true) => {
                let class = RustClass::CompilesWithDeprecation;
                self.add(at, ChangeKind::Deprecated, "is deprecated now", class, same);
            }
            (true, false) => {
                let message = "is not deprecated any more";
                self.add(at, ChangeKind::NotDeprecated, message, RustClass::Compiles, same);
            }
            _ => {}
        }
        for (word, old, new) in [
            ("readOnly", old.read_only, new.read_only),
            ("writeOnly", old.write_only, new.write_only),
        ] {
            if old != new {
                let message = format!(
                    "is {}`{word}`{}",
                    if new { "" } else { "not " },
                    if new { " now" } else { " any more" }
                );
                self.add(
                    at,
                    ChangeKind::DirectionChanged,
                    message,
                    RustClass::Compiles,
                    at.wire(Relation::Other),
                );
            }
        }
    }

    /// Reports that something may be `null` now, or not any more; `rust` is the class of a caller if so.
    pub(super) fn nullability(&mut self, at: &At, old: bool, new: bool, rust: impl FnOnce(&Self) -> RustClass) {
        let (kind, message, relation) = match (old, new) {
            (false, true) => (ChangeKind::Nullable, "may be `null` now", Relation::Wider),
            (true, false) => (
                ChangeKind::NotNullable,
                "may not be `null` any more",
                Relation::Narrower,
            ),
            _ => return,
        };
        let rust = rust(self);
        self.add(at, kind, message, rust, at.wire(relation));
    }

    /// Reports another default; `rust` is the class for a caller.
    pub(super) fn default(&mut self, at: &At, old: &Docs, new: &Docs, rust: RustClass) {
        let message = match (&old.default, &new.default) {
            (old, new) if old == new && rust == RustClass::Compiles => return,
            (Some(old), Some(new)) => format!("has the default `{new}` now, and had `{old}`"),
            (None, Some(new)) => format!("has the default `{new}` now"),
            (Some(old), None) => format!("has no default any more, and had `{old}`"),
            (None, None) => "has another constant for its default".to_owned(),
        };
        self.add(at, ChangeKind::DefaultChanged, message, rust, at.wire(Relation::Same));
    }

    /// Returns the paths of types that have another path now, each with that path, unless the old one is that of another
    /// type, or is a former name already.
    pub(super) fn renamed(&self) -> Vec<(String, String)> {
        let taken: BTreeSet<String> = self.new.api.types.iter().map(code::path).collect();
        let mut renamed = BTreeMap::new();
        for (old, new) in &self.pairs {
            let (before, after) = (code::path(self.old.named(*old)), code::path(self.new.named(*new)));
            let is_first_choice = self.old_of.get(new) == Some(old);
            if before != after && is_first_choice && !taken.contains(&before) && !self.new.has_alias(&before) {
                renamed.entry(before).or_insert(after);
            }
        }
        renamed.into_iter().collect()
    }

    /// Returns whether two types belong together; then they are compared, at the position where they were first found.
    pub(super) fn is_pair(&mut self, at: &At, old: TypeId, new: TypeId) -> bool {
        if !self.pairs.contains(&(old, new)) {
            if !self.renames.belong_together(&self.old, &self.new, old, new) {
                return false;
            }
            self.pairs.insert((old, new));
            let is_first_choice = code::path(self.old.named(old)) == code::path(self.new.named(new));
            if is_first_choice {
                self.old_of.insert(new, old);
            } else {
                self.old_of.entry(new).or_insert(old);
            }
        }
        if self.seen.insert((old, new)) {
            let at = at.of_type(&self.old, &self.new, old, new);
            self.open.push_back((old, new, at));
        }
        true
    }

    /// Compares the types of a position.
    pub(super) fn difference(&mut self, at: &At, old: &Type, new: &Type) -> Difference {
        let or = |difference, other| match difference {
            Difference::None => other,
            _ => Difference::Other,
        };
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => {
                if self.is_pair(at, *old, *new) {
                    Difference::None
                } else {
                    Difference::Other
                }
            }
            (Type::Nullable(old), Type::Nullable(new)) => match self.difference(at, old, new) {
                Difference::None => Difference::None,
                _ => Difference::Other,
            },
            (Type::Boxed(old), Type::Boxed(new)) => self.difference(at, old, new),
            (Type::Nullable(old), new) => or(self.difference(at, old, new), Difference::NotNullable),
            (old, Type::Nullable(new)) => or(self.difference(at, old, new), Difference::Nullable),
            (Type::Boxed(old), new) => or(self.difference(at, old, new), Difference::Box),
            (old, Type::Boxed(new)) => or(self.difference(at, old, new), Difference::Box),
            (Type::Array(old), Type::Array(new)) => or_other(self.difference(&at.inside("items"), old, new)),
            (Type::Map(old), Type::Map(new)) => {
                or_other(self.difference(&at.inside("additional properties"), old, new))
            }
            (old, new) if old == new => Difference::None,
            _ => Difference::Other,
        }
    }

    /// Compares the types of a position, and reports how they differ; `rust` is the class of a caller if they do.
    /// Returns whether they are the same.
    pub(super) fn types(&mut self, at: &At, old: &Type, new: &Type, rust: impl FnOnce(&Self) -> RustClass) -> bool {
        let difference = self.difference(at, old, new);
        let (kind, message) = match difference {
            Difference::None => return true,
            Difference::Box => {
                let message = if matches!(new, Type::Boxed(_)) {
                    "is in a `Box` now"
                } else {
                    "is not in a `Box` any more"
                };
                (ChangeKind::BoxChanged, message.to_owned())
            }
            Difference::Nullable => (ChangeKind::Nullable, "may be `null` now".to_owned()),
            Difference::NotNullable => (ChangeKind::NotNullable, "may not be `null` any more".to_owned()),
            Difference::Other => {
                let (old, new) = (words::type_(self.old.api, old), words::type_(self.new.api, new));
                let message = if old == new {
                    format!("is {new} of another schema now")
                } else {
                    format!("is {new} now, and was {old}")
                };
                (ChangeKind::TypeChanged, message)
            }
        };
        let relation = match difference {
            Difference::Box => Relation::Same,
            _ => self.relation(old, new),
        };
        self.retyped.insert(at.document.clone());
        let rust = rust(self);
        self.add(at, kind, message, rust, at.wire(relation));
        false
    }

    /// Returns whether types are the same, where those that belong together are.
    pub(super) fn are_same(&self, old: &Type, new: &Type) -> bool {
        match (old, new) {
            (Type::Named(old), Type::Named(new)) => self.are_known(*old, *new),
            (Type::Nullable(old), Type::Nullable(new))
            | (Type::Boxed(old), Type::Boxed(new))
            | (Type::Array(old), Type::Array(new))
            | (Type::Map(old), Type::Map(new)) => self.are_same(old, new),
            (old, new) => old == new,
        }
    }

    /// Returns the path of a named type of the new version by the name that the old one has for it.
    pub(super) fn canonical_name(&self, id: TypeId) -> String {
        match self.old_of.get(&id) {
            Some(old) => code::path(self.old.named(*old)),
            None => code::path(self.new.named(id)),
        }
    }

    /// Returns whether the types are known to belong together.
    pub(super) fn are_known(&self, old: TypeId, new: TypeId) -> bool {
        self.pairs.contains(&(old, new))
    }
}

fn or_other(difference: Difference) -> Difference {
    match difference {
        Difference::None => Difference::None,
        _ => Difference::Other,
    }
}
