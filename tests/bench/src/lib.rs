//! The speed of the emitted types beside that of others, on the same documents, and that of the client beside calls by hand.
//!
//! `cargo xtask bench` runs it, after it made the types of the other generators.

pub mod calls;
pub mod contenders;
pub mod derived;
pub mod documents;
pub mod linear;
pub mod maps;
mod peers;
mod server;
