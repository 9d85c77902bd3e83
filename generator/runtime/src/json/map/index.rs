//! The members of a map that is too large to be searched from end to end: a list in order, and a hash table of places.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// Properties in order, found by a hash table (open addressing, linear probing).
///
/// A member that is removed leaves a gap, so that the others keep their places; the gaps are closed once they are
/// more than half of the list. The hash is seeded by chance: the names may come from anybody, and nobody can
/// choose names that meet in one place.
#[derive(Clone)]
pub(crate) struct Index<V> {
    slots: Vec<Option<(String, V)>>,
    /// Where the first member stands: before it there are gaps alone.
    first: usize,
    /// The number of members.
    length: usize,
    /// A power of two of places, each [`FREE`], [`GONE`] or an [`entry`]. At least a quarter is free.
    table: Vec<u64>,
    hasher: RandomState,
}

/// How many bits of an entry say in which slot a member stands; the others are the upper bits of its hash. No memory
/// holds so many members.
const SLOT_BITS: u32 = 36;

/// A place of the table that was never taken.
const FREE: u64 = 0;
/// A place whose member was removed: a search goes on behind it.
const GONE: u64 = u64::MAX;

/// Returns what the table has for the member in `slot`.
fn entry(hash: u64, slot: usize) -> u64 {
    (hash >> SLOT_BITS << SLOT_BITS) | (slot as u64 + 1)
}

/// Returns the slot of which `entry` speaks, unless its bits of the hash are others.
fn slot_of(entry: u64, hash: u64) -> Option<usize> {
    let is_alike = (entry ^ hash) >> SLOT_BITS == 0;
    let slot = (entry & ((1 << SLOT_BITS) - 1)).checked_sub(1);
    slot.filter(|_| is_alike).and_then(|slot| usize::try_from(slot).ok())
}

impl<V> Index<V> {
    /// Takes members of which the last of one name counts.
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

    /// Sets a value: in its place where the name is known, else at the end.
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

    /// Puts a member at the end, in place of the one of its name.
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

    /// Returns the members where they are so few that an index is of no use.
    pub(crate) fn take_few(&mut self, few: usize) -> Option<Vec<(String, V)>> {
        (self.length <= few).then(|| std::mem::take(&mut self.slots).into_iter().flatten().collect())
    }

    fn hash(&self, name: &str) -> u64 {
        self.hasher.hash_one(name)
    }

    /// Returns where a search for a hash starts: its upper bits, which an entry has too.
    fn start(&self, hash: u64) -> usize {
        let bits = self.table.len().trailing_zeros();
        usize::try_from(hash >> (u64::BITS - bits)).unwrap_or(0)
    }

    /// Returns where the table has a name, and the slot of its member.
    fn find(&self, name: &str, hash: u64) -> Option<(usize, usize)> {
        let last = self.table.len() - 1;
        let mut at = self.start(hash);
        // Some place is free, so the search ends.
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

    /// Notes the member of a slot; one of its name that was noted before leaves a gap.
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

    /// Notes a member whose name is not in the table, by its hash or by an entry with the upper bits of that.
    fn note(&mut self, hash: u64, slot: usize) {
        let last = self.table.len() - 1;
        let mut at = self.start(hash);
        while self.table[at] != FREE && self.table[at] != GONE {
            at = (at + 1) & last;
        }
        self.table[at] = entry(hash, slot);
    }

    /// Sees to it that no gap is the first, so that the first member is found at once.
    fn pass_gaps(&mut self) {
        let gaps = self.slots[self.first..].iter().take_while(|slot| slot.is_none());
        self.first += gaps.count();
    }

    /// Makes room for another member.
    fn reserve(&mut self) {
        if (self.slots.len() + 1) * 4 > self.table.len() * 3 {
            self.rebuild();
        }
    }

    /// Closes the gaps and fills the table anew, with room for as many members again.
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
        // Every slot is where it was, and an entry knows enough of the hash.
        for entry in entries.into_iter().filter(|entry| *entry != FREE && *entry != GONE) {
            if let Some(slot) = slot_of(entry, entry) {
                self.note(entry, slot);
            }
        }
    }
}

/// Returns how many places a table has for so many members: at least half of them are free.
fn table_size(length: usize) -> usize {
    (length * 2).next_power_of_two().max(64)
}
