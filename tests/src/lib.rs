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
pub use folders::{root, target, write};
