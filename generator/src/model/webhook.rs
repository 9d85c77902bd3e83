//! Requests that the server sends: those of webhooks and callbacks.

use super::{Docs, Payload, Type};

/// The webhooks of the document, or the callbacks of its operations.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhooks {
    /// The name of the enum.
    pub name: String,
    /// Whether they are callbacks.
    pub are_callbacks: bool,
    /// Each of them, in the order of their names.
    pub webhooks: Vec<Webhook>,
}

/// A request that the server sends.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// The name by which it is decoded.
    pub wire: String,
    /// The name of the variant.
    pub variant: String,
    /// The content of its body, if it has one.
    pub payload: Option<Payload>,
    /// The annotations.
    pub docs: Docs,
}

impl Webhooks {
    /// Returns the types of the bodies.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        self.webhooks
            .iter()
            .filter_map(|webhook| webhook.payload.as_ref()?.type_())
    }
}
