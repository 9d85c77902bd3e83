//! What went wrong, where, and what would help.
//!
//! Every stage reports into one [`Diagnostics`] and goes on, so that all faults
//! of a run come out together. A diagnostic knows its place as an [`Origin`];
//! only when it is shown, by [`Diagnostic::render`] or [`Diagnostic::render_json`], do
//! [`Sources`](crate::source::Sources) turn that into a file, a line and a
//! column.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Origin, Pointer, Sources};

mod fix;
pub mod human;
mod json;
pub(crate) mod sarif;
mod spot;

pub use fix::Fix;
pub(crate) use fix::{Action, ActionChange, quoted};

/// Returns a number and what it counts, whose plural ends in `s`: `1 operation`, `2 operations`.
#[must_use]
pub fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

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

/// Where a diagnostic points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// A node of a document or an overlay.
    Node(Origin),
    /// A place in a text of which no tree could be made.
    Position {
        /// Index into the [`Sources`](crate::source::Sources) of the run.
        source: u16,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
    /// No single place.
    Nowhere,
}

impl From<Origin> for At {
    fn from(origin: Origin) -> Self {
        Self::Node(origin)
    }
}

/// One fault of a document, an overlay or the configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name of this kind of fault, in kebab case.
    pub code: &'static str,
    /// The place at fault.
    pub at: At,
    /// The JSON Pointer of the node at fault in the document that was read; it says which document.
    pub pointer: Pointer,
    /// What was found.
    pub message: String,
    /// What would help.
    pub help: Option<String>,
    /// Whether there is a reading that does no harm: of an error, which a lenient run takes, or of a warning, which every
    /// run takes and notes in the ledger.
    pub has_safe_reading: bool,
    /// The change of the document that mends it, if there is one that an overlay can make.
    pub fix: Option<Fix>,
    /// Whether the overlay actions of the fix are part of the help.
    pub shows_actions: bool,
    /// The overlay actions that make the fix in the document of the run.
    pub(crate) actions: Vec<Action>,
    /// Other places that belong to the fault, each with a few words.
    pub related: Vec<(At, String)>,
}

impl Diagnostic {
    /// Makes an error.
    pub fn error(code: &'static str, origin: Origin, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, origin.into(), pointer, message.into())
    }

    /// Makes an error that is of no node, such as a fault of syntax.
    pub fn error_at(code: &'static str, at: At, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, at, Pointer::root(), message.into())
    }

    /// Makes a degradation.
    pub fn degraded(code: &'static str, origin: Origin, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Degraded, code, origin.into(), pointer, message.into())
    }

    /// Makes a warning.
    pub fn warning(code: &'static str, origin: Origin, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, origin.into(), pointer, message.into())
    }

    fn new(severity: Severity, code: &'static str, at: At, pointer: Pointer, message: String) -> Self {
        Self {
            severity,
            code,
            at,
            pointer,
            message,
            help: None,
            has_safe_reading: false,
            fix: None,
            shows_actions: false,
            actions: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Renders the diagnostic for people, as lines of text with an excerpt of the document.
    #[must_use]
    pub fn render(&self, sources: &Sources) -> String {
        human::render_first(self, 1, sources)
    }

    /// Renders the diagnostic for programs, as a JSON object without line breaks.
    ///
    /// Its keys are `severity`, `code`, `file`, `line`, `column`, `pointer`, `message`, `help`, `actions` and `related`, a
    /// list of objects with `file`, `line`, `column` and `message`. `actions` are the Action Objects of an overlay that
    /// mends the fault ([Overlay 1.1](https://spec.openapis.org/overlay/v1.1.0.html#action-object)). All keys are always
    /// there; what is not known is `null`, or an empty list.
    #[must_use]
    pub fn render_json(&self, sources: &Sources) -> String {
        json::render(self, sources)
    }

    /// Adds what would help.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the change of the document that mends the fault.
    #[must_use]
    pub fn with_fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self
    }

    /// Adds the change of the document that mends the fault; the help ends in its overlay actions.
    #[must_use]
    pub fn with_shown_fix(mut self, fix: impl Into<Option<Fix>>) -> Self {
        self.fix = fix.into();
        self.shows_actions = true;
        self
    }

    /// Says that an error has a reading that does no harm, or that a warning has one which is taken.
    #[must_use]
    pub fn with_safe_reading(mut self) -> Self {
        self.has_safe_reading = true;
        self
    }

    /// Adds another place that belongs to the fault.
    #[must_use]
    pub fn with_related(mut self, at: impl Into<At>, words: impl Into<String>) -> Self {
        self.related.push((at.into(), words.into()));
        self
    }
}

/// The diagnostics of a run, in the order in which they were found.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// What `push` compares by; a hostile document can have faults by the ten thousand.
    known: BTreeSet<(At, &'static str, Pointer)>,
}

impl Diagnostics {
    /// Adds a diagnostic, unless its place already has one with the same code.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let key = (diagnostic.at, diagnostic.code, diagnostic.pointer.clone());
        if diagnostic.at == At::Nowhere || self.known.insert(key) {
            self.list.push(diagnostic);
        }
    }

    /// Keeps the first `count` diagnostics. What is removed may be found again.
    pub(crate) fn truncate(&mut self, count: usize) {
        for diagnostic in self.list.drain(count.min(self.list.len())..) {
            let key = (diagnostic.at, diagnostic.code, diagnostic.pointer);
            self.known.remove(&key);
        }
    }

    /// Returns whether any diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Iterates over the diagnostics.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Iterates over the diagnostics with how often each is found: those that say the same of different places count as
    /// the first of them.
    pub fn distinct(&self) -> impl Iterator<Item = (&Diagnostic, usize)> {
        let mut firsts: Vec<(&Diagnostic, usize)> = Vec::new();
        let mut known = BTreeMap::new();
        for diagnostic in &self.list {
            let words = (
                diagnostic.code,
                &diagnostic.message,
                &diagnostic.help,
                diagnostic.severity,
            );
            let first = *known.entry(words).or_insert(firsts.len());
            match firsts.get_mut(first) {
                Some((_, count)) => *count += 1,
                None => firsts.push((diagnostic, 1)),
            }
        }
        firsts.into_iter()
    }

    /// Changes each diagnostic in place.
    pub fn for_each_mut(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.list.iter_mut().for_each(change);
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
