//! Brings documents of other versions to the form that is normalised.
//!
//! Every node that is moved keeps the place that it was read at, so diagnostics, ledger and pointers are about the
//! document as it is written.

mod swagger;
mod v3_2;

use std::collections::BTreeSet;

use crate::document::version::Written;
use crate::document::{Kind, Node};
use crate::source::{Origin, Pointer};

/// A document in the form of another version.
#[derive(Debug)]
pub(super) struct Converted {
    /// The document.
    pub(super) root: Node,
    /// What that form does not have.
    pub(super) notes: Vec<Note>,
    /// The objects in other documents that a reference leads to.
    pub(super) reached: BTreeSet<(Kind, Pointer)>,
}

/// Something of a document that the form which it is brought to does not have.
#[derive(Debug, Clone)]
pub(crate) struct Note {
    /// The node that holds the keyword.
    pub(crate) origin: Origin,
    /// The keyword, or the index of an element.
    pub(crate) keyword: String,
    /// The origin of the keyword.
    pub(crate) place: Origin,
    /// What happens instead.
    pub(crate) reason: &'static str,
    /// Whether nothing is lost.
    pub(crate) is_ignored: bool,
}

/// Returns `document` in the form that is normalised; `None` if it is written in that. `reached` are the objects in other
/// documents that a reference leads to.
pub(super) fn convert(document: &Node, reached: &BTreeSet<(Kind, Pointer)>, version: Written) -> Option<Converted> {
    match version {
        Written::V2_0 => Some(swagger::convert(document, reached)),
        Written::V3_2 => v3_2::convert(document, reached),
        Written::V3_0 | Written::V3_1 => None,
    }
}

/// Notes made on the way.
#[derive(Debug, Default)]
struct Notes(Vec<Note>);

impl Notes {
    /// Records that `keyword` of `holder` is lost.
    fn degrade(&mut self, holder: &Node, keyword: &str, reason: &'static str) {
        self.put(holder, keyword, reason, false);
    }

    /// Records that `keyword` of `holder` has no effect, which loses nothing.
    fn ignore(&mut self, holder: &Node, keyword: &str, reason: &'static str) {
        self.put(holder, keyword, reason, true);
    }

    fn put(&mut self, holder: &Node, keyword: &str, reason: &'static str, is_ignored: bool) {
        let place = holder.get(keyword).map_or(holder.origin, |value| value.origin.key());
        self.0.push(Note {
            origin: holder.origin,
            keyword: keyword.to_owned(),
            place,
            reason,
            is_ignored,
        });
    }
}
