//! The speed of the emitted types beside that of others, on the same documents.
//!
//! `cargo xtask bench` runs it, after it made the types of the other generators.

pub mod contenders;
pub mod derived;
pub mod documents;
mod peers;
