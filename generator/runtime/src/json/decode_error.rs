//! Errors in JSON text, with their position.
//!
//! While text is read, a [`Fault`] holds only the offset, so that decoders do not track the path. The [`DecodeError`]
//! of the caller finds the JSON Pointer by reading the text again, which costs time only if decoding fails.

use std::borrow::Cow;
use std::fmt;

use jiter::{Jiter, Peek};

/// An error at an offset of the text.
#[derive(Debug)]
pub struct Fault(Box<Cause>);

#[derive(Debug)]
struct Cause {
    offset: usize,
    expected: Cow<'static, str>,
    found: Option<String>,
    is_syntax: bool,
}

impl Fault {
    /// Makes an error: `expected` one value, `found` another one.
    #[must_use]
    pub fn expected(offset: usize, expected: impl Into<Cow<'static, str>>, found: &str) -> Self {
        Self(Box::new(Cause {
            offset,
            expected: expected.into(),
            found: Some(found.to_owned()),
            is_syntax: false,
        }))
    }

    /// Makes an error: the object at `offset` lacks the property `name`.
    #[must_use]
    pub fn missing(offset: usize, name: &'static str) -> Self {
        let expected = Cow::Owned(format!("the property {name:?}"));
        Self(Box::new(Cause {
            offset,
            expected,
            found: None,
            is_syntax: false,
        }))
    }

    /// Makes an error: the array at `offset` has fewer than `count` elements.
    #[must_use]
    pub fn short(offset: usize, count: usize) -> Self {
        let expected = Cow::Owned(format!("at least {count} elements"));
        Self(Box::new(Cause {
            offset,
            expected,
            found: None,
            is_syntax: false,
        }))
    }

    /// Makes an error: the text is not valid JSON.
    #[must_use]
    pub fn syntax(offset: usize, words: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Cause {
            offset,
            expected: words.into(),
            found: None,
            is_syntax: true,
        }))
    }

    /// Returns whether the text is not valid JSON, so that it cannot be decoded as any other type.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.0.is_syntax
    }

    /// Returns the error relative to `value`, the part of the text that starts at `start`.
    ///
    /// A text may contain many invalid values. Reporting one of them takes time and memory in proportion to its own
    /// length.
    #[must_use]
    pub(crate) fn into_error_within(mut self, value: &str, start: usize) -> DecodeError {
        self.0.offset = self.0.offset.saturating_sub(start);
        self.into_error(value)
    }

    /// Returns the error of the caller, with a position in `text`.
    #[must_use]
    pub fn into_error(self, text: &str) -> DecodeError {
        let Cause {
            offset,
            expected,
            found,
            is_syntax,
        } = *self.0;
        let offset = floor(text, offset);
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |index| index + 1);
        DecodeError(Box::new(Detail {
            pointer: pointer_at(text, offset),
            expected,
            found,
            is_syntax,
            line: before.matches('\n').count() + 1,
            column: text[line_start..offset].chars().count() + 1,
            excerpt: excerpt(text, offset),
        }))
    }
}

/// Prints the offset. [`into_error`](Fault::into_error) needs the text to say more.
impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Cause {
            offset,
            expected,
            found,
            is_syntax,
        } = &*self.0;
        write_what(formatter, expected, found.as_deref(), *is_syntax)?;
        write!(formatter, " (at byte {offset})")
    }
}

impl std::error::Error for Fault {}

/// Prints the expected and the actual value.
fn write_what(formatter: &mut fmt::Formatter<'_>, expected: &str, found: Option<&str>, is_syntax: bool) -> fmt::Result {
    match (found, is_syntax) {
        (_, true) => formatter.write_str(expected),
        (Some(found), false) => write!(formatter, "expected {expected}, found {found}"),
        (None, false) => write!(formatter, "{expected} is missing"),
    }
}

/// The error of JSON text that is not valid JSON, or does not match the documented schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Detail>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Detail {
    pointer: String,
    expected: Cow<'static, str>,
    found: Option<String>,
    is_syntax: bool,
    line: usize,
    column: usize,
    excerpt: String,
}

impl DecodeError {
    /// Returns the JSON Pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) of the invalid value.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }

    /// Returns what was expected, or the syntax error if the text is not valid JSON.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// Returns the actual value.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        self.0.found.as_deref()
    }

    /// Returns whether it is a JSON syntax error.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.0.is_syntax
    }

    /// Returns the line of the error, starting at 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Returns the column of the error in characters, starting at 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// Returns the text around the error.
    #[must_use]
    pub fn excerpt(&self) -> &str {
        &self.0.excerpt
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Detail {
            pointer,
            expected,
            found,
            is_syntax,
            line,
            column,
            excerpt,
        } = &*self.0;
        let place = if pointer.is_empty() { "the value" } else { pointer };
        write!(formatter, "at {place}: ")?;
        write_what(formatter, expected, found.as_deref(), *is_syntax)?;
        write!(formatter, " (line {line}, column {column}: `{excerpt}`)")
    }
}

impl std::error::Error for DecodeError {}

/// Returns the pointer to the innermost value that contains `offset`.
fn pointer_at(text: &str, offset: usize) -> String {
    let mut pointer = String::new();
    let mut start = 0;
    // If reading fails here, the text is truncated. The values found so far are the result.
    while let Some((segment, child)) = step_towards(text, start, offset) {
        pointer.push('/');
        pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
        start = child;
    }
    pointer
}

/// Goes from the value at `start` to its property or element that contains `offset`. Returns the name or index, and the
/// start of that value.
fn step_towards(text: &str, start: usize, offset: usize) -> Option<(String, usize)> {
    let mut jiter = Jiter::new(&text.as_bytes()[start..]);
    let peek = jiter.peek().ok()?;
    if start + jiter.current_index() >= offset {
        return None;
    }
    if peek == Peek::Object {
        let mut key = jiter.known_object().ok()?.map(str::to_owned);
        while let Some(name) = key {
            match reach(&mut jiter, start, offset) {
                Reach::Inside(child) => return Some((name, child)),
                Reach::Before => return None,
                Reach::Behind => {}
            }
            key = jiter.next_key().ok()?.map(str::to_owned);
        }
    } else if peek == Peek::Array {
        let mut more = jiter.known_array().ok()?.is_some();
        let mut index = 0_usize;
        while more {
            match reach(&mut jiter, start, offset) {
                Reach::Inside(child) => return Some((index.to_string(), child)),
                Reach::Before => return None,
                Reach::Behind => {}
            }
            more = jiter.array_step().ok()?.is_some();
            index += 1;
        }
    }
    None
}

/// The position of an offset relative to a value.
enum Reach {
    /// Before the value, after the previous one.
    Before,
    /// In the value, which starts here.
    Inside(usize),
    /// After the value, which was skipped.
    Behind,
}

/// Skips the next value, unless `offset` is in it or before it.
fn reach(jiter: &mut Jiter<'_>, start: usize, offset: usize) -> Reach {
    let begin = match jiter.peek() {
        Ok(_) if start + jiter.current_index() <= offset => start + jiter.current_index(),
        _ => return Reach::Before,
    };
    let skipped = jiter.next_skip();
    if skipped.is_err() || start + jiter.current_index() > offset {
        Reach::Inside(begin)
    } else {
        Reach::Behind
    }
}

/// Returns about 40 characters of text on each side of `offset`.
fn excerpt(text: &str, offset: usize) -> String {
    const SIDE: usize = 40;
    let start = floor(text, offset.saturating_sub(SIDE));
    let end = floor(text, (offset + SIDE).min(text.len()));
    let left = if start > 0 { "…" } else { "" };
    let right = if end < text.len() { "…" } else { "" };
    format!("{left}{}{right}", text[start..end].replace(['\n', '\r', '\t'], " "))
}

/// Returns the last character boundary at or before `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
