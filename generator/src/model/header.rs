//! Documented headers of responses.

use super::{Availability, Docs, Status, Type};

/// The documented headers of the responses of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeaders {
    /// The name of the struct.
    pub name: String,
    /// The name of the set that it is another name for, if several operations have it.
    pub set: Option<String>,
    /// The headers, in the order of the statuses and of the document.
    pub headers: Vec<ResponseHeader>,
}

/// Headers of responses that several operations have.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderSet {
    /// The name of the struct.
    pub name: String,
    /// The headers. The annotations are those that are the same in all operations.
    pub headers: Vec<ResponseHeader>,
    /// Where one of the operations is.
    pub availability: Availability,
}

/// A documented header of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseHeader {
    /// The name on the wire.
    pub wire: String,
    /// The name of the method.
    pub method: String,
    /// The type of its value.
    pub type_: Type,
    /// How the value is written.
    pub form: HeaderForm,
    /// The statuses of the responses that have it, if not all responses of the operation do.
    pub statuses: Vec<Status>,
    /// The annotations.
    pub docs: Docs,
}

/// How the value of a header is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderForm {
    /// As a scalar.
    Value,
    /// As JSON text.
    Json,
    /// As elements, separated by commas.
    List {
        /// Whether they are strings.
        are_strings: bool,
    },
    /// As elements, each in a line of its own.
    Lines {
        /// Whether they are strings.
        are_strings: bool,
    },
    /// As properties, separated by commas.
    Object {
        /// Whether an equals sign stands between a name and its value.
        explode: bool,
        /// The properties that are strings.
        strings: Vec<String>,
    },
}
