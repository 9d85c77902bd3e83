//! Events of `tracing`. They contain no URL, header or body, which may contain secrets.

use crate::runtime::client::error::{RawResponse, TransportError};
use crate::runtime::client::interceptor::Sent;

/// Records an attempt and its outcome.
pub(crate) fn attempt(sent: Sent<'_>, outcome: Result<&RawResponse, &TransportError>) {
    #[cfg(feature = "tracing")]
    {
        let (operation, method, path, attempt) = (sent.id(), sent.method().as_str(), sent.path(), sent.attempt);
        let elapsed = sent.elapsed;
        match outcome {
            Ok(response) => tracing::debug!(
                operation,
                method,
                path,
                attempt,
                status = response.status.as_u16(),
                bytes = response.body.len(),
                ?elapsed,
                "received"
            ),
            Err(error) => tracing::debug!(operation, method, path, attempt, kind = ?error.kind, ?elapsed, "failed"),
        }
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (sent, outcome);
}

/// Records a delay before the next attempt.
pub(crate) fn wait(sent: Sent<'_>, wait: std::time::Duration) {
    #[cfg(feature = "tracing")]
    if !wait.is_zero() {
        let (operation, method, path, attempt) = (sent.id(), sent.method().as_str(), sent.path(), sent.attempt);
        tracing::info!(operation, method, path, attempt, ?wait, "trying again after a wait");
    }
    #[cfg(not(feature = "tracing"))]
    let _ = (sent, wait);
}
