//! What a subscriber of `tracing` learns of a call: never a URL, a header or a body, which may hold secrets.

use super::error::{RawReply, TransportError};
use super::interceptor::Sent;

/// Tells of an attempt and what became of it.
pub(super) fn attempt(sent: Sent<'_>, outcome: Result<&RawReply, &TransportError>) {
    #[cfg(feature = "tracing")]
    {
        let (operation, method, path, attempt) = (sent.id(), sent.method().as_str(), sent.path(), sent.attempt);
        let elapsed = sent.elapsed;
        match outcome {
            Ok(reply) => tracing::debug!(
                operation,
                method,
                path,
                attempt,
                status = reply.status.as_u16(),
                bytes = reply.body.len(),
                ?elapsed,
                "received"
            ),
            Err(error) => tracing::debug!(operation, method, path, attempt, kind = ?error.kind, ?elapsed, "failed"),
        }
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (sent, outcome);
}

/// Tells of a wait before the next attempt.
pub(super) fn wait(sent: Sent<'_>, wait: std::time::Duration) {
    #[cfg(feature = "tracing")]
    if !wait.is_zero() {
        let (operation, method, path, attempt) = (sent.id(), sent.method().as_str(), sent.path(), sent.attempt);
        tracing::info!(operation, method, path, attempt, ?wait, "trying again after a wait");
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (sent, wait);
}
