//! Brings every document to one form.
//!
//! After this stage
//!
//! - every `$ref` is `#/components/<kind>/<name>` and has a target there: what it
//!   pointed into the middle of is a component of its own;
//! - what the client does not depend on is gone: documentation, components that nothing refers to, and what is left of
//!   other documents;
//! - schemas are in the words of JSON Schema 2020-12, whichever version of
//!   `OpenAPI` they were written for;
//! - every node still knows where it was read.

mod component_names;
mod cycles;
mod dialect;
mod faults;
mod identifiers;
mod meant;
mod references;
mod search;
#[cfg(test)]
mod tests;
mod webhooks;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::document::bundle::Bundle;
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
pub(crate) fn normalise(bundle: &Bundle, diagnostics: &mut Diagnostics) -> Option<Normalised> {
    let document = &bundle.root;
    let written = version::detect(document, diagnostics)?;
    let Some(Converted { root, notes, reached }) = versions::convert(document, &bundle.reached, written) else {
        let form = written.form();
        return Some(normalise_form(bundle, document, &bundle.reached, form, diagnostics));
    };
    let mut found = Diagnostics::default();
    let normalised = normalise_form(bundle, &root, &reached, written.form(), &mut found);
    // The pointers are of the form; those of the document as it is written are filled in by the places.
    found.for_each_mut(|diagnostic| diagnostic.pointer = Pointer::root());
    for diagnostic in found.iter() {
        diagnostics.push(diagnostic.clone());
    }
    Some(Normalised { notes, ..normalised })
}

/// Normalises `document`, which is that of `bundle` in the form of the version `version`.
fn normalise_form(
    bundle: &Bundle,
    document: &Node,
    reached: &BTreeSet<(Kind, Pointer)>,
    version: Version,
    diagnostics: &mut Diagnostics,
) -> Normalised {
    let recursive = meant::recursive_references(document, diagnostics);
    let document = recursive.as_ref().unwrap_or(document);
    // Identifiers of schemas are of JSON Schema, which 3.0 has a part of alone.
    let identified = (version == Version::V3_1).then(|| identifiers::resolve(document, diagnostics));
    let identified = identified.flatten();
    let document = identified.as_ref().unwrap_or(document);
    let containers = Containers::of(document);
    let is_newer = version == Version::V3_1;
    checks::check(document, &containers, reached, is_newer, diagnostics);
    let mut root = document.clone();
    references::flatten_containers(&mut root, &containers);
    let webhooks = references::resolve(bundle, document, &containers, version, &mut root, diagnostics);
    meant::read(&mut root, version, diagnostics);
    dialect::check_discriminators(&root, diagnostics);
    checks::values::check(&root, version, diagnostics);
    unknown::check(bundle, &Containers::of(&bundle.root), diagnostics);
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
