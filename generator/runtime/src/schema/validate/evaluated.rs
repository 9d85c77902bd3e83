//! The evaluated properties and items, for `unevaluatedProperties` and `unevaluatedItems`.

use crate::runtime::schema::view::View;

/// The properties or elements of a value that the keywords of a schema have evaluated.
///
/// Few schemas need them, so tracking is off by default.
#[derive(Clone)]
pub(crate) struct Evaluated(Option<Vec<bool>>);

impl Evaluated {
    /// Returns evaluated parts with tracking off.
    pub(crate) const fn off() -> Self {
        Self(None)
    }

    pub(crate) const fn are_on(&self) -> bool {
        self.0.is_some()
    }

    /// Turns tracking on for `value`, with no part evaluated.
    pub(crate) fn turn_on(&mut self, value: &View<'_>) {
        let size = match value {
            View::Array(elements) => elements.len(),
            View::Object(members) => members.len(),
            _ => 0,
        };
        self.0.get_or_insert_with(|| vec![false; size]);
    }

    /// Returns empty evaluated parts for another schema of the same value, with tracking on if it is on here.
    pub(crate) fn fresh(&self) -> Self {
        Self(self.0.as_ref().map(|evaluated| vec![false; evaluated.len()]))
    }

    /// Marks the part at `index` as evaluated.
    pub(crate) fn set(&mut self, index: usize) {
        if let Some(mark) = self.0.as_mut().and_then(|evaluated| evaluated.get_mut(index)) {
            *mark = true;
        }
    }

    /// Returns whether the part at `index` is evaluated.
    pub(crate) fn has(&self, index: usize) -> bool {
        self.0
            .as_ref()
            .and_then(|evaluated| evaluated.get(index))
            .is_some_and(|mark| *mark)
    }

    /// Adds the evaluated parts of a valid schema.
    pub(crate) fn merge(&mut self, other: &Self) {
        if let (Some(evaluated), Some(others)) = (&mut self.0, &other.0) {
            for (mark, other) in evaluated.iter_mut().zip(others) {
                *mark |= other;
            }
        }
    }
}
