//! Types of the document that are strings on the wire.

use std::borrow::Cow;
use std::fmt;

use super::fault::Fault;
use super::reader::Reader;
use super::schema::Schema;
use super::view::View;

/// A string that the document does not list, in a reply of a newer server.
///
/// Only decoding makes one. Sending it back is allowed, since it is the
/// server's own word; validation reports it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unlisted(Box<str>);

impl Unlisted {
    /// Returns the string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A string of a fixed list: what the macro `string_enum` builds on.
pub trait StringEnum: Clone + 'static {
    /// The listed values, in the document's order.
    const LISTED: &'static [Self];

    /// Returns the value as it stands on the wire.
    fn as_str(&self) -> &str;

    /// Makes the value for a string that is not listed.
    fn unlisted(text: Unlisted) -> Self;
}

/// Returns the listed value that is written as `text`.
#[must_use]
pub fn find_listed<T: StringEnum>(text: &str) -> Option<T> {
    T::LISTED.iter().find(|listed| listed.as_str() == text).cloned()
}

/// Returns the value that is written as `text`, listed or not.
#[must_use]
pub fn any_listed<T: StringEnum>(text: &str) -> T {
    find_listed(text).unwrap_or_else(|| T::unlisted(Unlisted(text.into())))
}

/// Reads a listed value, or keeps the string that is not listed.
///
/// # Errors
///
/// When the value is no string.
pub fn decode_listed<T: StringEnum>(reader: &mut Reader<'_>) -> Result<T, Fault> {
    let text = reader.string()?;
    Ok(any_listed(&text))
}

/// A text that a type refuses: it is not listed, or breaks the type's schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidText {
    /// The name of the type.
    pub type_name: &'static str,
    /// The text that was refused.
    pub text: String,
    /// Why it was refused.
    pub reason: Cow<'static, str>,
}

impl InvalidText {
    /// Makes the error for a text that is not listed.
    #[must_use]
    pub fn unlisted(type_name: &'static str, text: &str) -> Self {
        Self {
            type_name,
            text: text.to_owned(),
            reason: Cow::Borrowed("the document does not list it"),
        }
    }
}

impl fmt::Display for InvalidText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} is no {}: {}", self.text, self.type_name, self.reason)
    }
}

impl std::error::Error for InvalidText {}

/// Holds `text` to `schema` for the checked constructor of the type `type_name`.
///
/// # Errors
///
/// When the schema refuses the text.
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

/// Implements what an enum of strings does everywhere: reading and writing,
/// `Display`, and `FromStr` for the listed values.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __string_enum {
    ($name:ident) => {
        /// Takes the values that the document lists.
        impl std::str::FromStr for $name {
            type Err = crate::runtime::InvalidText;

            fn from_str(text: &str) -> Result<Self, crate::runtime::InvalidText> {
                crate::runtime::text::find_listed(text)
                    .ok_or_else(|| crate::runtime::InvalidText::unlisted(stringify!($name), text))
            }
        }

        crate::runtime::string_enum!($name, common);
    };
    ($name:ident, open) => {
        /// Takes any text: the document allows more values than it lists.
        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(crate::runtime::text::any_listed(text))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                crate::runtime::text::any_listed(text)
            }
        }

        crate::runtime::string_enum!($name, common);
    };
    ($name:ident, common) => {
        impl $name {
            /// Returns the value as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                crate::runtime::StringEnum::as_str(self)
            }
        }

        impl crate::runtime::Decode for $name {
            fn decode(reader: &mut crate::runtime::Reader<'_>) -> Result<Self, crate::runtime::Fault> {
                crate::runtime::text::decode_listed(reader)
            }

            fn accepts(kind: crate::runtime::Kind) -> bool {
                kind == crate::runtime::Kind::String
            }
        }

        impl crate::runtime::Encode for $name {
            fn encode(&self, writer: &mut crate::runtime::Writer) {
                writer.string(self.as_str());
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}

/// Implements what a string with a pattern does everywhere: reading and
/// writing, `Display`, `Deref` to `str`, and checked constructors.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __checked_string {
    ($name:ident, $schema:path) => {
        impl $name {
            /// Takes a text that the document's schema allows.
            ///
            /// # Errors
            ///
            /// When the schema refuses the text.
            pub fn new(text: impl Into<String>) -> Result<Self, crate::runtime::InvalidText> {
                Self::try_from(text.into())
            }

            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        /// Takes the texts that the document's schema allows.
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
                crate::runtime::text::check(stringify!($name), &$schema, &text)?;
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

        /// A reply may break the pattern; the text is kept, and validation reports it.
        impl crate::runtime::Decode for $name {
            fn decode(reader: &mut crate::runtime::Reader<'_>) -> Result<Self, crate::runtime::Fault> {
                Ok(Self(reader.string()?.into_owned()))
            }

            fn accepts(kind: crate::runtime::Kind) -> bool {
                kind == crate::runtime::Kind::String
            }
        }

        impl crate::runtime::Encode for $name {
            fn encode(&self, writer: &mut crate::runtime::Writer) {
                writer.string(&self.0);
            }
        }
    };
}
