//! Errors in JSON text, with their position.
//!
//! While text is read a [`Fault`] holds the offset alone, so that the decoders
//! of the document's types carry no path along. The [`DecodeError`] that a
//! caller sees finds the JSON Pointer by a second walk over the text, which
//! only a failure has to pay for.

use std::borrow::Cow;
use std::fmt;

use jiter::{Jiter, Peek};

/// A fault at an offset of the text that is being read.
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
    /// Makes a fault: `expected` something, `found` something else.
    #[must_use]
    pub fn expected(offset: usize, expected: impl Into<Cow<'static, str>>, found: &str) -> Self {
        Self(Box::new(Cause {
            offset,
            expected: expected.into(),
            found: Some(found.to_owned()),
            is_syntax: false,
        }))
    }

    /// Makes a fault: the object at `offset` lacks the property `name`.
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

    /// Makes a fault: the array at `offset` has fewer than `count` elements.
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

    /// Makes a fault: the text is not JSON.
    #[must_use]
    pub fn syntax(offset: usize, words: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Cause {
            offset,
            expected: words.into(),
            found: None,
            is_syntax: true,
        }))
    }

    /// Returns whether the text is no JSON, so that no other reading of it can succeed.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.0.is_syntax
    }

    /// Returns the error told in terms of `value`, the piece of the text that starts at `start`.
    ///
    /// A text may hold any number of values that are at fault each for itself; to tell of one
    /// takes no longer, and no more room, than that one is long.
    #[must_use]
    pub(crate) fn into_error_within(mut self, value: &str, start: usize) -> DecodeError {
        self.0.offset = self.0.offset.saturating_sub(start);
        self.into_error(value)
    }

    /// Returns the error for a caller, told in terms of `text`.
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

/// Prints the offset: it takes the text to say more ([`into_error`](Fault::into_error)).
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

/// Writes what was expected and what was found.
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

    /// Returns what was found instead.
    #[must_use]
    pub fn found(&self) -> Option<&str> {
        self.0.found.as_deref()
    }

    /// Returns whether it is a JSON syntax error.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        self.0.is_syntax
    }

    /// Returns the line of the fault, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// Returns the column of the fault in characters, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    /// Returns the text around the fault.
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

/// Returns the pointer to the innermost value that `offset` lies in.
fn pointer_at(text: &str, offset: usize) -> String {
    let mut pointer = String::new();
    let mut start = 0;
    // A failure to walk on means that the text breaks off here: what was found so far is the answer.
    while let Some((segment, child)) = step_towards(text, start, offset) {
        pointer.push('/');
        pointer.push_str(&segment.replace('~', "~0").replace('/', "~1"));
        start = child;
    }
    pointer
}

/// Goes from the value at `start` to the one of its properties or elements that
/// `offset` lies in: its name or index, and where it starts.
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

/// Where an offset lies, as seen from a value.
enum Reach {
    /// Before the value: between it and what came before.
    Before,
    /// In the value, which starts here.
    Inside(usize),
    /// Behind the value, which was passed over.
    Behind,
}

/// Passes over the next value, unless `offset` lies in it or before it.
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

/// Returns the text around `offset`, at most some 40 characters to each side.
fn excerpt(text: &str, offset: usize) -> String {
    const SIDE: usize = 40;
    let start = floor(text, offset.saturating_sub(SIDE));
    let end = floor(text, (offset + SIDE).min(text.len()));
    let left = if start > 0 { "…" } else { "" };
    let right = if end < text.len() { "…" } else { "" };
    format!("{left}{}{right}", text[start..end].replace(['\n', '\r', '\t'], " "))
}

/// Returns the last boundary of characters that is not behind `offset`.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
