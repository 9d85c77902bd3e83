//! Dates and times, as they stand on the wire.
//!
//! The text is what a reply said, to the last digit of its fraction; what it
//! means in time is for a date library to say.

use std::fmt;
use std::str::FromStr;

use super::codec::{Decode, Encode};
use super::fault::Fault;
use super::kind::Kind;
use super::reader::Reader;
use super::schema::{Format, Keyword, Schema};
use super::text::{self, InvalidText};
use super::writer::Writer;

static DATE_TIME: Schema = Schema(&[Keyword::Format(Format::DateTime)]);
static DATE: Schema = Schema(&[Keyword::Format(Format::Date)]);

macro_rules! moments {
    ($($(#[$docs:meta])* $name:ident, $schema:ident;)*) => {$(
        $(#[$docs])*
        ///
        /// `"…".parse()` checks the text. A reply may hold any; validation reports what is none.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
                text::check(stringify!($name), &$schema, &text)?;
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
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
                Ok(Self(reader.string()?.into_owned()))
            }

            fn accepts(kind: Kind) -> bool {
                kind == Kind::String
            }
        }

        impl Encode for $name {
            fn encode(&self, writer: &mut Writer) {
                writer.string(&self.0);
            }
        }
    )*};
}

moments! {
    /// A date and time ([RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6)).
    DateTime, DATE_TIME;
    /// A date ([RFC 3339 §5.6](https://www.rfc-editor.org/rfc/rfc3339#section-5.6)).
    Date, DATE;
}
