//! Server-sent events: what they carry, and when the connection is made anew, with no clock and no socket
//! ([HTML §9.2.3](https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model)).

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::any_error::AnyError;
use super::call::{Call, Failure};
use super::codec::{Decode, from_str, to_string};
use super::error::{Error, InvalidRequest, NoFailure, RawReply, TransportError, write_causes};
use super::event_parser::{Event, EventParser};
use super::fault::DecodeError;

/// The header that tells a server where to go on.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// How long to wait before a new connection, where the server does not say.
const RETRY: Duration = Duration::from_secs(3);

/// How long to wait at most after connections that failed one after the other.
const LONGEST: Duration = Duration::from_secs(60);

/// How many connections may fail one after the other.
const MOST_FAILURES: u32 = 5;

/// When the request is sent again for the events that are yet to come.
///
/// It carries the last event ID (`Last-Event-ID`), by which a server knows where to go on. The wait before it is
/// the server's (`retry`), or three seconds; it doubles while connections fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reconnect {
    /// Never: the events are over when the reply is, and a connection that fails is an error.
    Never,
    /// When the connection fails.
    AfterFailure,
    /// When the connection fails, and when the reply ends, which then means nothing, as in a browser: a server
    /// ends the events with the status 204.
    Always,
}

/// What the document says of the events of an operation.
#[derive(Debug, Clone, Copy)]
pub struct EventFormat<T> {
    /// Reads what an event carries.
    pub read: fn(&str) -> Result<T, DecodeError>,
    /// What an event carries that says there are no more.
    pub end: Option<&'static str>,
}

/// Reads what an event carries as a text, which is not written as JSON there.
///
/// # Errors
///
/// When the text is not what the type asks for.
pub fn event_text<T: Decode>(data: &str) -> Result<T, DecodeError> {
    from_str(&to_string(data))
}

/// Why there is no event where one was to come.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventError<E> {
    /// The event is not what the document describes; others may follow.
    Undecodable(Box<UndecodableEvent>),
    /// The event is larger than is allowed ([`Options::max_reply`](super::Options::max_reply)); others may follow.
    TooLarge {
        /// How many bytes are allowed.
        cap: usize,
    },
    /// The connection failed, or another one could not be had; it is the last that comes.
    Call(Error<E>),
}

/// An event that is not what the document describes.
#[derive(Debug)]
pub struct UndecodableEvent {
    /// The event as it came.
    pub event: Event<String>,
    /// What is wrong with what it carries.
    pub error: DecodeError,
}

impl<E> fmt::Display for EventError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undecodable(found) => found.fmt(formatter),
            Self::TooLarge { cap } => write!(formatter, "an event has more than {cap} bytes"),
            Self::Call(error) => error.fmt(formatter),
        }
    }
}

/// The source is that of what the variant holds: the variant itself is printed.
impl<E: fmt::Debug> StdError for EventError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Undecodable(found) => found.source(),
            Self::TooLarge { .. } => None,
            Self::Call(error) => error.source(),
        }
    }
}

impl fmt::Display for UndecodableEvent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "an event `{}` cannot be decoded", self.event.event)?;
        write_causes(formatter, self.source())
    }
}

impl StdError for UndecodableEvent {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
}

impl<E: Failure> From<EventError<E>> for AnyError {
    fn from(error: EventError<E>) -> Self {
        match error {
            EventError::Call(error) => error.into(),
            EventError::Undecodable(found) => Self::Other(found),
            EventError::TooLarge { cap } => Self::Other(Box::new(EventError::<NoFailure>::TooLarge { cap })),
        }
    }
}

/// Returns whether a reply has events, or says with the status 204 that there are none.
pub(super) fn is_wanted(reply: &RawReply) -> bool {
    let media_type = reply.media_type();
    reply.status == StatusCode::NO_CONTENT || media_type.is_none_or(|found| found == "text/event-stream")
}

/// The events of one call, over all of its connections.
pub(super) struct Session<C: Call, T> {
    format: EventFormat<T>,
    parser: EventParser,
    cap: usize,
    reconnect: Reconnect,
    /// Whether anything came over this connection.
    has_received: bool,
    /// How many connections failed one after the other, with nothing coming over them.
    failures: u32,
    error: Option<Error<C::Failure>>,
    is_over: bool,
}

impl<C: Call, T> Session<C, T> {
    /// Starts with the first connection, whose reply has `status`.
    pub(super) fn new(call: &C, format: EventFormat<T>, cap: usize, status: StatusCode) -> Self {
        let reconnect = if call.operation().is_safe {
            Reconnect::Always
        } else {
            Reconnect::Never
        };
        Self {
            format,
            parser: EventParser::new(cap),
            cap,
            reconnect,
            has_received: false,
            failures: 0,
            error: None,
            is_over: status == StatusCode::NO_CONTENT,
        }
    }

    pub(super) fn set_reconnect(&mut self, reconnect: Reconnect) {
        self.reconnect = reconnect;
    }

    /// Returns whether nothing comes any more, once there is no next item.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Returns the next item that is there without waiting.
    pub(super) fn next_item(&mut self) -> Option<Result<Event<T>, EventError<C::Failure>>> {
        if self.is_over {
            return self.error.take().map(|error| Err(EventError::Call(error)));
        }
        let Some(event) = self.parser.next_event()? else {
            return Some(Err(EventError::TooLarge { cap: self.cap }));
        };
        if self.format.end.is_some_and(|end| end == event.data) {
            self.is_over = true;
            return None;
        }
        Some(match (self.format.read)(&event.data) {
            Ok(data) => Ok(Event {
                event: event.event,
                id: event.id,
                data,
            }),
            Err(error) => Err(EventError::Undecodable(Box::new(UndecodableEvent { event, error }))),
        })
    }

    /// Takes a piece of the reply in.
    pub(super) fn feed(&mut self, piece: &[u8]) {
        if !piece.is_empty() {
            self.has_received = true;
            self.failures = 0;
            self.parser.feed(piece);
        }
    }

    /// Says that the reply is over, with an error or without one.
    pub(super) fn lose(&mut self, error: Option<TransportError>) {
        self.parser.reconnect();
        match (error, self.reconnect) {
            (None, Reconnect::Always) => {}
            (None, Reconnect::Never | Reconnect::AfterFailure) => self.is_over = true,
            (Some(error), Reconnect::Never) => self.fail(Error::Transport(Box::new(error))),
            (Some(_), Reconnect::AfterFailure | Reconnect::Always) if self.has_received => {}
            (Some(error), Reconnect::AfterFailure | Reconnect::Always) => {
                self.refuse(Error::Transport(Box::new(error)));
            }
        }
    }

    /// Returns how long to wait before the next connection, and the headers of its request.
    pub(super) fn next_request(&mut self, random: f64) -> Option<(Duration, HeaderMap)> {
        if self.is_over {
            return None;
        }
        match headers(self.parser.last_event_id()) {
            Ok(headers) => Some((self.wait(random), headers)),
            Err(error) => {
                self.fail(Error::Invalid(error));
                None
            }
        }
    }

    fn wait(&self, random: f64) -> Duration {
        let retry = self.parser.retry().unwrap_or(RETRY);
        if self.failures == 0 {
            return retry;
        }
        let wait = retry.saturating_mul(1 << self.failures).min(LONGEST.max(retry));
        wait.mul_f64(0.5 + random / 2.0).max(retry)
    }

    /// Says that there is another reply.
    pub(super) fn resume(&mut self, status: StatusCode) {
        self.has_received = false;
        self.is_over = status == StatusCode::NO_CONTENT;
    }

    /// Says that there is none.
    pub(super) fn refuse(&mut self, error: Error<C::Failure>) {
        self.failures += 1;
        match error {
            Error::Undocumented(reply) if reply.status == StatusCode::NO_CONTENT => self.is_over = true,
            Error::Transport(_) if self.failures < MOST_FAILURES => {}
            error => self.fail(error),
        }
    }

    fn fail(&mut self, error: Error<C::Failure>) {
        self.error = Some(error);
        self.is_over = true;
    }
}

/// Returns the headers of a request for events.
pub(super) fn headers(last_event_id: &str) -> Result<HeaderMap, InvalidRequest> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("text/event-stream"));
    if !last_event_id.is_empty() {
        let value = HeaderValue::from_bytes(last_event_id.as_bytes())
            .map_err(|_| InvalidRequest::of("Last-Event-ID", format!("{last_event_id:?} cannot stand in a header")))?;
        headers.insert(LAST_EVENT_ID, value);
    }
    Ok(headers)
}
