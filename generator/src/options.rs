//! What a run reads, and what it is asked for.

use crate::emit::Package;
use crate::lower::Selection;

/// What a run reads.
#[derive(Debug, Clone, Copy)]
pub struct Input<'text> {
    /// What diagnostics call the document, commonly its path.
    pub name: &'text str,
    /// The document, as YAML or JSON.
    pub text: &'text str,
    /// The overlays, in the order in which they are applied.
    pub overlays: &'text [OverlayText],
}

/// The text of an overlay ([Overlay 1.0](https://spec.openapis.org/overlay/v1.0.0.html)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayText {
    /// What diagnostics call the overlay, commonly its path.
    pub name: String,
    /// The overlay, as YAML or JSON.
    pub text: String,
}

/// What a run is asked for; [`Options::new`] makes one, of which every field can be set.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// The crate that is written.
    pub package: Package,
    /// Which operations, and the headers of every request.
    pub selection: Selection,
    /// How much a fault matters.
    pub strictness: Strictness,
    /// What the header of each file says of its origin.
    pub origin: String,
}

/// How much a fault matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    /// Errors end the run; warnings do not.
    #[default]
    Usual,
    /// Errors that have a reading which does no harm are degradations.
    Lenient,
    /// Warnings are errors, and so is everything that is expressed in part or omitted.
    Strict,
}

impl Options {
    /// Asks for all operations in a crate of this name, with a runtime of its own.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            package: Package::new(name),
            selection: Selection::default(),
            strictness: Strictness::default(),
            origin: String::new(),
        }
    }
}
