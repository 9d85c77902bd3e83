//! What happened: counts, the latest requests, what was refused, and what went wrong.

use std::collections::{BTreeMap, VecDeque};

use crate::call::Raw;

/// A request as it arrived, and how it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The `operationId`; `None` where the document has no operation of this method and path.
    pub operation: Option<String>,
    /// The method.
    pub method: String,
    /// Path and query as received.
    pub target: String,
    /// The variables of the path template, percent-decoded.
    pub path: Vec<(String, String)>,
    /// The query, percent-decoded, in order; `+` is a space.
    pub query: Vec<(String, String)>,
    /// The headers, in order, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// The status of the response.
    pub status: u16,
}

/// A request that did not conform to the document, and was answered 400.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The `operationId`.
    pub operation: String,
    /// Path and query as received.
    pub target: String,
    /// The violations.
    pub faults: Vec<String>,
}

/// All that happened since the start.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    /// How many requests came for each operation.
    pub(crate) counts: BTreeMap<String, u64>,
    /// The latest requests.
    pub(crate) requests: VecDeque<Request>,
    /// Requests that did not conform to the document.
    pub(crate) refused: Vec<Refused>,
    /// Where the emulator itself was at fault.
    pub(crate) faults: Vec<String>,
    /// How many requests are kept.
    pub(crate) capacity: usize,
}

impl Journal {
    /// Writes down that a request was answered.
    pub(crate) fn record(&mut self, raw: Raw, operation: Option<&str>, status: u16) {
        if let Some(operation) = operation {
            *self.counts.entry(operation.to_owned()).or_default() += 1;
        }
        if self.capacity == 0 {
            return;
        }
        if self.requests.len() == self.capacity {
            self.requests.pop_front();
        }
        self.requests.push_back(Request {
            operation: operation.map(str::to_owned),
            method: raw.method,
            target: raw.target,
            path: raw.path,
            query: raw.query,
            headers: raw.headers,
            body: raw.body.into(),
            status,
        });
    }
}
