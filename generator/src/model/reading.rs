//! Streams, and requests for alternative media types.

use super::{Responses, Status, Type};

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
