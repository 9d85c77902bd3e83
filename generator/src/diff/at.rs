//! The position that is compared: what it is called, the messages that have it, and its nodes.

use crate::diff::change::{Wire, WireClass};
use crate::diff::code;
use crate::diff::relation::Relation;
use crate::diff::side::{Messages, Side};
use crate::model::{Docs, TypeId};
use crate::source::Origin;

/// A position in both versions.
#[derive(Debug, Clone)]
pub(super) struct At {
    /// What it is in terms of the document.
    pub(super) document: String,
    /// The path of the item in Rust.
    pub(super) rust: String,
    /// Whether it is that of a component.
    pub(super) is_component: bool,
    /// The messages that have it.
    pub(super) messages: Messages,
    /// The node of the old document.
    pub(super) old: Option<Origin>,
    /// The node of the new document.
    pub(super) new: Option<Origin>,
}

impl At {
    /// Returns the position of something that has a name.
    pub(super) fn named(document: String, rust: String, messages: Messages) -> Self {
        Self {
            document,
            rust,
            is_component: false,
            messages,
            old: None,
            new: None,
        }
    }

    /// Returns the position of a component.
    pub(super) fn component(side: &Side<'_>, id: TypeId) -> Self {
        let name = side.component(id).unwrap_or(&side.named(id).name);
        Self::named(
            format!("schema `{name}`"),
            code::path(side.named(id)),
            side.messages(id),
        )
    }

    /// Returns the position of a part that has no item of its own in Rust.
    pub(super) fn inside(&self, words: &str) -> Self {
        Self {
            document: format!("{words} of {}", self.document),
            is_component: false,
            ..self.clone()
        }
    }

    /// Returns the position of a part with its name in Rust.
    pub(super) fn item(&self, words: &str, name: &str) -> Self {
        Self {
            rust: format!("{}::{name}", self.rust),
            ..self.inside(words)
        }
    }

    /// Returns the position of the same thing in some messages alone.
    pub(super) fn in_messages(mut self, messages: Messages) -> Self {
        self.messages = messages;
        self
    }

    /// Returns the position with the nodes of annotations, as far as these have any.
    pub(super) fn with_docs(mut self, old: Option<&Docs>, new: Option<&Docs>) -> Self {
        self.old = old.and_then(|docs| *docs.origin).or(self.old);
        self.new = new.and_then(|docs| *docs.origin).or(self.new);
        self
    }

    /// Returns the position of something that only the old version has.
    pub(super) fn gone(mut self) -> Self {
        self.new = None;
        self
    }

    /// Returns the position of something that only the new version has.
    pub(super) fn added(mut self) -> Self {
        self.old = None;
        self
    }

    /// Returns the position of a type that stands here.
    pub(super) fn of_type(&self, old_side: &Side<'_>, new_side: &Side<'_>, old: TypeId, new: TypeId) -> Self {
        let document = match old_side.component(old) {
            Some(name) => format!("schema `{name}`"),
            None => self.document.clone(),
        };
        let (named, other) = (old_side.named(old), new_side.named(new));
        Self {
            document,
            is_component: old_side.component(old).is_some(),
            rust: code::path(named),
            messages: old_side.messages(old).or(new_side.messages(new)),
            ..self.clone()
        }
        .with_docs(Some(&named.docs), Some(&other.docs))
    }

    /// Returns the class on the wire of how the values before relate to those now.
    pub(super) fn wire(&self, relation: Relation) -> Wire {
        let (request, response) = relation.classes();
        self.wire_of(request, response)
    }

    /// Returns the class on the wire, as far as messages have the position.
    pub(super) fn wire_of(&self, request: WireClass, response: WireClass) -> Wire {
        Wire {
            request: self.messages.request.then_some(request),
            response: self.messages.response.then_some(response),
        }
    }
}
