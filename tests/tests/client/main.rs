//! Calls from their request to their response, over a clock that is turned by hand and a connection that plays a
//! script.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

#[path = "../support/fake.rs"]
mod fake;
mod futures;
mod hooks;
mod limits;
mod mocks;
mod redirects;
mod retries;

use losant_data::ids::{ApplicationId, DataTableId};
use losant_data::{BlockingClient, Client, ClientBuilder, runtime};

use self::fake::Fake;

/// The token of every client here; no error and no `Debug` may show it.
const TOKEN: &str = "a-token-that-nobody-sees";

fn builder(fake: &Fake) -> ClientBuilder {
    ClientBuilder::default()
        .token(TOKEN)
        .clock(fake.clone())
        .timer(fake.clone())
        .transport(fake.clone())
        .blocking_transport(fake.clone())
}

fn client(fake: &Fake) -> Client {
    builder(fake).build().unwrap()
}

fn blocking(fake: &Fake) -> BlockingClient {
    builder(fake).build_blocking().unwrap()
}

fn application() -> ApplicationId {
    "575ec8687ae143cd83dc4a97".parse().unwrap()
}

fn table() -> DataTableId {
    "575ed78e7ae143cd83dc4aab".parse().unwrap()
}
