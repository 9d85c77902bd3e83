//! What the tests share: where things lie, and how trees of files are compared.

mod api_features;
pub mod callers;
pub mod capture;
pub mod cases;
pub mod combinations;
pub mod command;
pub mod diagnostics_page;
pub mod documents;
pub mod errors;
mod folders;
pub mod fuzz;
mod inputs;
pub mod ledger;
mod ledger_objects;
pub mod mutations;
pub mod oasdiff;
pub mod pairs;
pub mod product;
pub mod public_names;
pub mod random;
mod settings;
pub mod syntax;
pub mod table;
pub mod texts;
mod version;

pub use api_features::api_features;
pub use folders::{documents as documents_below, root, target, write};

/// The methods that a path item has operations for ([OpenAPI 3.2 §4.9](https://spec.openapis.org/oas/v3.2.0.html#path-item-object)).
pub const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];
