//! JSON texts one after the other: a line each, or a JSON text sequence
//! ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).

#[cfg(feature = "blocking")]
pub(crate) mod reader;
#[cfg(feature = "async")]
pub(crate) mod stream;

use std::error::Error as StdError;
use std::fmt;

use bytes::{Buf as _, Bytes, BytesMut};

use crate::runtime::client::any_error::AnyError;
use crate::runtime::client::error::{RawResponse, TransportError, write_causes};
use crate::runtime::json::codec::{Decode, from_slice};
use crate::runtime::json::decode_error::{DecodeError, Fault};

/// What stands before each text of a sequence: the record separator.
const SEPARATOR: u8 = 0x1e;

/// Parts bytes into JSON texts, in whatever pieces they come in.
///
/// Empty lines are no texts. What is longer than the cap is skipped up to its end.
#[derive(Debug)]
pub struct JsonTexts {
    is_sequence: bool,
    cap: usize,
    buffer: BytesMut,
    /// How much of the buffer was looked at.
    seen: usize,
    /// How often the text that is under way was begun, or the line.
    number: u64,
    /// Whether the text that is under way is too long to be kept.
    is_skipped: bool,
    nesting: Nesting,
    is_over: bool,
}

/// A JSON text, or that there was one which is too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonText {
    /// The line that it stands on, from 1; of a sequence, the how-manieth text it is.
    pub number: u64,
    /// The text; `None` where it is longer than the cap.
    pub text: Option<Bytes>,
}

/// How deep a text is within brackets, as far as it goes.
#[derive(Debug, Default, Clone, Copy)]
struct Nesting {
    depth: usize,
    is_string: bool,
    is_escaped: bool,
}

impl Nesting {
    fn step(&mut self, byte: u8) {
        if self.is_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.is_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => self.is_string = true,
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    fn is_outside(self) -> bool {
        self.depth == 0 && !self.is_string
    }
}

impl JsonTexts {
    /// Starts with lines, each of which may have `cap` bytes.
    #[must_use]
    pub fn lines(cap: usize) -> Self {
        Self {
            is_sequence: false,
            cap,
            buffer: BytesMut::new(),
            seen: 0,
            number: 0,
            is_skipped: false,
            nesting: Nesting::default(),
            is_over: false,
        }
    }

    /// Starts with a JSON text sequence, each text of which may have `cap` bytes.
    #[must_use]
    pub fn sequence(cap: usize) -> Self {
        Self {
            is_sequence: true,
            ..Self::lines(cap)
        }
    }

    /// Starts with what a response says that it is; `media_type` if it says nothing.
    pub(crate) fn of(response: &RawResponse, media_type: &str, cap: usize) -> Self {
        let said = response.media_type().unwrap_or_else(|| media_type.to_owned());
        if said.ends_with("json-seq") {
            Self::sequence(cap)
        } else {
            Self::lines(cap)
        }
    }

    /// Takes a piece of the bytes in.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// Says that no more bytes come.
    pub fn end(&mut self) {
        self.is_over = true;
    }

    /// Returns the next text; `None` where the bytes do not reach its end.
    pub fn next_text(&mut self) -> Option<JsonText> {
        loop {
            let Some((length, gap)) = self.find_end() else {
                if self.buffer.len() > self.cap {
                    self.is_skipped = true;
                    self.buffer.clear();
                    self.seen = 0;
                }
                if !self.is_over || (self.buffer.is_empty() && !self.is_skipped) {
                    return None;
                }
                let rest = self.buffer.len();
                if let Some(text) = self.cut(rest, 0) {
                    return Some(text);
                }
                continue;
            };
            if let Some(text) = self.cut(length, gap) {
                return Some(text);
            }
        }
    }

    /// Finds the end of the text under way: its length, and that of what parts it from the next one.
    fn find_end(&mut self) -> Option<(usize, usize)> {
        while let Some(byte) = self.buffer.get(self.seen) {
            let at = self.seen;
            self.seen += 1;
            match *byte {
                SEPARATOR if self.is_sequence => return Some((at, 1)),
                b'\n' if !self.is_sequence => return Some((at, 1)),
                // The line feed belongs to the text: it says that a number has no more digits.
                b'\n' if self.nesting.is_outside() => return Some((at + 1, 0)),
                byte if self.is_sequence => self.nesting.step(byte),
                _ => {}
            }
        }
        None
    }

    /// Takes a text out of the buffer, unless it is empty.
    fn cut(&mut self, length: usize, gap: usize) -> Option<JsonText> {
        let text = self.buffer.split_to(length).freeze();
        self.buffer.advance(gap);
        self.seen = 0;
        self.nesting = Nesting::default();
        let is_skipped = std::mem::take(&mut self.is_skipped);
        let is_empty = !is_skipped && text.iter().all(u8::is_ascii_whitespace);
        if !self.is_sequence || !is_empty {
            self.number += 1;
        }
        let is_too_long = is_skipped || text.len() > self.cap;
        (!is_empty).then_some(JsonText {
            number: self.number,
            text: (!is_too_long).then_some(text),
        })
    }

    /// Reads a text.
    pub(crate) fn read<T: Decode>(&self, found: JsonText) -> Result<T, LineError> {
        let JsonText { number, text } = found;
        let Some(text) = text else {
            return Err(LineError::TooLong { number, cap: self.cap });
        };
        let value = if self.is_sequence && is_cut(&text) {
            let fault = Fault::syntax(text.len(), "the text breaks off");
            Err(fault.into_error(&String::from_utf8_lossy(&text)))
        } else {
            from_slice(&text)
        };
        value.map_err(|error| LineError::Undecodable(Box::new(UndecodableLine { number, text, error })))
    }
}

/// Returns whether a text of a sequence may lack its end: one that is no string, array or object has to be
/// followed by white space ([RFC 7464 §2.4](https://www.rfc-editor.org/rfc/rfc7464#section-2.4)).
fn is_cut(text: &[u8]) -> bool {
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    let shows_its_end = matches!(first, Some(b'"' | b'[' | b'{'));
    !shows_its_end && !text.last().is_some_and(u8::is_ascii_whitespace)
}

/// Why there is no value where one was to come.
#[derive(Debug)]
#[non_exhaustive]
pub enum LineError {
    /// The line is not what the document describes; the stream goes on with the next one.
    Undecodable(Box<UndecodableLine>),
    /// The line is longer than is allowed ([`Options::max_response_size`](crate::runtime::Options::max_response_size)); the stream goes
    /// on with the next one.
    TooLong {
        /// The number of the line, from 1.
        number: u64,
        /// How many bytes are allowed.
        cap: usize,
    },
    /// The connection failed before the end; it is the last that comes.
    Transport(TransportError),
}

/// A line that is not what the document describes.
#[derive(Debug)]
pub struct UndecodableLine {
    /// The number of the line, from 1; of a sequence, the how-manieth text it is.
    pub number: u64,
    /// The line as it came.
    pub text: Bytes,
    /// What is wrong with it, and where in the line.
    pub error: DecodeError,
}

impl fmt::Display for LineError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecodable(line) => line.fmt(formatter),
            Self::TooLong { number, cap } => write!(formatter, "line {number} has more than {cap} bytes"),
            Self::Transport(error) => error.fmt(formatter),
        }
    }
}

/// The source is that of what the variant holds: the variant itself is printed.
impl StdError for LineError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Undecodable(line) => line.source(),
            Self::TooLong { .. } => None,
            Self::Transport(error) => StdError::source(error),
        }
    }
}

impl fmt::Display for UndecodableLine {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {} cannot be decoded", self.number)?;
        write_causes(formatter, self.source())
    }
}

impl StdError for UndecodableLine {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
}

impl From<LineError> for AnyError {
    fn from(error: LineError) -> Self {
        match error {
            LineError::Transport(error) => error.into(),
            error => Self::Other(Box::new(error)),
        }
    }
}

/// Returns whether the body of a response may be such texts: it says so, or says nothing of it.
pub(crate) fn is_wanted(response: &RawResponse) -> bool {
    let Some(media_type) = response.media_type() else {
        return true;
    };
    let subtype = media_type.rsplit('/').next().unwrap_or_default();
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    matches!(
        subtype,
        "" | "ndjson" | "jsonl" | "jsonlines" | "json-seq" | "stream+json" | "plain" | "octet-stream"
    ) || subtype.ends_with("+json-seq")
}
