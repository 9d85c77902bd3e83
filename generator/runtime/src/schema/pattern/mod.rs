//! Matches strings against the patterns of the document.
//!
//! Nearly all patterns of API documents are runs of ASCII classes, such as `^[A-Fa-f\d]{24}$`. The generator compiles
//! those to byte comparisons, so that a document without other patterns needs no regex engine.

pub(crate) mod ecma_script;

use crate::runtime::schema::keywords::{Matcher, Pattern, Run};

impl Pattern {
    /// Makes a pattern of runs of characters, which are the whole text if `to_end` is true.
    #[must_use]
    pub const fn of_runs(source: &'static str, runs: &'static [Run], to_end: bool) -> Self {
        Self {
            source,
            matcher: Matcher::Runs { runs, to_end },
        }
    }

    /// Makes a pattern that an engine matches.
    #[must_use]
    pub const fn of_engine(source: &'static str, is_match: fn(&str) -> bool) -> Self {
        Self {
            source,
            matcher: Matcher::Engine(is_match),
        }
    }

    /// Returns whether the pattern matches anywhere in `text`, as ECMA-262 defines.
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
    /// Makes a run of `min` to `max` characters out of `ranges`: pairs of a first and a last character. `b"09af"` is
    /// `[0-9a-f]`.
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

    /// Matches the run greedily at the start of `text`. Returns `None` if it has too few characters.
    ///
    /// The classes are ASCII, so they contain no byte of a multi-byte character.
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
