//! The emitted crate against the emulator, which validates every request and every response of its own by the document.
//!
//! What an argument is sent as arrives as the same text; the examples of the crate do what they say; and a walk of ten
//! thousand rows goes as an evaluator of a few lines has it, which shares no code with the emulator.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod characters;
mod examples;
mod file;
mod replay;
mod scenario;

use emulator::{APPLICATION, Emulator, Options};
use losant_data::ids::ApplicationId;
use losant_data::{Client, ClientBuilder};

/// Starts an emulator with a file of its own.
fn start() -> Emulator {
    Emulator::start(Options::default()).unwrap()
}

/// Returns a builder of clients that talk to `emulator`.
fn builder(emulator: &Emulator) -> ClientBuilder {
    Client::builder().base_url(emulator.url()).token(emulator.token())
}

/// Returns the application that every emulator has.
fn application() -> ApplicationId {
    APPLICATION.parse().unwrap()
}

/// Asserts that every request and response was valid.
#[track_caller]
fn assert_clean(emulator: &Emulator) {
    assert_eq!(emulator.faults(), Vec::<String>::new());
    assert_eq!(emulator.refused(), []);
}
