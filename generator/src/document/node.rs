//! The tree of a document: JSON values that remember where they were read.

use std::fmt;

use foldhash::fast::RandomState;
use indexmap::IndexMap;

use crate::source::Origin;

/// A value and where it was read.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where the node was read; it keeps this when an overlay or a rewrite moves it.
    pub origin: Origin,
    /// The value.
    pub value: Value,
    /// Whether it is no node of the document, but was synthesized of several: its origin is that of one of them.
    pub is_synthesized: bool,
}

/// The members of an object, in document order.
pub type Object = IndexMap<String, Node, RandomState>;

/// A JSON value whose numbers keep their text.
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as the text of a JSON number.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object.
    Object(Object),
}

impl Node {
    /// Makes a node of `value` that stands where `origin` does.
    #[must_use]
    pub fn new(origin: Origin, value: Value) -> Self {
        Self {
            origin,
            value,
            is_synthesized: false,
        }
    }

    /// Makes a node of `value` that is no node of the document, and has the origin of one that it is made of.
    #[must_use]
    pub fn synthesized(origin: Origin, value: Value) -> Self {
        Self {
            is_synthesized: true,
            ..Self::new(origin, value)
        }
    }

    /// Makes a string node that stands where `origin` does.
    pub fn string(origin: Origin, text: impl Into<String>) -> Self {
        Self::new(origin, Value::String(text.into()))
    }

    /// Returns the member `key`, when this is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// Returns the text, when this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the boolean, when this is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the members, when this is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Returns the members to change, when this is an object.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Returns the elements, when this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// Returns what kind of value this is, in the words of a diagnostic.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// Returns the same value without its places.
    ///
    /// A number beyond `f64`, which `serde_json` cannot hold, becomes `null`.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => serde_json::Value::Bool(*value),
            Value::Number(text) => serde_json::from_str::<serde_json::Number>(text)
                .map_or(serde_json::Value::Null, serde_json::Value::Number),
            Value::String(text) => serde_json::Value::String(text.clone()),
            Value::Array(elements) => elements.iter().map(Node::to_json).collect(),
            Value::Object(members) => serde_json::Value::Object(
                members
                    .iter()
                    .map(|(key, node)| (key.clone(), node.to_json()))
                    .collect(),
            ),
        }
    }
}

/// Two nodes are equal when their values are; where they were read does not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(left), Self::Bool(right)) => left == right,
            (Self::Number(left), Self::Number(right)) | (Self::String(left), Self::String(right)) => left == right,
            (Self::Array(left), Self::Array(right)) => left == right,
            (Self::Object(left), Self::Object(right)) => left == right,
            _ => false,
        }
    }
}

/// Prints the value as compact JSON.
impl fmt::Display for Node {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Value::Null => formatter.write_str("null"),
            Value::Bool(value) => write!(formatter, "{value}"),
            Value::Number(text) => formatter.write_str(text),
            Value::String(text) => write!(formatter, "{}", serde_json::Value::from(text.as_str())),
            Value::Array(elements) => {
                formatter.write_str("[")?;
                for (index, element) in elements.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(formatter, "{comma}{element}")?;
                }
                formatter.write_str("]")
            }
            Value::Object(members) => {
                formatter.write_str("{")?;
                for (index, (key, node)) in members.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(formatter, "{comma}{}:{node}", serde_json::Value::from(key.as_str()))?;
                }
                formatter.write_str("}")
            }
        }
    }
}
