//! Random numbers that a seed determines.

/// A generator of random numbers: `SplitMix64`.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starts the sequence of a seed and a run number.
    #[must_use]
    pub fn new(seed: u64, run: u64) -> Self {
        let mut random = Self(seed);
        let mixed = random.number() ^ run.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self(mixed)
    }

    /// Returns the next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `bound`, or 0 where the bound is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.number() % bound).unwrap_or_default()
    }

    /// Returns whether an event of this probability, in percent, happens.
    pub fn percent(&mut self, probability: usize) -> bool {
        self.below(100) < probability
    }

    /// Returns one of `choices`, unless there is none.
    pub fn pick<'choice, T>(&mut self, choices: &'choice [T]) -> Option<&'choice T> {
        choices.get(self.below(choices.len()))
    }
}
