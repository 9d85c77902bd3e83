//! What a subscriber of `tracing` learns of a call: never a URL, a header or a body, which may hold secrets.

use super::error::{RawReply, TransportError};
use super::interceptor::Sent;

/// Tells of an attempt and what became of it.
pub(super) fn attempt(sent: Sent<'_>, outcome: Result<&RawReply, &TransportError>) {
    #[cfg(feature = "tracing")]
    {
        let (method, path, attempt) = (sent.operation.method.as_str(), sent.operation.path, sent.attempt);
        match outcome {
            Ok(reply) => tracing::debug!(
                method,
                path,
                attempt,
                status = reply.status.as_u16(),
                bytes = reply.body.len(),
                "received"
            ),
            Err(error) => tracing::debug!(method, path, attempt, kind = ?error.kind, "failed"),
        }
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (sent, outcome);
}

/// Tells of a wait before the next attempt.
pub(super) fn wait(sent: Sent<'_>, wait: std::time::Duration) {
    #[cfg(feature = "tracing")]
    if !wait.is_zero() {
        let (method, path, attempt) = (sent.operation.method.as_str(), sent.operation.path, sent.attempt);
        tracing::info!(method, path, attempt, ?wait, "trying again after a wait");
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (sent, wait);
}
