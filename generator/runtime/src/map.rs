//! Maps from names to values that keep the order of the wire.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Index;

/// A map from names to values, in the order in which they were read or inserted.
///
/// Two maps are equal when they hold the same members, in whatever order: the
/// order of the members of a JSON object carries no meaning
/// ([RFC 8259 §4](https://www.rfc-editor.org/rfc/rfc8259#section-4)). Looking a
/// name up takes time in proportion to the length of the map.
#[derive(Clone)]
pub struct Map<V> {
    entries: Vec<(String, V)>,
}

impl<V> Map<V> {
    /// Makes an empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// Returns the value of `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&V> {
        self.entries.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Returns the value of `name`, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
        self.entries
            .iter_mut()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// Returns whether the map holds `name`.
    #[must_use]
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Sets the value of `name` and returns the one it had.
    pub fn insert(&mut self, name: impl Into<String>, value: V) -> Option<V> {
        let name = name.into();
        if let Some(known) = self.get_mut(&name) {
            return Some(std::mem::replace(known, value));
        }
        self.entries.push((name, value));
        None
    }

    /// Removes `name` and returns its value; the others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<V> {
        let index = self.entries.iter().position(|(key, _)| key == name)?;
        Some(self.entries.remove(index).1)
    }

    fn by_name(&self) -> BTreeMap<&str, &V> {
        self.iter().collect()
    }

    /// Iterates over names and values.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &V)> {
        self.entries.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Iterates over the names.
    #[must_use]
    pub fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.entries.iter().map(|(name, _)| name.as_str())
    }

    /// Iterates over the values.
    #[must_use]
    pub fn values(&self) -> impl ExactSizeIterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// Returns how many members the map holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether the map holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Keeps the last of several members of one name, as `JSON.parse` does.
pub(super) fn keep_last<K: Ord, V>(members: &mut Vec<(K, V)>) {
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
    const FEW: usize = 16;
    members.len() <= FEW
        && members
            .iter()
            .enumerate()
            .all(|(index, (name, _))| members[..index].iter().all(|(other, _)| other != name))
}

/// Shows names and values, as a map does.
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
        // Most equal maps have one order; sorting by name decides the others in n log n steps.
        self.entries.len() == other.entries.len()
            && (self.entries == other.entries || self.by_name() == other.by_name())
    }
}

impl<V: Eq> Eq for Map<V> {}

impl<V, Q: Borrow<str> + ?Sized> Index<&Q> for Map<V> {
    type Output = V;

    /// Returns the value of `name`.
    ///
    /// # Panics
    ///
    /// When the map does not hold it; [`Map::get`] does not panic.
    fn index(&self, name: &Q) -> &V {
        let name = name.borrow();
        self.get(name).unwrap_or_else(|| panic!("no member is named {name:?}"))
    }
}

impl<K: Into<String>, V> FromIterator<(K, V)> for Map<V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(members: I) -> Self {
        let mut map = Self::new();
        map.extend(members);
        map
    }
}

impl<K: Into<String>, V> Extend<(K, V)> for Map<V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, members: I) {
        self.entries
            .extend(members.into_iter().map(|(name, value)| (name.into(), value)));
        keep_last(&mut self.entries);
    }
}

/// Of several members of one name the last is kept.
impl<V> From<Vec<(String, V)>> for Map<V> {
    #[inline]
    fn from(mut entries: Vec<(String, V)>) -> Self {
        if entries.len() > 1 {
            keep_last(&mut entries);
        }
        Self { entries }
    }
}

impl<K: Into<String>, V, const N: usize> From<[(K, V); N]> for Map<V> {
    fn from(members: [(K, V); N]) -> Self {
        members.into_iter().collect()
    }
}

impl<V> IntoIterator for Map<V> {
    type Item = (String, V);
    type IntoIter = std::vec::IntoIter<(String, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}
