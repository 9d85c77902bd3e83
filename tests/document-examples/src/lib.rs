//! Decodes the examples of documents by their emitted types, and encodes them again.
//!
//! The `jsonschema` crate decides which examples their schemas accept (`schema-oracle`). Each of these has to decode as the
//! type that the schema became, and to be encoded as an equal value.

mod compare;
mod examine;
mod explain;
mod find;
mod program;
mod report;
mod types;

pub use examine::{Different, Examined, examine};
pub use explain::Explanations;
pub use report::{WANTED, is_good, report};
