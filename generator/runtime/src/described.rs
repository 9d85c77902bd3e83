//! Types that know what the document says of them.

use super::codec::{Encode, to_json};
use super::schema::Schema;
use super::validate::Violation;

/// A type of the document.
pub trait Described: Encode {
    /// Returns what the document says of values of this type.
    fn schema() -> &'static Schema;

    /// Returns everything about the value that breaks the document's schema.
    ///
    /// A reply is not held to its schema when it is decoded, since it may come
    /// from a newer server; a request is before it is sent.
    fn validate(&self) -> Vec<Violation> {
        Self::schema().validate(&to_json(self))
    }
}

/// A struct around an array or a map.
pub trait Wrapper {
    /// The array or map.
    type Inner;
}

/// Ties a type to its schema, and to serde where that feature is on.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __described {
    ($name:ident, $schema:path) => {
        impl crate::runtime::Described for $name {
            fn schema() -> &'static crate::runtime::Schema {
                &$schema
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::runtime::bridge::serialize(self, serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::runtime::bridge::deserialize(deserializer)
            }
        }
    };
}

/// Implements what a struct around an array or a map does everywhere: it is
/// read, written and used as what it holds.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __wrapper {
    ($name:ident) => {
        impl crate::runtime::Decode for $name {
            fn decode(reader: &mut crate::runtime::Reader<'_>) -> Result<Self, crate::runtime::Fault> {
                reader.value().map(Self)
            }

            fn accepts(kind: crate::runtime::Kind) -> bool {
                <<$name as crate::runtime::Wrapper>::Inner as crate::runtime::Decode>::accepts(kind)
            }
        }

        impl crate::runtime::Encode for $name {
            fn encode(&self, writer: &mut crate::runtime::Writer) {
                self.0.encode(writer);
            }
        }

        impl std::ops::Deref for $name {
            type Target = <$name as crate::runtime::Wrapper>::Inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl std::ops::DerefMut for $name {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.0
            }
        }

        impl From<<$name as crate::runtime::Wrapper>::Inner> for $name {
            fn from(inner: <$name as crate::runtime::Wrapper>::Inner) -> Self {
                Self(inner)
            }
        }

        impl<T> FromIterator<T> for $name
        where
            <$name as crate::runtime::Wrapper>::Inner: FromIterator<T>,
        {
            fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
                Self(items.into_iter().collect())
            }
        }

        impl IntoIterator for $name {
            type Item = <<$name as crate::runtime::Wrapper>::Inner as IntoIterator>::Item;
            type IntoIter = <<$name as crate::runtime::Wrapper>::Inner as IntoIterator>::IntoIter;

            fn into_iter(self) -> Self::IntoIter {
                self.0.into_iter()
            }
        }
    };
}
