//! Generates Rust client crates from `OpenAPI` documents.
//!
//! The command `apicrate` is this library with a command line. A program of your own, such as an xtask, calls
//! [`generate`] and [`check`]; a build script calls [`build_script`]. What they make stands in a configuration, which
//! `apicrate init` writes and `apicrate help config` explains.
//!
//! ```no_run
//! // `cargo xtask clients`
//! fn main() -> Result<(), apicrate::Error> {
//!     let report = apicrate::generate("apicrate.toml")?;
//!     println!("{} files differ from those of the last run", report.written.len());
//!     Ok(())
//! }
//! ```
//!
//! The generator itself, from text to text, is the crate `generator`; here are the configuration, the folders and the
//! messages.

mod advice;
mod build;
mod bump;
mod config;
mod console;
mod diff;
mod documents;
mod error;
mod folder;
mod init;
mod library;
mod package_name;
mod paths;
mod plan;
mod report;
mod request;
mod run;
mod settle;
#[doc(hidden)]
pub mod unstable;
mod usage;
mod workspace;

pub use crate::build::build_script;
pub use crate::error::Error;
pub use crate::library::{check, generate};
pub use crate::run::Report;
