//! The names that are locked, and where their owners stand in the document that was read.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{self, Node};
use crate::lock::{self, LockedOperation, NamesLock};
use crate::lower::operations::found::Found;
use crate::model::ModulePath;
use crate::source::{Origin, Pointer};

/// A lock, and the document that its keys lead into.
pub(in crate::lower) struct Locked<'run> {
    pub(in crate::lower) lock: &'run NamesLock,
    /// The document as it was read, with those that it refers to.
    pub(in crate::lower) root: &'run Node,
    /// Where the components stand, by name.
    components: BTreeMap<String, Pointer>,
    /// Where the operations stand, by key.
    operations: BTreeMap<String, Pointer>,
}

/// What owns inline types: the key of its names, and where it stands.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct Owner {
    pub(in crate::lower) key: String,
    pub(in crate::lower) pointer: Pointer,
}

impl<'run> Locked<'run> {
    pub(in crate::lower) fn new(lock: &'run NamesLock, root: &'run Node) -> Self {
        Self {
            lock,
            root,
            components: BTreeMap::new(),
            operations: BTreeMap::new(),
        }
    }

    /// Notes where the components stand.
    pub(in crate::lower) fn place_components<'node>(
        &mut self,
        components: impl Iterator<Item = (&'node String, &'node Node)>,
    ) {
        let origins: Vec<(&String, Origin)> = components.map(|(name, node)| (name, node.origin)).collect();
        self.components = self.places(origins);
    }

    /// Notes where the operations stand. `keys` are those of their names.
    pub(in crate::lower) fn place_operations(&mut self, found: &[Found<'_>], keys: &[String]) {
        let origins = keys.iter().zip(found.iter().map(|found| found.node.origin));
        self.operations = self.places(origins.collect());
    }

    fn places(&self, origins: Vec<(&String, Origin)>) -> BTreeMap<String, Pointer> {
        let wanted = origins.iter().map(|(_, origin)| *origin).collect();
        let pointers = self.pointers(&wanted);
        let places = origins.into_iter().filter_map(|(name, origin)| {
            let pointer = pointers.get(&origin)?;
            Some((name.clone(), pointer.clone()))
        });
        places.collect()
    }

    /// Returns where nodes stand in the document that was read.
    pub(in crate::lower) fn pointers(&self, wanted: &BTreeSet<Origin>) -> BTreeMap<Origin, Pointer> {
        document::pointers(self.root, wanted)
    }

    /// Returns the owner of the inline types of a component.
    pub(in crate::lower) fn component_owner(&self, name: &str) -> Option<Owner> {
        owner(name, self.components.get(name))
    }

    /// Returns the owner of the inline types of an operation, by the key of its names.
    pub(in crate::lower) fn operation_owner(&self, key: &str) -> Option<Owner> {
        owner(key, self.operations.get(key))
    }

    /// Returns the locked paths of what the document still has, in the modules that `is_wanted` accepts.
    pub(in crate::lower) fn live(
        &self,
        is_wanted: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = (&'run str, &'run str)> {
        let lock = self.lock;
        let wanted = lock.schemas.iter().filter_map(move |(key, path)| {
            Some((key, lock::split(path)?)).filter(|(_, (module, _))| is_wanted(module))
        });
        wanted.filter(|(key, _)| self.is_live(key)).map(|(_, path)| path)
    }

    /// Returns whether the document has the schema of a key, and it is no reference.
    fn is_live(&self, key: &str) -> bool {
        self.components.contains_key(key) || self.node(key).is_some_and(|node| node.get("$ref").is_none())
    }

    /// Returns the node of the inline schema of a key.
    pub(in crate::lower) fn node(&self, key: &str) -> Option<&'run Node> {
        let (owner, below) = lock::split_key(key)?;
        let owners = [self.components.get(owner), self.operations.get(owner)];
        let mut found = owners.into_iter().flatten().filter_map(|pointer| {
            let from = pointer.follow(self.root)?;
            lock::resolve(self.root, from, below)
        });
        found.next()
    }

    /// Returns the locked name of a type of `module` by the first of its keys that has one there.
    pub(in crate::lower) fn type_name<'key>(
        &self,
        module: &ModulePath,
        keys: impl IntoIterator<Item = &'key String>,
    ) -> Option<&'run str> {
        let module = module.rust_path();
        let paths = keys.into_iter().filter_map(|key| self.lock.schemas.get(key));
        let mut names = paths.filter_map(|path| lock::split(path).filter(|(of, _)| *of == module));
        names.next().map(|(_, name)| name)
    }

    /// Returns the locked name of the type of a path parameter.
    pub(in crate::lower) fn parameter(&self, key: &str) -> Option<&'run str> {
        let path = self.lock.parameters.get(key)?;
        lock::split(path)
            .filter(|(module, _)| *module == "ids")
            .map(|(_, name)| name)
    }
}

fn owner(key: &str, pointer: Option<&Pointer>) -> Option<Owner> {
    Some(Owner {
        key: key.to_owned(),
        pointer: pointer?.clone(),
    })
}

/// The locked names of an operation.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct LockedNames<'run> {
    /// The key of its names.
    pub(in crate::lower) key: String,
    /// The module of its resource, its function and its request.
    pub(in crate::lower) names: Option<(&'run str, &'run str, &'run str)>,
}

/// Returns the keys and the locked names of operations.
///
/// The key is the operation id, unless several operations have it: then it is the method and the path.
pub(in crate::lower) fn operations<'run>(lock: Option<&'run NamesLock>, found: &[Found<'_>]) -> Vec<LockedNames<'run>> {
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for id in found.iter().filter_map(|found| found.id) {
        *uses.entry(id).or_default() += 1;
    }
    let ids: BTreeSet<&str> = uses.keys().copied().collect();
    let names = found.iter().map(|found| {
        let at = found.at();
        let id = found.id.filter(|id| uses[id] == 1);
        let locked = lock.and_then(|lock| lock.operation(id, &at, &ids));
        LockedNames {
            key: id.map_or(at, str::to_owned),
            names: locked.and_then(|locked| path_of(locked)),
        }
    });
    names.collect()
}

fn path_of(locked: &LockedOperation) -> Option<(&str, &str, &str)> {
    let (module, function) = lock::split(&locked.function)?;
    let module = module.strip_prefix("operations::")?;
    Some((module, function, &locked.request))
}
