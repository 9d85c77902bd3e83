//! Documents as trees: reading them, mending them with overlays, and bringing
//! every version of OpenAPI to one form.

mod node;
mod pointer;

pub use node::{Node, Object, Origin, Value};
pub use pointer::Pointer;
