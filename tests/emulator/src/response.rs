//! What goes back to the caller.

use serde_json::{Value, json};

/// A status and a JSON body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EmulatorResponse {
    /// The status.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: Value,
}

impl EmulatorResponse {
    /// 200 with this body.
    pub(crate) fn ok(body: Value) -> Self {
        Self { status: 200, body }
    }

    /// 201 with this body.
    pub(crate) fn created(body: Value) -> Self {
        Self { status: 201, body }
    }

    /// 202 with the job of this id: the schema `jobEnqueuedResult`.
    pub(crate) fn enqueued(job: &str) -> Self {
        Self {
            status: 202,
            body: json!({"success": true, "jobQueued": true, "jobId": job}),
        }
    }

    /// 200 with the schema `success`.
    pub(crate) fn success() -> Self {
        Self::ok(json!({"success": true}))
    }
}
