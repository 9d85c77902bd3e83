//! Traits of the standard library that types of the crate implement.

use std::collections::BTreeSet;

use super::{Type, TypeId};

/// A trait that a type derives. The order is that of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derive {
    /// `Debug`
    Debug,
    /// `Clone`
    Clone,
    /// `Copy`
    Copy,
    /// `PartialEq`
    PartialEq,
    /// `Eq`
    Eq,
    /// `PartialOrd`
    PartialOrd,
    /// `Ord`
    Ord,
    /// `Hash`
    Hash,
    /// `Default`
    Default,
}

impl Derive {
    /// Returns the name of the trait.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "Debug",
            Self::Clone => "Clone",
            Self::Copy => "Copy",
            Self::PartialEq => "PartialEq",
            Self::Eq => "Eq",
            Self::PartialOrd => "PartialOrd",
            Self::Ord => "Ord",
            Self::Hash => "Hash",
            Self::Default => "Default",
        }
    }
}

/// The traits that a type derives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Derives(BTreeSet<Derive>);

impl Derives {
    /// Returns whether the type derives `derive`.
    #[must_use]
    pub fn has(&self, derive: Derive) -> bool {
        self.0.contains(&derive)
    }

    /// Returns the traits in the order of the output.
    pub fn iter(&self) -> impl Iterator<Item = Derive> {
        self.0.iter().copied()
    }
}

impl FromIterator<Derive> for Derives {
    fn from_iter<I: IntoIterator<Item = Derive>>(derives: I) -> Self {
        Self(derives.into_iter().collect())
    }
}

/// An implementation of `From` or `TryFrom`.
#[derive(Debug, Clone, PartialEq)]
pub enum Conversion {
    /// `From` for the type.
    From(Source),
    /// `From` for a union, by the index of the variant that is made.
    Variant(usize, Source),
    /// `TryFrom` for the type.
    TryFrom(Source),
    /// `From` for another type, which a value of the type becomes.
    Into(Type),
}

/// What a value is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A value of a type.
    Value(Type),
    /// A reference to a value of a named type.
    Reference(TypeId),
    /// `&str`
    Str,
    /// `bool`, `i32`, `i64`, `u32`, `u64`, `f64`, `&str` or `String`: an implementation for each.
    Scalars,
}
