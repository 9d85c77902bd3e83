//! Responses: statuses and payloads, streams, and requests for alternative media types.

use std::fmt;

use super::{Availability, Constraints, Docs, Type};

/// The content of a response body.
#[derive(Debug, Clone, PartialEq)]
pub enum Payload {
    /// JSON.
    Json(Type, Constraints),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// The documented successes, or the documented failures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Responses {
    /// The name of the enum, where there is one.
    pub enum_name: Option<String>,
    /// The name of the set that the enum is an alias of, if several operations have it.
    pub set: Option<String>,
    /// The responses, more specific statuses first.
    pub cases: Vec<Response>,
}

/// An enum of responses that several operations have.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseSet {
    /// The name of the type.
    pub name: String,
    /// Whether they are failures.
    pub is_failure: bool,
    /// The responses. The annotations are those that are the same in all operations.
    pub cases: Vec<Response>,
    /// Where one of the operations is.
    pub availability: Availability,
}

/// A documented response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The statuses.
    pub status: Status,
    /// The name of the variant.
    pub variant: String,
    /// The content of its body, if it has one.
    pub payload: Option<Payload>,
    /// The media types of which the body is decoded as the payload.
    pub expected: Expected,
    /// The annotations.
    pub docs: Docs,
}

/// The media types of which a body is decoded as its payload.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// Any.
    Any,
    /// Any but those that the document describes as something else.
    Unless {
        /// The media type of the payload.
        media_type: String,
        /// The others.
        others: Vec<String>,
    },
    /// That of the payload alone.
    Only {
        /// The media type of the payload.
        media_type: String,
        /// Those that could be taken for it.
        others: Vec<String>,
    },
}

/// The statuses of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// `4XX`: the hundred that starts with the digit.
    Range(u16),
    /// Any other status.
    Default,
}

/// How the body of a success is streamed.
#[derive(Debug, Clone, PartialEq)]
pub enum Stream {
    /// As bytes, for responses with these statuses.
    Bytes(Vec<Status>),
    /// As values, one on each line.
    Lines {
        /// The requested media types, separated by commas.
        accept: String,
        /// The type of a value.
        type_: Type,
    },
    /// As server-sent events.
    Events {
        /// The type of the data of an event.
        type_: Type,
        /// Whether that is text as it stands; else it is JSON.
        is_text: bool,
        /// The data of the event that ends the stream.
        end: Option<String>,
    },
}

/// A request of an operation for an alternative media type.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The method of the operation's request that makes it.
    pub method: String,
    /// The name of its type.
    pub type_name: String,
    /// The media type.
    pub media_type: String,
    /// The responses that are successes.
    pub success: Responses,
    /// Its stream, if any.
    pub stream: Option<Stream>,
}

impl Payload {
    /// Returns the type of the value, if it is JSON.
    #[must_use]
    pub fn type_(&self) -> Option<&Type> {
        match self {
            Self::Json(type_, _) => Some(type_),
            Self::Text | Self::Bytes => None,
        }
    }
}

impl Stream {
    /// Returns the type of the items, unless they are bytes.
    #[must_use]
    pub fn type_(&self) -> Option<&Type> {
        match self {
            Self::Bytes(_) => None,
            Self::Lines { type_, .. } | Self::Events { type_, .. } => Some(type_),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(hundred) => write!(formatter, "{hundred}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

impl Status {
    /// Returns the one status that it stands for, if it is one.
    #[must_use]
    pub fn code(self) -> Option<u16> {
        match self {
            Self::Code(code) => Some(code),
            Self::Range(_) | Self::Default => None,
        }
    }
}
