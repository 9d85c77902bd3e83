//! The names lock: the names of a crate, by what they stand for in the document.
//!
//! Names follow from the words of a document, so a new version of it could move the name of something that did not
//! change. The lock keeps every name that was given: an operation is found again by its `operationId` or its method and
//! path, a component by its name, an inline schema by its owner and the path inside of it.

mod place;
mod text;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use place::{keys, resolve, split_key};
pub use text::NamesLockError;

/// The names of a crate, by what they stand for.
///
/// Paths are those of Rust, from the root of the crate. The text of a lock is TOML: a table for each field, and a line for
/// each name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NamesLock {
    /// The operations, by `operationId`, or by method and path if there is none of its own.
    pub operations: BTreeMap<String, LockedOperation>,
    /// The paths of the types of schemas: of a component by its name (`Pet`), of an inline schema by the component or
    /// operation that owns it and the place inside of it (`Pet#/properties/owner`).
    pub schemas: BTreeMap<String, String>,
    /// The paths of the types of path parameters, by the name of the parameter and the pattern.
    pub parameters: BTreeMap<String, String>,
    /// The names of variants that the value alone does not give: of unions by the place of the subschema, of enums of
    /// strings by the schema and the value.
    pub variants: BTreeMap<String, String>,
    /// Former paths, and the paths that they stand for now.
    pub aliases: BTreeMap<String, String>,
    /// What the document no longer has, by its kind and key, with the path that it had.
    pub removed: BTreeMap<String, String>,
}

/// The names of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LockedOperation {
    /// The method and the path, by which it is found if its `operationId` changes.
    pub at: String,
    /// The path of its function.
    pub function: String,
    /// The name of its request.
    pub request: String,
}

impl LockedOperation {
    pub(crate) fn new(at: String, function: String, request: String) -> Self {
        Self { at, function, request }
    }
}

impl NamesLock {
    /// Returns whether it has no names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the names of an operation: by its id, unless another operation of the document has that too, or else by its
    /// method and path, unless an operation that the document has is locked there.
    pub(crate) fn operation(&self, id: Option<&str>, at: &str, ids: &BTreeSet<&str>) -> Option<&LockedOperation> {
        let by_id = id.and_then(|id| self.operations.get(id));
        by_id.or_else(|| self.operations.get(at)).or_else(|| {
            let is_left = |(key, locked): &(&String, &LockedOperation)| locked.at == at && !ids.contains(key.as_str());
            self.operations.iter().find(is_left).map(|(_, locked)| locked)
        })
    }

    /// Returns this lock with the names of a run: what it knows and the run does not have is kept as removed.
    ///
    /// `aliases` are former paths that the run found by itself.
    pub(crate) fn extended(&self, mut run: Self, aliases: BTreeMap<String, String>) -> Self {
        let live: BTreeSet<String> = run.keys().map(|(key, _)| key).collect();
        let paths: BTreeSet<String> = run.keys().map(|(_, path)| path.to_owned()).collect();
        run.aliases = self.aliases.clone();
        run.aliases.extend(aliases);
        run.aliases.retain(|former, _| !paths.contains(former));
        // A name that something else has cannot come back.
        let is_gone = |(key, path): &(String, &str)| !live.contains(key) && !paths.contains(*path);
        let gone = self.keys().filter(is_gone);
        run.removed = gone.map(|(key, path)| (key, path.to_owned())).collect();
        for (key, path) in &self.removed {
            if is_gone(&(key.clone(), path)) {
                run.removed.entry(key.clone()).or_insert_with(|| path.clone());
            }
        }
        run
    }

    /// Returns the keys of all paths as they stand among what is removed, with each path.
    fn keys(&self) -> impl Iterator<Item = (String, &str)> {
        let operations = self
            .operations
            .iter()
            .map(|(key, locked)| (format!("operation {key}"), locked.function.as_str()));
        let others = [("schema", &self.schemas), ("parameter", &self.parameters)];
        let others = others.into_iter().flat_map(|(word, table)| {
            table
                .iter()
                .map(move |(key, path)| (format!("{word} {key}"), path.as_str()))
        });
        operations.chain(others)
    }
}

/// Splits a path of Rust into the module and the last name.
pub(crate) fn split(path: &str) -> Option<(&str, &str)> {
    path.rsplit_once("::")
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{LockedOperation, NamesLock};

    fn lock(names: &[(&str, &str)]) -> NamesLock {
        NamesLock {
            schemas: names
                .iter()
                .map(|(key, path)| ((*key).to_owned(), (*path).to_owned()))
                .collect(),
            ..NamesLock::default()
        }
    }

    #[test]
    fn what_is_gone_leaves_a_line_until_it_is_back() {
        let old = lock(&[("Pet", "schemas::Pet"), ("Cat", "schemas::Cat")]);
        let gone = old.extended(lock(&[("Pet", "schemas::Pet")]), BTreeMap::new());
        assert_eq!(gone.removed["schema Cat"], "schemas::Cat");
        let still = gone.extended(lock(&[("Pet", "schemas::Pet")]), BTreeMap::new());
        assert_eq!(still, gone);
        assert_eq!(gone.extended(old.clone(), BTreeMap::new()), old);
    }

    #[test]
    fn an_alias_gives_way_to_a_name() {
        let former = BTreeMap::from([("schemas::Cat".to_owned(), "schemas::Pet".to_owned())]);
        let aliased = NamesLock::default().extended(lock(&[("Pet", "schemas::Pet")]), former.clone());
        assert_eq!(aliased.aliases, former);
        let both = lock(&[("Pet", "schemas::Pet"), ("Cat", "schemas::Cat")]);
        assert!(aliased.extended(both, BTreeMap::new()).aliases.is_empty());
    }

    #[test]
    fn an_operation_is_found_by_its_id_or_else_by_its_path() {
        let locked = |at: &str, function: &str| {
            LockedOperation::new(at.to_owned(), format!("operations::pets::{function}"), String::new())
        };
        let lock = NamesLock {
            operations: BTreeMap::from([
                ("getPet".to_owned(), locked("GET /pets/{id}", "get_pet")),
                ("GET /cats".to_owned(), locked("GET /cats", "list_cats")),
            ]),
            ..NamesLock::default()
        };
        let found = |id, at, ids: &[&'static str]| {
            let ids: BTreeSet<&str> = ids.iter().copied().collect();
            lock.operation(id, at, &ids).map(|locked| locked.function.clone())
        };
        let get_pet = Some("operations::pets::get_pet".to_owned());
        assert_eq!(found(Some("getPet"), "GET /animals/{id}", &["getPet"]), get_pet);
        assert_eq!(found(Some("fetchPet"), "GET /pets/{id}", &["fetchPet"]), get_pet);
        // The operation that has the id has the names.
        assert_eq!(found(Some("fetchPet"), "GET /pets/{id}", &["fetchPet", "getPet"]), None);
        assert_eq!(
            found(Some("listCats"), "GET /cats", &["listCats"]),
            Some("operations::pets::list_cats".to_owned())
        );
    }
}
