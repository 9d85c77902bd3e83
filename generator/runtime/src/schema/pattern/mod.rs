//! Decides whether a text fits a pattern of the document.
//!
//! Nearly all patterns of API documents are runs of ASCII classes, such as
//! `^[A-Fa-f\d]{24}$`; the generator turns those into byte checks, so that a
//! document without other patterns needs no engine.

pub(crate) mod ecma_script;

use crate::runtime::schema::keywords::{Matcher, Pattern, Run};

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
    /// Makes a run of `min` to `max` characters out of `ranges`, which are pairs of their first and last
    /// character: `b"09af"` is `[0-9a-f]`.
    #[must_use]
    pub const fn new(ranges: &[u8], min: u32, max: u32) -> Self {
        let mut class = [0; 2];
        let mut pair = 0;
        while pair + 1 < ranges.len() {
            let mut byte = ranges[pair];
            while byte <= ranges[pair + 1] && byte.is_ascii() {
                class[(byte >> 6) as usize] |= 1 << (byte & 63);
                byte += 1;
            }
            pair += 2;
        }
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
        let bits = self.class.get(usize::from(byte >> 6));
        bits.is_some_and(|bits| bits >> (byte & 63) & 1 == 1)
    }
}
