//! What mutations do to the tree of a document.

use serde_json::{Map, Value, json};

/// What a mutation does at a node. Values are JSON texts.
#[derive(Debug, Clone, Copy)]
pub enum Edit {
    /// Removes the node.
    Remove,
    /// Puts another in its place.
    Replace(&'static str),
    /// Gives a member a value.
    Put(&'static str, &'static str),
    /// Removes a member.
    Drop(&'static str),
    /// Appends to the list that a member has, or makes one.
    Push(&'static str, &'static str),
    /// Removes the last element of the list that a member has.
    Pop(&'static str),
    /// Changes more than the node alone; `None` if it cannot be done there.
    Other(fn(&mut Value, &str) -> Option<()>),
}

impl Edit {
    /// Changes a document at a node; `None` if that cannot be done.
    pub(super) fn apply(self, document: &mut Value, place: &str) -> Option<()> {
        match self {
            Self::Remove => remove(document, place).map(|_| ()),
            Self::Replace(text) => {
                *document.pointer_mut(place)? = value(text);
                Some(())
            }
            Self::Put(key, text) => {
                object(document, place)?.insert(key.to_owned(), value(text));
                Some(())
            }
            Self::Drop(key) => object(document, place)?.remove(key).map(|_| ()),
            Self::Push(key, text) => {
                let list = object(document, place)?.entry(key).or_insert_with(|| json!([]));
                list.as_array_mut()?.push(value(text));
                Some(())
            }
            Self::Pop(key) => object(document, place)?.get_mut(key)?.as_array_mut()?.pop().map(|_| ()),
            Self::Other(edit) => edit(document, place),
        }
    }
}

/// Reads a text of the table.
fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Returns the members of a node that is an object.
pub(super) fn object<'document>(
    document: &'document mut Value,
    place: &str,
) -> Option<&'document mut Map<String, Value>> {
    document.pointer_mut(place)?.as_object_mut()
}

/// Returns the pointer of what holds a node, and the key or index of the node.
pub(super) fn split(place: &str) -> Option<(&str, String)> {
    let (holder, token) = place.rsplit_once('/')?;
    Some((holder, token.replace("~1", "/").replace("~0", "~")))
}

/// Removes a node, and returns it.
pub(super) fn remove(document: &mut Value, place: &str) -> Option<Value> {
    let (holder, key) = split(place)?;
    match document.pointer_mut(holder)? {
        Value::Object(members) => members.remove(&key),
        Value::Array(elements) => {
            let index = key.parse().ok()?;
            (index < elements.len()).then(|| elements.remove(index))
        }
        _ => None,
    }
}
