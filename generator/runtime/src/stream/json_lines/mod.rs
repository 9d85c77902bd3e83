//! JSON lines, and JSON text sequences ([RFC 7464](https://www.rfc-editor.org/rfc/rfc7464)).

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

/// The record separator, which precedes each text of a sequence.
const SEPARATOR: u8 = 0x1e;

/// Splits chunks of bytes into JSON texts.
///
/// Empty lines are skipped. A text that is longer than the cap is skipped, too.
#[derive(Debug)]
pub struct JsonTexts {
    is_sequence: bool,
    cap: usize,
    buffer: BytesMut,
    /// The number of bytes of the buffer that were scanned.
    seen: usize,
    /// The number of the current text, or of its line.
    number: u64,
    /// Whether the current text is longer than the cap.
    is_skipped: bool,
    nesting: Nesting,
    is_over: bool,
}

/// A JSON text, or a text that is too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonText {
    /// The line number, starting at 1. In a sequence, the number of the text.
    pub number: u64,
    /// The text. `None` if it is longer than the cap.
    pub text: Option<Bytes>,
}

/// The nesting depth of a partial text.
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
    /// Starts with JSON lines. `cap` is the size limit of a line in bytes.
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

    /// Starts with a JSON text sequence. `cap` is the size limit of a text in bytes.
    #[must_use]
    pub fn sequence(cap: usize) -> Self {
        Self {
            is_sequence: true,
            ..Self::lines(cap)
        }
    }

    /// Starts with the media type of a response, or `media_type` if it has none.
    pub(crate) fn of(response: &RawResponse, media_type: &str, cap: usize) -> Self {
        let said = response.media_type().unwrap_or_else(|| media_type.to_owned());
        if said.ends_with("json-seq") {
            Self::sequence(cap)
        } else {
            Self::lines(cap)
        }
    }

    /// Adds a chunk of bytes.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// Ends the bytes.
    pub fn end(&mut self) {
        self.is_over = true;
    }

    /// Returns the next complete text. Returns `None` if more bytes are needed.
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

    /// Finds the end of the current text. Returns its length, and that of the separator.
    fn find_end(&mut self) -> Option<(usize, usize)> {
        while let Some(byte) = self.buffer.get(self.seen) {
            let at = self.seen;
            self.seen += 1;
            match *byte {
                SEPARATOR if self.is_sequence => return Some((at, 1)),
                b'\n' if !self.is_sequence => return Some((at, 1)),
                // The line feed is part of the text: it shows that a number is complete.
                b'\n' if self.nesting.is_outside() => return Some((at + 1, 0)),
                byte if self.is_sequence => self.nesting.step(byte),
                _ => {}
            }
        }
        None
    }

    /// Removes a text from the buffer. Skips it if it is empty.
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

    /// Decodes a text.
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

/// Returns whether a text of a sequence may be truncated: any text but a string, an array or an object has to be
/// followed by whitespace ([RFC 7464 §2.4](https://www.rfc-editor.org/rfc/rfc7464#section-2.4)).
fn is_cut(text: &[u8]) -> bool {
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    let shows_its_end = matches!(first, Some(b'"' | b'[' | b'{'));
    !shows_its_end && !text.last().is_some_and(u8::is_ascii_whitespace)
}

/// The error of a line.
#[derive(Debug)]
#[non_exhaustive]
pub enum LineError {
    /// The line does not match the documented schema. Other lines may follow.
    Undecodable(Box<UndecodableLine>),
    /// The line exceeds the size limit ([`Options::max_response_size`](crate::runtime::Options::max_response_size)).
    /// Other lines may follow.
    TooLong {
        /// The line number, starting at 1.
        number: u64,
        /// The size limit in bytes.
        cap: usize,
    },
    /// The connection failed. No line follows.
    Transport(TransportError),
}

/// A line that does not match the documented schema.
#[derive(Debug)]
pub struct UndecodableLine {
    /// The line number, starting at 1. In a sequence, the number of the text.
    pub number: u64,
    /// The line as received.
    pub text: Bytes,
    /// The decode error, with its position in the line.
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

/// The source is that of the inner error, since `Display` prints the inner error.
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

/// Returns whether a response contains such texts: it has the media type, or none.
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
