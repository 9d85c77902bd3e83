//! Properties that may be absent, `null`, or have a value.

use crate::runtime::json::codec::Decode;
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind;
use crate::runtime::json::reader::Reader;

/// A property that may be absent or `null`, which are different.
///
/// In the body of an update, absent commonly means "keep it", and `null` means "delete it". So there is no implicit
/// conversion from `Option`: [`or_absent`](Self::or_absent) and [`or_null`](Self::or_null) say what `None` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Maybe<T> {
    /// The object does not have the property.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Converts an option. `None` becomes absent.
    #[must_use]
    pub fn or_absent(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }

    /// Converts an option. `None` becomes `null`.
    #[must_use]
    pub fn or_null(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }

    /// Returns the value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value, if there is one, and consumes the property.
    #[must_use]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns whether the property is absent.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the property is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl From<&str> for Maybe<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// A decoded property is not absent.
impl<T: Decode> Decode for Maybe<T> {
    type Kinds = kind::Any;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Option::<T>::decode(reader).map(Self::or_null)
    }
}
