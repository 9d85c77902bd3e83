//! Decodes objects: each property into a slot of its own.
//!
//! The loop over the properties is one function for all types, which gets the slots of a type as a list. A type that
//! has a loop of its own takes the compiler three times as long.

use std::borrow::Cow;

use crate::runtime::json::codec::Decode;
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind::Kind;
use crate::runtime::json::map::Map;
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
    /// Decodes an object: a property with a name of `names` into the slot of the same index. Returns the others.
    ///
    /// # Errors
    ///
    /// If the next value is not an object, a required property is missing, a value does not match its type, or the text
    /// is not valid JSON.
    pub fn object(
        &mut self,
        names: &'static [&'static str],
        slots: &mut [&mut dyn Slot],
    ) -> Result<(Map<Json>,), Fault> {
        let mut unknown = Vec::new();
        self.properties(names, slots, &mut unknown)?;
        Ok((unknown.into(),))
    }

    /// Decodes an object as [`object`](Self::object) does. Returns those of the others that have the type `T`, and whose
    /// names match a pattern of `patterns`, if there is one; and then the rest.
    ///
    /// # Errors
    ///
    /// If [`object`](Self::object) would return one, or an additional property does not match its type.
    pub fn object_with<T: Decode>(
        &mut self,
        names: &'static [&'static str],
        slots: &mut [&mut dyn Slot],
        patterns: Option<&'static Schema>,
    ) -> Result<(Map<T>, Map<Json>), Fault> {
        let mut others = Additional {
            patterns,
            properties: Vec::new(),
            unknown: Vec::new(),
        };
        self.properties(names, slots, &mut others)?;
        Ok((others.properties.into(), others.unknown.into()))
    }

    fn properties(
        &mut self,
        names: &'static [&'static str],
        slots: &mut [&mut dyn Slot],
        others: &mut dyn Others,
    ) -> Result<(), Fault> {
        let begin = self.offset()?;
        let mut next = self.begin_object()?;
        let (mut expected, mut seen) = (0, 0_u128);
        while let Some(name) = next {
            match position(names, name.as_bytes(), expected) {
                Some(index) => {
                    expected = index + 1;
                    seen |= bit(index);
                    if !slots[index].decode(self)? {
                        others.keep(name.into_owned(), Json::Null);
                    }
                }
                None => others.decode(self, name)?,
            }
            next = self.next_key()?;
        }
        // Only the slots of properties that were not there can be empty.
        let mut unseen = slots.iter().enumerate().filter(|(index, _)| seen & bit(*index) == 0);
        match unseen.find(|(_, slot)| slot.is_missing()) {
            Some((index, _)) => Err(Fault::missing(begin, names[index])),
            None => Ok(()),
        }
    }
}

/// Returns the bit of a slot, or none for one that has no bit.
fn bit(index: usize) -> u128 {
    u32::try_from(index)
        .ok()
        .and_then(|index| 1_u128.checked_shl(index))
        .unwrap_or(0)
}

/// Returns the index of `name`. Properties mostly come in the order of the schema: the search begins at the one that is
/// `expected`.
fn position(names: &[&str], name: &[u8], expected: usize) -> Option<usize> {
    let (before, after) = names.split_at(expected.min(names.len()));
    match after.iter().position(|known| is_same(known.as_bytes(), name)) {
        Some(index) => Some(before.len() + index),
        None => before.iter().position(|known| is_same(known.as_bytes(), name)),
    }
}

/// Returns whether two names are the same. Most names are short: a few words are compared sooner than a function is
/// called.
#[inline]
fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match one.len() {
        0 => true,
        1..4 => one[0] == other[0] && one[1..] == other[1..],
        4..8 => ends::<4>(one) == ends::<4>(other),
        8..=16 => ends::<8>(one) == ends::<8>(other),
        _ => ends::<8>(one) == ends::<8>(other) && one == other,
    }
}

/// Returns the first and the last bytes.
#[inline]
fn ends<const N: usize>(name: &[u8]) -> (Option<&[u8; N]>, Option<&[u8; N]>) {
    (name.first_chunk(), name.last_chunk())
}

/// What the properties are decoded to that the schema does not define.
trait Others {
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
struct Additional<T> {
    /// The schema whose patterns name them, if some do.
    patterns: Option<&'static Schema>,
    /// Those of the type.
    properties: Vec<(String, T)>,
    /// The others.
    unknown: Vec<(String, Json)>,
}

impl<T: Decode> Others for Additional<T> {
    fn decode<'j>(&mut self, reader: &mut Reader<'j>, name: Cow<'j, str>) -> Result<(), Fault> {
        match self.patterns {
            None => reader.additional_property(name, &mut self.properties, &mut self.unknown),
            Some(schema) => {
                reader.additional_property_by_pattern(schema, name, &mut self.properties, &mut self.unknown)
            }
        }
    }

    fn keep(&mut self, name: String, value: Json) {
        self.unknown.push((name, value));
    }
}
