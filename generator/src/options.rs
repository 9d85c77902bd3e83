//! The input and the options of a run.

use crate::emit::Package;
use crate::lower::Selection;

/// The input of a run.
#[derive(Debug, Clone, Copy)]
pub struct Input<'text> {
    /// The name of the document in diagnostics, usually its path.
    pub name: &'text str,
    /// The document, as YAML or JSON.
    pub text: &'text str,
    /// The overlays, in the order in which they are applied.
    pub overlays: &'text [OverlayText],
}

/// The text of an overlay ([Overlay 1.0](https://spec.openapis.org/overlay/v1.0.0.html)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayText {
    /// The name of the overlay in diagnostics, usually its path.
    pub name: String,
    /// The overlay, as YAML or JSON.
    pub text: String,
}

/// The options of a run. [`Options::new`] makes one; then set its fields.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// The emitted crate.
    pub package: Package,
    /// The operations that are emitted, and headers for every request.
    pub selection: Selection,
    /// How errors and warnings are treated.
    pub strictness: Strictness,
    /// Whether overlay actions that match nothing are warnings, not errors: the document is a new version, for which the
    /// overlays are not written yet.
    pub allows_unmatched_actions: bool,
    /// The names lock, if one is kept; an empty text for a new one.
    pub names: Option<NamesText>,
    /// The origin that the first line of each file names, usually the path of the document.
    pub origin: String,
    /// The command that the first line of each file names: the one that makes the crate anew.
    pub command: String,
}

/// The text of a names lock ([`NamesLock`](crate::NamesLock)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamesText {
    /// The name of the lock in diagnostics, usually its path.
    pub name: String,
    /// The lock.
    pub text: String,
}

/// How errors and warnings are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    /// Errors end the run; warnings do not.
    #[default]
    Usual,
    /// Errors with a safe reading are degradations.
    Lenient,
    /// Warnings are errors. So is everything that is skipped or partly supported.
    Strict,
}

impl Options {
    /// Returns the options for all operations in a crate of this name, with a copy of the runtime.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            package: Package::new(name),
            selection: Selection::default(),
            strictness: Strictness::default(),
            allows_unmatched_actions: false,
            names: None,
            origin: String::new(),
            command: "apicrate generate".to_owned(),
        }
    }
}
