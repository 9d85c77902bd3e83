//! Lowers the normalised document to the model.
//!
//! Components are lowered one by one, in the order of their names, then path items in the order of their paths: the
//! order of keys in the document has no meaning, so it must not affect the output. An unsupported operation or schema
//! is skipped or less precise, with a line in the ledger.

mod context;
mod examples;
mod header_sets;
mod keep;
mod operations;
mod response_sets;
mod schemas;
mod security;
mod token;

use std::collections::BTreeMap;

use typed_arena::Arena;

use self::context::Context;
pub(crate) use self::context::Degraded;
use self::operations::Operations;
use self::schemas::Schemas;
use crate::diagnostic::Diagnostics;
use crate::document::Normalised;
use crate::model::Api;

/// The selection of operations, and configured headers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// Tags, operation ids, names of functions and modules, and paths, with `*` for any text; empty for all operations.
    pub only: Vec<String>,
    /// Headers of every request; `{info.version}` stands for the document's version.
    pub headers: BTreeMap<String, String>,
}

/// Lowers the normalised document.
pub(crate) fn lower(
    document: &Normalised,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> (Api, Vec<Degraded>) {
    let arena = Arena::new();
    let mut cx = Context::new(&document.root, diagnostics);
    cx.degraded.extend(document.notes.iter().cloned().map(Degraded::from));
    let mut schemas = Schemas::new(cx, &arena);
    schemas.declare_components();
    schemas.lower_components();
    let webhook_types = schemas.components_of(&document.webhooks);
    Operations::new(schemas).lower(selection, webhook_types)
}
