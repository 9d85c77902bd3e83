//! Reads JSON text value by value, for the types of the document.
//!
//! The reader itself handles plain text, which is nearly all of it, and borrows strings from the text. The parser
//! [`jiter`] decodes strings with escapes, skips values, and reports syntax errors.

use std::borrow::Cow;

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType};

use crate::runtime::json::codec::{Decode, plain};
use crate::runtime::json::decode_error::Fault;
use crate::runtime::json::kind::Kind;
use crate::runtime::json::number::decimal::number_length;

/// The maximum nesting depth of arrays and objects. It is below 200, the limit of the parser for skipped values, so
/// that this limit applies first.
const DEPTH: usize = 192;

/// A position in JSON text, which is read from left to right.
#[derive(Debug)]
pub struct Reader<'j> {
    text: &'j str,
    at: usize,
    depth: usize,
    /// The buffer for strings with escapes, which is reused.
    tape: Vec<u8>,
}

impl<'j> Reader<'j> {
    /// Starts at the beginning of `text`.
    #[must_use]
    pub fn new(text: &'j str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            tape: Vec::new(),
        }
    }

    /// Decodes the next value as a `T`.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn value<T: Decode>(&mut self) -> Result<T, Fault> {
        T::decode(self)
    }

    /// Returns the type of the next value without reading it.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    #[inline]
    pub fn peek(&mut self) -> Result<Kind, Fault> {
        match self.ahead() {
            Some(byte) => self.kind(byte),
            None => Err(self.wrong(JsonErrorType::EofWhileParsingValue)),
        }
    }

    /// Returns the offset of the next value in bytes.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn offset(&mut self) -> Result<usize, Fault> {
        self.peek()?;
        Ok(self.at)
    }

    /// Reads `null`.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn null(&mut self) -> Result<(), Fault> {
        self.expect(Kind::Null)?;
        self.word(b"null")
    }

    /// Reads a boolean.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn boolean(&mut self) -> Result<bool, Fault> {
        self.expect(Kind::Boolean)?;
        if self.ahead() == Some(b't') {
            self.word(b"true").map(|()| true)
        } else {
            self.word(b"false").map(|()| false)
        }
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn string(&mut self) -> Result<Cow<'j, str>, Fault> {
        self.expect(Kind::String)?;
        self.known_string()
    }

    /// Reads a number as its text.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn number_text(&mut self) -> Result<&'j str, Fault> {
        self.expect(Kind::Number)?;
        let rest = &self.text[self.at..];
        let length = number_length(rest.as_bytes()).ok_or_else(|| self.refused())?;
        self.at += length;
        Ok(&rest[..length])
    }

    /// Enters an object and reads its first key. Returns `None` if it is empty.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn begin_object(&mut self) -> Result<Option<Cow<'j, str>>, Fault> {
        self.expect(Kind::Object)?;
        self.enter()?;
        self.at += 1;
        match self.ahead() {
            Some(b'"') => self.key().map(Some),
            Some(b'}') => Ok(self.leave(None)),
            Some(_) => Err(self.wrong(JsonErrorType::KeyMustBeAString)),
            None => Err(self.wrong(JsonErrorType::EofWhileParsingObject)),
        }
    }

    /// Reads the next key of an object. Returns `None` at its end.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn next_key(&mut self) -> Result<Option<Cow<'j, str>>, Fault> {
        match self.ahead() {
            Some(b',') => self.at += 1,
            Some(b'}') => return Ok(self.leave(None)),
            Some(_) => return Err(self.wrong(JsonErrorType::ExpectedObjectCommaOrEnd)),
            None => return Err(self.wrong(JsonErrorType::EofWhileParsingObject)),
        }
        match self.ahead() {
            Some(b'"') => self.key().map(Some),
            Some(b'}') => Err(self.wrong(JsonErrorType::TrailingComma)),
            Some(_) => Err(self.wrong(JsonErrorType::KeyMustBeAString)),
            None => Err(self.wrong(JsonErrorType::EofWhileParsingValue)),
        }
    }

    /// Enters an array. Returns false if it is empty.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn begin_array(&mut self) -> Result<bool, Fault> {
        self.expect(Kind::Array)?;
        self.enter()?;
        self.at += 1;
        match self.ahead() {
            Some(b']') => Ok(self.leave(false)),
            Some(_) => Ok(true),
            None => Err(self.wrong(JsonErrorType::EofWhileParsingList)),
        }
    }

    /// Goes to the next element of an array. Returns false at its end.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn next_element(&mut self) -> Result<bool, Fault> {
        match self.ahead() {
            Some(b',') => self.at += 1,
            Some(b']') => return Ok(self.leave(false)),
            Some(_) => return Err(self.wrong(JsonErrorType::ExpectedListCommaOrEnd)),
            None => return Err(self.wrong(JsonErrorType::EofWhileParsingList)),
        }
        match self.ahead() {
            Some(b']') => Err(self.wrong(JsonErrorType::TrailingComma)),
            Some(_) => Ok(true),
            None => Err(self.wrong(JsonErrorType::EofWhileParsingValue)),
        }
    }

    /// Skips a value.
    ///
    /// # Errors
    ///
    /// If the next value has another type, or the text is not valid JSON.
    pub fn skip(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            Kind::Null => self.null(),
            Kind::Boolean => self.boolean().map(drop),
            Kind::Number => self.number_text().map(drop),
            Kind::String if self.pass_plain_string() => Ok(()),
            Kind::String | Kind::Array | Kind::Object => self.skip_any(),
        }
    }

    fn skip_any(&mut self) -> Result<(), Fault> {
        let mut jiter = Jiter::new(&self.text.as_bytes()[self.at..]);
        jiter.next_skip().map_err(|error| self.syntax(&error))?;
        self.at += jiter.current_index();
        Ok(())
    }

    /// Checks that only whitespace follows.
    ///
    /// # Errors
    ///
    /// If anything else follows.
    pub fn finish(&mut self) -> Result<(), Fault> {
        let rest = self.ahead();
        rest.map_or(Ok(()), |_| Err(self.wrong(JsonErrorType::TrailingCharacters)))
    }

    /// Moves to `offset`, at which a value starts inside `depth` arrays and objects.
    pub(crate) fn rewind(&mut self, offset: usize, depth: usize) {
        self.at = offset;
        self.depth = depth;
    }

    /// Returns the number of open arrays and objects.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the whole text.
    pub(crate) fn text(&self) -> &'j str {
        self.text
    }

    /// Returns the text from `start` to the current position.
    pub(crate) fn text_since(&self, start: usize) -> &'j str {
        &self.text[start..self.at]
    }

    /// Skips whitespace, and returns the next byte.
    #[inline]
    fn ahead(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    #[inline]
    fn expect(&mut self, kind: Kind) -> Result<(), Fault> {
        let found = self.peek()?;
        if found == kind {
            Ok(())
        } else {
            Err(Fault::expected(self.at, kind.words(), found.words()))
        }
    }

    /// Returns the type of a value that starts with `byte`.
    #[inline]
    fn kind(&self, byte: u8) -> Result<Kind, Fault> {
        Ok(match byte {
            b'"' => Kind::String,
            b'-' | b'0'..=b'9' => Kind::Number,
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            b't' | b'f' => Kind::Boolean,
            b'n' => Kind::Null,
            _ => return Err(Fault::syntax(self.at, "expected a value")),
        })
    }

    #[inline]
    fn word<const N: usize>(&mut self, word: &[u8; N]) -> Result<(), Fault> {
        if self.text.as_bytes()[self.at..].first_chunk() != Some(word) {
            return Err(self.refused());
        }
        self.at += N;
        Ok(())
    }

    /// Reads the string that starts at the next byte, a quotation mark.
    #[inline]
    fn known_string(&mut self) -> Result<Cow<'j, str>, Fault> {
        let start = self.at + 1;
        if self.pass_plain_string() {
            Ok(Cow::Borrowed(&self.text[start..self.at - 1]))
        } else {
            self.escaped_string().map(Cow::Owned)
        }
    }

    /// Skips the string that starts at the next byte, a quotation mark, if it has no escapes.
    #[inline]
    fn pass_plain_string(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let end = start + plain(&bytes[start..]);
        let is_plain = bytes.get(end) == Some(&b'"');
        if is_plain {
            self.at = end + 1;
        }
        is_plain
    }

    #[cold]
    fn escaped_string(&mut self) -> Result<String, Fault> {
        let rest = &self.text.as_bytes()[self.at..];
        let mut jiter = Jiter::with_tape(rest, std::mem::take(&mut self.tape));
        let string = jiter.next_str().map(str::to_owned);
        let string = string.map_err(|error| self.syntax(&error))?;
        self.at += jiter.current_index();
        self.tape = jiter.into_tape();
        Ok(string)
    }

    /// Reads the key that starts at the next byte, a quotation mark, and the colon.
    #[inline]
    fn key(&mut self) -> Result<Cow<'j, str>, Fault> {
        let key = self.known_string()?;
        match self.ahead() {
            Some(b':') => {
                self.at += 1;
                Ok(key)
            }
            Some(_) => Err(self.wrong(JsonErrorType::ExpectedColon)),
            None => Err(self.wrong(JsonErrorType::EofWhileParsingObject)),
        }
    }

    fn enter(&mut self) -> Result<(), Fault> {
        if self.depth == DEPTH {
            return Err(Fault::syntax(self.at, "arrays and objects nest too deep"));
        }
        self.depth += 1;
        Ok(())
    }

    /// Skips the closing bracket of an array or an object.
    fn leave<T>(&mut self, end: T) -> T {
        self.at += 1;
        self.depth -= 1;
        end
    }

    #[cold]
    fn wrong(&self, error: JsonErrorType) -> Fault {
        self.syntax(&JiterError {
            error_type: JiterErrorType::JsonError(error),
            index: 0,
        })
    }

    /// Returns the syntax error of the next value.
    #[cold]
    fn refused(&self) -> Fault {
        let rest = &self.text.as_bytes()[self.at..];
        match Jiter::new(rest).next_skip() {
            Err(error) => self.syntax(&error),
            Ok(()) => Fault::syntax(self.at, "expected a value"),
        }
    }

    #[cold]
    fn syntax(&self, error: &JiterError) -> Fault {
        let words = match &error.error_type {
            JiterErrorType::JsonError(
                JsonErrorType::InvalidEscape | JsonErrorType::LoneLeadingSurrogateInHexEscape,
            ) => "invalid escape in a string".to_owned(),
            JiterErrorType::JsonError(error) => error.to_string(),
            JiterErrorType::WrongType { expected, actual } => format!("expected {expected}, found {actual}"),
        };
        Fault::syntax(self.at + error.index, words)
    }
}
