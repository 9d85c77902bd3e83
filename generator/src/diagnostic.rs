//! What went wrong, where, and what would help.
//!
//! Every stage reports into one [`Diagnostics`] and goes on, so that all faults
//! of a run come out together. A diagnostic knows its place as an [`Origin`];
//! only when it is shown do [`Sources`](crate::document::Sources) turn that into
//! a file, a line and a column.

use crate::document::{Origin, Pointer};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The result would be wrong, or could not be written; nothing is written.
    Error,
    /// Understood but not expressible: it costs its own operation or type.
    Degraded,
    /// Odd but harmless.
    Warning,
}

impl Severity {
    /// Returns the word that stands before a diagnostic and in its JSON form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Degraded => "degraded",
            Self::Warning => "warning",
        }
    }
}

/// One fault of a document, an overlay or the configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name of this kind of fault, in kebab case.
    pub code: &'static str,
    /// The node at fault; `None` where the fault is of no single node.
    pub origin: Option<Origin>,
    /// The JSON Pointer of that node in the document that was read.
    pub pointer: Pointer,
    /// What was found.
    pub message: String,
    /// What would help.
    pub help: Option<String>,
    /// Other places that belong to the fault, each with a few words.
    pub related: Vec<(Origin, String)>,
}

impl Diagnostic {
    /// Makes an error.
    pub fn error(code: &'static str, origin: Origin, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, origin, pointer, message.into())
    }

    /// Makes a degradation.
    pub fn degraded(code: &'static str, origin: Origin, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Degraded, code, origin, pointer, message.into())
    }

    /// Makes a warning.
    pub fn warning(code: &'static str, origin: Origin, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, origin, pointer, message.into())
    }

    fn new(severity: Severity, code: &'static str, origin: Origin, pointer: Pointer, message: String) -> Self {
        Self { severity, code, origin: Some(origin), pointer, message, help: None, related: Vec::new() }
    }

    /// Adds what would help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that belongs to the fault.
    #[must_use]
    pub fn with_related(mut self, origin: Origin, words: impl Into<String>) -> Self {
        self.related.push((origin, words.into()));
        self
    }
}

/// The diagnostics of a run, in the order in which they were found.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a diagnostic, unless its place already has one with the same code.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let known = self.0.iter().any(|other| {
            other.code == diagnostic.code && other.pointer == diagnostic.pointer && other.origin == diagnostic.origin
        });
        if !known {
            self.0.push(diagnostic);
        }
    }

    /// Returns whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Iterates over the diagnostics.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// Changes each diagnostic in place.
    pub fn for_each_mut(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.0.iter_mut().for_each(change);
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
