//! What a document needs of the runtime.

use std::collections::BTreeSet;

use super::Api;

/// A part of the runtime that only some documents need. The modules of the runtime, the dependencies and the Cargo
/// features of the crate depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Basic authentication ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617)), of a scheme or of an OAuth client.
    Basic,
    /// The flows of OAuth 2.0 by which a client obtains tokens itself.
    OAuth2,
    /// Media types of responses, by which a response is decoded.
    MediaTypes,
    /// Documented headers of responses.
    Headers,
    /// Webhooks and callbacks.
    Webhooks,
    /// Pages of lists.
    Pages,
    /// Pages that a `Link` header refers to.
    Links,
    /// The encoding of the properties of a form or of parts.
    Encoding,
    /// Bodies of `application/x-www-form-urlencoded`.
    Form,
    /// Bodies of several parts.
    Multipart,
    /// Servers whose URLs have variables.
    ServerVariables,
    /// Bodies of bytes, and parts that may be files.
    Upload,
    /// An engine for regular expressions of ECMA-262.
    PatternEngine,
    /// Bodies of responses that are read while they are received.
    Streams,
    /// Streams of bytes.
    ByteStreams,
    /// Streams of server-sent events.
    EventStreams,
    /// Streams of JSON values.
    LineStreams,
    /// Dates and times.
    Dates,
}

/// The parts of the runtime that documents need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs(BTreeSet<Need>);

impl Needs {
    /// Returns whether a part is needed.
    pub(crate) fn has(&self, need: Need) -> bool {
        self.0.contains(&need)
    }

    /// Returns the parts that any of these needs.
    pub(crate) fn union<'all>(all: impl IntoIterator<Item = &'all Self>) -> Self {
        all.into_iter().flat_map(|needs| needs.0.iter().copied()).collect()
    }
}

impl FromIterator<Need> for Needs {
    fn from_iter<I: IntoIterator<Item = Need>>(needs: I) -> Self {
        Self(needs.into_iter().collect())
    }
}

impl Api {
    /// Returns whether the document needs a part of the runtime.
    #[must_use]
    pub fn needs(&self, need: Need) -> bool {
        self.needs.has(need)
    }
}
