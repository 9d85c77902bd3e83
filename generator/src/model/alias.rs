//! Former names: deprecated names of what has another name now.

use super::TypeId;

/// A former name in the module of a resource.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// What it stands for.
    pub target: AliasTarget,
}

/// What a former name stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum AliasTarget {
    /// The type of a schema.
    Type(TypeId),
    /// A type that is written with an operation of the resource, by its name.
    Local(String),
    /// The function of an operation of the resource, by its name.
    Function(String),
}
