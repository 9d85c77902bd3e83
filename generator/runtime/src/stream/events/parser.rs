//! The format of server-sent events
//! ([HTML §9.2.6](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation)).

use std::collections::VecDeque;
use std::mem;
use std::time::Duration;

/// A server-sent event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its type: `message` where the server names none.
    pub event: String,
    /// The last event ID, which this event may have set or one before it.
    pub id: String,
    /// The data.
    pub data: T,
}

/// Parses server-sent events from chunks of bytes.
///
/// An event is over with the empty line behind it; what has none is no event. An event that is larger than the
/// cap is skipped.
#[derive(Debug)]
pub struct EventParser {
    cap: usize,
    line: Line,
    /// Whether the last line ended with a carriage return, to which a line feed would belong.
    after_return: bool,
    /// Whether nothing was read of the connection yet, so that a byte order mark may come.
    is_first: bool,
    event: String,
    data: String,
    /// Whether the event under way has more than is kept.
    is_too_large: bool,
    id: String,
    last_id: String,
    retry: Option<Duration>,
    ready: VecDeque<Option<Event<String>>>,
}

/// The line under way, up to the cap.
#[derive(Debug, Default)]
struct Line {
    bytes: Vec<u8>,
    /// Whether it is longer than is kept.
    is_cut: bool,
}

impl EventParser {
    /// Starts; each event may have `cap` bytes.
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

    /// Returns the next event: `Some(None)` stands for one that is larger than the cap.
    pub fn next_event(&mut self) -> Option<Option<Event<String>>> {
        self.ready.pop_front()
    }

    /// Returns the last event ID: where to go on.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        &self.last_id
    }

    /// Returns how long the server asks to wait before a new connection, if it said so.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// Starts anew with the bytes of another connection; what was incomplete is no event.
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

    /// Takes a piece of the bytes in.
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

    /// Adds to the line under way.
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
            // What was cut off may have been all that there was, where the cap is nothing.
            None if !is_cut => self.dispatch(),
            // A comment, of whatever length.
            Some(b':') => {}
            _ if is_cut => self.skip(),
            _ => {
                let text = String::from_utf8_lossy(bytes);
                let (field, value) = text.split_once(':').unwrap_or((&text, ""));
                self.field(field, value.strip_prefix(' ').unwrap_or(value));
            }
        }
        // The room is kept for the next line.
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
                // One of more digits than any wait has is as good as none.
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            _ => {}
        }
    }

    /// Drops what came of the event under way.
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
        // The line feed behind the last line is none of the data; without one there is no data line.
        if data.pop().is_none() {
            return;
        }
        let event = if event.is_empty() { "message".to_owned() } else { event };
        let id = self.last_id.clone();
        self.ready.push_back(Some(Event { event, id, data }));
    }
}
