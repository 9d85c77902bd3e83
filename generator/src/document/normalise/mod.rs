//! Brings every document to one form.
//!
//! After this stage
//!
//! - every `$ref` is `#/components/<kind>/<name>` and has a target there: what it
//!   pointed into the middle of is a component of its own;
//! - what the client does not depend on is gone: documentation, and components that nothing refers to;
//! - schemas are in the words of JSON Schema 2020-12, whichever version of
//!   `OpenAPI` they were written for;
//! - every node still knows where it was read.

mod cycles;
mod dialect;
mod faults;
mod identifiers;
mod references;
mod search;
#[cfg(test)]
mod tests;
mod webhooks;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::document::checks::unknown;
use crate::document::grammar::containers::Containers;
use crate::document::version::{self, Version};
use crate::document::versions::{self, Converted, Note};
use crate::document::{Kind, Node, checks, grammar};
use crate::source::Pointer;
pub(super) use dialect::is_sibling_kept;

/// A document in its one form.
#[derive(Debug)]
pub(crate) struct Normalised {
    /// The document.
    pub(crate) root: Node,
    /// The names of the components of the section `schemas` that webhooks and callbacks refer to. Of a reference into a
    /// component, the name is the path to the target.
    pub(crate) webhooks: BTreeSet<String>,
    /// What of the document its one form does not have.
    pub(crate) notes: Vec<Note>,
}

/// Returns the document in its one form, or `None` when it is no `OpenAPI` document at all.
///
/// Faults go to `diagnostics`; the result is of use only without errors.
pub(crate) fn normalise(document: &Node, diagnostics: &mut Diagnostics) -> Option<Normalised> {
    let written = version::detect(document, diagnostics)?;
    let Some(Converted { root, notes }) = versions::convert(document, written) else {
        return Some(normalise_form(document, document, written.form(), diagnostics));
    };
    let mut found = Diagnostics::default();
    let normalised = normalise_form(document, &root, written.form(), &mut found);
    // The pointers are of the form; those of the document as it is written are filled in by the places.
    found.for_each_mut(|diagnostic| diagnostic.pointer = Pointer::root());
    for diagnostic in found.iter() {
        diagnostics.push(diagnostic.clone());
    }
    Some(Normalised { notes, ..normalised })
}

/// Normalises `document`, which is `read` in the form of the version `version`.
fn normalise_form(read: &Node, document: &Node, version: Version, diagnostics: &mut Diagnostics) -> Normalised {
    // Identifiers of schemas are of JSON Schema, which 3.0 has a part of alone.
    let identified = (version == Version::V3_1).then(|| identifiers::resolve(document, diagnostics));
    let identified = identified.flatten();
    let document = identified.as_ref().unwrap_or(document);
    let containers = Containers::of(document);
    checks::check(document, &containers, version == Version::V3_1, diagnostics);
    let mut root = document.clone();
    references::flatten_containers(&mut root, &containers);
    let webhooks = references::resolve(document, &containers, version, &mut root, diagnostics);
    dialect::check_discriminators(&root, diagnostics);
    checks::values::check(&root, version, diagnostics);
    unknown::check(read, &Containers::of(read), diagnostics);
    grammar::for_each_mut(Kind::OpenApi, &mut root, &mut |kind, node| {
        checks::values::mend(kind, version, node);
        if kind == Kind::Schema {
            dialect::rewrite(version, node);
        }
    });
    Normalised {
        root,
        webhooks,
        notes: Vec::new(),
    }
}
