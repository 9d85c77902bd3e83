//! The emulator, asked by raw HTTP: no code of the project's clients has a part in it.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod columns;
mod data;
mod exports;
mod file;
mod filters;
mod paging;
mod rows;
#[cfg(unix)]
mod signals;
mod support;
mod tables;
mod validation;
