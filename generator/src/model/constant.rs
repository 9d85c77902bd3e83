//! Values that the document fixes.

use super::{Presence, Property, Type, TypeId};

/// The only value that something can have, as its type holds it.
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// A boolean.
    Boolean(bool),
    /// An integer, in its digits.
    Integer(i128),
    /// A number.
    Number(f64),
    /// A string.
    String(String),
    /// A variant of an enum of strings, by its index.
    Variant(TypeId, usize),
    /// A struct around a value.
    Wrapper(TypeId, Box<Constant>),
    /// A value where there could be `null`.
    Some(Box<Constant>),
}

/// A constant for the default of a property or parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultConstant {
    /// Its name.
    pub name: String,
    /// Its type; [`Type::String`] for `&'static str`.
    pub type_: Type,
    /// Its value.
    pub value: Constant,
}

impl Property {
    /// Returns whether callers have to give it: it is required, and has not one value alone.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.presence == Presence::Required && self.constant.is_none()
    }

    /// Returns whether a value made without arguments has it.
    #[must_use]
    pub fn is_there_by_default(&self) -> bool {
        self.presence == Presence::Required || self.constant.is_some()
    }
}
