//! Lowers the normalised document to the model.
//!
//! Components are lowered one by one, in the order of their names, then path items in the order of their paths: the
//! order of keys in the document has no meaning, so it must not affect the output. An unsupported operation or schema
//! is skipped or less precise, with a line in the ledger.

mod aliases;
mod context;
mod examples;
mod header_sets;
mod keep;
mod locked;
mod names_record;
mod operations;
mod response_sets;
mod schemas;
mod security;
mod token;

use std::collections::BTreeMap;

use typed_arena::Arena;

use self::context::Context;
pub(crate) use self::context::Degraded;
use self::locked::Locked;
use self::operations::Operations;
use self::schemas::Schemas;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Node, Normalised};
use crate::lock::NamesLock;
use crate::model::Api;

/// The selection of operations, and configured headers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Selection {
    /// Tags, operation ids, names of functions and modules, and paths, with `*` for any text; empty for all operations.
    pub only: Vec<String>,
    /// Headers of every request; `{info.version}` stands for the document's version.
    pub headers: BTreeMap<String, String>,
}

/// The model of a document, and what came with it.
pub(crate) struct Lowered {
    pub(crate) api: Api,
    /// What the crate does not express.
    pub(crate) degraded: Vec<Degraded>,
    /// The lock with the names of the run, if there is one.
    pub(crate) names: Option<NamesLock>,
    /// What is wrong with the former names of the lock.
    faults: Vec<Diagnostic>,
}

/// Lowers the normalised document. A lock keeps names; its keys lead into `read`, the document as it was read.
pub(crate) fn lower(
    document: &Normalised,
    lock: Option<(&NamesLock, &Node)>,
    selection: &Selection,
    diagnostics: &mut Diagnostics,
) -> Lowered {
    let arena = Arena::new();
    let mut cx = Context::new(&document.root, diagnostics);
    cx.degraded.extend(document.notes.iter().cloned().map(Degraded::from));
    let locked = lock.map(|(lock, read)| Locked::new(lock, read));
    let mut schemas = Schemas::new(cx, locked, &arena);
    schemas.declare_components();
    schemas.lower_components();
    let webhook_types = schemas.components_of(&document.webhooks);
    let mut lowered = Operations::new(schemas).lower(selection, webhook_types);
    lowered.faults.drain(..).for_each(|fault| diagnostics.push(fault));
    lowered
}
