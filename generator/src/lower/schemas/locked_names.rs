//! Gives inline types and variants the names that are locked, and notes the names of all types for the lock.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::lock;
use crate::lower::locked::{Locked, Owner};
use crate::lower::schemas::types::{Inline, Types};
use crate::model::{Docs, ListedString, ModulePath, Shape, TypeId, Variant};
use crate::names::{self, Namespace};
use crate::source::{Origin, Pointer};

/// The owners of types: components by their module, operations by the module and the request.
#[derive(Default)]
pub(in crate::lower) struct Owners {
    components: BTreeMap<ModulePath, Owner>,
    operations: BTreeMap<(ModulePath, String), Owner>,
}

/// The keys of types in a lock.
pub(in crate::lower) struct TypeKeys {
    /// Of each type those of its schemas: its own, and those that are equal.
    keys: BTreeMap<TypeId, Vec<String>>,
    /// The keys that they may have had in an earlier version of the document.
    former: BTreeMap<TypeId, Vec<String>>,
    pointers: BTreeMap<Origin, Pointer>,
    owners: Owners,
}

impl Owners {
    pub(in crate::lower) fn add_component(&mut self, module: ModulePath, owner: Owner) {
        self.components.insert(module, owner);
    }

    pub(in crate::lower) fn add_operation(&mut self, module: ModulePath, request: String, owner: Owner) {
        self.operations.insert((module, request), owner);
    }

    /// Returns the owner of an inline type. What webhooks have is found from the root of the document.
    fn of_inline(&self, module: &ModulePath, owner: &Rc<str>) -> Owner {
        let of_operation = || self.operations.get(&(module.clone(), owner.to_string()));
        self.components
            .get(module)
            .or_else(of_operation)
            .cloned()
            .unwrap_or_default()
    }
}

impl Types {
    /// Finds the keys of all types of schemas.
    pub(in crate::lower) fn keys(&self, locked: &Locked<'_>, owners: Owners) -> TypeKeys {
        let mut wanted: BTreeSet<Origin> = BTreeSet::new();
        for named in &self.list {
            let docs = [&named.docs].into_iter().chain(named.equal.iter());
            wanted.extend(docs.filter_map(|docs| *docs.origin));
            if let Shape::Union(union) = &named.shape {
                wanted.extend(union.variants.iter().filter_map(|variant| *variant.docs.origin));
            }
        }
        let mut found = TypeKeys {
            keys: BTreeMap::new(),
            former: BTreeMap::new(),
            pointers: locked.pointers(&wanted),
            owners,
        };
        let mut taken = BTreeSet::new();
        for id in self.ids() {
            if let Some(inline) = self.inline.get(&id) {
                let (mut own, mut former) = (Vec::new(), Vec::new());
                for keys in self.inline_keys(locked, &found, id, inline) {
                    let mut keys = keys.into_iter();
                    own.extend(keys.next().map(|key| numbered(&key, &mut taken)));
                    former.extend(keys);
                }
                found.keys.insert(id, own);
                found.former.insert(id, former);
            } else if let Some(owner) = found.owners.components.get(&self[id].module) {
                taken.insert(owner.key.clone());
                found.keys.insert(id, vec![owner.key.clone()]);
            }
        }
        found
    }

    /// Returns the keys of each of the schemas that became an inline type.
    fn inline_keys(&self, locked: &Locked<'_>, found: &TypeKeys, id: TypeId, inline: &Inline) -> Vec<Vec<String>> {
        let named = &self[id];
        let owner = found.owners.of_inline(&named.module, &inline.owner);
        let docs = [&named.docs].into_iter().chain(named.equal.iter());
        let keys: Vec<Vec<String>> = docs.filter_map(|docs| found.places(locked, &owner, docs)).collect();
        if !keys.is_empty() {
            return keys;
        }
        // What was synthesized stands nowhere; the words of the way to it tell it from others.
        let ways = inline.ways.iter();
        ways.map(|way| vec![format!("{}#~{}", owner.key, way.join("/"))])
            .collect()
    }

    /// Renames the variants that are locked; a variant that is new and has the name of one gives way.
    pub(in crate::lower) fn lock_variants(&mut self, locked: &Locked<'_>, keys: &TypeKeys) {
        for id in self.ids() {
            let variants = keys.variants(locked, self, id);
            let mut namespace = Namespace::default();
            let mut given: Vec<Option<&String>> = variants
                .iter()
                .map(|variant| locked.lock.variants.get(&variant.key))
                .collect();
            for name in given.iter().flatten() {
                namespace.hold(name);
            }
            for (variant, given) in variants.iter().zip(&mut given).filter(|(_, given)| given.is_none()) {
                let mut former = variant.former.iter().filter_map(|key| locked.lock.variants.get(key));
                *given = former.find(|name| !namespace.has(name));
                if let Some(name) = given {
                    namespace.hold(name);
                }
            }
            if given.iter().all(Option::is_none) {
                continue;
            }
            let names: Vec<String> = variants
                .iter()
                .zip(given)
                .map(|(variant, locked)| {
                    locked
                        .cloned()
                        .unwrap_or_else(|| namespace.take(&variant.name, &variant.name))
                })
                .collect();
            match &mut self[id].shape {
                Shape::Union(union) => {
                    let variants = union.variants.iter_mut();
                    variants.zip(names).for_each(|(variant, name)| variant.name = name);
                    union.unknown = namespace.take("Unknown", "");
                }
                Shape::StringEnum(listed) => {
                    let values = listed.values.iter_mut();
                    values.zip(names).for_each(|(value, name)| value.variant = name);
                    listed.unknown = namespace.take("Unknown", "");
                }
                _ => {}
            }
        }
    }

    /// Returns the paths of the types of schemas, and the names of the variants that a lock keeps.
    pub(in crate::lower) fn locked_names(
        &self,
        locked: &Locked<'_>,
        keys: &TypeKeys,
    ) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
        let (mut schemas, mut variants) = (BTreeMap::new(), BTreeMap::new());
        for (id, own) in &keys.keys {
            let named = &self[*id];
            let path = format!("{}::{}", named.module.rust_path(), named.name);
            schemas.extend(own.iter().map(|key| (key.clone(), path.clone())));
            let kept = keys.variants(locked, self, *id).into_iter();
            let kept = kept.filter(|variant| !variant.is_plain || locked.lock.variants.contains_key(&variant.key));
            variants.extend(kept.map(|variant| (variant.key, variant.name)));
        }
        (schemas, variants)
    }
}

impl TypeKeys {
    /// Returns the keys of a type.
    pub(in crate::lower) fn of(&self, id: TypeId) -> &[String] {
        self.keys.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns the keys that a type may have had in an earlier version of the document.
    pub(in crate::lower) fn former(&self, id: TypeId) -> &[String] {
        self.former.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Returns the keys of an annotated node, if the document has it.
    fn places(&self, locked: &Locked<'_>, owner: &Owner, docs: &Docs) -> Option<Vec<String>> {
        let pointer = self.pointers.get(&(*docs.origin)?)?;
        Some(lock::keys(locked.root, &owner.key, &owner.pointer, pointer))
    }

    /// Returns the variants of a union or of an enum of strings.
    fn variants(&self, locked: &Locked<'_>, types: &Types, id: TypeId) -> Vec<LockedVariant> {
        let Some(own) = self.of(id).first() else {
            return Vec::new();
        };
        let named = &types[id];
        let mut taken = BTreeSet::new();
        match &named.shape {
            Shape::Union(union) => {
                let owner = self.owner(types, id);
                let variant = |variant: &Variant| {
                    let mut places = self.places(locked, &owner, &variant.docs).unwrap_or_default();
                    let key = if places.is_empty() {
                        format!("{own}=")
                    } else {
                        places.remove(0)
                    };
                    LockedVariant {
                        key: numbered(&key, &mut taken),
                        former: places,
                        name: variant.name.clone(),
                        is_plain: false,
                    }
                };
                union.variants.iter().map(variant).collect()
            }
            Shape::StringEnum(listed) => {
                let variant = |value: &ListedString| LockedVariant {
                    key: format!("{own}={}", value.wire),
                    former: Vec::new(),
                    name: value.variant.clone(),
                    is_plain: value.variant == names::variant_name(&value.wire),
                };
                listed.values.iter().map(variant).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns the owner of a type: a component is its own.
    fn owner(&self, types: &Types, id: TypeId) -> Owner {
        let module = &types[id].module;
        let owner = match types.inline.get(&id) {
            Some(inline) => Some(self.owners.of_inline(module, &inline.owner)),
            None => self.owners.components.get(module).cloned(),
        };
        owner.unwrap_or_default()
    }
}

/// A variant of a type, and its key in a lock.
struct LockedVariant {
    key: String,
    /// The keys that it may have had in an earlier version of the document.
    former: Vec<String>,
    name: String,
    /// Whether the value alone gives the name.
    is_plain: bool,
}

/// Returns the key, or one made from it that is not taken yet.
fn numbered(key: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = key.to_owned();
    let mut number = 2;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{key} {number}");
        number += 1;
    }
    candidate
}
