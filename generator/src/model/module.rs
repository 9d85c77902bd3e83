//! Modules: the files of the crate that types and operations are written to.

use super::{Availability, TypeId};

/// The path of a module of types or operations.
///
/// The order is that of the paths.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ModulePath {
    /// A module of `ids`, by its name.
    Ids(String),
    /// A module of `operations`, by its name.
    Operations(String),
    /// `responses`
    Responses,
    /// A module of `schemas`, by its name.
    Schemas(String),
    /// `webhooks`
    Webhooks,
}

impl ModulePath {
    /// Returns the name of the module at the root of the crate that is this one or holds it.
    #[must_use]
    pub fn root(&self) -> &'static str {
        match self {
            Self::Ids(_) => "ids",
            Self::Operations(_) => "operations",
            Self::Responses => "responses",
            Self::Schemas(_) => "schemas",
            Self::Webhooks => "webhooks",
        }
    }

    /// Returns the names of the modules from the root of the crate to this one.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        let inner = match self {
            Self::Responses | Self::Webhooks => None,
            Self::Ids(name) | Self::Operations(name) | Self::Schemas(name) => Some(name.as_str()),
        };
        [self.root()].into_iter().chain(inner)
    }

    /// Returns whether it is private, and the module around it exports all of its items.
    #[must_use]
    pub fn is_private(&self) -> bool {
        matches!(self, Self::Ids(_) | Self::Schemas(_))
    }

    /// Returns the path of the file below the crate's `src`.
    #[must_use]
    pub fn file(&self) -> String {
        let segments: Vec<&str> = self.segments().collect();
        format!("{}.rs", segments.join("/"))
    }

    /// Returns the segments of the path by which callers name the items of the module, from the root of the crate.
    ///
    /// The modules of `ids` and of `schemas` are private, and the module around them exports all of their items. So they
    /// share one namespace.
    pub fn public_segments(&self) -> impl Iterator<Item = &str> {
        self.segments().take(if self.is_private() { 1 } else { 2 })
    }

    /// Returns [`ModulePath::public_segments`] as a path of Rust. Modules with equal paths share one namespace.
    #[must_use]
    pub fn rust_path(&self) -> String {
        let segments: Vec<&str> = self.public_segments().collect();
        segments.join("::")
    }
}

/// The types that are written to one file.
#[derive(Debug, Clone, PartialEq)]
pub struct Module {
    /// The path of the module.
    pub path: ModulePath,
    /// The component first, then its inline types.
    pub types: Vec<TypeId>,
    /// The features that it is compiled with: those of its types.
    pub availability: Availability,
}

#[cfg(test)]
mod tests {
    use super::ModulePath;

    #[test]
    fn paths() {
        let table = [
            (ModulePath::Ids("pet_id".to_owned()), "ids/pet_id.rs", "ids"),
            (
                ModulePath::Operations("pets".to_owned()),
                "operations/pets.rs",
                "operations::pets",
            ),
            (ModulePath::Responses, "responses.rs", "responses"),
            (ModulePath::Schemas("pet".to_owned()), "schemas/pet.rs", "schemas"),
            (ModulePath::Webhooks, "webhooks.rs", "webhooks"),
        ];
        for (path, file, rust_path) in &table {
            assert_eq!((path.file().as_str(), path.rust_path().as_str()), (*file, *rust_path));
        }
        assert!(table.iter().map(|(path, ..)| path).is_sorted());
    }
}
