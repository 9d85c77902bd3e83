//! Free-form JSON values.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};
use std::ops::Index;

use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind::Kind;
use crate::runtime::json::map::Map;
use crate::runtime::json::number::Number;
use crate::runtime::json::reader::Reader;

/// Any JSON value, for a schema without constraints.
///
/// Two values are equal if their texts are equal except for whitespace and the order of properties, so `1` and `1.0`
/// differ. [`same`](Self::same) compares numbers by value.
///
/// A decoded value is nested at most 192 levels deep, so it cannot overflow the stack. A value that is built in memory
/// may be nested deeper. Printing, cloning, comparing, encoding and dropping it are recursive, so a value of many
/// thousand levels overflows the stack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Json {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Map<Json>),
}

/// The result of indexing an absent value.
static NOTHING: Json = Json::Null;

impl Json {
    /// Converts an option. `None` becomes `null`.
    ///
    /// There is no implicit conversion from `Option`: if a property may be absent, `None` may mean that.
    pub fn or_null(value: Option<impl Into<Self>>) -> Self {
        value.map_or(Self::Null, Into::into)
    }

    /// Returns whether this is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the boolean, if the value is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the string, if the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
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

    /// Returns the integer, if the value is a number without a fraction that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.as_i64()
    }

    /// Returns the nearest `f64`, if the value is a number in its range.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.as_number()?.as_f64()
    }

    /// Returns the elements, if the value is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Json]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// Returns the properties, if the value is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Map<Json>> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Returns the value of the property `name`, if the value is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.as_object()?.get(name)
    }

    /// Follows a JSON Pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)).
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Json> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut tokens = pointer.strip_prefix('/')?.split('/');
        tokens.try_fold(self, |value, token| match value {
            Self::Object(members) => members.get(&token.replace("~1", "/").replace("~0", "~")),
            Self::Array(elements) => {
                let canonical = token == "0" || !token.starts_with(['0', '+']);
                elements.get(token.parse::<usize>().ok().filter(|_| canonical)?)
            }
            _ => None,
        })
    }

    /// Returns whether two values are equal as JSON Schema defines it, which compares numbers by value ([core,
    /// 4.2.2](https://json-schema.org/draft/2020-12/json-schema-core#section-4.2.2)).
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self.order(other).is_eq()
    }

    /// Compares values in an order in which those that are the [`same`](Self::same) are equal.
    ///
    /// It uses a list in place of recursion, so that deep nesting does not overflow the stack.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let mut pairs = Vec::new();
        let mut next = Some((self, other));
        while let Some((left, right)) = next {
            let order = match (left, right) {
                (Self::Bool(left), Self::Bool(right)) => left.cmp(right),
                (Self::Number(left), Self::Number(right)) => left.compare(right),
                (Self::String(left), Self::String(right)) => left.cmp(right),
                (Self::Array(left), Self::Array(right)) => {
                    pairs.extend(left.iter().zip(right).rev());
                    left.len().cmp(&right.len())
                }
                (Self::Object(left), Self::Object(right)) => order_members(left, right, &mut pairs),
                _ => left.rank().cmp(&right.rank()),
            };
            if order.is_ne() {
                return order;
            }
            next = pairs.pop();
        }
        Ordering::Equal
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Bool(_) => 1,
            Self::Number(_) => 2,
            Self::String(_) => 3,
            Self::Array(_) => 4,
            Self::Object(_) => 5,
        }
    }
}

impl Reader<'_> {
    /// Reads any value.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn json(&mut self) -> Result<Json, Fault> {
        Ok(match self.peek()? {
            Kind::Null => {
                self.null()?;
                Json::Null
            }
            Kind::Boolean => Json::Bool(self.boolean()?),
            Kind::Number => Json::Number(self.number()?),
            Kind::String => Json::String(self.string()?.into_owned()),
            Kind::Array => Json::Array(self.value()?),
            Kind::Object => Json::Object(self.value()?),
        })
    }
}

/// Compares the names of two objects, and adds their values to the list.
fn order_members<'v>(left: &'v Map<Json>, right: &'v Map<Json>, pairs: &mut Vec<(&'v Json, &'v Json)>) -> Ordering {
    let sorted = |members: &'v Map<Json>| {
        let mut members: Vec<_> = members.iter().collect();
        members.sort_unstable_by_key(|(name, _)| *name);
        members
    };
    let lengths = left.len().cmp(&right.len());
    if lengths.is_ne() {
        return lengths;
    }
    let (left, right) = (sorted(left), sorted(right));
    pairs.extend(
        left.iter()
            .zip(&right)
            .rev()
            .map(|((_, left), (_, right))| (*left, *right)),
    );
    left.iter()
        .map(|(name, _)| name)
        .cmp(right.iter().map(|(name, _)| name))
}

impl Index<&str> for Json {
    type Output = Json;

    /// Returns the value of a property, or `null` if it is absent.
    fn index(&self, name: &str) -> &Json {
        self.get(name).unwrap_or(&NOTHING)
    }
}

impl Index<usize> for Json {
    type Output = Json;

    /// Returns an element, or `null` if it is absent.
    fn index(&self, index: usize) -> &Json {
        self.as_array()
            .and_then(|elements| elements.get(index))
            .unwrap_or(&NOTHING)
    }
}

impl fmt::Display for Json {
    /// Writes JSON text without whitespace.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Bool(value) => write!(formatter, "{value}"),
            Self::Number(number) => write!(formatter, "{number}"),
            Self::String(text) => write_string(formatter, text),
            Self::Array(elements) => {
                let mut separator = '[';
                for element in elements {
                    write!(formatter, "{separator}{element}")?;
                    separator = ',';
                }
                formatter.write_str(if elements.is_empty() { "[]" } else { "]" })
            }
            Self::Object(members) => {
                let mut separator = '{';
                for (name, value) in members.iter() {
                    formatter.write_char(separator)?;
                    write_string(formatter, name)?;
                    write!(formatter, ":{value}")?;
                    separator = ',';
                }
                formatter.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

/// Writes a string with the escapes that [RFC 8259 §7](https://www.rfc-editor.org/rfc/rfc8259#section-7) requires, and
/// no others.
fn write_string(formatter: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    formatter.write_char('"')?;
    let mut written = 0;
    for (index, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        formatter.write_str(&text[written..index])?;
        written = index + 1;
        match byte {
            b'"' => formatter.write_str("\\\"")?,
            b'\\' => formatter.write_str("\\\\")?,
            b'\n' => formatter.write_str("\\n")?,
            b'\r' => formatter.write_str("\\r")?,
            b'\t' => formatter.write_str("\\t")?,
            other => write!(formatter, "\\u{other:04x}")?,
        }
    }
    formatter.write_str(&text[written..])?;
    formatter.write_char('"')
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

macro_rules! from_integer {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Json {
            fn from(value: $integer) -> Self {
                Self::Number(value.into())
            }
        }
    )*};
}

from_integer!(i32, i64, u32, u64);

impl From<f64> for Json {
    /// Infinity and NaN become `null`, as in `JSON.stringify`.
    fn from(value: f64) -> Self {
        Number::try_from(value).map_or(Self::Null, Self::Number)
    }
}

impl From<Number> for Json {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<Map<Json>> for Json {
    fn from(members: Map<Json>) -> Self {
        Self::Object(members)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(elements: Vec<T>) -> Self {
        Self::Array(elements.into_iter().map(Into::into).collect())
    }
}
