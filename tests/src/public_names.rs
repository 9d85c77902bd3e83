//! The public names of an emitted crate, by what of the document they stand for.

use std::collections::{BTreeMap, BTreeSet};

use generator::unstable::Stages;

/// The names that each operation and each schema of a document has in the crate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicNames(BTreeMap<String, BTreeSet<String>>);

impl PublicNames {
    /// Returns the names of what a run emits.
    #[must_use]
    pub fn of(run: &Stages) -> Self {
        let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let (Some(api), Some(output)) = (&run.api, &run.run.output) else {
            return Self::default();
        };
        for resource in &api.resources {
            for operation in &resource.operations {
                let known = names.entry(format!("{}", *operation.docs.pointer)).or_default();
                let types = operation.type_names().map(str::to_owned);
                known.extend([operation.function.clone()].into_iter().chain(types).map(|name| {
                    let module = &resource.module;
                    format!("operations::{module}::{name}")
                }));
            }
        }
        for schema in &output.schemas {
            // The type of a path parameter is that of all of its name and schema; it has the place of the first.
            let place = if schema.path.starts_with("ids::") {
                "path parameters".to_owned()
            } else {
                format!("schema {}", schema.pointer)
            };
            let known = names.entry(place).or_default();
            known.insert(schema.path.clone());
        }
        Self(names)
    }

    /// Returns how many names there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.values().map(BTreeSet::len).sum()
    }

    /// Returns the names that the same part of `whole` does not have, each with the names that it has there.
    #[must_use]
    pub fn not_in(&self, whole: &Self) -> Vec<String> {
        let none = BTreeSet::new();
        let mut changed = Vec::new();
        for (place, names) in &self.0 {
            let known = whole.0.get(place).unwrap_or(&none);
            let new = names.difference(known);
            changed.extend(new.map(|name| format!("{place}: {name}, and not one of {known:?}")));
        }
        changed
    }
}
