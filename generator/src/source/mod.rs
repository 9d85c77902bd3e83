//! Where things were read: texts, nodes of texts, lines and columns, and JSON Pointers.

pub(crate) mod node_offsets;
mod origin;
mod pointer;
pub(crate) mod sources;
pub(crate) mod yaml_events;

pub(crate) use pointer::{DOCUMENTS, array_index};
pub(crate) use sources::{LineColumn, Source};
pub use {origin::Origin, pointer::Pointer, sources::Sources};
