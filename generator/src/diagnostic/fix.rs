//! How a document is changed so that a fault is mended.

use std::fmt;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::source::Pointer;

/// A change of the document that mends a fault, relative to the node that the diagnostic points at.
#[derive(Debug, Clone, PartialEq)]
pub enum Fix {
    /// The node is removed.
    Remove,
    /// The object or list that has the node is removed.
    RemoveHolder,
    /// A value takes the place of the node.
    Replace(Json),
    /// The key of the node becomes another one.
    Rename(String),
    /// A value is merged into the node.
    Update(Json),
    /// The object that has the node loses these members, and gets those of `update`.
    Rewrite {
        /// The keys of the members that it loses.
        remove: Vec<String>,
        /// What is merged into it.
        update: Json,
    },
    /// The node is removed, and the object that has its holder in `properties` requires that property.
    Require,
    /// What is missing at a place, by the form of `OpenAPI` 3, is added there.
    Declare(Pointer, Json),
}

impl Fix {
    /// Returns a fix that puts `update` in place of the node, under other keys.
    #[must_use]
    pub fn rewrite<'key>(remove: impl IntoIterator<Item = &'key str>, update: Json) -> Self {
        Self::Rewrite {
            remove: remove.into_iter().map(str::to_owned).collect(),
            update,
        }
    }
}

/// An action of an overlay
/// ([Overlay 1.1, Action Object](https://spec.openapis.org/overlay/v1.1.0.html#action-object)).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Action {
    /// What is changed, as a `JSONPath` query.
    pub(crate) target: String,
    /// How it is changed.
    pub(crate) change: ActionChange,
}

/// How an action changes its target.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ActionChange {
    /// The target is removed.
    Remove,
    /// A value is merged into the target.
    Update(Json),
}

impl Action {
    /// Returns the Action Object.
    #[must_use]
    pub(crate) fn to_json(&self) -> Json {
        match &self.change {
            ActionChange::Remove => json!({ "target": self.target, "remove": true }),
            ActionChange::Update(value) => json!({ "target": self.target, "update": value }),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = !self
            .target
            .contains(|sign: char| sign.is_control() || "#:\"{},&*!|>%@`".contains(sign));
        let target = if is_plain {
            self.target.clone()
        } else {
            quoted(&self.target)
        };
        match &self.change {
            ActionChange::Remove => write!(formatter, "- target: {target}\n  remove: true"),
            ActionChange::Update(value) => write!(formatter, "- target: {target}\n  update: {}", flow(value)),
        }
    }
}

/// Returns a value in the flow style of YAML.
fn flow(value: &Json) -> String {
    match value {
        Json::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(key, member)| format!("{}: {}", scalar(key), flow(member)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        Json::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(flow).collect();
            format!("[{}]", elements.join(", "))
        }
        Json::String(text) => scalar(text),
        other => other.to_string(),
    }
}

/// Returns a string, in quotes where it could be read as something else.
fn scalar(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '_')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str());
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Returns a string in double quotes, whose escapes YAML has in common with JSON
/// ([YAML §5.7](https://yaml.org/spec/1.2.2/#57-escaped-characters)).
#[must_use]
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            ' '..='~' => quoted.push(sign),
            _ if sign.is_alphanumeric() => quoted.push(sign),
            _ if u32::from(sign) > 0xffff => {
                let _ = write!(quoted, "\\U{:08x}", u32::from(sign));
            }
            _ => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(sign));
            }
        }
    }
    quoted + "\""
}
