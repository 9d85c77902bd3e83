//! A map that is searched from end to end, as the runtime's was: the measure for what an index costs and brings.

use losant_data::runtime::codegen::{Fault, Reader};
use losant_data::runtime::{Decode, kind};

/// A map from names to values, in the order in which they were read or inserted.
pub struct LinearMap<V> {
    entries: Vec<(String, V)>,
}

impl<V> Default for LinearMap<V> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<V> LinearMap<V> {
    /// Returns the value of `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&V> {
        self.entries.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Sets the value of `name` and returns the one it had.
    pub fn insert(&mut self, name: String, value: V) -> Option<V> {
        if let Some((_, known)) = self.entries.iter_mut().find(|(key, _)| *key == name) {
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
}

impl<V: Decode> Decode for LinearMap<V> {
    type Kinds = kind::Object;

    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut entries = Vec::new();
        let mut key = reader.begin_object()?;
        while let Some(name) = key {
            let value = V::decode(reader)?;
            entries.push((name.into_owned(), value));
            key = reader.next_key()?;
        }
        if entries.len() > 1 {
            keep_last(&mut entries);
        }
        Ok(Self { entries })
    }
}

/// Keeps the last of several properties of one name, as `JSON.parse` does.
fn keep_last<V>(properties: &mut Vec<(String, V)>) {
    if names_differ(properties) {
        return;
    }
    let mut order: Vec<usize> = (0..properties.len()).collect();
    order.sort_by(|&left, &right| properties[left].0.cmp(&properties[right].0).then(left.cmp(&right)));
    let mut stale = vec![false; properties.len()];
    for pair in order.windows(2) {
        stale[pair[0]] = properties[pair[0]].0 == properties[pair[1]].0;
    }
    let mut flags = stale.into_iter();
    properties.retain(|_| !flags.next().unwrap_or(false));
}

fn names_differ<V>(properties: &[(String, V)]) -> bool {
    const FEW: usize = 16;
    properties.len() <= FEW
        && properties
            .iter()
            .enumerate()
            .all(|(index, (name, _))| properties[..index].iter().all(|(other, _)| other != name))
}
