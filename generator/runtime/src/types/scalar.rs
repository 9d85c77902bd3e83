//! Values of several scalar types.

use std::borrow::Cow;
use std::fmt;

use crate::runtime::json::codec::{Decode, Encode};
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind::{self, Kind, kinds};
use crate::runtime::json::number::Number;
use crate::runtime::json::reader::Reader;
use crate::runtime::json::value::Json;
use crate::runtime::json::writer::Writer;

/// A value for which the document allows several scalar types, such as
/// `type: [string, number, boolean]`.
///
/// The schema says which types are allowed, and validation checks it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scalar {
    /// `null`
    Null,
    /// A boolean.
    Boolean(bool),
    /// A number with all of its digits.
    Number(Number),
    /// A string.
    String(String),
    /// An array or object in a response of a newer server. A request may send it back; `validate` reports it.
    Other(Box<Json>),
}

impl Scalar {
    /// Converts an option. `None` becomes `null`.
    ///
    /// There is no implicit conversion from `Option`: if a property may be absent, `None` may mean that.
    pub fn or_null(value: Option<impl Into<Self>>) -> Self {
        value.map_or(Self::Null, Into::into)
    }

    /// Returns the string, if the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the boolean, if the value is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the number, if the value is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Returns the nearest `f64`, if the value is a number in its range.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// Returns the integer, if the value is one of 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// Returns whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl Decode for Scalar {
    type Kinds = kind::Kinds<{ kinds::null | kinds::boolean | kinds::number | kinds::string }>;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Ok(match reader.peek()? {
            Kind::Null => {
                reader.null()?;
                Self::Null
            }
            Kind::Boolean => Self::Boolean(reader.boolean()?),
            Kind::Number => Self::Number(reader.number()?),
            Kind::String => Self::String(reader.string()?.into_owned()),
            Kind::Array | Kind::Object => Self::Other(Box::new(reader.json()?)),
        })
    }
}

impl Encode for Scalar {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Boolean(value) => writer.boolean(*value),
            Self::Number(value) => writer.number(value),
            Self::String(value) => writer.string(value),
            Self::Other(value) => writer.unknown(&**value),
        }
    }
}

/// Prints a string without quotation marks, and any other value as JSON.
impl fmt::Display for Scalar {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Boolean(value) => write!(formatter, "{value}"),
            Self::Number(value) => write!(formatter, "{value}"),
            Self::String(value) => formatter.write_str(value),
            Self::Other(value) => write!(formatter, "{value}"),
        }
    }
}

impl From<bool> for Scalar {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<String> for Scalar {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<&str> for Scalar {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<Cow<'_, str>> for Scalar {
    fn from(value: Cow<'_, str>) -> Self {
        Self::String(value.into_owned())
    }
}

impl From<i32> for Scalar {
    fn from(value: i32) -> Self {
        Self::Number(value.into())
    }
}

impl From<i64> for Scalar {
    fn from(value: i64) -> Self {
        Self::Number(value.into())
    }
}

impl From<u32> for Scalar {
    fn from(value: u32) -> Self {
        Self::Number(value.into())
    }
}

impl From<u64> for Scalar {
    fn from(value: u64) -> Self {
        Self::Number(value.into())
    }
}

/// NaN and infinite numbers, which JSON cannot represent, become `null`.
impl From<f64> for Scalar {
    fn from(value: f64) -> Self {
        Number::try_from(value).map_or(Self::Null, Self::Number)
    }
}

impl From<Number> for Scalar {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

/// Converts scalar types to the variant of a union that holds scalars.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __scalar_variant {
    ($name:ident, $variant:ident) => {
        crate::runtime::codegen::scalar_variant!($name, $variant, bool, i32, i64, u32, u64, f64, &str, String);
    };
    ($name:ident, $variant:ident, $($scalar:ty),+) => {$(
        impl From<$scalar> for $name {
            fn from(value: $scalar) -> Self {
                Self::$variant(value.into())
            }
        }
    )+};
}
