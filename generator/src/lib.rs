//! Turns an `OpenAPI` document into a Rust client crate.
//!
//! The program is one line of stages; each module is one stage, and each seam
//! is one type. Text goes in and text comes out: there is no file system here,
//! no environment and no clock. The documents that a document refers to are
//! given by a [`DocumentReader`] ([`generate_with`]).
//!
//! ```
//! use generator::{Input, Options, generate};
//!
//! let document = "
//! openapi: 3.1.0
//! info: {title: Pets, version: 1.0.0}
//! servers: [{url: 'https://pets.example'}]
//! paths:
//!   /pets/{id}:
//!     get:
//!       operationId: getPet
//!       parameters:
//!       - {name: id, in: path, required: true, schema: {type: string}}
//!       responses:
//!         '200':
//!           description: The pet.
//!           content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
//! components:
//!   schemas:
//!     Pet: {type: object, required: [name], properties: {name: {type: string}}}
//! ";
//! // read → overlay → bundle → normalise → lower → analyse → emit → render
//! let run = generate(&Input { name: "pets.yaml", text: document, overlays: &[] }, &Options::new("pets"));
//! let output = run.output.expect("the document has no fault");
//! assert!(output.files["src/schemas/pet.rs"].contains("pub struct Pet"));
//! assert_eq!(output.operations, 1);
//! assert_eq!(output.schemas[0].path, "schemas::Pet");
//! ```

mod analysis;
mod diagnostic;
mod diff;
mod document;
mod emit;
mod findings;
mod generate;
mod header;
mod ledger;
#[cfg(test)]
mod ledger_tests;
mod lower;
mod mend;
mod model;
mod names;
mod options;
mod render;
mod source;
#[doc(hidden)]
pub mod unstable;

pub use crate::diagnostic::{Diagnostic, Diagnostics, Fix, Severity};
pub use crate::diff::{
    Change, ChangeKind, Diff, Place, Revision, RustClass, Severity as ChangeSeverity, Subject, Wire, WireClass,
};
pub use crate::document::{Changes, DocumentReader, DocumentText, Unread, UnreadCause};
pub use crate::emit::{Package, Runtime, SharedRuntime};
pub use crate::generate::{Output, Run, TypedSchema, generate, generate_with, shared_runtime};
pub use crate::header::{is_emitted, origin_of};
pub use crate::ledger::Ledger;
pub use crate::lower::Selection;
pub use crate::mend::Mending;
pub use crate::model::Needs;
pub use crate::options::{Input, Options, OverlayText, Strictness};
pub use crate::source::{Pointer, Sources};
