//! Compares two versions of a document: what changes for a Rust caller, and what changes on the wire.
//!
//! Both models are walked side by side. What a change means to a Rust caller follows from the lines that a caller writes
//! for both crates, where types that belong together count as the same; what it means on the wire follows from how the
//! values before and now relate.

mod at;
mod bodies;
mod bounds;
mod change;
mod clients;
mod code;
mod constraints;
mod json;
mod kind;
mod operations;
mod pages;
mod parameters;
mod parts;
mod places;
mod properties;
mod relation;
mod renames;
mod responses;
mod servers;
mod side;
mod streams;
mod text;
mod types;
mod unions;
mod values;
mod walk;
mod words;

pub use change::{Change, Diff, Place, RustClass, Severity, Subject, Wire, WireClass};
pub use kind::ChangeKind;

use std::collections::BTreeMap;

use crate::diff::at::At;
use crate::diff::side::{Messages, Side};
use crate::diff::walk::{Found, Walk};
use crate::document::DocumentReader;
use crate::generate::{Run, Stages};
use crate::options::{Input, Options};

/// A version of a document, read and understood, without the files of its crate.
#[derive(Debug)]
pub struct Revision(Stages);

impl Revision {
    /// Reads a document and those that it refers to, which `reader` gives.
    #[must_use]
    pub fn read(input: &Input<'_>, options: &Options, reader: Option<&dyn DocumentReader>) -> Self {
        Self(Stages::without_output(input, options, reader))
    }

    /// Returns the run, with its texts and diagnostics. It has no output.
    #[must_use]
    pub fn run(&self) -> &Run {
        &self.0.run
    }

    /// Compares this version with a newer one; `None` if one of them has an error.
    #[must_use]
    pub fn diff(&self, new: &Self) -> Option<Diff> {
        diff(&self.0, &new.0)
    }
}

/// Compares two runs; `None` if one of them has an error, or no model.
#[must_use]
pub fn diff(old: &Stages, new: &Stages) -> Option<Diff> {
    if old.run.diagnostics.has_errors() || new.run.diagnostics.has_errors() {
        return None;
    }
    let (old_api, new_api) = (old.api.as_ref()?, new.api.as_ref()?);
    let mut walk = Walk::through(Side::of(old_api), Side::of(new_api));
    if walk.found.is_empty() && old_api != new_api {
        let at = At::named("the crate".to_owned(), "crate".to_owned(), Messages::default());
        let message = "has its items in another order, or differs in what is private";
        walk.add(
            &at,
            ChangeKind::LayoutChanged,
            message,
            RustClass::Compiles,
            Wire::NEITHER,
        );
    }
    let found = distinct(std::mem::take(&mut walk.found));
    let places = places::places(old, new, &found);
    let changes = found.into_iter().zip(places).map(|(found, (old, new))| Change {
        kind: found.kind,
        subject: Subject {
            document: found.at.document,
            rust: found.at.rust,
        },
        message: found.message,
        rust: found.rust,
        wire: found.wire,
        old,
        new,
    });
    Some(Diff {
        changes: changes.collect(),
        documentation: walk.documentation,
        renames: walk.renamed(),
    })
}

/// Returns the changes in the order of their subjects, each once: what is found at a type and at what has the type is one
/// change, with the worse of its classes.
fn distinct(found: Vec<Found>) -> Vec<Found> {
    let mut distinct: BTreeMap<(String, ChangeKind, String), Found> = BTreeMap::new();
    for each in found {
        let key = (each.at.document.clone(), each.kind, each.message.clone());
        match distinct.get_mut(&key) {
            Some(known) => {
                let rust = std::mem::replace(&mut known.rust, RustClass::Compiles);
                known.rust = rust.or(|| each.rust);
                known.wire = Wire {
                    request: known.wire.request.max(each.wire.request),
                    response: known.wire.response.max(each.wire.response),
                };
            }
            None => {
                distinct.insert(key, each);
            }
        }
    }
    distinct.into_values().collect()
}
