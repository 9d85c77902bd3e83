//! Emitted clients against a server of npm packages: what they sent is what packages of others read, and what those
//! packages write is what they read.
//!
//! `cargo xtask interop` starts the server, which lies in `tests/interop`, and runs these tests; without it they fail.

#![allow(clippy::unwrap_used, reason = "what a test relies on may end it, in its helpers too")]

mod bodies;
mod forms;
mod parameters;
mod responses;
mod tokens;

use apicrate_runtime::{Map, ResponseValue};
use serde_json::Value;

/// Returns the URL of a part of the server.
fn url(part: &str) -> String {
    let url = std::env::var("INTEROP_URL");
    let url = url.expect("`cargo xtask interop` starts the server, and says where it is");
    format!("{url}/{part}")
}

/// Makes both clients of a case's crate for a part of the server.
macro_rules! clients {
    ($krate:ident, $part:expr) => {{
        let builder = || $krate::ClientBuilder::default().base_url(crate::url($part));
        (builder().build().unwrap(), builder().build_blocking().unwrap())
    }};
}
use clients;

/// Returns what the packages read of a request whose response has no content.
fn read<T>(response: &ResponseValue<T>) -> Value {
    let text = response.headers()["x-read"].to_str().unwrap();
    serde_json::from_str(&tests::capture::percent_decoded(text)).unwrap()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn map(properties: &[(&str, &str)]) -> Map<String> {
    properties
        .iter()
        .map(|(name, text)| (*name, (*text).to_owned()))
        .collect()
}
