//! Uses the crate of every golden case as its users would.
//!
//! Each test would fail if what its case shows were lost on the way: the tests
//! know the documents, not the emitted code.

#![allow(clippy::unwrap_used, reason = "what cannot be used fails the test")]

mod bodies;
mod circles;
mod combinations;
mod compositions;
mod constructs;
mod documents;
mod enums;
mod errors;
mod features;
mod inline_types;
mod names_lock;
mod nulls;
mod objects;
mod operations;
mod pages;
mod parameters;
mod paths;
mod published;
mod read_write_only;
mod references;
mod required;
mod responses;
mod security;
mod servers;
mod traits;
mod unions;
mod unknown;
mod versions;

use apicrate_runtime::{Decode, Encode, HasSchema, RequestDefaults, from_str, to_string};
use bytes::Bytes;
use http::{Request, Response};

/// Returns a base to make requests with.
fn base() -> RequestDefaults {
    RequestDefaults::new("http://localhost").unwrap()
}

/// Returns the method and the URI of a request.
fn line<B>(request: &Request<B>) -> String {
    format!("{} {}", request.method(), request.uri())
}

/// Returns the body of a request as text.
fn body(request: &Request<Bytes>) -> &str {
    std::str::from_utf8(request.body()).unwrap()
}

/// Returns a header of a request as text; the empty text where it has none.
fn header<'request, B>(request: &'request Request<B>, name: &str) -> &'request str {
    request.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// Makes a response.
fn response(status: u16, body: &str) -> Response<Bytes> {
    let body = Bytes::copy_from_slice(body.as_bytes());
    Response::builder().status(status).body(body).unwrap()
}

/// Asserts that `value` is written as `text`, but for white space and the order of properties;
/// numbers are compared by value.
fn writes<T: Encode>(value: &T, text: &str) {
    let written = to_string(value);
    let json = |text: &str| -> serde_json::Value { serde_json::from_str(text).unwrap() };
    assert!(is_same(&json(&written), &json(text)), "{written} is not {text}");
}

fn is_same(left: &serde_json::Value, right: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};

    match (left, right) {
        (Number(left), Number(right)) => left == right || left.as_f64() == right.as_f64(),
        (Array(left), Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| is_same(left, right))
        }
        (Object(left), Object(right)) => {
            let has = |(name, value)| right.get(name).is_some_and(|other| is_same(value, other));
            left.len() == right.len() && left.iter().all(has)
        }
        _ => left == right,
    }
}

/// Reads `text`, and asserts that it is written back as it was.
fn reads<T: Decode + Encode>(text: &str) -> T {
    let value: T = from_str(text).unwrap();
    writes(&value, text);
    value
}

/// Returns pointer and keyword of all that breaks the schema of `value`.
fn violations<T: HasSchema>(value: &T) -> Vec<String> {
    let violations = value.validate();
    violations
        .iter()
        .map(|violation| format!("{} {}", violation.pointer, violation.keyword))
        .collect()
}

/// Reads `text` as a `T`, and returns what of it breaks the schema.
fn violations_of<T: Decode + Encode + HasSchema>(text: &str) -> Vec<String> {
    violations(&reads::<T>(text))
}
