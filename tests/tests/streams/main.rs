//! Responses that are taken while they come in, and responses of another media type than the preferred one: over a
//! clock that is turned by hand and a connection that plays a script, and over a socket to a server that is not ours.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod alternatives;
mod bytes;
mod events;
#[path = "../support/fake.rs"]
mod fake;
mod lines;
mod media_types;
mod modules;
mod no_content;
mod reconnect;
mod server;
mod skipped;

pub(crate) use apicrate_runtime as runtime;

use self::fake::{Fake, Step};

/// Makes both clients of a case's crate over a connection that plays a script.
macro_rules! clients {
    ($krate:ident, $fake:expr) => {{
        let fake: &crate::fake::Fake = $fake;
        let builder = || {
            $krate::ClientBuilder::default()
                .clock(fake.clone())
                .timer(fake.clone())
                .transport(fake.clone())
                .blocking_transport(fake.clone())
        };
        (builder().build().unwrap(), builder().build_blocking().unwrap())
    }};
}
pub(crate) use clients;

/// Answers with the start of a body of this media type.
fn body(media_type: &str, text: &str) -> Step {
    Step::response(200, text).header("content-type", media_type)
}

/// Answers with the start of a stream of events.
fn events(text: &str) -> Step {
    body("text/event-stream", text)
}

/// Returns a header of each request that was sent; the empty text where it has none.
fn sent_headers(fake: &Fake, name: &str) -> Vec<String> {
    let value = |sent: &fake::Sent| {
        let value = sent.request.headers().get(name);
        value.map_or_else(String::new, |value| {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        })
    };
    fake.sent().iter().map(value).collect()
}
