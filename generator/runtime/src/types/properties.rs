//! The properties of an object as a list, by which it is encoded, compared and printed.
//!
//! Each of the three is one function for all types. A type that has its own takes the compiler three times as long.

use std::any::Any;
use std::fmt::{self, Debug};
use std::ptr;

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

/// The value of a property, if the object has it.
pub type Property<'object> = Option<&'object dyn Value>;

/// The value of each property that is `null`.
static NULL: Json = Json::Null;

/// Returns whether two properties are equal. A property that is `null` is that of no value.
fn are_equal(one: Property<'_>, other: Property<'_>) -> bool {
    let is_null = |value| ptr::addr_eq(ptr::from_ref::<dyn Value>(value), ptr::from_ref(&NULL));
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => is_null(one) == is_null(other) && one.equals(other),
        _ => false,
    }
}

/// Makes a [`Property`] of a field.
#[expect(non_snake_case, reason = "each has the name of its presence")]
pub mod property {
    use crate::runtime::json::map::Map;
    use crate::runtime::types::maybe::Maybe;
    use crate::runtime::types::properties::{NULL, Property, PropertyMap, Value};

    /// Returns a required property.
    #[inline]
    pub fn Required<T: Value>(value: &T) -> Property<'_> {
        Some(value)
    }

    /// Returns a property that may be absent.
    #[inline]
    pub fn Option<T: Value>(value: &Option<T>) -> Property<'_> {
        match value {
            Some(value) => Some(value),
            None => None,
        }
    }

    /// Returns a property that may be absent or `null`.
    #[inline]
    pub fn Maybe<T: Value>(value: &Maybe<T>) -> Property<'_> {
        match value {
            Maybe::Value(value) => Some(value),
            Maybe::Null => Some(&NULL),
            Maybe::Absent => None,
        }
    }

    /// Returns a map with other properties, unless it is empty.
    #[inline]
    #[must_use]
    pub fn others<T>(map: &Map<T>) -> Option<&dyn PropertyMap>
    where
        Map<T>: PropertyMap,
    {
        if map.is_empty() { None } else { Some(map) }
    }
}

/// A map with properties of an object that have no field of their own.
pub trait PropertyMap: Value {
    /// Writes each into the open object.
    fn write(&self, writer: &mut Writer);
}

impl<T: Encode + Debug + PartialEq + 'static> PropertyMap for Map<T> {
    fn write(&self, writer: &mut Writer) {
        writer.properties(self);
    }
}

/// What an object has.
#[derive(Debug, Clone, Copy)]
pub struct Properties<'object> {
    /// The names of the properties that have a field of their own, each with what JSON has around it: `,"name":`.
    pub names: &'static [&'static str],
    /// Those properties.
    pub fields: &'object [Property<'object>],
    /// The maps with the others, unless they are empty.
    pub maps: &'object [Option<&'object dyn PropertyMap>],
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
        for (name, property) in self.names.iter().zip(self.fields) {
            if let Some(value) = property {
                writer.name(name);
                value.encode(writer);
            }
        }
        for map in self.maps.iter().flatten() {
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
                && fields.all(|(one, other)| are_equal(*one, *other))
                && maps.all(|maps| match maps {
                    (None, None) => true,
                    (Some(one), Some(other)) => one.equals(*other),
                    _ => false,
                });
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
                Some(Some(value)) => printed.field(name, value),
                Some(None) => continue,
                None => match maps.get(index - fields.len()) {
                    Some(Some(map)) => printed.field(name, map),
                    _ => continue,
                },
            };
        }
        result = printed.finish();
    });
    result
}
