//! Names the types, and notes the names of a run for the lock.

use std::collections::BTreeMap;

use crate::document::Node;
use crate::document::Reference;
use crate::lock::{LockedOperation, NamesLock};
use crate::lower::locked::Locked;
use crate::lower::operations::Operations;
use crate::lower::schemas::locked_names::Owners;
use crate::model::{Assertion, Constraints, ModulePath, Resource, Webhooks};

impl Operations<'_> {
    /// Merges equal inline types, and names them. Returns the lock with the names of the run, if there is one:
    /// `operations` are those of the operations, by key.
    pub(in crate::lower) fn name_types(
        &mut self,
        (resources, webhooks): (&mut [Resource], &mut [Webhooks]),
        operations: Vec<(String, LockedOperation)>,
    ) -> Option<NamesLock> {
        let Some(locked) = self.schemas.locked.take() else {
            self.schemas.types.merge_equal(resources, webhooks);
            self.schemas.types.name_inline_types(None);
            return None;
        };
        // Merging gives types other ids.
        let (owners, parameters) = (self.owners(&locked, &operations), self.parameter_names());
        let types = &mut self.schemas.types;
        types.merge_equal(resources, webhooks);
        let keys = types.keys(&locked, owners);
        types.name_inline_types(Some((&locked, &keys)));
        types.lock_variants(&locked, &keys);
        let (schemas, variants) = types.locked_names(&locked, &keys);
        let run = NamesLock {
            operations: operations.into_iter().collect(),
            schemas,
            variants,
            parameters,
            ..NamesLock::default()
        };
        let moved = moved_into_components(&locked, &run);
        Some(locked.lock.extended(run, moved))
    }

    /// Returns what owns inline types.
    fn owners(&self, locked: &Locked<'_>, operations: &[(String, LockedOperation)]) -> Owners {
        let mut owners = Owners::default();
        for (name, id) in &self.schemas.components {
            if let Some(owner) = locked.component_owner(name) {
                owners.add_component(self.schemas.types[*id].module.clone(), owner);
            }
        }
        for (key, names) in operations {
            let module =
                crate::lock::split(&names.function).and_then(|(module, _)| module.strip_prefix("operations::"));
            if let (Some(owner), Some(module)) = (locked.operation_owner(key), module) {
                let module = ModulePath::Operations(module.to_owned());
                owners.add_operation(module, names.request.clone(), owner);
            }
        }
        owners
    }

    /// Returns the paths of the types of path parameters, by the name of the parameter and the pattern.
    fn parameter_names(&self) -> BTreeMap<String, String> {
        let mut paths = BTreeMap::new();
        for (wire, ids) in &self.path_parameters {
            for id in ids {
                let named = &self.schemas.types[*id];
                let path = format!("{}::{}", named.module.rust_path(), named.name);
                paths.entry(parameter_key(wire, &named.constraints)).or_insert(path);
            }
        }
        paths
    }
}

/// Returns the former paths of inline schemas that are components now, each with the path of the component: the way to the
/// schema leads to a reference.
fn moved_into_components(locked: &Locked<'_>, run: &NamesLock) -> BTreeMap<String, String> {
    let moved = locked.lock.schemas.iter().filter_map(|(key, former)| {
        let node = locked.node(key).filter(|_| !run.schemas.contains_key(key))?;
        let reference = node.get("$ref").and_then(Node::as_str)?;
        let target = Reference::parse(reference).target()?.pointer().segments().last()?;
        let path = run.schemas.get(&target).filter(|path| *path != former)?;
        Some((former.clone(), path.clone()))
    });
    moved.collect()
}

/// Returns the key of the type of a path parameter.
pub(in crate::lower) fn parameter_key(wire: &str, constraints: &Constraints) -> String {
    let pattern = constraints.0.iter().find_map(|assertion| match assertion {
        Assertion::Pattern(pattern) => Some(pattern.source.clone()),
        _ => None,
    });
    format!("{wire} {}", pattern.unwrap_or_default())
}
