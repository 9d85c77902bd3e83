//! Server-sent events and reconnects, without a clock and I/O ([HTML
//! §9.2.3](https://html.spec.whatwg.org/multipage/server-sent-events.html#sse-processing-model)).

#[cfg(feature = "client")]
pub(crate) mod parser;
#[cfg(feature = "blocking")]
pub(crate) mod reader;
#[cfg(feature = "async")]
pub(crate) mod stream;

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use crate::runtime::client::any_error::AnyError;
use crate::runtime::client::call::Call;
use crate::runtime::client::error::{Error, InvalidRequest, NoFailure, RawResponse, TransportError, write_causes};
use crate::runtime::client::failure::Failure;
use crate::runtime::json::codec::{Decode, from_str, to_string};
use crate::runtime::json::decode_error::DecodeError;
use crate::runtime::stream::events::parser::{Event, EventParser};

/// The header that tells a server after which event to continue.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The default delay before a reconnect.
const RETRY: Duration = Duration::from_secs(3);

/// The maximum delay after consecutive failures.
const LONGEST: Duration = Duration::from_secs(60);

/// The maximum number of consecutive failures.
const MOST_FAILURES: u32 = 5;

/// When to reconnect for further events.
///
/// The request then has the last event ID (`Last-Event-ID`), after which the server continues. The delay is the
/// server's (`retry`), or three seconds; it doubles while connections fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reconnect {
    /// Never: the events end with the response, and a failed connection is an error.
    Never,
    /// When the connection fails.
    AfterFailure,
    /// When the connection fails, and when the response ends, as in a browser. A server ends the events with the status
    /// 204.
    Always,
}

/// The format of the events of an operation.
#[derive(Debug, Clone, Copy)]
pub struct EventFormat<T> {
    /// Decodes the data of an event.
    pub read: fn(&str) -> Result<T, DecodeError>,
    /// The data of the event that ends the stream.
    pub end: Option<&'static str>,
}

/// Decodes the data of an event as a string, without JSON quotes.
///
/// # Errors
///
/// If the text does not match the type.
pub fn event_text<T: Decode>(data: &str) -> Result<T, DecodeError> {
    from_str(&to_string(data))
}

/// The error of an event.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventError<E> {
    /// The event does not match the documented schema. Other events may follow.
    Undecodable(Box<UndecodableEvent>),
    /// The event exceeds the size limit ([`Options::max_response_size`](crate::runtime::Options::max_response_size)); others may
    /// follow.
    TooLarge {
        /// The size limit in bytes.
        cap: usize,
    },
    /// The connection failed, or a reconnect did. No event follows.
    Call(Error<E>),
}

/// An event that does not match the documented schema.
#[derive(Debug)]
pub struct UndecodableEvent {
    /// The event as received.
    pub event: Event<String>,
    /// The decode error of its data.
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

/// The source is that of the inner error, since `Display` prints the inner error.
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

/// Returns whether a response contains events, or says with the status 204 that there are none.
pub(crate) fn is_wanted(response: &RawResponse) -> bool {
    let media_type = response.media_type();
    response.status == StatusCode::NO_CONTENT || media_type.is_none_or(|found| found == "text/event-stream")
}

/// The events of one call, over all of its connections.
pub(crate) struct Session<C: Call, T> {
    format: EventFormat<T>,
    parser: EventParser,
    cap: usize,
    reconnect: Reconnect,
    /// Whether anything was received over this connection.
    has_received: bool,
    /// The number of consecutive connections that failed without receiving anything.
    failures: u32,
    error: Option<Error<C::Failure>>,
    is_over: bool,
}

impl<C: Call, T> Session<C, T> {
    /// Starts with the first connection. Its response has the status `status`.
    pub(crate) fn new(call: &C, format: EventFormat<T>, cap: usize, status: StatusCode) -> Self {
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

    pub(crate) fn set_reconnect(&mut self, reconnect: Reconnect) {
        self.reconnect = reconnect;
    }

    /// Returns whether the stream ends after the available items.
    pub(crate) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Returns the next item that is available without waiting.
    pub(crate) fn next_item(&mut self) -> Option<Result<Event<T>, EventError<C::Failure>>> {
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

    /// Adds a chunk of the response.
    pub(crate) fn feed(&mut self, chunk: &[u8]) {
        if !chunk.is_empty() {
            self.has_received = true;
            self.failures = 0;
            self.parser.feed(chunk);
        }
    }

    /// Ends the response, with or without an error.
    pub(crate) fn lose(&mut self, error: Option<TransportError>) {
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

    /// Returns the delay before the next connection, and the headers of its request.
    pub(crate) fn next_request(&mut self, random: f64) -> Option<(Duration, HeaderMap)> {
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

    /// Starts another response.
    pub(crate) fn resume(&mut self, status: StatusCode) {
        self.has_received = false;
        self.is_over = status == StatusCode::NO_CONTENT;
    }

    /// Records that the reconnect failed.
    pub(crate) fn refuse(&mut self, error: Error<C::Failure>) {
        self.failures += 1;
        match error {
            Error::Undocumented(response) if response.status == StatusCode::NO_CONTENT => self.is_over = true,
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
pub(crate) fn headers(last_event_id: &str) -> Result<HeaderMap, InvalidRequest> {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("text/event-stream"));
    if !last_event_id.is_empty() {
        let value = HeaderValue::from_bytes(last_event_id.as_bytes())
            .map_err(|_| InvalidRequest::of("Last-Event-ID", format!("{last_event_id:?} cannot stand in a header")))?;
        headers.insert(LAST_EVENT_ID, value);
    }
    Ok(headers)
}
