//! What a diff consists of: changes, with what each means to a Rust caller and on the wire.

use std::fmt;

use crate::diff::kind::ChangeKind;
use crate::source::Pointer;

/// The changes from one version of a document to another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Diff {
    /// The changes, in the order of their subjects.
    pub changes: Vec<Change>,
    /// How many descriptions, titles and examples differ where nothing else needs to.
    pub documentation: usize,
}

/// A change of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// What is changed.
    pub subject: Subject,
    /// What became of the subject: the predicate of a sentence about it, such as "is required now".
    pub message: String,
    /// What it means to a Rust caller.
    pub rust: RustClass,
    /// What it means on the wire.
    pub wire: Wire,
    /// Where the subject, or what holds it, stands in the old document.
    pub old: Option<Place>,
    /// Where the subject, or what holds it, stands in the new document.
    pub new: Option<Place>,
}

/// What a change is about, in the terms of the document and of Rust.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Subject {
    /// In terms of the document, such as "property `name` of schema `Pet`".
    pub document: String,
    /// The path of the item from the root of the crate, such as `schemas::Pet::name`.
    pub rust: String,
}

/// What a change means to the code of a Rust caller.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RustClass {
    /// It compiles.
    Compiles,
    /// It compiles, with a warning that something is deprecated.
    CompilesWithDeprecation,
    /// It does not compile if it has such a line.
    Breaks {
        /// A line that uses what is changed. Arguments have the names of the parameters, and `value` is a value of the type.
        before: String,
        /// What to write instead, if there is anything.
        after: Option<String>,
    },
}

/// What a change means on the wire to programs that were written for the old document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Wire {
    /// To those that send requests; `None` if no request has the subject.
    pub request: Option<WireClass>,
    /// To those that read responses; `None` if no response has the subject.
    pub response: Option<WireClass>,
}

/// What a change means on the wire in one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireClass {
    /// Requests are valid as before, or responses are as they were described.
    Compatible,
    /// Some values are no longer valid in requests, or are new in responses; all others are as before.
    Narrowing,
    /// Requests of the old form are no longer valid, or responses lack what was promised.
    Breaking,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The pointer of the node.
    pub pointer: Pointer,
    /// The name of the document.
    pub file: String,
    /// The line, counted from 1, and the column in characters, if they are known.
    pub line_column: Option<(usize, usize)>,
}

/// How much a change asks of those who use the API, the most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Code of callers does not compile.
    BreaksCallers,
    /// It compiles, and messages no longer conform.
    BreaksWire,
    /// Some messages no longer conform.
    Narrows,
    /// Callers see that something is deprecated.
    Deprecates,
    /// Nothing has to be done.
    Compatible,
}

impl Change {
    /// Returns how much the change asks of those who use the API.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match (&self.rust, self.wire.worst()) {
            (RustClass::Breaks { .. }, _) => Severity::BreaksCallers,
            (_, WireClass::Breaking) => Severity::BreaksWire,
            (_, WireClass::Narrowing) => Severity::Narrows,
            (RustClass::CompilesWithDeprecation, _) => Severity::Deprecates,
            (RustClass::Compiles, WireClass::Compatible) => Severity::Compatible,
        }
    }

    /// Returns whether callers have to change code, or programs what they send or read.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.severity() <= Severity::BreaksWire
    }
}

impl Diff {
    /// Returns whether any change is breaking.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(Change::is_breaking)
    }
}

impl Wire {
    /// What neither requests nor responses have.
    pub(super) const NEITHER: Self = Self {
        request: None,
        response: None,
    };

    /// Returns the class of what only requests have.
    pub(super) fn request(class: WireClass) -> Self {
        Self {
            request: Some(class),
            response: None,
        }
    }

    /// Returns the class of what only responses have.
    pub(super) fn response(class: WireClass) -> Self {
        Self {
            request: None,
            response: Some(class),
        }
    }

    /// Returns the class of the direction that changes most.
    #[must_use]
    pub fn worst(&self) -> WireClass {
        self.request.max(self.response).unwrap_or(WireClass::Compatible)
    }
}

impl WireClass {
    /// Returns the word for the class.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::Narrowing => "narrowing",
            Self::Breaking => "breaking",
        }
    }
}

impl RustClass {
    /// Returns the class of a line for which there is another.
    pub(super) fn breaks(before: impl Into<String>, after: impl Into<String>) -> Self {
        Self::Breaks {
            before: before.into(),
            after: Some(after.into()),
        }
    }

    /// Returns the class of a line for which there is no other.
    pub(super) fn breaks_for_good(before: impl Into<String>) -> Self {
        Self::Breaks {
            before: before.into(),
            after: None,
        }
    }

    /// Returns the class of a line that is the same, or not.
    pub(super) fn of_lines(before: String, after: String) -> Self {
        if before == after {
            Self::Compiles
        } else {
            Self::breaks(before, after)
        }
    }

    /// Returns this class unless code compiles; then the other.
    pub(super) fn or(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Compiles => other(),
            worse => worse,
        }
    }

    /// Returns the word for the class.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Compiles => "compiles",
            Self::CompilesWithDeprecation => "compiles-with-deprecation",
            Self::Breaks { .. } => "breaks",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.document)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line_column {
            Some((line, column)) => write!(formatter, "{}:{line}:{column}", self.file),
            None => formatter.write_str(&self.file),
        }
    }
}
