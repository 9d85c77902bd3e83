//! Decides whether a text fits a pattern of the document.
//!
//! Nearly all patterns of API documents are runs of ASCII classes, such as
//! `^[A-Fa-f\d]{24}$`; the generator turns those into byte checks, so that a
//! document without other patterns needs no engine.

use super::schema::{Matcher, Pattern, Run};

impl Pattern {
    /// Returns whether the pattern matches somewhere in `text`, as ECMA-262 has it.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        match self.matcher {
            Matcher::Runs { runs, to_end } => match runs
                .iter()
                .try_fold(text.as_bytes(), |rest, run| run.strip(rest))
            {
                Some(rest) => !to_end || rest.is_empty(),
                None => false,
            },
            Matcher::Engine(is_match) => is_match(text),
        }
    }
}

impl Run {
    /// Takes as many characters as the run may have off the start of `text`;
    /// `None` where there are too few.
    ///
    /// The classes are ASCII, so no byte of a longer character is in one.
    fn strip<'t>(&self, text: &'t [u8]) -> Option<&'t [u8]> {
        let most = usize::try_from(self.max).unwrap_or(usize::MAX);
        let count = text
            .iter()
            .take(most)
            .take_while(|byte| self.contains(**byte))
            .count();
        let enough = u32::try_from(count).map_or(true, |count| count >= self.min);
        enough.then(|| &text[count..])
    }

    fn contains(&self, byte: u8) -> bool {
        self.class
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&byte))
    }
}
