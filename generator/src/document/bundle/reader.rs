//! Where the texts of other documents come from.

/// Gives the texts of the documents that a document refers to.
///
/// The generator reads no file: what may be read, and where a URI leads, is decided here.
pub trait DocumentReader {
    /// Returns the URI of the root document. References are resolved against it
    /// ([RFC 3986 §5.1.3](https://www.rfc-editor.org/rfc/rfc3986#section-5.1.3)).
    fn root(&self) -> String;

    /// Returns the document at `uri`, an absolute URI without a fragment.
    ///
    /// # Errors
    ///
    /// When there is none, when it may not be read, or when it is no text.
    fn read(&self, uri: &str) -> Result<DocumentText, Unread>;
}

/// The text of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentText {
    /// The URI of the document: the same one, whichever of its URIs was asked for.
    pub uri: String,
    /// The name of the document in diagnostics, usually its path.
    pub name: String,
    /// The document.
    pub text: String,
}

/// Why a document is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// What is in the way.
    pub cause: UnreadCause,
    /// The same, in words that name the path or the URI.
    pub message: String,
    /// What would help.
    pub help: String,
}

/// What is in the way of reading a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadCause {
    /// There is nothing at the URI.
    Missing,
    /// It may not be read.
    NotAllowed,
    /// It is no text.
    Unreadable,
}

impl UnreadCause {
    /// Returns the code of the diagnostic.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing-document",
            Self::NotAllowed => "external-reference",
            Self::Unreadable => "unreadable-document",
        }
    }
}
