//! Documents with one change each: a table of mutations, where each applies, and what it does to the tree.
//!
//! `cargo xtask semver` lets another tool judge the crates of such pairs, and a test compares the changes that a diff
//! finds with those that the table expects.

mod edits;
mod operation_edits;
mod places;
mod sample;
mod schema_edits;
mod suits;
mod table;

use generator::ChangeKind;
use serde_json::Value;

pub use self::edits::Edit;
pub use self::places::At;
pub use self::sample::{Size, sample};
pub use self::table::MUTATIONS;
use crate::random::{Random, shuffle_list};

/// A change of a document that one edit makes.
#[derive(Debug)]
pub struct Mutation {
    /// What it is called.
    pub name: &'static str,
    /// The nodes that it may be made at.
    pub at: At,
    /// Whether it can be made at such a node.
    pub suits: fn(&Value) -> bool,
    /// What it does.
    pub edit: Edit,
    /// A kind of change that a diff finds.
    pub forth: ChangeKind,
    /// A kind of change that it finds in the other direction.
    pub back: ChangeKind,
}

/// A document with a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// The pointer of the node that was changed.
    pub place: String,
    /// The document.
    pub document: Value,
}

impl Mutation {
    /// Returns the document with the change, at each place where it can be made; the places are in an order of chance.
    pub fn mutants<'document>(
        &'document self,
        document: &'document Value,
        random: &mut Random,
    ) -> impl Iterator<Item = Mutant> + 'document {
        let mut places = places::find(document, self.at);
        places.retain(|place| document.pointer(place).is_some_and(self.suits));
        shuffle_list(&mut places, random);
        places.into_iter().filter_map(|place| {
            let mut changed = document.clone();
            self.edit.apply(&mut changed, &place)?;
            (changed != *document).then_some(Mutant {
                place,
                document: changed,
            })
        })
    }
}
