//! The entries of a large map: a list in order, and a hash table of indexes into it.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// Entries in order, with a hash table (open addressing, linear probing).
///
/// A removed entry leaves a gap, so that the indexes of the others stay valid. The gaps are removed when they are more
/// than half of the list. The hash has a random seed, so that a peer cannot choose names with equal hashes.
#[derive(Clone)]
pub(crate) struct Index<V> {
    slots: Vec<Option<(String, V)>>,
    /// The index of the first entry. Only gaps are before it.
    first: usize,
    /// The number of entries.
    length: usize,
    /// The hash table, whose length is a power of two. Each slot is [`FREE`], [`GONE`] or an [`entry`]. At least a
    /// quarter is free.
    table: Vec<u64>,
    hasher: RandomState,
}

/// The number of bits of an entry that are the index of the list; the other bits are the upper bits of the hash. No
/// list has so many entries.
const SLOT_BITS: u32 = 36;

/// A slot that was never used.
const FREE: u64 = 0;
/// A slot whose entry was removed. A search continues after it.
const GONE: u64 = u64::MAX;

/// Returns the table entry of the list index `slot`.
fn entry(hash: u64, slot: usize) -> u64 {
    (hash >> SLOT_BITS << SLOT_BITS) | (slot as u64 + 1)
}

/// Returns the list index of `entry`, unless the bits of its hash differ.
fn slot_of(entry: u64, hash: u64) -> Option<usize> {
    let is_alike = (entry ^ hash) >> SLOT_BITS == 0;
    let slot = (entry & ((1 << SLOT_BITS) - 1)).checked_sub(1);
    slot.filter(|_| is_alike).and_then(|slot| usize::try_from(slot).ok())
}

impl<V> Index<V> {
    /// Takes entries. The last one of each name is kept.
    pub(crate) fn of(members: Vec<(String, V)>) -> Self {
        let mut index = Self {
            table: vec![FREE; table_size(members.len())],
            slots: members.into_iter().map(Some).collect(),
            first: 0,
            length: 0,
            hasher: RandomState::new(),
        };
        for slot in 0..index.slots.len() {
            index.enter(slot);
        }
        if index.length * 2 < index.slots.len() {
            index.rebuild();
        }
        index
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    #[inline(never)]
    pub(crate) fn get(&self, name: &str) -> Option<&V> {
        let (_, slot) = self.find(name, self.hash(name))?;
        self.slots[slot].as_ref().map(|(_, value)| value)
    }

    #[inline(never)]
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        let (_, slot) = self.find(name, self.hash(name))?;
        self.slots[slot].as_mut().map(|(_, value)| value)
    }

    /// Sets a value. A new name is added at the end.
    #[inline(never)]
    pub(crate) fn insert(&mut self, name: String, value: V) -> Option<V> {
        let hash = self.hash(&name);
        if let Some((_, slot)) = self.find(&name, hash) {
            let known = self.slots[slot].as_mut()?;
            return Some(std::mem::replace(&mut known.1, value));
        }
        self.reserve();
        self.slots.push(Some((name, value)));
        self.note(hash, self.slots.len() - 1);
        self.length += 1;
        None
    }

    /// Adds an entry at the end, and removes the previous one of its name.
    pub(crate) fn push(&mut self, name: String, value: V) {
        self.reserve();
        self.slots.push(Some((name, value)));
        self.enter(self.slots.len() - 1);
    }

    #[inline(never)]
    pub(crate) fn remove(&mut self, name: &str) -> Option<V> {
        let (at, slot) = self.find(name, self.hash(name))?;
        self.table[at] = GONE;
        let (_, value) = self.slots[slot].take()?;
        self.length -= 1;
        self.pass_gaps();
        if self.length * 2 < self.slots.len() {
            self.rebuild();
        }
        Some(value)
    }

    pub(crate) fn slots(&self) -> &[Option<(String, V)>] {
        &self.slots[self.first..]
    }

    pub(crate) fn into_slots(self) -> Vec<Option<(String, V)>> {
        self.slots
    }

    /// Returns the entries if they are too few for an index.
    pub(crate) fn take_few(&mut self, few: usize) -> Option<Vec<(String, V)>> {
        (self.length <= few).then(|| std::mem::take(&mut self.slots).into_iter().flatten().collect())
    }

    fn hash(&self, name: &str) -> u64 {
        self.hasher.hash_one(name)
    }

    /// Returns the slot at which the search for a hash starts: its upper bits, which an entry has, too.
    fn start(&self, hash: u64) -> usize {
        let bits = self.table.len().trailing_zeros();
        usize::try_from(hash >> (u64::BITS - bits)).unwrap_or(0)
    }

    /// Returns the slot of a name in the table, and the list index of its entry.
    fn find(&self, name: &str, hash: u64) -> Option<(usize, usize)> {
        let last = self.table.len() - 1;
        let mut at = self.start(hash);
        // A slot is free, so the search ends.
        while self.table[at] != FREE {
            if let Some(slot) = slot_of(self.table[at], hash)
                && matches!(self.slots.get(slot), Some(Some((known, _))) if known == name)
            {
                return Some((at, slot));
            }
            at = (at + 1) & last;
        }
        None
    }

    /// Adds the entry at a list index to the table. A previous entry of its name becomes a gap.
    fn enter(&mut self, slot: usize) {
        let Some((name, _)) = &self.slots[slot] else {
            return;
        };
        let hash = self.hash(name);
        if let Some((at, known)) = self.find(name, hash) {
            self.table[at] = entry(hash, slot);
            self.slots[known] = None;
            self.pass_gaps();
        } else {
            self.note(hash, slot);
            self.length += 1;
        }
    }

    /// Adds an entry whose name is not in the table, by its hash or by a table entry with the upper bits of it.
    fn note(&mut self, hash: u64, slot: usize) {
        let last = self.table.len() - 1;
        let mut at = self.start(hash);
        while self.table[at] != FREE && self.table[at] != GONE {
            at = (at + 1) & last;
        }
        self.table[at] = entry(hash, slot);
    }

    /// Skips gaps at the start, so that the first entry is found at once.
    fn pass_gaps(&mut self) {
        let gaps = self.slots[self.first..].iter().take_while(|slot| slot.is_none());
        self.first += gaps.count();
    }

    /// Reserves space for another entry.
    fn reserve(&mut self) {
        if (self.slots.len() + 1) * 4 > self.table.len() * 3 {
            self.rebuild();
        }
    }

    /// Removes the gaps and builds the table again, with space for twice as many entries.
    fn rebuild(&mut self) {
        let has_gaps = self.length < self.slots.len();
        if has_gaps {
            self.slots.retain(Option::is_some);
            self.first = 0;
        }
        let size = table_size(self.slots.len());
        let entries = std::mem::replace(&mut self.table, vec![FREE; size]);
        if has_gaps || size.trailing_zeros() > u64::BITS - SLOT_BITS {
            for slot in 0..self.slots.len() {
                if let Some((name, _)) = &self.slots[slot] {
                    self.note(self.hash(name), slot);
                }
            }
            return;
        }
        // The list indexes did not change, and a table entry has enough bits of the hash.
        for entry in entries.into_iter().filter(|entry| *entry != FREE && *entry != GONE) {
            if let Some(slot) = slot_of(entry, entry) {
                self.note(entry, slot);
            }
        }
    }
}

/// Returns the length of the table for a number of entries. At least half of the slots are free.
fn table_size(length: usize) -> usize {
    (length * 2).next_power_of_two().max(64)
}
