//! What a property that is required, one that may be absent and one that may also be `null` have in common: each is
//! read, finished and written by the function with the name of its presence.

pub use std::option::Option;

pub use crate::runtime::types::maybe::Maybe;

/// A property that is required.
pub type Required<T> = T;

/// The values of fields that nothing gives a value.
#[expect(non_snake_case, reason = "each has the name of its presence")]
pub mod none {
    use crate::runtime::json::value::Json;
    use crate::runtime::types::maybe::Maybe;

    /// Returns the value of a required property, where the value is not an object: such a property may be `null`.
    #[must_use]
    pub fn Required() -> Json {
        Json::Null
    }

    /// Returns the value of a property that may be absent.
    #[must_use]
    pub fn Option<T>() -> Option<T> {
        None
    }

    /// Returns the value of a property that may be absent or `null`.
    #[must_use]
    pub fn Maybe<T>() -> Maybe<T> {
        Maybe::Absent
    }
}

/// Decodes the value of a property.
#[expect(non_snake_case, reason = "each has the name of its presence")]
pub mod read {
    use std::borrow::Cow;

    use crate::runtime::json::codec::Decode;
    use crate::runtime::json::decode_error::Fault;
    use crate::runtime::json::reader::Reader;
    use crate::runtime::json::value::Json;
    use crate::runtime::types::maybe::Maybe;

    /// Decodes a required property.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    #[inline]
    pub fn Required<T: Decode>(
        reader: &mut Reader<'_>,
        slot: &mut Option<T>,
        _name: Cow<'_, str>,
        _unknown: &mut Vec<(String, Json)>,
    ) -> Result<(), Fault> {
        *slot = Some(reader.value()?);
        Ok(())
    }

    /// Decodes a property that may be absent.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    #[inline]
    pub fn Option<'j, T: Decode>(
        reader: &mut Reader<'j>,
        slot: &mut Option<T>,
        name: Cow<'j, str>,
        unknown: &mut Vec<(String, Json)>,
    ) -> Result<(), Fault> {
        reader.optional(slot, name, unknown)
    }

    /// Decodes a property that may be absent or `null`.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    #[inline]
    pub fn Maybe<T: Decode>(
        reader: &mut Reader<'_>,
        slot: &mut Maybe<T>,
        _name: Cow<'_, str>,
        _unknown: &mut Vec<(String, Json)>,
    ) -> Result<(), Fault> {
        *slot = reader.value()?;
        Ok(())
    }
}

/// Makes the field of what was read.
#[expect(non_snake_case, reason = "each has the name of its presence")]
pub mod finish {
    use crate::runtime::json::decode_error::Fault;
    use crate::runtime::types::maybe::Maybe;

    /// Returns the value of a required property.
    ///
    /// # Errors
    ///
    /// If it was not there.
    #[inline]
    pub fn Required<T>(slot: Option<T>, begin: usize, name: &'static str) -> Result<T, Fault> {
        slot.ok_or_else(|| Fault::missing(begin, name))
    }

    /// Returns the value of a property that may be absent.
    ///
    /// # Errors
    ///
    /// Never; the three functions have one signature.
    #[inline]
    pub fn Option<T>(slot: Option<T>, _begin: usize, _name: &'static str) -> Result<Option<T>, Fault> {
        Ok(slot)
    }

    /// Returns the value of a property that may be absent or `null`.
    ///
    /// # Errors
    ///
    /// Never; the three functions have one signature.
    #[inline]
    pub fn Maybe<T>(slot: Maybe<T>, _begin: usize, _name: &'static str) -> Result<Maybe<T>, Fault> {
        Ok(slot)
    }
}

/// Encodes a property.
#[expect(non_snake_case, reason = "each has the name of its presence")]
pub mod write {
    use crate::runtime::json::codec::Encode;
    use crate::runtime::json::writer::Writer;
    use crate::runtime::types::maybe::Maybe;

    /// Encodes a required property.
    #[inline]
    pub fn Required<T: Encode>(writer: &mut Writer, name: &str, value: &T) {
        writer.property(name, value);
    }

    /// Encodes a property that may be absent.
    #[inline]
    pub fn Option<T: Encode>(writer: &mut Writer, name: &str, value: &Option<T>) {
        writer.optional(name, value.as_ref());
    }

    /// Encodes a property that may be absent or `null`.
    #[inline]
    pub fn Maybe<T: Encode>(writer: &mut Writer, name: &str, value: &Maybe<T>) {
        writer.maybe(name, value);
    }
}
