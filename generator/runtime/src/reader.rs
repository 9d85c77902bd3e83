//! Reads JSON text, one value at a time, for the types of the document.
//!
//! The parser is [`jiter`]; this reader adds what types need: keys that outlive
//! the step that read them, a limit on nesting, going back to decide a union,
//! and faults that know where they happened.

use std::borrow::Cow;

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};

use super::codec::Decode;
use super::fault::Fault;
use super::json::Json;
use super::number::Number;

/// How deep arrays and objects may nest. The parser's own limit when it skips a
/// value is 200; this one has to be met first.
const DEPTH: usize = 192;

/// The kinds of JSON values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// Returns the kind in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// A position in JSON text, read from left to right.
#[derive(Debug)]
pub struct Reader<'j> {
    jiter: Jiter<'j>,
    text: &'j str,
    /// Where in `text` the text of `jiter` starts.
    start: usize,
    depth: usize,
}

impl<'j> Reader<'j> {
    /// Starts to read `text`.
    #[must_use]
    pub fn new(text: &'j str) -> Self {
        Self {
            jiter: Jiter::new(text.as_bytes()),
            text,
            start: 0,
            depth: 0,
        }
    }

    /// Reads the next value as a `T`.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn value<T: Decode>(&mut self) -> Result<T, Fault> {
        T::decode(self)
    }

    /// Returns the kind of the next value without reading it.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn peek(&mut self) -> Result<Kind, Fault> {
        let peek = self.jiter.peek().map_err(|error| self.syntax(&error))?;
        self.kind(peek)
    }

    /// Returns where the next value starts, in bytes.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn offset(&mut self) -> Result<usize, Fault> {
        self.peek()?;
        Ok(self.position())
    }

    /// Reads `null`.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn null(&mut self) -> Result<(), Fault> {
        self.expect(Kind::Null)?;
        self.jiter.known_null().map_err(|error| self.syntax(&error))
    }

    /// Reads a boolean.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn boolean(&mut self) -> Result<bool, Fault> {
        let peek = self.expect(Kind::Boolean)?;
        self.jiter.known_bool(peek).map_err(|error| self.syntax(&error))
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn string(&mut self) -> Result<Cow<'j, str>, Fault> {
        self.expect(Kind::String)?;
        match self.jiter.known_str() {
            Ok(text) => Ok(borrow(self.text, text)),
            Err(error) => Err(self.syntax(&error)),
        }
    }

    /// Reads a number as its text.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn number_text(&mut self) -> Result<&'j str, Fault> {
        let peek = self.expect(Kind::Number)?;
        let start = self.position();
        match self.jiter.known_number_bytes(peek) {
            Ok(bytes) => {
                let end = start + bytes.len();
                Ok(&self.text[start..end])
            }
            Err(error) => Err(self.syntax(&error)),
        }
    }

    /// Reads a number.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn number(&mut self) -> Result<Number, Fault> {
        let offset = self.offset()?;
        let text = self.number_text()?;
        Number::parse(text).ok_or_else(|| Fault::expected(offset, "a number", text))
    }

    /// Reads a number of 64 bits.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn float(&mut self) -> Result<f64, Fault> {
        let offset = self.offset()?;
        let text = self.number_text()?;
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(Fault::expected(offset, "a number of 64 bits", text)),
        }
    }

    /// Reads an integer that `T` can hold; `1.0` and `1e2` are integers too
    /// ([JSON Schema §6.1.1](https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1.1)).
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn integer<T: TryFrom<i64> + TryFrom<u64>>(&mut self, expected: &'static str) -> Result<T, Fault> {
        let offset = self.offset()?;
        let text = self.number_text()?;
        let value = if let Ok(value) = text.parse::<i64>() {
            T::try_from(value).ok()
        } else if let Ok(value) = text.parse::<u64>() {
            T::try_from(value).ok()
        } else {
            Number::parse(text)
                .filter(Number::is_integer)
                .and_then(|number| match number.as_i64() {
                    Some(value) => T::try_from(value).ok(),
                    None => number.as_u64().and_then(|value| T::try_from(value).ok()),
                })
        };
        value.ok_or_else(|| Fault::expected(offset, expected, text))
    }

    /// Enters an object and reads its first key; `None` when it is empty.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn begin_object(&mut self) -> Result<Option<Cow<'j, str>>, Fault> {
        self.expect(Kind::Object)?;
        self.enter()?;
        let text = self.text;
        let key = match self.jiter.known_object() {
            Ok(key) => key.map(|key| borrow(text, key)),
            Err(error) => return Err(self.syntax(&error)),
        };
        self.leave_if(key.is_none());
        Ok(key)
    }

    /// Reads the next key of an object; `None` at its end.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn next_key(&mut self) -> Result<Option<Cow<'j, str>>, Fault> {
        let text = self.text;
        let key = match self.jiter.next_key() {
            Ok(key) => key.map(|key| borrow(text, key)),
            Err(error) => return Err(self.syntax(&error)),
        };
        self.leave_if(key.is_none());
        Ok(key)
    }

    /// Enters an array; false when it is empty.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn begin_array(&mut self) -> Result<bool, Fault> {
        self.expect(Kind::Array)?;
        self.enter()?;
        let more = self.jiter.known_array().map_err(|error| self.syntax(&error))?.is_some();
        self.leave_if(!more);
        Ok(more)
    }

    /// Goes to the next element of an array; false at its end.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn next_element(&mut self) -> Result<bool, Fault> {
        let more = self.jiter.array_step().map_err(|error| self.syntax(&error))?.is_some();
        self.leave_if(!more);
        Ok(more)
    }

    /// Passes over a value.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn skip(&mut self) -> Result<(), Fault> {
        self.jiter.next_skip().map_err(|error| self.syntax(&error))
    }

    /// Reads any value.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
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

    /// Makes sure that nothing but white space follows.
    ///
    /// # Errors
    ///
    /// When something follows.
    pub fn finish(&mut self) -> Result<(), Fault> {
        self.jiter.finish().map_err(|error| self.syntax(&error))
    }

    /// Starts another reader at the next value, to look ahead.
    ///
    /// # Errors
    ///
    /// When the text holds something else there, or is no JSON.
    pub fn fork(&mut self) -> Result<Reader<'j>, Fault> {
        let start = self.offset()?;
        Ok(self.at(start, self.depth))
    }

    /// Goes back to `offset`, where a value started at the present depth.
    pub(super) fn rewind(&mut self, offset: usize, depth: usize) {
        *self = self.at(offset, depth);
    }

    /// Returns how many arrays and objects are open.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the whole text.
    pub(super) fn text(&self) -> &'j str {
        self.text
    }

    fn at(&self, start: usize, depth: usize) -> Reader<'j> {
        Reader {
            jiter: Jiter::new(&self.text.as_bytes()[start..]),
            text: self.text,
            start,
            depth,
        }
    }

    fn position(&self) -> usize {
        self.start + self.jiter.current_index()
    }

    fn expect(&mut self, kind: Kind) -> Result<Peek, Fault> {
        let peek = self.jiter.peek().map_err(|error| self.syntax(&error))?;
        let found = self.kind(peek)?;
        if found == kind {
            Ok(peek)
        } else {
            Err(Fault::expected(self.position(), kind.words(), found.words()))
        }
    }

    fn kind(&self, peek: Peek) -> Result<Kind, Fault> {
        Ok(match peek {
            Peek::Null => Kind::Null,
            Peek::True | Peek::False => Kind::Boolean,
            Peek::String => Kind::String,
            Peek::Array => Kind::Array,
            Peek::Object => Kind::Object,
            // `NaN` and `Infinity` are no JSON, though the parser knows them.
            other if other.is_num() && other != Peek::NaN && other != Peek::Infinity => Kind::Number,
            _ => return Err(Fault::syntax(self.position(), "expected a value")),
        })
    }

    fn enter(&mut self) -> Result<(), Fault> {
        if self.depth == DEPTH {
            return Err(Fault::syntax(self.position(), "arrays and objects nest too deep"));
        }
        self.depth += 1;
        Ok(())
    }

    fn leave_if(&mut self, left: bool) {
        if left {
            self.depth -= 1;
        }
    }

    fn syntax(&self, error: &JiterError) -> Fault {
        let words = match &error.error_type {
            JiterErrorType::JsonError(
                JsonErrorType::InvalidEscape | JsonErrorType::LoneLeadingSurrogateInHexEscape,
            ) => "invalid escape in a string".to_owned(),
            JiterErrorType::JsonError(error) => error.to_string(),
            JiterErrorType::WrongType { expected, actual } => format!("expected {expected}, found {actual}"),
        };
        Fault::syntax(self.start + error.index, words)
    }
}

/// Returns `part` with the lifetime of `text` where it is a piece of it.
///
/// The parser lends a string from the text itself unless it had to unescape
/// it, but its signature cannot say so.
fn borrow<'j>(text: &'j str, part: &str) -> Cow<'j, str> {
    let offset = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    match offset.checked_add(part.len()).and_then(|end| text.get(offset..end)) {
        Some(piece) if piece.as_ptr() == part.as_ptr() => Cow::Borrowed(piece),
        _ => Cow::Owned(part.to_owned()),
    }
}
