//! Finds the places of changes in both documents.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::change::Place;
use crate::diff::walk::Found;
use crate::document::{self, Node};
use crate::generate::Stages;
use crate::source::{Origin, Pointer, Sources};

/// Returns the places of each change, in the old document and in the new one.
pub(super) fn places(old: &Stages, new: &Stages, found: &[Found]) -> Vec<(Option<Place>, Option<Place>)> {
    let before = Places::of(old, found.iter().filter_map(|found| found.at.old));
    let after = Places::of(new, found.iter().filter_map(|found| found.at.new));
    found
        .iter()
        .map(|found| (before.place(found.at.old), after.place(found.at.new)))
        .collect()
}

/// The places of the nodes of a document.
struct Places<'run> {
    sources: &'run Sources,
    pointers: BTreeMap<Origin, Pointer>,
}

impl<'run> Places<'run> {
    fn of(stages: &'run Stages, origins: impl Iterator<Item = Origin>) -> Self {
        let wanted: BTreeSet<Origin> = origins.collect();
        let of = |document: &Node| document::pointers(document, &wanted);
        Self {
            sources: &stages.run.sources,
            pointers: stages.document.as_ref().map(of).unwrap_or_default(),
        }
    }

    fn place(&self, origin: Option<Origin>) -> Option<Place> {
        let origin = origin?;
        let source = self.sources.get(origin.source)?;
        let location = self.sources.locate(origin);
        Some(Place {
            pointer: self.pointers.get(&origin).cloned().unwrap_or_default(),
            file: source.name.clone(),
            line_column: location.map(|location| (location.line, location.column)),
        })
    }
}
