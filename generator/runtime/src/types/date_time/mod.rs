//! Dates and times that keep their text.
//!
//! The text is kept as received, with all digits of its fraction. [`DateTime`]s are compared by the point in time. The
//! features `chrono`, `jiff` and `time` convert them to and from the types of those libraries.

pub(crate) mod instant;
#[cfg(feature = "chrono")]
pub(crate) mod with_chrono;
#[cfg(feature = "jiff")]
pub(crate) mod with_jiff;
#[cfg(feature = "time")]
pub(crate) mod with_time;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::runtime::json::codec::{Decode, Encode};
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind;
use crate::runtime::json::reader::Reader;
use crate::runtime::json::writer::Writer;
use crate::runtime::schema::keywords::{Format, Keyword, Schema};
use crate::runtime::types::date_time::instant::Instant;
use crate::runtime::types::string_types::{self, InvalidText};

static DATE_TIME: Schema = Schema(&[Keyword::Format(Format::DateTime)]);
static DATE: Schema = Schema(&[Keyword::Format(Format::Date)]);

macro_rules! moments {
    ($($(#[$docs:meta])* $name:ident, $schema:ident;)*) => {$(
        $(#[$docs])*
        pub struct $name(String);

        impl $name {
            /// Returns the text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidText;

            fn from_str(text: &str) -> Result<Self, InvalidText> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<&str> for $name {
            type Error = InvalidText;

            fn try_from(text: &str) -> Result<Self, InvalidText> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidText;

            fn try_from(text: String) -> Result<Self, InvalidText> {
                string_types::check(stringify!($name), &$schema, &text)?;
                Ok(Self(text))
            }
        }

        impl From<&$name> for $name {
            fn from(value: &$name) -> Self {
                value.clone()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl Decode for $name {
            type Kinds = kind::String;

            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                Ok(Self(reader.string()?.into_owned()))
            }        }

        impl Encode for $name {
            fn encode(&self, writer: &mut Writer) {
                writer.string(&self.0);
            }
        }
    )*};
}

moments! {
    /// A date and time ([RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6)).
    ///
    /// `"…".parse()` validates the text. A response may contain any text; `validate()` reports an invalid one.
    ///
    /// Two are equal if they are the same point in time, and are ordered by it. The offset and zeros at the end of the
    /// fraction have no effect; [`as_str`](Self::as_str) returns the text. Invalid texts come first, ordered by their
    /// characters.
    #[derive(Debug, Clone)]
    DateTime, DATE_TIME;
    /// A date ([RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6)).
    ///
    /// `"…".parse()` validates the text. A response may contain any text; `validate()` reports an invalid one.
    #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
    Date, DATE;
}

impl DateTime {
    /// Returns the point in time, or the text if it is invalid.
    fn order(&self) -> (Option<Instant<'_>>, &str) {
        match Instant::of(&self.0) {
            Some((instant, _)) => (Some(instant), ""),
            None => (None, &self.0),
        }
    }
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.order() == other.order()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl Hash for DateTime {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.order().hash(state);
    }
}
