//! Structs around one value, for schemas with more constraints than the type of the value has.

/// A struct around a value.
pub trait Wrapper {
    /// The type of the value.
    type Inner;
}

/// Implements the traits of a struct around a value: decoding, encoding, and access to the value.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __wrapper {
    ($name:ident, base) => {
        impl crate::runtime::Decode for $name {
            type Kinds = <<$name as crate::runtime::codegen::Wrapper>::Inner as crate::runtime::Decode>::Kinds;

            fn decode(
                reader: &mut crate::runtime::codegen::Reader<'_>,
            ) -> Result<Self, crate::runtime::codegen::Fault> {
                reader.value().map(Self)
            }
        }

        impl crate::runtime::Encode for $name {
            fn encode(&self, writer: &mut crate::runtime::codegen::Writer) {
                self.0.encode(writer);
            }
        }

        impl From<<$name as crate::runtime::codegen::Wrapper>::Inner> for $name {
            fn from(inner: <$name as crate::runtime::codegen::Wrapper>::Inner) -> Self {
                Self(inner)
            }
        }
    };
    ($name:ident) => {
        crate::runtime::codegen::wrapper!($name, base);

        impl std::ops::Deref for $name {
            type Target = <$name as crate::runtime::codegen::Wrapper>::Inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl std::ops::DerefMut for $name {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.0
            }
        }
    };
    ($name:ident, collection) => {
        crate::runtime::codegen::wrapper!($name);

        impl<T> FromIterator<T> for $name
        where
            <$name as crate::runtime::codegen::Wrapper>::Inner: FromIterator<T>,
        {
            fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
                Self(items.into_iter().collect())
            }
        }

        impl IntoIterator for $name {
            type Item = <<$name as crate::runtime::codegen::Wrapper>::Inner as IntoIterator>::Item;
            type IntoIter = <<$name as crate::runtime::codegen::Wrapper>::Inner as IntoIterator>::IntoIter;

            fn into_iter(self) -> Self::IntoIter {
                self.0.into_iter()
            }
        }
    };
    ($name:ident, scalar, $inner:ty) => {
        crate::runtime::codegen::wrapper!($name);
        crate::runtime::codegen::wrapper!($name, plain, $inner);
    };
    ($name:ident, plain, $inner:ty) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, formatter)
            }
        }

        impl From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
    ($name:ident, string) => {
        crate::runtime::codegen::wrapper!($name, base);
        crate::runtime::codegen::wrapper!($name, plain, String);

        impl $name {
            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::ops::Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
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
    };
}
