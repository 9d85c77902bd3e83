//! How else a success can be had than whole, and in the media type that is preferred.

use super::{Replies, Status, Type};

/// A way to take the body of a success while it comes in.
#[derive(Debug, Clone, PartialEq)]
pub enum Stream {
    /// As bytes: of replies with these statuses.
    Bytes(Vec<Status>),
    /// As values, one on each line.
    Lines {
        /// The media types that are asked for, with commas between them.
        accept: String,
        /// The type of a value.
        type_: Type,
    },
    /// As server-sent events.
    Events {
        /// The type of what an event carries.
        type_: Type,
        /// Whether that is text as it stands; else it is JSON.
        is_text: bool,
        /// What an event carries that says there are no more.
        end: Option<String>,
    },
}

/// A request of an operation that asks for another media type than is preferred.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// The method of the operation's request that makes it.
    pub method: String,
    /// The name of its type.
    pub type_name: String,
    /// The media type.
    pub media_type: String,
    /// The replies that are successes.
    pub success: Replies,
    /// Its body while it comes in, where it may be taken so.
    pub stream: Option<Stream>,
}

impl Stream {
    /// Returns the type of what comes in, where that is not bytes.
    #[must_use]
    pub fn type_(&self) -> Option<&Type> {
        match self {
            Self::Bytes(_) => None,
            Self::Lines { type_, .. } | Self::Events { type_, .. } => Some(type_),
        }
    }
}
