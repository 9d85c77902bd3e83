//! Where a node was read.

/// Where a node was read: the source, and which of its nodes in document order.
///
/// Keys and values both count, parents before children, and aliases count as
/// what they stand for. So the key of a member is the node just before its
/// value. [`Sources`](super::Sources) turns an origin into a line and a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Index into the [`Sources`](super::Sources) of the run.
    pub source: u16,
    /// Index of the node in its source.
    pub index: u32,
    /// Which copy of the node this is: 0 as it was read; an overlay may put one node in many places.
    pub copy: u32,
}

impl Origin {
    /// Returns the origin of the key, when this is the origin of a member's value.
    #[must_use]
    pub fn key(self) -> Self {
        Self {
            index: self.index.saturating_sub(1),
            ..self
        }
    }
}
