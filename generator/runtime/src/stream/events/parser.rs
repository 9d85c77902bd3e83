//! The format of server-sent events
//! ([HTML §9.2.6](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation)).

use std::collections::VecDeque;
use std::mem;
use std::time::Duration;

/// A server-sent event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type. `message` if the server sends none.
    pub event: String,
    /// The last event ID, set by this event or an earlier one.
    pub id: String,
    /// The data.
    pub data: T,
}

/// Parses server-sent events from chunks of bytes.
///
/// An event ends with an empty line. An incomplete event is dropped, and so is one that is larger than the cap.
#[derive(Debug)]
pub struct EventParser {
    cap: usize,
    line: Line,
    /// Whether the last line ended with a carriage return. A line feed after it belongs to it.
    after_return: bool,
    /// Whether nothing was read from the connection yet, so that a byte order mark is skipped.
    is_first: bool,
    event: String,
    data: String,
    /// Whether the current event is larger than the cap.
    is_too_large: bool,
    id: String,
    last_id: String,
    retry: Option<Duration>,
    ready: VecDeque<Option<Event<String>>>,
}

/// The current line, up to the cap.
#[derive(Debug, Default)]
struct Line {
    bytes: Vec<u8>,
    /// Whether it is longer than the cap.
    is_cut: bool,
}

impl EventParser {
    /// Starts. `cap` is the size limit of an event in bytes.
    #[must_use]
    pub fn new(cap: usize) -> Self {
        Self {
            cap,
            line: Line::default(),
            after_return: false,
            is_first: true,
            event: String::new(),
            data: String::new(),
            is_too_large: false,
            id: String::new(),
            last_id: String::new(),
            retry: None,
            ready: VecDeque::new(),
        }
    }

    /// Returns the next event. `Some(None)` is an event that is larger than the cap.
    pub fn next_event(&mut self) -> Option<Option<Event<String>>> {
        self.ready.pop_front()
    }

    /// Returns the last event ID.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        &self.last_id
    }

    /// Returns the reconnect delay that the server requests, if any.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Starts with the bytes of another connection. An incomplete event is dropped.
    pub fn reconnect(&mut self) {
        let id = mem::take(&mut self.last_id);
        *self = Self {
            id: id.clone(),
            last_id: id,
            retry: self.retry,
            ready: mem::take(&mut self.ready),
            ..Self::new(self.cap)
        };
    }

    /// Adds a chunk of bytes.
    pub fn feed(&mut self, chunk: &[u8]) {
        let mut rest = chunk;
        if self.after_return && !rest.is_empty() {
            self.after_return = false;
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            self.push(&rest[..end]);
            self.end_line();
            let is_return = rest[end] == b'\r';
            rest = &rest[end + 1..];
            if is_return {
                self.after_return = rest.is_empty();
                rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            }
        }
        self.push(rest);
    }

    /// Adds to the current line.
    fn push(&mut self, bytes: &[u8]) {
        let room = self.cap.saturating_sub(self.line.bytes.len()).min(bytes.len());
        self.line.bytes.extend_from_slice(&bytes[..room]);
        self.line.is_cut |= room < bytes.len();
    }

    fn end_line(&mut self) {
        let Line {
            bytes: mut line,
            is_cut,
        } = mem::take(&mut self.line);
        let mut bytes = line.as_slice();
        if mem::take(&mut self.is_first) {
            bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        }
        match bytes.first() {
            // With a cap of zero, the whole line was cut off.
            None if !is_cut => self.dispatch(),
            // A comment of any length.
            Some(b':') => {}
            _ if is_cut => self.skip(),
            _ => {
                let text = String::from_utf8_lossy(bytes);
                let (field, value) = text.split_once(':').unwrap_or((&text, ""));
                self.field(field, value.strip_prefix(' ').unwrap_or(value));
            }
        }
        // The buffer is kept for the next line.
        line.clear();
        self.line.bytes = line;
    }

    fn field(&mut self, field: &str, value: &str) {
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" if self.data.len() + value.len() + self.event.len() > self.cap => self.skip(),
            "data" if !self.is_too_large => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                // A number with too many digits is ignored.
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
    }

    /// Drops the current event.
    fn skip(&mut self) {
        self.is_too_large = true;
        self.data = String::new();
    }

    fn dispatch(&mut self) {
        self.last_id.clone_from(&self.id);
        let event = mem::take(&mut self.event);
        let mut data = mem::take(&mut self.data);
        if mem::take(&mut self.is_too_large) {
            self.ready.push_back(None);
            return;
        }
        // The last line feed is not part of the data. Without one there is no data line.
        if data.pop().is_none() {
            return;
        }
        let event = if event.is_empty() { "message".to_owned() } else { event };
        let id = self.last_id.clone();
        self.ready.push_back(Some(Event { event, id, data }));
    }
}
