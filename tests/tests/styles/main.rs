//! Parameters, byte for byte: what the standards ask for, sent by emitted clients and read off a socket.
//!
//! `tests/fixtures/styles/` has the tables and examples of the standards.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod cells;
mod characters;
mod content;
mod expansions;
mod not_applicable;
mod rows;
mod supported;

use tests::capture::{Answer, Captured, Server};

/// Starts a server that keeps what is sent, and has nothing to say.
fn server() -> Server {
    Server::start(Answer::Json(204, String::new()))
}

/// Returns the one request that came since the last time.
fn one(server: &Server) -> Captured {
    let [request] = <[Captured; 1]>::try_from(server.take()).unwrap();
    request
}

/// Makes the client of an emitted crate that talks to a server.
macro_rules! client {
    ($krate:ident, $server:expr) => {
        $krate::Client::builder().base_url($server.url()).build().unwrap()
    };
}
pub(crate) use client;

/// What became of a request: it was sent, or refused for the reason given.
type Outcome = Result<(), String>;

/// Sends a request.
macro_rules! send {
    ($request:expr, $client:expr) => {
        $request
            .send($client)
            .await
            .map(drop)
            .map_err(|error| error.to_string())
    };
}
pub(crate) use send;
