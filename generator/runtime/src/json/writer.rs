//! Writes JSON text.

use std::fmt::Write as _;

use crate::runtime::json::codec::{Encode, plain};
use crate::runtime::json::encoded::Encoded;
use crate::runtime::json::map::Map;
use crate::runtime::json::number::Number;
use crate::runtime::json::number::decimal;
use crate::runtime::json::value::Json;

/// JSON text that is being written, without whitespace. The writer adds commas.
#[derive(Debug)]
pub struct Writer {
    text: String,
    /// The offsets of unknown values.
    unknown: Vec<usize>,
}

impl Default for Writer {
    /// Starts with capacity for a small object, which takes one allocation.
    fn default() -> Self {
        Self {
            text: String::with_capacity(128),
            unknown: Vec::new(),
        }
    }
}

impl Writer {
    /// Starts with an empty text.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the text.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    /// Returns the text, and the offsets of unknown values.
    pub(crate) fn finish_encoded(self) -> Encoded {
        Encoded::new(self.text, self.unknown)
    }

    /// Writes an unknown value that is accepted although the document does not list it.
    pub(crate) fn unknown<T: Encode + ?Sized>(&mut self, value: &T) {
        self.unknown.push(self.text.len());
        value.encode(self);
    }

    /// Writes encoded JSON.
    pub(crate) fn encoded(&mut self, value: &Encoded) {
        let start = self.text.len();
        self.unknown.extend(value.unknown().iter().map(|at| at + start));
        self.text.push_str(value.text());
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.text.push_str("null");
    }

    /// Writes a boolean.
    pub fn boolean(&mut self, value: bool) {
        self.text.push_str(if value { "true" } else { "false" });
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i128) {
        if let Ok(value) = i64::try_from(value) {
            self.text.push_str(decimal::print(value, 0, &mut [0; _]));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(self.text, "{value}");
        }
    }

    /// Writes the shortest decimal of a float.
    ///
    /// JSON has no infinity and no NaN. They become `null`, which is invalid for a schema with a number type.
    pub fn float(&mut self, value: f64) {
        if let Some((digits, scale)) = decimal::short(value) {
            self.text.push_str(decimal::print(digits, scale, &mut [0; _]));
        } else if value.is_finite() {
            let _ = if value == 0.0 || (1e-5..1e16).contains(&value.abs()) {
                write!(self.text, "{value}")
            } else {
                write!(self.text, "{value:e}")
            };
        } else {
            self.null();
        }
    }

    /// Writes the text of a number.
    pub fn number(&mut self, value: &Number) {
        self.text.push_str(value.print(&mut [0; _]));
    }

    /// Writes a string, with the escapes that [RFC 8259 §7](https://www.rfc-editor.org/rfc/rfc8259#section-7) requires.
    pub fn string(&mut self, value: &str) {
        self.text.push('"');
        let mut rest = value;
        let mut free = plain(rest.as_bytes());
        while let Some(&byte) = rest.as_bytes().get(free) {
            self.text.push_str(&rest[..free]);
            self.escape(byte);
            rest = &rest[free + 1..];
            free = plain(rest.as_bytes());
        }
        self.text.push_str(rest);
        self.text.push('"');
    }

    /// Opens an object.
    pub fn begin_object(&mut self) {
        self.text.push('{');
    }

    /// Closes an object.
    pub fn end_object(&mut self) {
        self.text.push('}');
    }

    /// Opens an array.
    pub fn begin_array(&mut self) {
        self.text.push('[');
    }

    /// Closes an array.
    pub fn end_array(&mut self) {
        self.text.push(']');
    }

    /// Writes an element of the open array.
    pub fn element<T: Encode + ?Sized>(&mut self, value: &T) {
        self.separate();
        value.encode(self);
    }

    /// Writes an array: `elements` at their indexes, then `rest`.
    ///
    /// An absent element before a present one becomes `null`, since the indexes of the others would change otherwise.
    pub fn tuple<T: Encode>(&mut self, elements: &[Option<&dyn Encode>], rest: &[T]) {
        let last = elements.iter().rposition(Option::is_some).map_or(0, |index| index + 1);
        let length = if rest.is_empty() { last } else { elements.len() };
        self.begin_array();
        for element in &elements[..length] {
            match element {
                Some(value) => self.element(*value),
                None => self.element(&Json::Null),
            }
        }
        for element in rest {
            self.element(element);
        }
        self.end_array();
    }

    /// Writes a property of the open object.
    pub fn property<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        self.separate();
        self.string(name);
        self.text.push(':');
        value.encode(self);
    }

    /// Writes the name of a property of the open object. It has a comma, quotation marks and a colon around it.
    pub(crate) fn name(&mut self, with_signs: &str) {
        let name = &with_signs[2..with_signs.len() - 2];
        if plain(name.as_bytes()) < name.len() {
            self.separate();
            self.string(name);
            return self.text.push(':');
        }
        let is_first = self.text.as_bytes().last() == Some(&b'{');
        self.text.push_str(if is_first { &with_signs[1..] } else { with_signs });
    }

    /// Writes all properties of `map` into the open object.
    pub fn properties<T: Encode>(&mut self, map: &Map<T>) {
        for (name, value) in map.iter() {
            self.property(name, value);
        }
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.text.push_str("\\\""),
            b'\\' => self.text.push_str("\\\\"),
            b'\n' => self.text.push_str("\\n"),
            b'\r' => self.text.push_str("\\r"),
            b'\t' => self.text.push_str("\\t"),
            other => {
                let _ = write!(self.text, "\\u{other:04x}");
            }
        }
    }

    /// Writes a comma unless this is the first property or element.
    #[inline]
    fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), Some(b'{' | b'[')) {
            self.text.push(',');
        }
    }
}
