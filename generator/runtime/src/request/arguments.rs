//! The arguments of a request.

use std::fmt;

use crate::runtime::json::codec::Encode;
use crate::runtime::request::payload::Payload;

/// The arguments of a request.
pub struct Arguments<'call> {
    /// The values of the parameters, in the order of the operation's.
    pub(crate) parameters: Vec<Option<&'call dyn Encode>>,
    /// The body.
    pub(crate) payload: Payload,
    /// A query string that replaces the one made from the arguments, exactly as the server sent it.
    pub(crate) query: Option<&'call str>,
    /// The media type for the header `Accept`, if it differs from the operation's default.
    pub(crate) accept: Option<&'static str>,
}

impl<'call> Arguments<'call> {
    /// Starts with the values of the parameters, in the order of the operation's.
    #[must_use]
    pub fn new(parameters: Vec<Option<&'call dyn Encode>>) -> Self {
        Self {
            parameters,
            payload: Payload::None,
            query: None,
            accept: None,
        }
    }

    /// Adds the body.
    #[must_use]
    pub fn payload(self, payload: Payload) -> Self {
        Self { payload, ..self }
    }

    /// Replaces the query, if there is another.
    #[must_use]
    pub fn query(self, query: Option<&'call str>) -> Self {
        Self { query, ..self }
    }

    /// Replaces the media type for the header `Accept`.
    #[must_use]
    pub fn accept(self, media_type: &'static str) -> Self {
        Self {
            accept: Some(media_type),
            ..self
        }
    }
}

/// Prints no values: an argument may be a secret.
impl fmt::Debug for Arguments<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Arguments").finish_non_exhaustive()
    }
}
