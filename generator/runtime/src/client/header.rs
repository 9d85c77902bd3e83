//! Documented headers of responses, parsed by the types of their schemas.

use std::error::Error as StdError;
use std::fmt;

use http::HeaderMap;

use crate::runtime::client::error::write_causes;
use crate::runtime::json::codec::{Decode, from_str, to_string};
use crate::runtime::json::decode_error::{DecodeError, Fault};
use crate::runtime::json::kind::Kind;
use crate::runtime::json::map::Map;
use crate::runtime::json::value::Json;

/// Declares the documented headers of responses: a method for each, with the type of its value, its form and its name.
#[doc(hidden)]
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the crate that uses the macro has a runtime of its own"
)]
macro_rules! __headers {
    (
        $(#[$about:meta])*
        pub struct $name:ident {$(
            $(#[$meta:meta])*
            $method:ident: $type:ty = $form:ident($($argument:expr),* $(,)?)
        ),* $(,)?}
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'response>(pub &'response http::HeaderMap);

        impl $name<'_> {$(
            $(#[$meta])*
            ///
            /// # Errors
            ///
            /// If the value is not of this type.
            pub fn $method(
                &self,
            ) -> std::result::Result<std::option::Option<$type>, crate::runtime::InvalidHeader> {
                crate::runtime::codegen::Header::$form($($argument),*).read(self.0)
            }
        )*}
    };
}
pub use crate::__headers as headers;

/// The value of a header is not of the documented type. The response itself is decoded all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidHeader {
    /// The name of the header.
    pub name: &'static str,
    /// The value as received. Bytes that are not UTF-8 are replaced.
    pub value: String,
    /// What is wrong with it.
    pub error: DecodeError,
}

/// Prints the name. The source says what is wrong with the value.
impl fmt::Display for InvalidHeader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the header {:?} cannot be decoded", self.name)?;
        write_causes(formatter, self.source())
    }
}

impl StdError for InvalidHeader {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
}

/// The description of a header.
#[derive(Debug, Clone, Copy)]
pub struct Header {
    name: &'static str,
    form: Form,
}

/// How the value of a header is written
/// ([OpenAPI 3.1.1 §4.8.21](https://spec.openapis.org/oas/v3.1.1.html#header-object): its style is `simple`).
#[derive(Debug, Clone, Copy)]
enum Form {
    /// A scalar.
    Value,
    /// JSON text.
    Json,
    /// Elements, separated by commas, and whether they are strings.
    List(bool),
    /// Elements, each in a line of its own, and whether they are strings.
    Lines(bool),
    /// Properties, separated by commas.
    Object {
        /// Whether an equals sign, not a comma, stands between a name and its value.
        explode: bool,
        /// The properties that are strings.
        strings: &'static [&'static str],
    },
}

impl Header {
    /// Describes a header with a scalar.
    #[must_use]
    pub const fn value(name: &'static str) -> Self {
        Self {
            name,
            form: Form::Value,
        }
    }

    /// Describes a header with JSON text.
    #[must_use]
    pub const fn json(name: &'static str) -> Self {
        Self { name, form: Form::Json }
    }

    /// Describes a header with a list. `are_strings` says of its elements whether they are.
    #[must_use]
    pub const fn list(name: &'static str, are_strings: bool) -> Self {
        Self {
            name,
            form: Form::List(are_strings),
        }
    }

    /// Describes a header whose lines are a list.
    #[must_use]
    pub const fn lines(name: &'static str, are_strings: bool) -> Self {
        Self {
            name,
            form: Form::Lines(are_strings),
        }
    }

    /// Describes a header with an object, of which the properties `strings` are strings.
    #[must_use]
    pub const fn object(name: &'static str, explode: bool, strings: &'static [&'static str]) -> Self {
        Self {
            name,
            form: Form::Object { explode, strings },
        }
    }

    /// Decodes the header, if there is one.
    ///
    /// # Errors
    ///
    /// If the value is not of this type.
    pub fn read<T: Decode>(self, headers: &HeaderMap) -> Result<Option<T>, InvalidHeader> {
        let lines = self.lines_of(headers)?;
        if lines.is_empty() {
            return Ok(None);
        }
        let (likely, other) = self.readings(&lines, T::accepts)?;
        let value = from_str(&likely).or_else(|error| other.and_then(|text| from_str(&text).ok()).ok_or(error));
        value.map(Some).map_err(|error| self.invalid(lines.join(", "), error))
    }

    /// Returns the values of the lines with the name of the header.
    fn lines_of(self, headers: &HeaderMap) -> Result<Vec<&str>, InvalidHeader> {
        let lines = headers.get_all(self.name).iter();
        let texts = lines.map(|line| {
            std::str::from_utf8(line.as_bytes()).map_err(|error| {
                let text = String::from_utf8_lossy(line.as_bytes()).into_owned();
                let fault = Fault::syntax(error.valid_up_to(), "invalid UTF-8").into_error(&text);
                self.invalid(text, fault)
            })
        });
        texts.collect()
    }

    /// Returns the JSON text that the value stands for, and another that it may stand for: a scalar that is a number may be
    /// meant as a string.
    ///
    /// Several lines are one value, separated by commas ([RFC 9110
    /// §5.3](https://www.rfc-editor.org/rfc/rfc9110#section-5.3)).
    fn readings(self, lines: &[&str], accepts: fn(Kind) -> bool) -> Result<(String, Option<String>), InvalidHeader> {
        let text = || lines.join(", ");
        let value = match self.form {
            Form::Json => return Ok((text(), None)),
            Form::Value => {
                let text = text();
                let literal = scalar(&text).filter(|(_, kind)| accepts(*kind));
                let string = to_string(&Json::String(text));
                return Ok(match literal {
                    Some((literal, _)) => (to_string(&literal), Some(string)),
                    None => (string, None),
                });
            }
            Form::List(are_strings) => list(elements(&text()), are_strings),
            Form::Lines(are_strings) => list(lines.iter().copied(), are_strings),
            Form::Object { explode, strings } => {
                let text = text();
                object(&text, explode, strings).ok_or_else(|| {
                    let fault = Fault::syntax(0, "expected pairs of a name and a value");
                    self.invalid(text.clone(), fault.into_error(&text))
                })?
            }
        };
        Ok((to_string(&value), None))
    }

    fn invalid(self, value: String, error: DecodeError) -> InvalidHeader {
        InvalidHeader {
            name: self.name,
            value,
            error,
        }
    }
}

/// Returns a text as a number or a boolean, with its kind, if it is one.
fn scalar(text: &str) -> Option<(Json, Kind)> {
    let value = from_str(text).ok()?;
    let kind = match value {
        Json::Bool(_) => Kind::Boolean,
        Json::Number(_) => Kind::Number,
        _ => return None,
    };
    Some((value, kind))
}

/// Returns a text as a string, or as what it looks like.
fn member(text: &str, is_string: bool) -> Json {
    let literal = if is_string { None } else { scalar(text) };
    literal.map_or_else(|| Json::String(text.to_owned()), |(literal, _)| literal)
}

/// Returns the elements of a list. Empty ones are none ([RFC 9110
/// §5.6.1.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2)).
fn elements(text: &str) -> impl Iterator<Item = &str> {
    let elements = text.split(',').map(|element| element.trim_matches([' ', '\t']));
    elements.filter(|element| !element.is_empty())
}

fn list<'text>(elements: impl Iterator<Item = &'text str>, are_strings: bool) -> Json {
    Json::Array(elements.map(|element| member(element, are_strings)).collect())
}

/// Returns the object whose properties stand in `text`, unless one has no value.
fn object(text: &str, explode: bool, strings: &[&str]) -> Option<Json> {
    let mut members = Map::new();
    let mut parts = text.split(',').map(|part| part.trim_matches([' ', '\t']));
    while let Some(part) = parts.next() {
        let (name, value) = match (explode, part) {
            (_, "") => continue,
            (true, pair) => pair.split_once('=')?,
            (false, name) => (name, parts.next()?),
        };
        members.insert(name.to_owned(), member(value, strings.contains(&name)));
    }
    Some(Json::Object(members))
}
