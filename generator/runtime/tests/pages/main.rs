//! Pages: which page is requested next, and when a list ends, with servers that are functions.

#![allow(clippy::unwrap_used, reason = "what cannot be used fails the test")]

mod links;
mod lists;
mod server;
