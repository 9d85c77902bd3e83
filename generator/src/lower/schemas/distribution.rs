//! The unions that are being distributed over their sibling keywords.

use crate::source::Origin;

/// How many unions may be distributed within one.
const MOST: usize = 40;

/// The unions that are being distributed.
#[derive(Default)]
pub(in crate::lower) struct Distribution {
    /// The nodes that have them, the outermost first.
    open: Vec<Origin>,
    /// How many have been distributed within the outermost.
    count: usize,
}

impl Distribution {
    /// Starts to distribute the union of the node with this origin.
    pub(in crate::lower) fn enter(&mut self, origin: Origin) {
        self.count += 1;
        self.open.push(origin);
    }

    /// Ends the innermost distribution.
    pub(in crate::lower) fn leave(&mut self) {
        self.open.pop();
        if self.open.is_empty() {
            self.count = 0;
        }
    }

    /// Returns whether the union of the node with this origin is being distributed.
    pub(in crate::lower) fn is_open(&self, origin: Origin) -> bool {
        self.open.contains(&origin)
    }

    /// Returns whether no more unions may be distributed within the outermost.
    pub(in crate::lower) fn is_full(&self) -> bool {
        self.count >= MOST
    }
}
