//! Choices that depend on a seed alone.

use generator::unstable::{Node, Object, Value};

/// Returns whether the element at `index` is of the third that `seed` chooses.
#[must_use]
pub fn is_one_in_three(seed: u64, index: u64) -> bool {
    // SplitMix64: every seed and index has digits of its own.
    let mut digits = (seed << 32).wrapping_add(index).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    digits = (digits ^ (digits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    digits = (digits ^ (digits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 33;
    digits.is_multiple_of(3)
}

/// Puts the keys of every object in another order ([Fisher and Yates](https://en.wikipedia.org/wiki/Fisher-Yates_shuffle)).
pub fn shuffle_keys(node: &mut Node, random: &mut Random) {
    match &mut node.value {
        Value::Object(members) => {
            members.values_mut().for_each(|member| shuffle_keys(member, random));
            shuffle(members, random);
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| shuffle_keys(element, random)),
        _ => {}
    }
}

/// Puts the keys of an object in another order.
pub fn shuffle(object: &mut Object, random: &mut Random) {
    let mut members: Vec<(String, Node)> = std::mem::take(object).into_iter().collect();
    shuffle_list(&mut members, random);
    object.extend(members);
}

/// Puts elements in another order.
pub fn shuffle_list<T>(elements: &mut [T], random: &mut Random) {
    for index in (1..elements.len()).rev() {
        elements.swap(index, random.below(index + 1));
    }
}

/// The generator [xorshift64](https://www.jstatsoft.org/article/view/v008i14); its seed is not 0.
#[derive(Debug)]
pub struct Random(pub u64);

impl Random {
    /// Returns a number below `bound`.
    ///
    /// # Panics
    ///
    /// If `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let bound = u64::try_from(bound).expect("a length fits");
        usize::try_from((self.0 >> 11) % bound).expect("what is below a length fits")
    }
}
