//! Maps from names to values that keep the received order.

pub(crate) mod index;

use std::borrow::Borrow;
use std::fmt;
use std::ops;

use crate::runtime::json::map::index::Index;

/// A map from names to values, in the order in which they were decoded or inserted.
///
/// Two maps are equal if they have the same entries, in any order, since the members of a JSON object are unordered
/// ([RFC 8259 §4](https://www.rfc-editor.org/rfc/rfc8259#section-4)). Finding, setting and removing a name take
/// constant time.
#[derive(Clone)]
pub struct Map<V>(Members<V>);

#[derive(Clone)]
enum Members<V> {
    /// At most [`FEW`] entries, which are searched linearly.
    Few(Vec<(String, V)>),
    /// More entries. Boxed, to keep maps small.
    Many(Box<Index<V>>),
}

/// The number of entries up to which a linear search is as fast as an index.
const FEW: usize = 32;

impl<V> Map<V> {
    /// Makes an empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self(Members::Few(Vec::new()))
    }

    /// Returns the value of `name`.
    #[inline]
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&V> {
        match &self.0 {
            Members::Few(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            Members::Many(index) => index.get(name),
        }
    }

    /// Returns the value of `name`, mutably.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        match &mut self.0 {
            Members::Few(members) => members.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value),
            Members::Many(index) => index.get_mut(name),
        }
    }

    /// Returns whether the map contains `name`.
    #[must_use]
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Sets the value of `name`, and returns the previous one.
    pub fn insert(&mut self, name: impl Into<String>, value: V) -> Option<V> {
        let name = name.into();
        match &mut self.0 {
            Members::Few(members) => {
                if let Some((_, known)) = members.iter_mut().find(|(key, _)| *key == name) {
                    return Some(std::mem::replace(known, value));
                }
                if members.len() < FEW {
                    members.push((name, value));
                } else {
                    self.insert_beyond_few(name, value);
                }
                None
            }
            Members::Many(index) => index.insert(name, value),
        }
    }

    /// Inserts a member that a map of [`FEW`] does not hold yet; apart from [`Map::insert`], which small maps take often.
    #[cold]
    fn insert_beyond_few(&mut self, name: String, value: V) {
        if let Members::Few(members) = &mut self.0 {
            members.push((name, value));
            self.0 = Members::of(std::mem::take(members));
        }
    }

    /// Removes `name`, and returns its value. The others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        match &mut self.0 {
            Members::Few(members) => {
                let index = members.iter().position(|(key, _)| key == name)?;
                Some(members.remove(index).1)
            }
            Members::Many(index) => {
                let value = index.remove(name)?;
                // The index is dropped below the bound and not at it, so that adding and removing one entry does not
                // build it each time.
                if let Some(members) = index.take_few(FEW / 2) {
                    self.0 = Members::Few(members);
                }
                Some(value)
            }
        }
    }

    /// Iterates over names and values.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &V)> {
        match &self.0 {
            Members::Few(members) => Iter::Few(members.iter()),
            Members::Many(index) => Iter::Many(index.slots().iter(), index.len()),
        }
    }

    /// Iterates over the names.
    #[must_use]
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }

    /// Iterates over the values.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Returns the number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Members::Few(members) => members.len(),
            Members::Many(index) => index.len(),
        }
    }

    /// Returns whether the map is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<V> Members<V> {
    /// Takes entries. The last one of each name is kept.
    fn of(mut members: Vec<(String, V)>) -> Self {
        if members.len() <= FEW {
            keep_last(&mut members);
            return Self::Few(members);
        }
        let mut index = Index::of(members);
        match index.take_few(FEW) {
            Some(members) => Self::Few(members),
            None => Self::Many(Box::new(index)),
        }
    }
}

/// An iterator over the entries of a borrowed map.
enum Iter<'m, V> {
    Few(std::slice::Iter<'m, (String, V)>),
    /// A list with gaps, and the number of remaining entries.
    Many(std::slice::Iter<'m, Option<(String, V)>>, usize),
}

impl<'m, V> Iterator for Iter<'m, V> {
    type Item = (&'m str, &'m V);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (name, value) = match self {
            Self::Few(members) => members.next()?,
            Self::Many(slots, left) => {
                let member = slots.find_map(Option::as_ref)?;
                *left -= 1;
                member
            }
        };
        Some((name, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match self {
            Self::Few(members) => members.len(),
            Self::Many(_, left) => *left,
        };
        (left, Some(left))
    }
}

impl<V> ExactSizeIterator for Iter<'_, V> {}

/// An iterator over the entries of a consumed map.
#[derive(Debug)]
pub struct IntoIter<V>(Taken<V>);

#[derive(Debug)]
enum Taken<V> {
    Few(std::vec::IntoIter<(String, V)>),
    /// A list with gaps, and the number of remaining entries.
    Many(std::vec::IntoIter<Option<(String, V)>>, usize),
}

impl<V> Iterator for IntoIter<V> {
    type Item = (String, V);

    #[inline]
    fn next(&mut self) -> Option<(String, V)> {
        match &mut self.0 {
            Taken::Few(members) => members.next(),
            Taken::Many(slots, left) => {
                let member = slots.find_map(|slot| slot)?;
                *left -= 1;
                Some(member)
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match &self.0 {
            Taken::Few(members) => members.len(),
            Taken::Many(_, left) => *left,
        };
        (left, Some(left))
    }
}

impl<V> ExactSizeIterator for IntoIter<V> {}

/// Keeps the last entry of each name, as `JSON.parse` does.
pub(crate) fn keep_last<K: Ord, V>(members: &mut Vec<(K, V)>) {
    if names_differ(members) {
        return;
    }
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by(|&left, &right| members[left].0.cmp(&members[right].0).then(left.cmp(&right)));
    let mut stale = vec![false; members.len()];
    for pair in order.windows(2) {
        stale[pair[0]] = members[pair[0]].0 == members[pair[1]].0;
    }
    let mut flags = stale.into_iter();
    members.retain(|_| !flags.next().unwrap_or(false));
}

fn names_differ<K: Eq, V>(members: &[(K, V)]) -> bool {
    const QUICKLY_COMPARED: usize = 16;
    members.len() <= QUICKLY_COMPARED
        && members
            .iter()
            .enumerate()
            .all(|(index, (name, _))| members[..index].iter().all(|(other, _)| other != name))
}

/// Prints names and values as a map.
impl<V: fmt::Debug> fmt::Debug for Map<V> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl<V> Default for Map<V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<V: PartialEq> PartialEq for Map<V> {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        // Most equal maps have the same order, so no name has to be searched.
        if self.keys().eq(other.keys()) {
            return self.values().eq(other.values());
        }
        self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl<V: Eq> Eq for Map<V> {}

impl<V, Q: Borrow<str> + ?Sized> ops::Index<&Q> for Map<V> {
    type Output = V;

    /// Returns the value of `name`.
    ///
    /// # Panics
    ///
    /// If the map does not contain it. [`Map::get`] does not panic.
    fn index(&self, name: &Q) -> &V {
        let name = name.borrow();
        self.get(name).unwrap_or_else(|| panic!("no member is named {name:?}"))
    }
}

impl<K: Into<String>, V> FromIterator<(K, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let members = members.into_iter().map(|(name, value)| (name.into(), value));
        members.collect::<Vec<_>>().into()
    }
}

impl<K: Into<String>, V> Extend<(K, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, members: I) {
        let members = members.into_iter().map(|(name, value)| (name.into(), value));
        match &mut self.0 {
            Members::Few(known) => {
                known.extend(members);
                self.0 = Members::of(std::mem::take(known));
            }
            Members::Many(index) => members.for_each(|(name, value)| index.push(name, value)),
        }
    }
}

/// The last entry of each name is kept.
impl<V> From<Vec<(String, V)>> for Map<V> {
    #[inline]
    fn from(members: Vec<(String, V)>) -> Self {
        Self(match members.len() {
            0 | 1 => Members::Few(members),
            _ => Members::of(members),
        })
    }
}

impl<K: Into<String>, V, const N: usize> From<[(K, V); N]> for Map<V> {
    fn from(members: [(K, V); N]) -> Self {
        members.into_iter().collect()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = IntoIter<V>;

    fn into_iter(self) -> IntoIter<V> {
        IntoIter(match self.0 {
            Members::Few(members) => Taken::Few(members.into_iter()),
            Members::Many(index) => {
                let length = index.len();
                Taken::Many(index.into_slots().into_iter(), length)
            }
        })
    }
}
