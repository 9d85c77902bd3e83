//! Which combinations there are: as few as have every pair of values, and more at random.

use std::collections::BTreeSet;

use super::axes::{AXES, COUNT, METHOD, PAGINATION, SUCCESS};

/// A combination: of each axis the index of a value.
pub type Row = [usize; COUNT];

/// A value of one axis beside a value of another one, whose index is larger.
type Pair = ((usize, usize), (usize, usize));

/// How many rows are synthesized for each that is kept.
const TRIES: usize = 8;

/// Returns combinations that have every pair of values that can stand beside each other, and as many more as it takes
/// for `count`.
#[must_use]
pub fn rows(count: usize, seed: u64) -> Vec<Row> {
    let mut random = Random(seed);
    let mut uncovered = all_pairs();
    let mut rows = Vec::new();
    while let Some(pair) = uncovered.first().copied() {
        let tries = (0..TRIES).map(|_| filled(pair, &uncovered, &mut random));
        let Some(row) = tries.max_by_key(|row| covered(row, &uncovered)) else {
            break;
        };
        uncovered.retain(|((axis, value), (other, with))| (row[*axis], row[*other]) != (*value, *with));
        rows.push(row);
    }
    let mut known: BTreeSet<Row> = rows.iter().copied().collect();
    while rows.len() < count {
        let mut row = Row::default();
        for (axis, value) in row.iter_mut().enumerate() {
            *value = random.below(AXES[axis].values.len());
        }
        if is_possible(&row.map(Some)) && known.insert(row) {
            rows.push(row);
        }
    }
    rows
}

/// Returns the pairs that rows do not have, though they can stand beside each other.
#[must_use]
pub fn missing(rows: &[Row]) -> Vec<String> {
    let mut pairs = all_pairs();
    for row in rows {
        pairs.retain(|((axis, value), (other, with))| (row[*axis], row[*other]) != (*value, *with));
    }
    let name = |(axis, value): (usize, usize)| format!("{} {:?}", AXES[axis].name, AXES[axis].values[value].0);
    pairs
        .into_iter()
        .map(|(left, right)| format!("{} with {}", name(left), name(right)))
        .collect()
}

/// Returns whether values can stand beside each other: what is paged through is a list, and has content.
fn is_possible(partial: &[Option<usize>; COUNT]) -> bool {
    let name = |axis: usize| partial[axis].map(|value| AXES[axis].values[value].0);
    let is_paged = name(PAGINATION).is_some_and(|name| name != "none");
    let is_list = name(SUCCESS).is_none_or(|name| name.starts_with("list"));
    let has_content = name(METHOD).is_none_or(|name| name != "HEAD");
    !is_paged || (is_list && has_content)
}

fn all_pairs() -> BTreeSet<Pair> {
    let mut pairs = BTreeSet::new();
    for axis in 0..COUNT {
        for other in axis + 1..COUNT {
            for value in 0..AXES[axis].values.len() {
                for with in 0..AXES[other].values.len() {
                    let mut partial = [None; COUNT];
                    (partial[axis], partial[other]) = (Some(value), Some(with));
                    if is_possible(&partial) {
                        pairs.insert(((axis, value), (other, with)));
                    }
                }
            }
        }
    }
    pairs
}

/// Returns a row with `pair`, whose other values are each the one that covers most.
fn filled(pair: Pair, uncovered: &BTreeSet<Pair>, random: &mut Random) -> Row {
    let mut partial = [None; COUNT];
    for (axis, value) in [pair.0, pair.1] {
        partial[axis] = Some(value);
    }
    let start = random.below(COUNT);
    for axis in (0..COUNT).map(|step| (start + step) % COUNT) {
        if partial[axis].is_some() {
            continue;
        }
        let values = AXES[axis].values.len();
        let first = random.below(values);
        let possible = (0..values).map(|step| (first + step) % values).filter(|value| {
            let mut next = partial;
            next[axis] = Some(*value);
            is_possible(&next)
        });
        let gain = |value: &usize| {
            let chosen = partial
                .iter()
                .enumerate()
                .filter_map(|(other, with)| Some((other, (*with)?)));
            let pairs = chosen.map(|with| ordered((axis, *value), with));
            pairs.filter(|pair| uncovered.contains(pair)).count()
        };
        partial[axis] = possible.max_by_key(gain);
    }
    partial.map(Option::unwrap_or_default)
}

fn ordered(left: (usize, usize), right: (usize, usize)) -> Pair {
    if left.0 < right.0 { (left, right) } else { (right, left) }
}

fn covered(row: &Row, uncovered: &BTreeSet<Pair>) -> usize {
    let pairs = (0..COUNT).flat_map(|axis| (axis + 1..COUNT).map(move |other| (axis, other)));
    let pairs = pairs.filter(|(axis, other)| uncovered.contains(&((*axis, row[*axis]), (*other, row[*other]))));
    pairs.count()
}

/// Numbers that look random, and are the same for the same seed (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % end.max(1) as u64).unwrap_or_default()
    }
}
