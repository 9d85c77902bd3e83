//! Types that know what the document says of them.

use super::codec::{Encode, to_string};
use super::json::Json;
use super::moment::{Date, DateTime};
use super::schema::{Format, Keyword, Schema, Types};
use super::validate::Violation;
use super::view::View;

/// A type of the document.
pub trait Described: Encode {
    /// Returns what the document says of values of this type.
    fn schema() -> &'static Schema;

    /// Returns everything about the value that breaks the document's schema.
    ///
    /// A reply is not held to its schema when it is decoded, since it may come
    /// from a newer server; a request is before it is sent.
    fn validate(&self) -> Vec<Violation> {
        let text = to_string(self);
        Self::schema().report(&View::of_text(&text), false)
    }
}

/// A schema that asks for these types, or for `null` where it stands in an `Option`.
macro_rules! described_by_type {
    ($($type_:ty: $schema:expr;)*) => {$(
        impl Described for $type_ {
            fn schema() -> &'static Schema {
                static SCHEMA: Schema = Schema(&[$schema]);
                &SCHEMA
            }
        }
    )*};
}

described_by_type! {
    bool: Keyword::Type(Types::BOOLEAN.or(Types::NULL));
    i32: Keyword::Type(Types::INTEGER.or(Types::NULL));
    i64: Keyword::Type(Types::INTEGER.or(Types::NULL));
    u32: Keyword::Type(Types::INTEGER.or(Types::NULL));
    u64: Keyword::Type(Types::INTEGER.or(Types::NULL));
    f64: Keyword::Type(Types::NUMBER.or(Types::NULL));
    String: Keyword::Type(Types::STRING.or(Types::NULL));
    DateTime: Keyword::Format(Format::DateTime);
    Date: Keyword::Format(Format::Date);
}

impl Described for Json {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema(&[]);
        &SCHEMA
    }
}

/// `None` is `null`, which the schema of `T` judges too.
impl<T: Described> Described for Option<T> {
    fn schema() -> &'static Schema {
        T::schema()
    }
}

impl<T: Described> Described for Box<T> {
    fn schema() -> &'static Schema {
        T::schema()
    }
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
