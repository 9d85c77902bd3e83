//! Decodes objects: each property into a slot of its own.
//!
//! The loop over the properties is one function for all types, which gets the slots of a type as a list. A type that
//! has a loop of its own takes the compiler three times as long.

use std::borrow::Cow;

use crate::runtime::json::codec::Decode;
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind::Kind;
use crate::runtime::json::reader::Reader;
use crate::runtime::json::value::Json;
use crate::runtime::schema::keywords::Schema;
use crate::runtime::types::maybe::Maybe;

/// What a property is decoded to.
pub trait Slot {
    /// Decodes the value of the property, and returns whether it is one that the schema allows.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault>;

    /// Returns whether the property is required and was not there.
    fn is_missing(&self) -> bool {
        false
    }
}

/// The slot of a required property.
#[derive(Debug)]
pub struct Needed<T>(Option<T>);

impl<T: Decode> Slot for Needed<T> {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        self.0 = Some(T::decode(reader)?);
        Ok(true)
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: Decode> Slot for Option<T> {
    /// Many APIs send an undocumented `null` for an absent value: the property stays absent.
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        if reader.peek()? == Kind::Null && !T::accepts(Kind::Null) {
            reader.null()?;
            return Ok(false);
        }
        *self = Some(T::decode(reader)?);
        Ok(true)
    }
}

impl<T: Decode> Slot for Maybe<T> {
    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<bool, Fault> {
        *self = reader.value()?;
        Ok(true)
    }
}

/// The slots before anything is decoded.
#[expect(non_snake_case, reason = "each has the name of its presence")]
pub mod empty {
    use crate::runtime::types::maybe::Maybe;
    use crate::runtime::types::slots::Needed;

    /// Returns the slot of a required property.
    #[must_use]
    pub fn Required<T>() -> Needed<T> {
        Needed(None)
    }

    /// Returns the slot of a property that may be absent.
    #[must_use]
    pub fn Option<T>() -> Option<T> {
        None
    }

    /// Returns the slot of a property that may be absent or `null`.
    #[must_use]
    pub fn Maybe<T>() -> Maybe<T> {
        Maybe::Absent
    }
}

/// The values of slots, once [`Reader::object`] has decoded an object.
#[expect(non_snake_case, reason = "each has the name of its presence")]
pub mod filled {
    use crate::runtime::types::maybe::Maybe;
    use crate::runtime::types::slots::Needed;

    /// Returns the value of a required property.
    ///
    /// # Panics
    ///
    /// If the slot is empty. `Reader::object` succeeds only if none is.
    #[must_use]
    pub fn Required<T>(slot: Needed<T>) -> T {
        match slot.0 {
            Some(value) => value,
            None => unreachable!("an object is decoded only if it has all required properties"),
        }
    }

    /// Returns the value of a property that may be absent.
    #[must_use]
    pub fn Option<T>(slot: Option<T>) -> Option<T> {
        slot
    }

    /// Returns the value of a property that may be absent or `null`.
    #[must_use]
    pub fn Maybe<T>(slot: Maybe<T>) -> Maybe<T> {
        slot
    }
}

impl Reader<'_> {
    /// Decodes an object: a property with a name of `names` into the slot of the same index, any other one into
    /// `others`.
    ///
    /// # Errors
    ///
    /// If the next value is not an object, a required property is missing, a value does not match its type, or the text
    /// is not valid JSON.
    pub fn object(
        &mut self,
        names: &'static [&'static str],
        slots: &mut [&mut dyn Slot],
        others: &mut dyn Others,
    ) -> Result<(), Fault> {
        let begin = self.offset()?;
        let mut next = self.begin_object()?;
        let mut expected = 0;
        while let Some(name) = next {
            match position(names, &name, expected) {
                Some(index) => {
                    expected = index + 1;
                    if !slots[index].decode(self)? {
                        others.keep(name.into_owned(), Json::Null);
                    }
                }
                None => others.decode(self, name)?,
            }
            next = self.next_key()?;
        }
        match slots.iter().position(|slot| slot.is_missing()) {
            Some(index) => Err(Fault::missing(begin, names[index])),
            None => Ok(()),
        }
    }
}

/// Returns the index of `name`. Properties mostly come in the order of the schema: the search begins at the one that is
/// `expected`.
fn position(names: &[&str], name: &str, expected: usize) -> Option<usize> {
    let (before, after) = names.split_at(expected.min(names.len()));
    match after.iter().position(|known| *known == name) {
        Some(index) => Some(before.len() + index),
        None => before.iter().position(|known| *known == name),
    }
}

/// What the properties are decoded to that the schema does not define.
pub trait Others {
    /// Decodes the value of such a property.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    fn decode<'j>(&mut self, reader: &mut Reader<'j>, name: Cow<'j, str>) -> Result<(), Fault>;

    /// Keeps a value.
    fn keep(&mut self, name: String, value: Json);
}

impl Others for Vec<(String, Json)> {
    fn decode<'j>(&mut self, reader: &mut Reader<'j>, name: Cow<'j, str>) -> Result<(), Fault> {
        reader.keep_unknown(name, self)
    }

    fn keep(&mut self, name: String, value: Json) {
        self.push((name, value));
    }
}

/// Additional properties of one type.
#[derive(Debug)]
pub struct Additional<'o, T> {
    /// The schema whose patterns name them, if some do.
    pub patterns: Option<&'static Schema>,
    /// Those of the type.
    pub properties: &'o mut Vec<(String, T)>,
    /// The others.
    pub unknown: &'o mut Vec<(String, Json)>,
}

impl<T: Decode> Others for Additional<'_, T> {
    fn decode<'j>(&mut self, reader: &mut Reader<'j>, name: Cow<'j, str>) -> Result<(), Fault> {
        match self.patterns {
            None => reader.additional_property(name, self.properties, self.unknown),
            Some(schema) => reader.additional_property_by_pattern(schema, name, self.properties, self.unknown),
        }
    }

    fn keep(&mut self, name: String, value: Json) {
        self.unknown.push((name, value));
    }
}
