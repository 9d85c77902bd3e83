//! The properties of an object as a list, by which it is encoded, compared and printed.
//!
//! Each of the three is one function for all types. A type that has its own takes the compiler three times as long.

use std::any::Any;
use std::fmt::{self, Debug};

use crate::runtime::json::codec::Encode;
use crate::runtime::json::map::Map;
use crate::runtime::json::value::Json;
use crate::runtime::json::writer::Writer;

/// The value of a property.
pub trait Value: Encode + Debug + Any {
    /// Returns whether the other value has the same type and is equal.
    fn equals(&self, other: &dyn Value) -> bool;
}

impl<T: Encode + Debug + PartialEq + 'static> Value for T {
    fn equals(&self, other: &dyn Value) -> bool {
        (other as &dyn Any).downcast_ref() == Some(self)
    }
}

/// A property of an object.
#[derive(Debug, Clone, Copy)]
pub enum Property<'object> {
    /// The object does not have it.
    Absent,
    /// It is `null`, with its name.
    Null(&'static str),
    /// It has a value, after its name.
    Value(&'static str, &'object dyn Value),
}

impl Property<'_> {
    fn write(&self, writer: &mut Writer) {
        match *self {
            Self::Absent => {}
            Self::Null(name) => writer.property(name, &Json::Null),
            Self::Value(name, value) => writer.property(name, value),
        }
    }

    fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) | (Self::Null(_), Self::Null(_)) => true,
            (Self::Value(_, one), Self::Value(_, other)) => one.equals(*other),
            _ => false,
        }
    }
}

/// Makes a [`Property`] of a field.
#[expect(non_snake_case, reason = "each has the name of its presence")]
pub mod property {
    use crate::runtime::types::maybe::Maybe;
    use crate::runtime::types::properties::{Property, Value};

    /// Returns a required property.
    #[inline]
    pub fn Required<'object, T: Value>(name: &'static str, value: &'object T) -> Property<'object> {
        Property::Value(name, value)
    }

    /// Returns a property that may be absent.
    #[inline]
    pub fn Option<'object, T: Value>(name: &'static str, value: &'object Option<T>) -> Property<'object> {
        match value {
            Some(value) => Property::Value(name, value),
            None => Property::Absent,
        }
    }

    /// Returns a property that may be absent or `null`.
    #[inline]
    pub fn Maybe<'object, T: Value>(name: &'static str, value: &'object Maybe<T>) -> Property<'object> {
        match value {
            Maybe::Value(value) => Property::Value(name, value),
            Maybe::Null => Property::Null(name),
            Maybe::Absent => Property::Absent,
        }
    }
}

/// A map with properties of an object that have no field of their own.
pub trait PropertyMap: Value {
    /// Writes each into the open object.
    fn write(&self, writer: &mut Writer);

    /// Returns whether there is none.
    fn is_empty(&self) -> bool;
}

impl<T: Encode + Debug + PartialEq + 'static> PropertyMap for Map<T> {
    fn write(&self, writer: &mut Writer) {
        writer.properties(self);
    }

    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

/// What an object has.
#[derive(Debug, Clone, Copy)]
pub struct Properties<'object> {
    /// The properties that have a field of their own.
    pub fields: &'object [Property<'object>],
    /// The maps with the others.
    pub maps: &'object [&'object dyn PropertyMap],
    /// The value, if it is not an object.
    pub value: Option<&'object Json>,
}

impl Properties<'_> {
    /// Writes the object.
    pub(crate) fn write(&self, writer: &mut Writer) {
        if let Some(value) = self.value {
            return value.encode(writer);
        }
        writer.begin_object();
        for property in self.fields {
            property.write(writer);
        }
        for map in self.maps {
            map.write(writer);
        }
        writer.end_object();
    }
}

/// Returns whether two objects of one type are equal.
pub fn equal(one: &dyn Encode, other: &dyn Encode) -> bool {
    let mut is_equal = true;
    one.properties(&mut |one| {
        other.properties(&mut |other| {
            let mut fields = one.fields.iter().zip(other.fields);
            let mut maps = one.maps.iter().zip(other.maps);
            is_equal = one.value == other.value
                && fields.all(|(one, other)| one.equals(other))
                && maps.all(|(one, other)| one.equals(*other));
        });
    });
    is_equal
}

/// Prints an object: the fields that have a value, by their names in Rust. `names` are those of the fields, and then of
/// the maps with the other properties.
///
/// # Errors
///
/// If the formatter cannot write.
pub fn print(object: &dyn Encode, type_name: &str, names: &[&str], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut result = Ok(());
    object.properties(&mut |properties| {
        if let Some(value) = properties.value {
            result = formatter.debug_tuple(type_name).field(value).finish();
            return;
        }
        let mut printed = formatter.debug_struct(type_name);
        let (fields, maps) = (properties.fields, properties.maps);
        for (index, name) in names.iter().enumerate() {
            match fields.get(index) {
                Some(Property::Value(_, value)) => printed.field(name, value),
                Some(Property::Null(_)) => printed.field(name, &Json::Null),
                Some(Property::Absent) => continue,
                None => match maps.get(index - fields.len()) {
                    Some(map) if !map.is_empty() => printed.field(name, map),
                    _ => continue,
                },
            };
        }
        result = printed.finish();
    });
    result
}
