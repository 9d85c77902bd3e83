//! Choices that depend on a seed alone.

/// Returns whether the element at `index` is of the third that `seed` chooses.
#[must_use]
pub fn is_one_in_three(seed: u64, index: u64) -> bool {
    // SplitMix64: every seed and index has digits of its own.
    let mut digits = (seed << 32).wrapping_add(index).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    digits = (digits ^ (digits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    digits = (digits ^ (digits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 33;
    digits.is_multiple_of(3)
}
