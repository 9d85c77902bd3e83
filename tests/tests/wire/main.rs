//! The emitted crate on the wire: its requests beside those of Losant's own
//! clients, and what becomes of the responses.
//!
//! Everything here goes over a socket of 127.0.0.1.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod calls;
mod faults;
mod pages;
mod recording;
mod requests;

use losant_data::{Client, ClientBuilder};
use tests::capture::{Answer, Server};

/// The token that the recorded clients were given.
const TOKEN: &str = "TEST.TOKEN";

/// Returns a builder of a client that talks to `server`.
fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(server.url()).token(TOKEN)
}

/// Returns a client that talks to `server`.
fn client(server: &Server) -> Client {
    builder(server).build().expect("URL and token are well-formed")
}

/// Returns the answer of a status and a JSON text.
fn json(status: u16, text: &str) -> Answer {
    Answer::Json(status, text.to_owned())
}
