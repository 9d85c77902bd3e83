//! Types of the document that are strings on the wire.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use super::codec::Encode;
use super::fault::Fault;
use super::reader::Reader;
use super::schema::Schema;
use super::view::View;
use super::writer::Writer;

/// A string that the document does not list.
///
/// A reply of a newer server may have one. A request may send it back, since it is the server's
/// own word, and may send one that a caller makes by `unknown`, the constructor of each enum;
/// [`Described::validate`](super::described::Described::validate) reports either. Two are equal
/// when their strings are.
#[derive(Clone)]
pub struct Unlisted {
    text: Box<str>,
    /// Whether a request may send it, whatever the document lists.
    passes: bool,
}

impl Unlisted {
    /// Returns the string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Shows the string, as one is shown.
impl fmt::Debug for Unlisted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.text, formatter)
    }
}

impl PartialEq for Unlisted {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Unlisted {}

impl PartialOrd for Unlisted {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Unlisted {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for Unlisted {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Encode for Unlisted {
    fn encode(&self, writer: &mut Writer) {
        if self.passes {
            writer.unknown(&*self.text);
        } else {
            writer.string(&self.text);
        }
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

    /// Returns the string that is not listed, when this is one.
    fn as_unlisted(&self) -> Option<&Unlisted>;
}

/// Returns the listed value that is written as `text`.
#[must_use]
pub fn find_listed<T: StringEnum>(text: &str) -> Option<T> {
    T::LISTED.iter().find(|listed| listed.as_str() == text).cloned()
}

/// Returns the value that is written as `text`, listed or not; a request holds it to the document.
#[must_use]
pub fn any_listed<T: StringEnum>(text: &str) -> T {
    listed_or(text, false)
}

/// Returns the value that is written as `text`, listed or not; a request may send it in either case.
#[must_use]
pub fn unknown<T: StringEnum>(text: &str) -> T {
    listed_or(text, true)
}

fn listed_or<T: StringEnum>(text: &str, passes: bool) -> T {
    let unlisted = || {
        let text = text.into();
        T::unlisted(Unlisted { text, passes })
    };
    find_listed(text).unwrap_or_else(unlisted)
}

/// Writes a value, listed or not.
pub fn encode_listed<T: StringEnum>(value: &T, writer: &mut Writer) {
    match value.as_unlisted() {
        Some(unlisted) => unlisted.encode(writer),
        None => writer.string(value.as_str()),
    }
}

/// Reads a listed value, or keeps the string that is not listed.
///
/// # Errors
///
/// When the value is no string.
pub fn decode_listed<T: StringEnum>(reader: &mut Reader<'_>) -> Result<T, Fault> {
    let text = reader.string()?;
    Ok(unknown(&text))
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
            /// Takes any text, such as a value of a newer server: a request may send it, whether the document
            /// lists it or not.
            #[must_use]
            pub fn unknown(text: &str) -> Self {
                crate::runtime::text::unknown(text)
            }

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
                crate::runtime::text::encode_listed(self, writer);
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
