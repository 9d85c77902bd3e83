//! Names the inline types, when all of them are known.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::lower::locked::Locked;
use crate::lower::schemas::locked_names::TypeKeys;
use crate::lower::schemas::types::{Inline, Types};
use crate::model::{ModulePath, TypeId};
use crate::names::{self, Nested};

/// The inline types of each owner in a module, in the order in which they were made.
type Owners = BTreeMap<Rc<str>, Vec<TypeId>>;

impl Types {
    /// Names the inline types: those of components first, then those of operations, which do not repeat their names.
    /// Names that are locked are given before all others.
    pub(in crate::lower) fn name_inline_types(&mut self, locked: Option<(&Locked<'_>, &TypeKeys)>) {
        if let Some((locked, keys)) = locked {
            self.lock_inline_types(locked, keys);
        }
        let mut modules: Vec<(ModulePath, Owners)> = Vec::new();
        for (path, ids) in &self.modules {
            let mut owners = Owners::new();
            for id in ids {
                if let Some(inline) = self.inline.get(id).filter(|_| self[*id].name.is_empty()) {
                    owners.entry(Rc::clone(&inline.owner)).or_default().push(*id);
                }
            }
            modules.push((path.clone(), owners));
        }
        modules.sort_by_cached_key(|(path, _)| (!matches!(path, ModulePath::Schemas(_)), path.rust_path()));
        for (path, owners) in modules {
            for (owner, ids) in owners {
                self.name_types_of(&path, &owner, &ids);
            }
        }
    }

    /// Gives types the names that are locked under their keys, and then those under the keys that they may have had.
    fn lock_inline_types(&mut self, locked: &Locked<'_>, keys: &TypeKeys) {
        let mut given = BTreeSet::new();
        let ids: Vec<TypeId> = self.inline.keys().copied().collect();
        for keys_of in [TypeKeys::of, TypeKeys::former] {
            for id in &ids {
                let path = self[*id].module.clone();
                let Some(name) = locked.type_name(&path, keys_of(keys, *id)) else {
                    continue;
                };
                // Of types that were one, the first has the name that they had.
                if self[*id].name.is_empty() && given.insert((path.rust_path(), name)) {
                    self.namespace(path.rust_path()).hold(name);
                    self[*id].static_name = self.take_static_name(&path, name, "SCHEMA");
                    name.clone_into(&mut self[*id].name);
                }
            }
        }
    }

    fn name_types_of(&mut self, path: &ModulePath, owner: &str, ids: &[TypeId]) {
        let types: Vec<Nested<'_>> = ids
            .iter()
            .filter_map(|id| self.inline.get(id).map(Inline::nested))
            .collect();
        let is_taken = |name: &str| self.is_type_name(name);
        let found = names::nested_names(owner, &types, &is_taken);
        // Names that are the same are numbered by the ways to their types: the order of the keys of an object means nothing.
        let ways: Vec<_> = types
            .iter()
            .map(|nested| nested.ways.iter().map(|way| way.to_vec()).min())
            .collect();
        let mut named: Vec<_> = ids.iter().zip(found).zip(ways).collect();
        named.sort_by(|(_, one), (_, other)| one.cmp(other));
        for ((id, name), _) in named {
            let name = self.take_type_name(path, &name);
            self[*id].static_name = self.take_static_name(path, &name, "SCHEMA");
            self[*id].name = name;
        }
    }
}

impl Inline {
    fn nested(&self) -> Nested<'_> {
        let title = self.titles.first().and_then(Option::as_deref);
        let is_same = self.titles.iter().all(|other| other.as_deref() == title);
        Nested {
            ways: self.ways.iter().map(Vec::as_slice).collect(),
            title: title.filter(|_| is_same),
        }
    }
}
