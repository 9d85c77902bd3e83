//! What `unevaluatedProperties` and `unevaluatedItems` have to know of their siblings.

use super::view::View;

/// Which members or elements of one value the keywords of one schema have judged.
///
/// Few schemas ask, so marks are off until one does.
#[derive(Clone)]
pub(super) struct Marks(Option<Vec<bool>>);

impl Marks {
    /// Marks that nobody asks for.
    pub(super) const fn off() -> Self {
        Self(None)
    }

    pub(super) const fn are_on(&self) -> bool {
        self.0.is_some()
    }

    /// Starts to take marks, of none of the parts of `value`.
    pub(super) fn turn_on(&mut self, value: &View<'_>) {
        let size = match value {
            View::Array(elements) => elements.len(),
            View::Object(members) => members.len(),
            _ => 0,
        };
        self.0.get_or_insert_with(|| vec![false; size]);
    }

    /// Returns marks for another schema of the same value, on when these are.
    pub(super) fn fresh(&self) -> Self {
        Self(self.0.as_ref().map(|marks| vec![false; marks.len()]))
    }

    /// Marks the part at `index`.
    pub(super) fn set(&mut self, index: usize) {
        if let Some(mark) = self.0.as_mut().and_then(|marks| marks.get_mut(index)) {
            *mark = true;
        }
    }

    /// Returns whether the part at `index` is marked.
    pub(super) fn has(&self, index: usize) -> bool {
        self.0
            .as_ref()
            .and_then(|marks| marks.get(index))
            .is_some_and(|mark| *mark)
    }

    /// Adds those of a schema that holds.
    pub(super) fn merge(&mut self, other: &Self) {
        if let (Some(marks), Some(others)) = (&mut self.0, &other.0) {
            for (mark, other) in marks.iter_mut().zip(others) {
                *mark |= other;
            }
        }
    }
}
