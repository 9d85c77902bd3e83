//! Types with a schema.

use crate::runtime::json::codec::{Encode, to_string};
use crate::runtime::json::value::Json;
use crate::runtime::schema::keywords::{Format, Keyword, Schema, Types};
use crate::runtime::schema::validate::Violation;
use crate::runtime::schema::view::View;
use crate::runtime::types::date_time::{Date, DateTime};

/// A type with a schema in the document.
pub trait HasSchema: Encode {
    /// Returns the schema of this type.
    fn schema() -> &'static Schema;

    /// Validates the value against its schema, and returns all violations.
    ///
    /// A response is not validated when it is decoded, since it may come from a newer server. A request is validated
    /// before it is sent.
    fn validate(&self) -> Vec<Violation> {
        let text = to_string(self);
        Self::schema().report(&View::of_text(&text), false)
    }
}

/// A schema of the type, or `null` for use in an `Option`.
macro_rules! has_schema_by_type {
    ($($type_:ty: $schema:expr;)*) => {$(
        impl HasSchema for $type_ {
            fn schema() -> &'static Schema {
                static SCHEMA: Schema = Schema(&[$schema]);
                &SCHEMA
            }
        }
    )*};
}

has_schema_by_type! {
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

impl HasSchema for Json {
    fn schema() -> &'static Schema {
        static SCHEMA: Schema = Schema(&[]);
        &SCHEMA
    }
}

/// `None` is `null`, which is validated against the schema of `T` too.
impl<T: HasSchema> HasSchema for Option<T> {
    fn schema() -> &'static Schema {
        T::schema()
    }
}

impl<T: HasSchema> HasSchema for Box<T> {
    fn schema() -> &'static Schema {
        T::schema()
    }
}

/// Implements `HasSchema` for a type, and the traits of serde if the feature `serde` is on.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __has_schema {
    ($name:ident, $schema:path) => {
        impl crate::runtime::HasSchema for $name {
            fn schema() -> &'static crate::runtime::Schema {
                &$schema
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::runtime::codegen::serialize(self, serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::runtime::codegen::deserialize(deserializer)
            }
        }
    };
}
