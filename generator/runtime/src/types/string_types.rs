//! String types: enums of strings, and strings with a pattern.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::mem::discriminant;

use crate::runtime::json::codec::Encode;
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::reader::Reader;
use crate::runtime::json::writer::Writer;
use crate::runtime::schema::keywords::Schema;
use crate::runtime::schema::view::View;

/// A string that the document does not list.
///
/// A response of a newer server may have one. A request may send it back, since the server sent it, and may send one
/// that a caller makes with `unknown`, the constructor of each enum;
/// [`HasSchema::validate`](crate::runtime::schema::has_schema::HasSchema::validate) reports both. Equal if the strings are equal.
#[derive(Clone)]
pub struct UnknownString {
    text: Box<str>,
    /// Whether a request may send it although the document does not list it.
    passes: bool,
}

impl UnknownString {
    /// Returns the string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Prints the string.
impl fmt::Debug for UnknownString {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, formatter)
    }
}

impl PartialEq for UnknownString {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for UnknownString {}

impl PartialOrd for UnknownString {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for UnknownString {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for UnknownString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Encode for UnknownString {
    fn encode(&self, writer: &mut Writer) {
        if self.passes {
            writer.unknown(&*self.text);
        } else {
            writer.string(&self.text);
        }
    }
}

/// An enum of strings. Implemented by the macro `string_enum`.
pub trait StringEnum: Clone + 'static {
    /// The listed values, in the document's order.
    const LISTED: &'static [Self];

    /// Returns the JSON string of a listed value, or the string that is not listed.
    ///
    /// # Errors
    ///
    /// If the value is not listed.
    fn listed(&self) -> Result<&'static str, &UnknownString>;

    /// Makes the value of a string that is not listed.
    fn from_unknown(text: UnknownString) -> Self;

    /// Returns the JSON string of the value.
    fn as_str(&self) -> &str {
        match self.listed() {
            Ok(text) => text,
            Err(unknown) => unknown.as_str(),
        }
    }

    /// Returns the string, if it is not listed.
    fn as_unknown(&self) -> Option<&UnknownString> {
        self.listed().err()
    }
}

/// Returns whether two values are equal.
#[must_use]
pub fn equal_listed<T: StringEnum>(one: &T, other: &T) -> bool {
    discriminant(one) == discriminant(other) && one.as_unknown() == other.as_unknown()
}

/// Returns the listed value of `text`.
///
/// # Errors
///
/// If it is not listed.
pub fn listed<T: StringEnum>(type_name: &'static str, text: &str) -> Result<T, InvalidText> {
    find_listed(text).ok_or_else(|| InvalidText {
        type_name,
        text: text.to_owned(),
        reason: Cow::Borrowed("the document does not list it"),
    })
}

fn find_listed<T: StringEnum>(text: &str) -> Option<T> {
    T::LISTED.iter().find(|listed| listed.as_str() == text).cloned()
}

/// Returns the value for `text`, listed or not. If it is not listed, a request with it is invalid.
#[must_use]
pub fn any_listed<T: StringEnum>(text: &str) -> T {
    listed_or(text, false)
}

/// Returns the value for `text`, listed or not. A request may send it in both cases.
#[must_use]
pub fn unknown<T: StringEnum>(text: &str) -> T {
    listed_or(text, true)
}

fn listed_or<T: StringEnum>(text: &str, passes: bool) -> T {
    let unlisted = || {
        let text = text.into();
        T::from_unknown(UnknownString { text, passes })
    };
    find_listed(text).unwrap_or_else(unlisted)
}

/// Encodes a value, listed or not.
pub fn encode_listed<T: StringEnum>(value: &T, writer: &mut Writer) {
    match value.listed() {
        Ok(text) => writer.string(text),
        Err(unknown) => unknown.encode(writer),
    }
}

/// Decodes a listed value, or keeps a string that is not listed.
///
/// # Errors
///
/// If the value is not a string.
pub fn decode_listed<T: StringEnum>(reader: &mut Reader<'_>) -> Result<T, Fault> {
    let text = reader.string()?;
    Ok(unknown(&text))
}

/// The error of a string that is not listed, or does not match the schema of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidText {
    /// The name of the type.
    pub type_name: &'static str,
    /// The invalid string.
    pub text: String,
    /// Why it is invalid.
    pub reason: Cow<'static, str>,
}

impl fmt::Display for InvalidText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} is no {}: {}", self.text, self.type_name, self.reason)
    }
}

impl std::error::Error for InvalidText {}

/// Validates `text` for the constructor of the type `type_name`.
///
/// # Errors
///
/// If the text does not match the schema.
pub fn check(type_name: &'static str, schema: &Schema, text: &str) -> Result<(), InvalidText> {
    let violations = schema.report(&View::String(Cow::Borrowed(text)), false);
    match violations.first() {
        None => Ok(()),
        Some(violation) => Err(InvalidText {
            type_name,
            text: text.to_owned(),
            reason: Cow::Owned(violation.message.clone()),
        }),
    }
}

/// Implements the traits of a string with a pattern: decoding, encoding, `Display`, `Deref` to `str`, and validating
/// constructors.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __checked_string {
    ($name:ident, $schema:path) => {
        impl $name {
            /// Validates a text against the document's schema.
            ///
            /// # Errors
            ///
            /// If the text does not match the schema.
            pub fn new(text: impl Into<String>) -> Result<Self, crate::runtime::InvalidText> {
                Self::try_from(text.into())
            }

            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        /// Accepts texts that are valid against the document's schema.
        impl std::str::FromStr for $name {
            type Err = crate::runtime::InvalidText;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<&str> for $name {
            type Error = crate::runtime::InvalidText;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::runtime::InvalidText;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                crate::runtime::codegen::check(stringify!($name), &$schema, &text)?;
                Ok(Self(text))
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&$name> for $name {
            fn from(value: &$name) -> Self {
                value.clone()
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        /// A response may not match the pattern. The text is kept, and `validate` reports it.
        impl crate::runtime::Decode for $name {
            type Kinds = crate::runtime::codegen::kind::String;

            fn decode(
                reader: &mut crate::runtime::codegen::Reader<'_>,
            ) -> Result<Self, crate::runtime::codegen::Fault> {
                Ok(Self(reader.string()?.into_owned()))
            }
        }

        impl crate::runtime::Encode for $name {
            fn encode(&self, writer: &mut crate::runtime::codegen::Writer) {
                writer.string(&self.0);
            }
        }
    };
}
