//! Reads a text into a tree.
//!
//! JSON goes through a JSON parser, because YAML refuses surrogate pairs and keys over 1,024
//! characters; everything else goes through `serde_yaml`'s deserializer, straight into our own
//! tree. Both count the nodes as they come, and [`Sources::locate`] counts them again when a
//! place is asked for.

mod build;
mod diagnose;
mod guard;
mod json;
mod syntax;
#[cfg(test)]
mod tests;
mod yaml;

use std::path::Path;

use super::Node;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Sources;
use crate::source::sources::Syntax;

/// How deep lists and maps may be nested; one less than `serde_yaml`'s own limit, so that ours
/// speaks first.
pub(super) const MAX_DEPTH: usize = 127;

/// What came of a text.
struct Reading {
    /// The tree, or why there is none.
    outcome: Result<Node, Box<Diagnostic>>,
    /// The faults that left a tree.
    faults: Vec<build::ReadError>,
}

/// Reads `text`, which diagnostics call `name`, and registers it in `sources`.
///
/// Returns `None` when no tree could be made. A fault that leaves a tree, such as a duplicate key
/// (the last one counts), is a warning.
///
/// A text that starts with `{` or `[` is JSON, unless it is only good as a YAML flow collection;
/// what is named `.json` is JSON and nothing else.
pub fn read(sources: &mut Sources, name: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let index = sources.add(name, text);
    let mut reading = read_source(sources, index)?;
    let not_json = matches!(&reading.outcome, Err(failure) if failure.code == "json-syntax");
    if not_json && !is_named_json(name) {
        sources.read_as_yaml(index);
        reading = read_source(sources, index)?;
    }
    // What stands at an anchor is read once there and again for every alias: one fault, one report.
    for fault in reading.faults {
        if sources.locate(fault.within).is_none_or(|place| place.alias.is_none()) {
            diagnostics.push(fault.diagnostic);
        }
    }
    reading.outcome.map_err(|failure| diagnostics.push(*failure)).ok()
}

fn read_source(sources: &Sources, index: u16) -> Option<Reading> {
    let source = sources.get(index)?;
    Some(match source.syntax() {
        Syntax::Json => json::read(index, source),
        Syntax::Yaml => yaml::read(index, source),
    })
}

fn is_named_json(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}
