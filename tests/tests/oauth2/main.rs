//! Clients that obtain their tokens by themselves: when they ask for one, what they ask, and what they do with the
//! answer; over a clock that is turned by hand, and against a server that is written without our code.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

#[path = "../support/fake.rs"]
mod fake;
mod grants;
mod renewal;
mod secrets;
mod server;
mod together;

use case_oauth2_flows::{BlockingClient, Client, ClientBuilder, Error, runtime};
use http::Request;

use self::fake::{Fake, Step};
use self::runtime::{TransportError, TransportKind};

/// The secret of every client here; no error and no `Debug` may show it.
const SECRET: &str = "s3cr3t";

/// How a test waits: it turns the clock.
fn wait(fake: &Fake, milliseconds: u64) {
    runtime::Clock::pause(fake, std::time::Duration::from_millis(milliseconds));
}

fn over(fake: &Fake) -> ClientBuilder {
    ClientBuilder::default()
        .clock(fake.clone())
        .timer(fake.clone())
        .transport(fake.clone())
        .blocking_transport(fake.clone())
}

/// Returns a client that obtains tokens for itself.
fn client(fake: &Fake) -> Client {
    over(fake).client_credentials("notes-app", SECRET).build().unwrap()
}

fn blocking(fake: &Fake) -> BlockingClient {
    over(fake)
        .client_credentials("notes-app", SECRET)
        .build_blocking()
        .unwrap()
}

/// Gives out a token that lives for so many seconds.
fn token(value: &str, seconds: u32) -> Step {
    let body = format!(r#"{{"access_token":"{value}","token_type":"Bearer","expires_in":{seconds}}}"#);
    Step::json(200, &body)
}

/// Answers a call.
fn done() -> Step {
    Step::response(204, "")
}

/// Returns what each request was: the path of its URL and its credentials.
fn story(fake: &Fake) -> Vec<String> {
    fake.sent().iter().map(|sent| reported(&sent.request)).collect()
}

fn reported<B>(request: &Request<B>) -> String {
    let value = request.headers().get("authorization");
    let value = value.map_or("", |value| value.to_str().unwrap());
    format!("{} {value}", request.uri().path()).trim_end().to_owned()
}

fn transport<E: std::fmt::Debug>(error: Error<E>) -> TransportError {
    match error {
        Error::Transport(error) => *error,
        other => panic!("{other:?}"),
    }
}

/// Returns what an error and its causes say.
fn words(error: &TransportError) -> String {
    tests::errors::chain(error).join(": ")
}

/// Returns why no token came.
fn unauthorized<E: std::fmt::Debug>(error: Error<E>) -> TransportError {
    let error = transport(error);
    assert_eq!(error.kind, TransportKind::Authorization);
    error
}
