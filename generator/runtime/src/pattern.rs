//! Decides whether a text fits a pattern of the document.
//!
//! Nearly all patterns of API documents are runs of ASCII classes, such as
//! `^[A-Fa-f\d]{24}$`; the generator turns those into byte checks, so that a
//! document without other patterns needs no engine.

use super::schema::{Matcher, Pattern, Run};

impl Pattern {
    /// Makes a pattern that is decided by runs of characters, which are all of
    /// the text when `to_end`.
    #[must_use]
    pub const fn of_runs(source: &'static str, runs: &'static [Run], to_end: bool) -> Self {
        Self {
            source,
            matcher: Matcher::Runs { runs, to_end },
        }
    }

    /// Makes a pattern that an engine decides.
    #[must_use]
    pub const fn of_engine(source: &'static str, is_match: fn(&str) -> bool) -> Self {
        Self {
            source,
            matcher: Matcher::Engine(is_match),
        }
    }

    /// Returns whether the pattern matches somewhere in `text`, as ECMA-262 has it.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        match self.matcher {
            Matcher::Runs { runs, to_end } => {
                match runs.iter().try_fold(text.as_bytes(), |rest, run| run.strip(rest)) {
                    Some(rest) => !to_end || rest.is_empty(),
                    None => false,
                }
            }
            Matcher::Engine(is_match) => is_match(text),
        }
    }
}

impl Run {
    /// Makes a run of `min` to `max` characters out of `class`.
    #[must_use]
    pub const fn new(class: &'static [u8], min: u32, max: u32) -> Self {
        Self { class, min, max }
    }

    /// Takes as many characters as the run may have off the start of `text`;
    /// `None` where there are too few.
    ///
    /// The classes are ASCII, so no byte of a longer character is in one.
    fn strip<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        let most = usize::try_from(self.max).unwrap_or(usize::MAX);
        let count = text.iter().take(most).take_while(|byte| self.contains(**byte)).count();
        let enough = u32::try_from(count).map_or(true, |count| count >= self.min);
        enough.then(|| &text[count..])
    }

    fn contains(&self, byte: u8) -> bool {
        self.class
            .chunks_exact(2)
            .any(|range| (range[0]..=range[1]).contains(&byte))
    }
}
