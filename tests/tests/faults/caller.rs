//! The two clients in one shape, and what came of a call.

use std::sync::Arc;

use http::HeaderMap;
use losant_data::runtime::{Call, Options, TransportKind};
use losant_data::{BlockingClient, Client, ClientBuilder, Error, ResponseValue};
use tokio::runtime::Runtime;

/// Which client calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The one over reqwest.
    Async,
    /// The one over ureq.
    Blocking,
}

/// A client of either kind.
#[derive(Debug)]
pub(crate) enum Caller {
    Async(Client, Arc<Runtime>),
    Blocking(BlockingClient),
}

impl Caller {
    pub(crate) fn new(kind: Kind, builder: ClientBuilder) -> Self {
        match kind {
            Kind::Async => {
                // A thread of its own, so that a connection that is given up is closed without a call that waits.
                let mut runtime = tokio::runtime::Builder::new_multi_thread();
                let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
                Self::Async(builder.build().unwrap(), Arc::new(runtime))
            }
            Kind::Blocking => Self::Blocking(builder.build_blocking().unwrap()),
        }
    }

    /// Returns the same client with other options.
    pub(crate) fn with(&self, change: impl FnOnce(Options) -> Options) -> Self {
        match self {
            Self::Async(client, runtime) => Self::Async(client.with(change), Arc::clone(runtime)),
            Self::Blocking(client) => Self::Blocking(client.with(change)),
        }
    }

    /// Makes a call.
    pub(crate) fn call<C: Call>(&self, call: &C) -> Outcome {
        match self {
            Self::Async(client, runtime) => outcome(runtime.block_on(client.call(call))),
            Self::Blocking(client) => outcome(client.call(call)),
        }
    }
}

/// What kind of end a call came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Success,
    Invalid,
    Transport(TransportKind),
    Status,
    Undocumented,
    Decode,
    Other,
}

/// What came of a call.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) shape: Shape,
    /// The status, the headers and the body, as far as received.
    pub(crate) response: Option<(u16, HeaderMap, Vec<u8>)>,
    /// How often the call was tried, if the error says so.
    pub(crate) attempts: Option<u32>,
    /// What the error says.
    pub(crate) words: String,
}

fn outcome<T, E: std::fmt::Debug + 'static>(result: Result<ResponseValue<T>, Error<E>>) -> Outcome {
    match result {
        Ok(response) => Outcome {
            shape: Shape::Success,
            response: Some((
                response.status().as_u16(),
                response.headers().clone(),
                response.body().to_vec(),
            )),
            attempts: None,
            words: String::new(),
        },
        Err(error) => {
            let (shape, attempts) = match &error {
                Error::Invalid(_) => (Shape::Invalid, None),
                Error::Transport(error) => (Shape::Transport(error.kind), Some(error.attempts)),
                Error::Status(_) => (Shape::Status, None),
                Error::Undocumented(_) => (Shape::Undocumented, None),
                Error::Decode(_) => (Shape::Decode, None),
                _ => (Shape::Other, None),
            };
            let response = error.response();
            Outcome {
                shape,
                response: response.map(|response| {
                    (
                        response.status.as_u16(),
                        response.headers.clone(),
                        response.body.to_vec(),
                    )
                }),
                attempts,
                words: tests::errors::chain(&error).join(": "),
            }
        }
    }
}
