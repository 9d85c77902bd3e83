//! The types that other generators emit, as they emit them; `build.rs` finds them.

#![allow(warnings, clippy::all, clippy::pedantic, reason = "none of this is ours")]

include!(concat!(env!("OUT_DIR"), "/peers.rs"));
